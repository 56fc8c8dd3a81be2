import {html, nothing, repeat} from '../lit.js';
import {addressOfOne} from '../model/address.js';
import {unreachable} from '../model/api.js';
import {Inbox} from '../model/inbox.js';
import {BelfryElement} from './element.js';
import * as icons from './icons.js';
import {itemTemplate} from './item.js';
import {markdownTemplate} from './markdown.js';

const ANNOUNCEMENT_PAUSE = 1000;
const NOTICE_TIME = 4000;

/** An element with a list of notifications. */
export class InboxElement extends BelfryElement {
  _observer = null;
  _watched = null;
  _arrivals = [];
  _clock = 0;

  constructor() {
    super();
    this.inbox = null;
    this.opened = null;
    this.selection = new Set();
    this.selectable = false;
    this.linkable = false;
    this.spoken = '';
    /** The outcome of an action that cannot be undone. */
    this.notice = '';
    this.alert = null;
  }

  get filterable() {
    return false;
  }

  /** The view to begin with. */
  firstView() {
    return {};
  }

  connected() {
    this.inbox = new Inbox(this.hub, this.inbox?.view ?? this.firstView());
    const inbox = this.inbox;
    inbox.addEventListener('change', () => this.requestUpdate());
    this.hub.ready.then(() => this.inbox === inbox && this.hub && inbox.load());
    this._clock = setInterval(() => this.requestUpdate(), 30_000);
    // The stream may have outlived the failure, and then tells of no return.
    this._online = () => this.inbox.state === 'failed' && this.inbox.load();
    addEventListener('online', this._online);
  }

  disconnected() {
    clearInterval(this._clock);
    removeEventListener('online', this._online);
    this._observer?.disconnect();
    this._observer = this._watched = null;
  }

  receive(event) {
    if (event.type === 'back') this.inbox.load();
    else this.inbox.apply(event);
    if (event.type === 'created' && !event.item.muted) {
      this._arrivals.push(event.item);
      if (this._arrivals.length === 1) setTimeout(() => this._speak(), ANNOUNCEMENT_PAUSE);
      if (event.item.isSystem) this.alert = event.item;
      this.requestUpdate();
    }
  }

  _speak() {
    const arrivals = this._arrivals.splice(0);
    this.spoken = this.text('arrived', {n: arrivals.length, title: arrivals.at(-1).title});
    this.requestUpdate();
  }

  mark(items, read) {
    this.selection = new Set();
    this.hub.mark(items, read, this);
    this.announce('belfry-read', {ids: items.map(item => item.id), read});
  }

  markAll() {
    const {scope} = this.inbox.view;
    this.hub.markAll(scope, this.unreadCount(scope), this);
    this.announce('belfry-read', {all: true, scope, read: true});
  }

  unreadCount(scope) {
    const counts = this.hub?.counts;
    return counts ? {user: counts.personal, system: counts.system}[scope] ?? counts.count : 0;
  }

  open(item) {
    if (!this.announce('belfry-open', {notification: item})) return;
    this.opened = this.opened === item.id ? null : item.id;
    if (!item.readByUser) this.hub.mark([item], true);
    this.requestUpdate();
  }

  act(click, item, action) {
    if (!this.announce('belfry-action', {notification: item, action})) click.preventDefault();
    if (!item.readByUser) this.hub.mark([item], true, null, true);
  }

  toggleSelected(id) {
    const selection = new Set(this.selection);
    if (!selection.delete(id)) selection.add(id);
    this.selection = selection;
    this.requestUpdate();
  }

  async copyLink(item) {
    await navigator.clipboard?.writeText(new URL(addressOfOne(item.id), this.hub.base || location.origin).href);
    this.say(this.text('copied'));
  }

  /** Shows a text for some seconds, and tells it to screen readers. */
  say(text) {
    this.notice = this.spoken = text;
    setTimeout(() => {
      this.notice = '';
      this.requestUpdate();
    }, NOTICE_TIME);
    this.requestUpdate();
  }

  messageTemplate(item) {
    return item.format === 'markdown' ? markdownTemplate(item.message) : item.message;
  }

  /** The tabs; arrow keys move between them. */
  tabsTemplate() {
    const {scope} = this.inbox.view;
    const tab = (key, name) => {
      const n = this.unreadCount(key);
      return html`<button role="tab" id="tab-${key}" part="tab" aria-selected=${scope === key} aria-controls="list"
          tabindex=${scope === key ? 0 : -1} @click=${() => this.filter({scope: key})}>${this.text(name)}${n
            ? html`<span class="badge" part="badge"><span aria-hidden="true">${this.t.number.format(n)}</span><span class="sr">${this.text('unreadCount', {n})}</span></span>` : nothing}</button>`;
    };
    return html`<div class="tabs" role="tablist" aria-label=${this.text('scopes')} @keydown=${this._tabKey}>
      ${tab('user', 'personal')}${tab('system', 'updates')}</div>`;
  }

  _tabKey(key) {
    if (key.key !== 'ArrowLeft' && key.key !== 'ArrowRight') return;
    const other = this.inbox.view.scope === 'user' ? 'system' : 'user';
    this.filter({scope: other});
    this.renderRoot.getElementById('tab-' + other).focus();
  }

  filter(view) {
    this.selection = new Set();
    this.opened = null;
    this.inbox.show(view);
  }

  listTemplate() {
    const {inbox} = this;
    return html`<div id="list" role="tabpanel" aria-labelledby="tab-${inbox.view.scope}" aria-busy=${inbox.state === 'loading'}>
      ${this.hub.state === 'away' && inbox.items.length ? html`<div class="banner">${icons.cloud}<span>${this.text('offline')}</span></div>` : nothing}
      ${inbox.items.length
        ? html`<ul class="items" part="list">${repeat(inbox.items, item => item.id, item => itemTemplate(this, item))}</ul>
            ${inbox.next ? html`<div class="foot"><button id="more" ?disabled=${inbox.loadingMore} @click=${() => inbox.more()}>${this.text('loadMore')}</button></div>` : nothing}`
        : this.stateTemplate()}
    </div>`;
  }

  stateTemplate() {
    const {state, failure, view} = this.inbox;
    if (state === 'loading') {
      return html`<p class="sr">${this.text('loading')}</p>${[1, 2, 3, 4].map(() => html`<div class="skeleton"></div>`)}`;
    }
    const retry = html`<button @click=${() => this.inbox.load()}>${this.text('retry')}</button>`;
    if (failure?.status === 401) {
      return this._stateOf(icons.bell, 'signedOut', this.hub.session
        ? html`<a class="button" href="${this.hub.base}/sign-in?returnTo=${encodeURIComponent(location.pathname + location.search)}">${this.text('signIn')}</a>`
        : nothing);
    }
    if (failure && unreachable(failure)) return this._stateOf(icons.cloud, 'offline', retry);
    if (failure) return this._stateOf(icons.warning, 'failed', retry, this.failureText(failure));
    if (view.text || view.within || view.topic || view.origin || view.show !== 'all') {
      return this._stateOf(icons.search, 'noMatch', html`<button @click=${() => this.clearFilters()}>${this.text('clearFilters')}</button>`);
    }
    return this._stateOf(icons.bell, 'empty', nothing);
  }

  clearFilters() {
    this.filter({show: 'all', text: '', within: '', topic: '', origin: ''});
  }

  _stateOf(icon, name, action, text = this.text(name + 'Text')) {
    return html`<div class="state" part="state">${icon}<h2>${this.text(name + 'Title')}</h2><p>${text}</p>${action}</div>`;
  }

  /** A system notification that has just arrived, the outcome of the last action, and what screen readers say. */
  noticesTemplate() {
    const {done, failure} = this.hub;
    const mine = done && done.by === this;
    return html`
      ${mine || failure ? html`<div class="toast" part="toast" role="status"><span>${mine
          ? this.text(done.read ? 'markedRead' : 'markedUnread', {n: done.count}) : this.failureText(failure)}</span>
        ${mine ? html`<button id="undo" @click=${() => this.hub.undo()}>${this.text('undo')}</button>` : nothing}
        <button class="icon" aria-label=${this.text('dismiss')} @click=${() => this.hub.dismiss()}>${icons.close}</button></div>`
        : this.notice ? html`<div class="toast" part="toast" aria-hidden="true">${icons.check}<span>${this.notice}</span></div>` : nothing}
      <div class="sr" role="status" id="spoken">${this.spoken}</div>`;
  }

  alertTemplate() {
    return this.alert ? html`<div class="banner alert" role="alert">${icons.horn}
      <span><span class="sr">${this.text('alert')}: </span>${this.alert.title}</span>
      <button class="icon" aria-label=${this.text('dismiss')} @click=${() => {
        this.alert = null;
        this.requestUpdate();
      }}>${icons.close}</button></div>` : nothing;
  }

  /** Endless scrolling: the button presses itself when it comes near. */
  updated() {
    this.toggleAttribute('ready', this.inbox.state !== 'loading');
    const more = this.renderRoot.getElementById('more');
    if (more === this._watched) return;
    this._observer ??= new IntersectionObserver(entries => {
      if (entries.some(entry => entry.isIntersecting)) this.inbox.more();
    }, {rootMargin: '600px'});
    if (this._watched) this._observer.unobserve(this._watched);
    if (more) this._observer.observe(more);
    this._watched = more;
  }

  /** j, k, Enter, u, x on the notification that has the focus. */
  listKey(key) {
    const rows = [...this.renderRoot.querySelectorAll('.items > .item')];
    const focused = this.renderRoot.activeElement?.closest('.item');
    const at = rows.indexOf(focused);
    const item = focused && this.inbox.find(focused.dataset.id);
    if (key.key === 'j' || key.key === 'k') {
      const row = rows[Math.max(0, Math.min(rows.length - 1, at + (key.key === 'j' ? 1 : -1)))];
      row?.querySelector('article').focus();
      row?.scrollIntoView({block: 'nearest'});
    } else if (key.key === 'Enter' && item && this.renderRoot.activeElement.matches('article')) {
      this.open(item);
    } else if (key.key === 'u' && item) {
      this.mark([item], !item.readByUser);
    } else if (key.key === 'x' && item && this.selectable) {
      this.toggleSelected(item.id);
    } else {
      return false;
    }
    key.preventDefault();
    return true;
  }
}
