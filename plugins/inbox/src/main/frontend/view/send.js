import {html, live, nothing} from '../lit.js';
import {actionUrl} from '../model/links.js';
import * as icons from './icons.js';
import {itemTemplate} from './item.js';

const TYPING_PAUSE = 150;

/** The form that sends a notification. */
export class SendDialog {
  title = 'sendTitle';
  everyone = false;
  recipients = [];
  suggestions = [];
  values = {title: '', message: '', topic: '', actionTitle: '', actionUrl: ''};
  markdown = false;
  confirming = false;
  failure = '';
  typing = 0;
  typedName = '';

  body = page => {
    const {capabilities} = page.hub;
    const set = key => input => {
      this.values[key] = input.target.value;
      page.requestUpdate();
    };
    const field = (key, label, maximum, more = nothing) => html`<label class="field"><span>${label}${more}</span><input name=${key} maxlength=${maximum}
      .value=${this.values[key]} @input=${set(key)}></label>`;
    const optional = html`<span class="hint"> (${page.text('optional')})</span>`;
    return html`<form novalidate @submit=${submit => this.submit(submit, page)}>
      ${capabilities.createForEveryone ? html`<div class="segments" role="group" aria-label=${page.text('recipients')}>
        ${[false, true].map(everyone => html`<button type="button" aria-pressed=${this.everyone === everyone} @click=${() => {
          this.everyone = everyone;
          this.confirming = false;
          page.requestUpdate();
        }}>${page.text(everyone ? 'everyone' : 'someone')}</button>`)}</div>` : nothing}
      ${this.everyone ? nothing : html`<label class="field"><span>${page.text('recipients')}</span>
        <input id="recipients" list="suggestions" autocomplete="off" placeholder=${page.text('recipientsHint')} .value=${live(this.typedName)}
          @input=${input => this.typed(input.target.value, page)} @keydown=${key => this.enter(key, page)}></label>
        <datalist id="suggestions">${this.suggestions.map(({ref, displayName}) => html`<option value=${ref} label=${displayName}></option>`)}</datalist>
        ${this.recipients.length ? html`<div class="meta">${this.recipients.map(ref => html`<button type="button" class="chip" aria-label=${page.text('removeRecipient', {name: ref})} @click=${() => {
          this.recipients = this.recipients.filter(each => each !== ref);
          page.requestUpdate();
        }}>${ref.replace(/^user:|^(group:)/, '$1')}${icons.close}</button>`)}</div>` : nothing}`}
      ${field('title', page.text('title'), 255)}
      <label class="field"><span>${page.text('message')}${optional}</span><textarea name="message" rows="3" maxlength="131072"
        .value=${this.values.message} @input=${set('message')}></textarea></label>
      <label><input type="checkbox" name="markdown" .checked=${this.markdown} @change=${change => {
        this.markdown = change.target.checked;
        page.requestUpdate();
      }}>${page.text('markdown')}</label>
      ${field('topic', page.text('topic'), 255, optional)}
      <div class="line">${field('actionTitle', page.text('actionTitle'), 255, optional)}${field('actionUrl', page.text('actionUrl'), 2048, optional)}</div>
      ${this.values.title ? html`<h3>${page.text('preview')}</h3><ul class="items preview" inert>${itemTemplate(page, this.preview())}</ul>` : nothing}
      <details><summary>${page.text('asCommand')}</summary><pre tabindex="0">${curl(page.hub.base || location.origin, this.notification(page))}</pre></details>
      ${this.failure ? html`<p class="error" role="alert">${this.failure}</p>` : nothing}
      ${this.confirming ? html`<p role="alert">${capabilities.everyone === null ? page.text('confirmAll') : page.text('confirmEveryone', {n: capabilities.everyone})}</p>` : nothing}
      <div class="end"><button class="primary" id="send">${page.text(this.confirming ? 'confirmSend' : 'send')}</button></div></form>`;
  };

  notification(page) {
    const {title, message, topic, actionTitle, actionUrl: url} = this.values;
    const named = kind => this.recipients.filter(ref => ref.startsWith(kind)).map(ref => ref.slice(kind.length));
    const groups = named('group:');
    return {
      title, origin: 'inbox',
      ...(message && {message}),
      ...(this.markdown && message && {format: 'markdown'}),
      ...(topic && {topic}),
      ...(!this.everyone && {targetUsers: named('user:')}),
      ...(!this.everyone && groups.length && {targetGroups: groups}),
      ...(url && {actions: [{title: actionTitle || url, url}]}),
    };
  }

  preview() {
    const {title, message, topic, actionTitle, actionUrl: url} = this.values;
    return {
      id: 'preview', title, message, topic, origin: 'inbox', created: new Date().toISOString(), readByUser: false,
      format: this.markdown ? 'markdown' : undefined,
      actions: url && actionUrl(url) ? [{title: actionTitle || url, url}] : [],
    };
  }

  typed(name, page) {
    clearTimeout(this.typing);
    this.typedName = name;
    if (this.suggestions.some(({ref}) => ref === name)) {
      this.take(page);
      return;
    }
    this.typing = setTimeout(async () => {
      this.suggestions = name ? await page.hub.entities(name) : [];
      page.requestUpdate();
    }, TYPING_PAUSE);
  }

  enter(key, page) {
    if (key.key !== 'Enter' || !this.typedName.trim()) return;
    key.preventDefault();
    this.take(page, this.suggestions.length === 1 ? this.suggestions[0] : undefined);
  }

  /** Adds the name that was typed: of a suggestion, or as it is. The host knows whether there is such a user or group. */
  take(page, guess) {
    clearTimeout(this.typing);
    const name = this.typedName.trim();
    if (!name) return;
    const found = this.suggestions.find(({ref, displayName}) => [ref, displayName].includes(name)) ?? guess;
    const [, kind = 'user:', namespace = 'default/', rest] = /^(user:|group:)?([^/]+\/)?(.*)$/.exec(name);
    this.recipients = [...new Set([...this.recipients, found?.ref ?? kind + namespace + rest])];
    this.suggestions = [];
    this.typedName = '';
    page.requestUpdate();
  }

  async submit(submit, page) {
    submit.preventDefault();
    if (!this.everyone) this.take(page);
    const missing = !this.values.title.trim() ? 'title' : this.values.actionTitle.trim() && !this.values.actionUrl.trim() ? 'actionUrl' : '';
    this.failure = !this.everyone && !this.recipients.length ? page.text('needRecipient')
        : missing ? page.text(missing) + ': ' + page.text('required') : '';
    if (!this.failure && this.everyone && !this.confirming) {
      this.confirming = true;
    } else if (!this.failure) {
      try {
        await page.hub.notifications.create(this.notification(page));
        page.say(page.text('sent'));
        page.renderRoot.querySelector('dialog').close();
      } catch (failure) {
        this.failure = page.failureText(failure);
        this.confirming = false;
      }
    }
    page.requestUpdate();
  }
}

function curl(host, notification) {
  const body = JSON.stringify(notification).replaceAll("'", "'\\''");
  return `curl -X POST ${host}/api/notifications/notifications -H 'Authorization: Bearer $TOKEN' -H 'Content-Type: application/json' -d '${body}'`
      .replace("'Authorization: Bearer $TOKEN'", '"Authorization: Bearer $TOKEN"');
}
