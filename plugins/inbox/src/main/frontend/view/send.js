import {html, nothing} from '../lit.js';
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
        <input id="recipients" list="suggestions" autocomplete="off" placeholder=${page.text('recipientsHint')}
          @input=${input => this.typed(input.target, page)}></label>
        <datalist id="suggestions">${this.suggestions.map(({ref, displayName}) => html`<option value=${ref} label=${displayName}></option>`)}</datalist>
        <div class="meta">${this.recipients.map(ref => html`<button type="button" class="chip" aria-label=${page.text('removeRecipient', {name: ref})} @click=${() => {
          this.recipients = this.recipients.filter(each => each !== ref);
          page.requestUpdate();
        }}>${ref.replace(/^user:|^(group:)/, '$1')}${icons.close}</button>`)}</div>`}
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

  typed(input, page) {
    clearTimeout(this.typing);
    if (this.suggestions.some(({ref}) => ref === input.value)) {
      this.recipients = [...new Set([...this.recipients, input.value])];
      this.suggestions = [];
      input.value = '';
      page.requestUpdate();
      return;
    }
    this.typing = setTimeout(async () => {
      this.suggestions = input.value ? await page.hub.entities(input.value) : [];
      page.requestUpdate();
    }, TYPING_PAUSE);
  }

  async submit(submit, page) {
    submit.preventDefault();
    this.failure = !this.everyone && !this.recipients.length ? page.text('needRecipient') : !this.values.title.trim()
        ? page.text('title') + ': ' + page.text('required') : '';
    if (!this.failure && this.everyone && !this.confirming) {
      this.confirming = true;
    } else if (!this.failure) {
      try {
        await page.hub.notifications.create(this.notification(page));
        page.spoken = page.text('sent');
        page.renderRoot.querySelector('dialog').close();
      } catch (failure) {
        this.failure = failure.message;
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
