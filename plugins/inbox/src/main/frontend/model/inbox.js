import {inScope, matches} from './notifications.js';

export const DEFAULT_VIEW = {
  scope: 'user', show: 'all', text: '', within: '', topic: '', origin: '', sort: 'created', direction: 'desc',
};

/** One list of notifications as a view shows it. Fires `change`. */
export class Inbox extends EventTarget {
  _request = null;
  /** Events since a request was sent, which its response may not know; null: none is on its way. */
  _meanwhile = null;

  constructor(hub, view = {}) {
    super();
    this.hub = hub;
    this.view = {...DEFAULT_VIEW, ...view};
    this.items = [];
    this.next = null;
    /** loading, ready, or the failure of the last request */
    this.state = 'loading';
    this.failure = null;
    this.loadingMore = false;
    this.arrived = new Set();
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  find(id) {
    return this.items.find(item => item.id === id);
  }

  show(view) {
    this.view = {...this.view, ...view};
    this.items = [];
    this.next = null;
    this.arrived.clear();
    return this.load();
  }

  /** Reads the first page anew. What is on the screen stays there until the response. */
  async load() {
    this._request?.abort();
    const request = (this._request = new AbortController());
    const meanwhile = (this._meanwhile = []);
    if (!this.items.length) this.state = 'loading';
    this.changed();
    try {
      const page = await this.hub.notifications.page(this.view, this.hub.muting, null, request.signal);
      if (request.signal.aborted) return;
      this.items = page.items.map(item => this.hub.shown(item));
      this.next = page.next;
      this.state = 'ready';
      this.failure = null;
    } catch (failure) {
      if (request.signal.aborted) return;
      this.state = 'failed';
      this.failure = failure;
    }
    this._meanwhile = null;
    meanwhile.forEach(event => this.apply(event));
    this.changed();
  }

  async more() {
    if (!this.next || this.loadingMore) return;
    this.loadingMore = true;
    this.changed();
    const request = this._request;
    try {
      const page = await this.hub.notifications.page(this.view, this.hub.muting, this.next, request.signal);
      const known = new Set(this.items.map(item => item.id));
      this.items = [...this.items, ...page.items.filter(item => !known.has(item.id)).map(item => this.hub.shown(item))];
      this.next = page.next;
    } catch (failure) {
      if (!request.signal.aborted) this.hub.fail(failure, 'noConnection');
    }
    this.loadingMore = false;
    this.changed();
  }

  /** Applies an event of the hub. */
  apply(event) {
    this._meanwhile?.push(event);
    if (event.type === 'reset') {
      this.load();
    } else if (event.type === 'created') {
      this._add(event.item);
    } else if (event.type === 'read') {
      const ids = event.all ? null : new Set(event.ids);
      this._setRead(item => ids ? ids.has(item.id) : inScope(item, event.scope ?? 'all'), event.read);
      if (event.all && event.scope === undefined) this.load();
    }
  }

  _add(item) {
    if (!matches(this.view, item) || this.find(item.id)) return;
    if (this.view.sort !== 'created' || this.view.direction !== 'desc') {
      this.load();
      return;
    }
    this.arrived.add(item.id);
    this.items = [item, ...this.items];
    this.changed();
  }

  _setRead(selects, read) {
    this.items = this.items.map(item => selects(item) ? {...item, readByUser: read} : item);
    this.changed();
  }
}
