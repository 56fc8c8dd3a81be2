import {Api} from './api.js';
import {Live} from './live.js';
import {inScope, Notifications} from './notifications.js';
import {oneForAll} from './tabs.js';

const UNDO_TIME = 7000;
const AT_ONCE = 6;

const scriptsOfPage = new Promise(resolve => {
  const [page] = performance.getEntriesByType('navigation');
  if (document.readyState === 'complete' || page?.domContentLoadedEventStart > 0) resolve();
  else addEventListener('DOMContentLoaded', () => setTimeout(resolve), {once: true});
});

/** What all lists and bells of a page share: the session, the counts, the live connection, and what can be undone. */
export class Hub extends EventTarget {
  _disconnect = null;
  _users = 0;
  _openings = 0;
  _pending = null;
  _timer = 0;

  constructor(base) {
    super();
    this.base = base;
    this.api = new Api(base);
    this.notifications = new Notifications(this.api);
    this.session = null;
    this.capabilities = null;
    /** Muted topics and origins; null where the host has none. */
    this.muted = null;
    this.counts = null;
    this.state = 'connecting';
    /** What has just been marked: {by, count, read, undo}. */
    this.done = null;
    /** What has just failed: {status, message, offline}. */
    this.failure = null;
    this.ready = null;
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  emit(detail) {
    this.dispatchEvent(new CustomEvent('inbox', {detail}));
  }

  /** @param offline key of the text that is shown if there is no connection */
  fail({status, message}, offline = 'notSaved') {
    this.failure = {status, message, offline};
    this.emit({type: 'error', failure: this.failure});
    this.changed();
  }

  connect() {
    if (this._users++ === 0) {
      this.ready = this._open();
      addEventListener('pagehide', this._leave);
      document.addEventListener('visibilitychange', this._hide);
    }
    return this.ready;
  }

  disconnect() {
    if (--this._users === 0) {
      removeEventListener('pagehide', this._leave);
      document.removeEventListener('visibilitychange', this._hide);
      this._leave();
      this._disconnect?.();
      this._disconnect = null;
    }
  }

  async _open() {
    const opening = ++this._openings;
    const left = () => this._users === 0 || opening !== this._openings;
    // One of them may pass a token, and then this hub is not needed.
    if (!this.api.token) await scriptsOfPage;
    if (left()) return;
    // At the time of the lists, so that the first counts of the stream tell whether they are old.
    if (!this.counts) this.refreshCounts();
    try {
      const [session, capabilities] = await Promise.all([
        this.api.token ? null : this.api.optional('/api/auth/session'),
        this.notifications.capabilities().catch(() => null),
      ]);
      this.session = session;
      this.api.csrf = session?.csrf ?? null;
      this.capabilities = capabilities;
      if (capabilities?.mute) await this._readMuted();
    } catch {
      // The lists show why; the connection tries again.
    }
    if (left()) return;
    // Tabs with a token may have different users.
    const name = this.api.token ? '' : 'belfry ' + (this.base || location.origin) + ' ' + (this.session?.user ?? '');
    this._disconnect = oneForAll(name, (share, takenOver) => {
      const live = new Live(this.notifications, share, takenOver);
      live.start();
      return () => live.stop();
    }, (event, first) => this.receive(event, first ?? true));
    this.changed();
  }

  /** Whether the user has muted something. */
  get muting() {
    return !!this.muted && this.muted.topics.length + this.muted.origins.length > 0;
  }

  async _readMuted() {
    this.muted = await this.notifications.muted().catch(() => this.muted);
  }

  async setMuted(kind, values) {
    try {
      this.muted = await this.notifications.mute({...this.muted, [kind]: values});
      // The stream tells it to all tabs, also to this one.
      if (this.state !== 'live') {
        this.emit({type: 'reset'});
        this.refreshCounts();
      }
    } catch (failure) {
      this.fail(failure);
    }
    this.changed();
  }

  /** Users and groups whose name begins like the text. */
  async entities(query) {
    try {
      const found = await Promise.all(['user', 'group'].map(kind =>
          this.api.optional('/api/catalog/entities', {query: {kind, query, limit: 10}})));
      return found.flatMap(each => each?.items ?? []);
    } catch {
      return [];
    }
  }

  async signOut() {
    const {redirect} = await this.api.json('/api/auth/sign-out', {method: 'POST'});
    location.assign(redirect ?? location.href);
  }

  async refreshCounts() {
    try {
      this._setCounts(await this.notifications.counts());
    } catch {
      // As above.
    }
  }

  /** @param first whether this tab is the one that alerts */
  receive(event, first) {
    if (event.type === 'count') {
      // No event reports a notification that was created between the request of the list and the start of the stream.
      if (event.takenOver || (event.begins && (!this.counts || differ(event.counts, this.counts)))) this.emit({type: 'back'});
      this._setCounts(event.counts);
    } else if (event.type === 'state') {
      if (this.state === 'away' && event.state === 'live') this.emit({type: 'back'});
      this.state = event.state;
      this.changed();
    } else if (event.type === 'reset' && this.muted) {
      // Another client may have muted something.
      this._readMuted().then(() => this.emit({...event, first}));
    } else {
      this.emit({...event, first});
    }
  }

  _setCounts(counts) {
    const pending = this._pending;
    const personal = Math.max(0, counts.personal - (pending && pending.scope !== 'system' ? pending.personal : 0));
    const system = Math.max(0, counts.system - (pending && pending.scope !== 'user' ? pending.system : 0));
    this.counts = {personal, system, count: personal + system};
    this.changed();
  }

  /**
   * Marks notifications, shows it at once, and takes it back if the host refuses.
   *
   * @param by the element that offers to undo it; null: nobody
   * @param leaving whether the page may close meanwhile
   */
  async mark(items, read, by = null, leaving = false) {
    const changing = items.filter(item => item.readByUser !== read);
    if (!changing.length) return;
    this._show(changing, read);
    if (by) {
      this._offer({by, count: changing.length, read, undo: () => this.mark(changing.map(item => ({...item, readByUser: read})), !read)});
    }
    const failed = [];
    const rest = [...changing];
    const worker = async () => {
      for (let item = rest.shift(); item; item = rest.shift()) {
        await this.notifications.mark(item.id, read, leaving).catch(failure => failed.push({item, failure}));
      }
    };
    await Promise.all(Array.from({length: AT_ONCE}, worker));
    if (failed.length) {
      this._show(failed.map(({item}) => item), !read);
      this._offer(null);
      this.fail(failed[0].failure);
    }
  }

  _show(items, read) {
    this.emit({type: 'read', ids: items.map(item => item.id), read, local: true});
    if (this.counts) {
      const by = read ? -1 : 1;
      const counted = items.filter(item => !item.muted);
      const system = counted.filter(item => item.isSystem).length;
      const {personal: p, system: s} = this.counts;
      const personal = Math.max(0, p + by * (counted.length - system));
      const updates = Math.max(0, s + by * system);
      this.counts = {personal, system: updates, count: personal + updates};
      this.changed();
    }
  }

  /** Marks all of a scope as read when nobody has undone it for some seconds: the host has no way back. */
  markAll(scope, count, by) {
    this.commit();
    const {personal, system} = this.counts ?? {personal: 0, system: 0};
    const pending = this._pending = {scope, before: new Date().toISOString(), personal, system};
    // The clock of this computer may be wrong.
    this.notifications.newest(scope).then(item => {
      if (item) pending.before = item.created;
    }).catch(() => {});
    this.emit({type: 'read', all: true, read: true, scope, local: true});
    this._setCounts({personal, system});
    this._offer({by, count, read: true, undo: () => {
      this._pending = null;
      this.emit({type: 'reset'});
      this.refreshCounts();
    }});
  }

  undo() {
    const {undo} = this.done;
    this._clearOffer();
    undo();
  }

  _offer(done) {
    clearTimeout(this._timer);
    this.done = done;
    this._timer = setTimeout(() => this.dismiss(), UNDO_TIME);
    this.changed();
  }

  _clearOffer() {
    clearTimeout(this._timer);
    this.done = null;
    this.failure = null;
    this.changed();
  }

  dismiss() {
    this._clearOffer();
    this.commit();
  }

  /** A notification as the user sees it: what is about to be marked is read. */
  shown(item) {
    const pending = this._pending;
    return pending && !item.readByUser && inScope(item, pending.scope) && item.created <= pending.before
        ? {...item, readByUser: true} : item;
  }

  _leave = () => this.commit(true);

  /** On a phone, a hidden page may be ended without notice. */
  _hide = () => {
    if (!document.hidden || !this._pending || !matchMedia('(pointer: coarse)').matches) return;
    this._clearOffer();
    this.commit(true);
  };

  commit(leaving = false) {
    const pending = this._pending;
    if (!pending) return;
    this.notifications.markAll(pending.scope, pending.before, leaving)
        .catch(failure => {
          this.fail(failure);
          this.emit({type: 'reset'});
        })
        .finally(() => {
          if (this._pending === pending) this._pending = null;
          if (this._users) this.refreshCounts();
        });
  }
}

function differ(some, others) {
  return some.personal !== others.personal || some.system !== others.system;
}

const hubs = new Map();

/** The hub of a host and a token callback, one for all elements of the page. */
export function hubOf(base, token) {
  const key = [base, token];
  for (const [[knownBase, knownToken], hub] of hubs) {
    if (knownBase === base && knownToken === token) return hub;
  }
  const hub = new Hub(base);
  hub.api.token = token;
  hubs.set(key, hub);
  return hub;
}
