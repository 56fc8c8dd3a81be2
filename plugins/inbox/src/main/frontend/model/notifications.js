const ROOT = '/api/notifications';
const PAGE_SIZE = 50;
const HOURS = {hour: 1, day: 24, week: 168, month: 720};

/** The routes of the notifications plugin. */
export class Notifications {
  constructor(api) {
    this.api = api;
  }

  /**
   * A page of the view: its items, and the cursor of the next page.
   *
   * @param muting whether the user has muted something
   */
  async page(view, muting, after, signal) {
    const response = await this.api.send(ROOT + '/notifications', {
      signal,
      query: {...selection(view, muting), orderBy: view.sort, orderByDirec: view.direction, pageSize: PAGE_SIZE, after},
    });
    const items = await response.json();
    const next = /<\?([^>]*)>/.exec(response.headers.get('Link') ?? '');
    return {items, next: next ? new URLSearchParams(next[1]).get('after') : null};
  }

  /** One notification of the inbox, or null. */
  async one(id) {
    return /^[0-9a-f-]{36}$/i.test(id) ? this.api.optional(ROOT + '/notifications/' + id) : null;
  }

  async newest(messageScope) {
    const [item] = await this.api.json(ROOT + '/notifications', {query: {messageScope, pageSize: 1}});
    return item;
  }

  async createdAfter(time) {
    return this.api.json(ROOT + '/notifications', {
      query: {messageScope: 'all', read: false, createdAfter: time, orderByDirec: 'asc', pageSize: 50},
    });
  }

  async counts() {
    const [personal, system] = await Promise.all(['user', 'system'].map(scope => this.count(scope)));
    return {count: personal + system, personal, system};
  }

  async count(messageScope) {
    return (await this.api.json(ROOT + '/notifications/count', {query: {messageScope, read: false}})).count;
  }

  /** Whether the inbox has changed since the tag; waits some seconds for it. */
  changes(tag, wait, signal) {
    const headers = {...(tag && {'If-None-Match': tag}), ...(wait && {Prefer: 'wait=' + wait})};
    return this.api.send(ROOT + '/notifications/count', {query: {messageScope: 'all', read: false}, headers, signal});
  }

  stream(lastEventId, signal) {
    const headers = lastEventId ? {'Last-Event-ID': lastEventId} : {};
    return this.api.send(ROOT + '/stream', {headers, signal});
  }

  mark(id, read, leaving) {
    return this.api.send(ROOT + '/notifications/read', {method: 'PUT', query: {messageId: id, read}, leaving});
  }

  markAll(scope, before, leaving) {
    return this.api.send(ROOT + '/notifications/read-all', {method: 'PUT', query: {messageScope: scope, before}, leaving});
  }

  create(notification) {
    return this.api.json(ROOT + '/notifications', {method: 'POST', body: notification});
  }

  capabilities() {
    return this.api.optional(ROOT + '/capabilities');
  }

  muted() {
    return this.api.optional(ROOT + '/muted');
  }

  mute(muted) {
    return this.api.json(ROOT + '/muted', {method: 'PUT', body: muted});
  }
}

function selection(view, muting) {
  return {
    messageScope: view.scope,
    read: {unread: false, read: true}[view.show],
    muted: view.show === 'muted' || (muting ? false : undefined),
    containsText: view.text,
    createdAfter: HOURS[view.within] && new Date(Date.now() - HOURS[view.within] * 3600e3).toISOString(),
    topic: view.topic,
    origin: view.origin,
  };
}

export function inScope(item, scope) {
  return scope === 'all' || item.isSystem === (scope === 'system');
}

/** Whether a new notification belongs into the view. */
export function matches(view, item) {
  const text = (item.title + '\n' + (item.message ?? '')).toLowerCase();
  return inScope(item, view.scope)
      && !(view.show === 'read' && !item.readByUser)
      && (view.show === 'muted') === !!item.muted
      && (!view.text || text.includes(view.text.toLowerCase()))
      && (!view.topic || view.topic === item.topic)
      && (!view.origin || view.origin === item.origin);
}
