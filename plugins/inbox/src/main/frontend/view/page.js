import {css, html, live, nothing} from '../lit.js';
import {addressOf, addressOfOne, readAddress} from '../model/address.js';
import {preferences} from '../model/preferences.js';
import {alertPage} from './alerts.js';
import * as icons from './icons.js';
import {InboxElement} from './inbox-element.js';
import {itemTemplate} from './item.js';
import {helpDialog} from './help.js';
import {SendDialog} from './send.js';
import {alertDesktop, settingsDialog} from './settings.js';
import {list, tokens} from './styles.js';

const TYPING_PAUSE = 250;

const styles = css`
:host { min-height: 100dvh; background: light-dark(#f4f5f8, #121418); }
header { border-bottom: 1px solid var(--line); background: var(--surface); }
header > div { display: flex; align-items: center; gap: 8px; max-width: 1040px; margin: 0 auto; padding: 10px 16px; }
h1 { display: flex; flex: 1; align-items: center; gap: 10px; min-width: 0; font-size: 18px; font-weight: 650; }
h1 svg { flex: none; color: var(--accent); width: 24px; height: 24px; }
h1 a { overflow: hidden; text-overflow: ellipsis; color: inherit; text-decoration: none; }
.user { max-width: 12em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--dim); font-size: 14px; }
.status { display: inline-flex; width: 8px; height: 8px; border-radius: 50%; background: var(--edge); }
.status.live { background: light-dark(#17915a, #4ade80); }
main { max-width: 1040px; margin: 20px auto; padding: 0 16px; }
.card { border: 1px solid var(--line); border-radius: 12px; background: var(--surface); overflow: clip; }
.tabs { padding: 6px 10px 0; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 10px 14px; border-bottom: 1px solid var(--line); }
.search { position: relative; flex: 1 1 110px; }
.search svg { position: absolute; inset-inline-start: 10px; top: 9px; width: 17px; height: 17px; color: var(--dim); }
input:where(:not([type="checkbox"], [type="radio"])), select, textarea {
  width: 100%;
  min-height: 36px;
  padding: 4px 10px;
  border: 1px solid var(--edge);
  border-radius: 8px;
  background: var(--surface);
  font-size: 14px;
}
input::placeholder, textarea::placeholder { color: var(--dim); opacity: 1; }
.search #search { padding-inline-start: 34px; }
.bar select, .bar .pick { width: auto; flex: 0 1 auto; min-width: 0; }
.bar .pick { width: 8em; }
.bar select { max-width: 8.5em; }
.segments { display: inline-flex; gap: 2px; padding: 2px; border-radius: 9px; background: var(--raised); }
.segments button { min-height: 32px; border-color: transparent; background: none; color: var(--dim); }
.segments button[aria-pressed="true"] { border-color: var(--line); background: var(--surface); color: var(--text); box-shadow: 0 1px 2px #0001; }
button.icon.more { display: none; }
.order { display: inline-flex; align-items: center; gap: 2px; margin-inline-start: auto; }
.picked { background: color-mix(in srgb, var(--raised) 45%, transparent); padding-block: 6px; min-height: 47px; }
.picked label { display: inline-flex; align-items: center; gap: 10px; font-size: 14px; color: var(--dim); }
.picked input, .item input { width: 16px; height: 16px; accent-color: var(--accent); }
.picked .end { display: flex; gap: 8px; margin-inline-start: auto; }
.items > :last-child { border-bottom: 0; }
dialog { width: min(560px, calc(100vw - 24px)); padding: 0; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); color: var(--text); box-shadow: 0 16px 60px #0005; }
dialog::backdrop { background: #0007; }
.title { position: sticky; top: 0; z-index: 1; display: flex; align-items: center; background: var(--surface); padding: 14px 14px 10px 20px; padding-inline: 20px 14px; }
.title h2 { flex: 1; font-size: 17px; font-weight: 650; }
.body { display: grid; gap: 14px; padding: 4px 20px 20px; }
.body h3 { font-size: 14px; font-weight: 600; }
fieldset { display: flex; flex-wrap: wrap; gap: 6px 18px; margin: 0; padding: 0; border: 0; }
legend { padding: 0 0 6px; font-size: 14px; font-weight: 600; }
.body label { display: inline-flex; align-items: center; gap: 8px; font-size: 14px; }
.body form:not(.line) { display: grid; gap: 12px; }
.body .field { display: grid; gap: 4px; align-items: start; font-weight: 500; }
.body .field .hint { font-weight: 400; }
.body .end { position: sticky; bottom: 0; display: flex; justify-content: end; margin: 0 -20px -20px; padding: 10px 20px; border-top: 1px solid var(--line); background: var(--surface); }
.line { display: flex; align-items: end; gap: 8px; margin-top: 8px; }
.line > .field { flex: 1; min-width: 0; }
.preview { border: 1px solid var(--line); border-radius: 10px; }
:is(.preview, .single) .lead input, .preview .tools { display: none; }
.back { margin-bottom: 12px; }
pre { max-height: 140px; overflow: auto; margin: 8px 0 0; padding: 10px; border-radius: 8px; background: var(--raised); font: 12.5px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
summary { font-size: 14px; cursor: pointer; }
.error { color: var(--alert); font-size: 14px; }
.hint { color: var(--dim); font-size: 13px; }
.keys { display: grid; grid-template-columns: auto 1fr; gap: 8px 16px; align-items: center; margin: 0; }
.keys dd { margin: 0; }
kbd { display: inline-block; min-width: 28px; padding: 2px 8px; border: 1px solid var(--edge); border-radius: 6px; background: var(--raised); font: 600 13px var(--font); text-align: center; }
@media (max-width: 600px) {
  header > div { padding: 8px 12px; }
  h1 { font-size: 17px; }
  h1 svg { display: none; }
  main { margin: 0; padding: 0; }
  .back { margin: 12px; }
  .card { border-width: 0 0 1px; border-radius: 0; }
  .user { display: none; }
  .item { grid-template-columns: auto minmax(0, 1fr); }
  .side { grid-column: 2; flex-direction: row; align-items: center; justify-content: space-between; margin-bottom: -6px; }
  .tools { opacity: 1; }
  .segments { flex: 1 0 100%; }
  .segments button { flex: 1; padding-inline: 4px; }
  .bar .pick, .bar select { flex: 1 1 40%; max-width: none; }
  .order { flex: 1 1 40%; }
  button.icon.more { display: inline-flex; }
  .bar:not(.wide) > :is(.pick, select, .order) { display: none; }
  .label { display: none; }
}
`;

/** The page at /notifications/. */
export class InboxPage extends InboxElement {
  static styles = [tokens, list, styles];

  _typing = 0;

  constructor() {
    super();
    this.selectable = this.linkable = true;
    this.theme = preferences.get('theme');
    /** The notification that the address names: {id, item, state} */
    this.single = null;
    this.dialog = null;
    /** Whether a narrow page shows all filters. One that is set is always shown. */
    this.filtersOpen = false;
    this._followAddress(false);
  }

  /** Older hosts have no filters by topic and origin. */
  get filterable() {
    return !!this.hub?.capabilities;
  }

  languages() {
    return navigator.languages;
  }

  firstView() {
    return readAddress().view;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('keydown', this._key);
    addEventListener('popstate', this._navigated);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('keydown', this._key);
    removeEventListener('popstate', this._navigated);
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    document.documentElement.lang = this.t.tag;
  }

  updated(changed) {
    super.updated(changed);
    alertPage(this.text('notifications'), this.hub.counts?.count ?? 0);
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  filter(view) {
    super.filter(view);
    this.single = null;
    history.pushState(null, '', addressOf(this.inbox.view));
  }

  _visit = item => {
    history.pushState(null, '', addressOfOne(item.id));
    this._navigated();
  };

  /** Offers to mute the topic and the origin of the opened notification. */
  muteTemplate(item) {
    const {muted} = this.hub;
    if (!muted) return nothing;
    return [['topic', 'topics', 'muteTopic'], ['origin', 'origins', 'muteOrigin']].map(([key, kind, name]) =>
        item[key] && !muted[kind].includes(item[key]) ? html`<button class="chip" @click=${() =>
            this.hub.setMuted(kind, [...muted[kind], item[key]])}>${icons.mute}${this.text(name, {name: item[key]})}</button>` : nothing);
  }

  _navigated = () => this._followAddress(true);

  _followAddress(load) {
    const {view, id} = readAddress();
    this.single = id ? {id, item: null, state: 'loading'} : null;
    if (!load) return;
    this.selection = new Set();
    this.inbox.show(view);
    if (id) this._loadSingle();
    this.requestUpdate();
  }

  connected() {
    super.connected();
    if (this.single) this.hub.ready.then(() => this._loadSingle());
  }

  async _loadSingle() {
    const single = this.single;
    try {
      single.item = await this.hub.notifications.one(single.id);
      single.state = single.item ? 'ready' : 'notFound';
      if (single.item) {
        this.opened = single.item.id;
        if (!single.item.readByUser) this.hub.mark([single.item], true);
      }
    } catch (failure) {
      single.state = 'failed';
      single.failure = failure;
    }
    this.requestUpdate();
  }

  receive(event) {
    super.receive(event);
    if (event.type === 'created' && event.first && !event.item.muted) alertDesktop(event.item, this._visit);
    const item = this.single?.item;
    if (event.type === 'read' && item && (event.all || event.ids.includes(item.id))) {
      this.single.item = {...item, readByUser: event.read};
      this.requestUpdate();
    }
  }

  _key = key => {
    const target = key.composedPath()[0];
    if (key.defaultPrevented || key.ctrlKey || key.metaKey || key.altKey || this.dialog
        || target.matches?.('input:not([type=checkbox]), select, textarea')) {
      if (key.key === 'Escape' && target.id === 'search') target.blur();
      return;
    }
    if (key.key === '?') this.show(helpDialog);
    else if (key.key === '/') this.renderRoot.getElementById('search')?.focus();
    else if (this.listKey(key)) return;
    else return;
    key.preventDefault();
  };

  show(dialog) {
    this.dialog = dialog;
    this.requestUpdate();
  }

  render() {
    return html`
      <header><div>
        <h1>${icons.bell}<a href=${addressOf({})} @click=${this._home}>${this.text('notifications')}</a></h1>
        ${this.statusTemplate()}
        ${this.hub.capabilities?.create ? html`<button aria-label=${this.text('send')} @click=${() => this.show(new SendDialog())}>${icons.pen}<span class="label">${this.text('send')}</span></button>` : nothing}
        <button class="icon" aria-label=${this.text('settings')} title=${this.text('settings')} @click=${() => this.show(settingsDialog)}>${icons.gear}</button>
        <button class="icon" aria-label=${this.text('help')} title=${this.text('help')} @click=${() => this.show(helpDialog)}>${icons.keyboard}</button>
        ${this.hub.session?.user ? html`<span class="user">${this.hub.session.displayName ?? this.hub.session.user.replace(/^user:(default\/)?/, '')}</span>
          ${this.hub.session.csrf ? html`<button @click=${() => this.hub.signOut().catch(failure => this.hub.fail(failure, 'noConnection'))}>${this.text('signOut')}</button>` : nothing}` : nothing}
      </div></header>
      <main>
        ${this.alertTemplate()}
        ${this.single ? this._singleTemplate() : html`<div class="card">
          ${this.tabsTemplate()}${this._filtersTemplate()}${this._selectionTemplate()}${this.listTemplate()}</div>`}
        ${this.noticesTemplate()}
      </main>
      ${this.dialog ? html`<dialog aria-labelledby="dialog-title" @close=${() => this.show(null)}>
        <div class="title"><h2 id="dialog-title">${this.text(this.dialog.title)}</h2>
          <button class="icon" aria-label=${this.text('close')} @click=${click => click.target.closest('dialog').close()}>${icons.close}</button></div>
        <div class="body">${this.dialog.body(this)}</div></dialog>` : nothing}`;
  }

  statusTemplate() {
    const live = this.hub.state === 'live';
    const name = this.text(live ? 'live' : 'connecting');
    return html`<span class="status ${live ? 'live' : ''}" role="img" aria-label=${name} title=${name}></span>`;
  }

  _home = click => {
    click.preventDefault();
    this.clearFilters();
  };

  _singleTemplate() {
    const {item, state, failure} = this.single;
    return html`<p class="back"><button @click=${() => this.filter({})}>${this.text('back')}</button></p>
      <div class="card single">${item
        ? html`<ul class="items">${itemTemplate(this, item)}</ul>`
        : html`<div class="state" aria-busy=${state === 'loading'}>${icons.bell}
            ${state === 'notFound' ? html`<h2>${this.text('notFoundTitle')}</h2><p>${this.text('notFoundText')}</p>` : nothing}
            ${state === 'failed' ? html`<h2>${this.text('failedTitle')}</h2><p>${this.failureText(failure)}</p>` : nothing}</div>`}</div>`;
  }

  _filtersTemplate() {
    const {view} = this.inbox;
    const shows = ['all', 'unread', 'read', ...(this.hub.muted ? ['muted'] : [])];
    const wide = this.filtersOpen || !!(view.within || view.topic || view.origin) || view.sort !== 'created' || view.direction !== 'desc';
    return html`<div class="bar ${wide ? 'wide' : ''}" role="search">
      <div class="search">${icons.search}<input id="search" type="search" aria-label=${this.text('searchHint')} placeholder=${this.text('search')}
        maxlength="255" .value=${live(view.text)} @input=${this._typed}></div>
      <button class="icon more" aria-label=${this.text('filters')} title=${this.text('filters')} aria-expanded=${wide} @click=${() => {
        this.filtersOpen = !this.filtersOpen;
        this.requestUpdate();
      }}>${icons.funnel}</button>
      <div class="segments" role="group" aria-label=${this.text('show')}>${shows.map(show => html`<button
        aria-pressed=${view.show === show} @click=${() => this.filter({show})}>${this.text(show)}</button>`)}</div>
      ${this._choice('within', ['', 'hour', 'day', 'week', 'month'], within => this.text(within || 'anyTime'))}
      ${['topic', 'origin'].map(key => this.filterable || view[key] ? this._pick(key) : nothing)}
      <div class="order">${this._choice('sort', ['created', 'title', 'topic', 'origin'], sort => this.text(sort))}
        <button class="icon" aria-label=${this.text(view.direction === 'asc' ? 'ascending' : 'descending')}
          title=${this.text(view.direction === 'asc' ? 'ascending' : 'descending')}
          @click=${() => this.filter({direction: view.direction === 'asc' ? 'desc' : 'asc'})}>${view.direction === 'asc' ? icons.up : icons.down}</button></div>
    </div>`;
  }

  _choice(key, values, name) {
    const current = this.inbox.view[key];
    return html`<select aria-label=${this.text(key)} title=${this.text(key)} .value=${live(current)}
        @change=${change => this.filter({[key]: change.target.value})}>${values.map(value =>
          html`<option value=${value} ?selected=${value === current}>${name(value)}</option>`)}</select>`;
  }

  /** A topic or an origin: what the list shows is suggested. */
  _pick(key) {
    const known = [...new Set(this.inbox.items.map(item => item[key]).filter(Boolean))].sort();
    return html`<input class="pick" type="search" list="known-${key}" maxlength="255" aria-label=${this.text(key)} placeholder=${this.text(key)}
        .value=${live(this.inbox.view[key])} @change=${change => this.filter({[key]: change.target.value.trim()})}>
      <datalist id="known-${key}">${known.map(value => html`<option value=${value}></option>`)}</datalist>`;
  }

  _typed = input => {
    clearTimeout(this._typing);
    const text = input.target.value;
    this._typing = setTimeout(() => {
      if (text === this.inbox.view.text) return;
      this.selection = new Set();
      this.inbox.show({text});
      history.replaceState(null, '', addressOf(this.inbox.view));
    }, TYPING_PAUSE);
  };

  _selectionTemplate() {
    const {items} = this.inbox;
    if (!items.length) return nothing;
    const n = this.selection.size;
    const {text, within, topic, origin, show} = this.inbox.view;
    const filtered = text || within || topic || origin || show === 'read' || show === 'muted';
    const unread = items.filter(item => !item.readByUser);
    const chosen = items.filter(item => this.selection.has(item.id));
    return html`<div class="bar picked">
      <label><input type="checkbox" aria-label=${this.text('selectAll')} .checked=${live(n > 0 && n === items.length)} .indeterminate=${live(n > 0 && n < items.length)}
        @change=${() => {
          this.selection = new Set(n === items.length ? [] : items.map(item => item.id));
          this.requestUpdate();
        }}><span>${n ? this.text('selected', {n}) : nothing}</span></label>
      <div class="end">${n
        ? html`<button @click=${() => this.mark(chosen, true)}>${icons.check}${this.text('markRead')}</button>
            <button @click=${() => this.mark(chosen, false)}>${this.text('markUnread')}</button>`
        : filtered ? html`<button ?disabled=${!unread.length} @click=${() => this.mark(unread, true)}>${icons.check}${this.text('markShown')}</button>`
        : html`<button ?disabled=${!this.unreadCount(this.inbox.view.scope)} @click=${() => this.markAll()}>${icons.check}${this.text('markAll')}</button>`}</div>
    </div>`;
  }
}
