import {serverSentEvents} from './sse.js';

const LONGEST_PAUSE = 30_000;
const SILENCE = 45_000;
const POLL = 30_000;

/**
 * Follows the inbox: by the event stream; where the host has none, by long polling; where a proxy cuts that short, by polling. Passes
 * on {type: 'created' | 'read' | 'count' | 'reset' | 'state', ...}.
 */
export class Live {
  _notifications;
  _report;
  _stop = new AbortController();
  _wake = () => {};
  _lastEventId = '';
  _pause = 0;
  _attempt = 0;
  _start;

  /** @param takenOver whether another tab did this before */
  constructor(notifications, report, takenOver = false) {
    this._notifications = notifications;
    this._report = report;
    this._start = {begins: true, takenOver};
  }

  start() {
    this._run();
    addEventListener('online', () => this._wake(), {signal: this._stop.signal});
    document.addEventListener('visibilitychange', () => document.hidden || this._wake(), {signal: this._stop.signal});
  }

  stop() {
    this._stop.abort();
    this._wake();
  }

  async _run() {
    let follow = () => this._stream();
    while (!this._stop.signal.aborted) {
      try {
        await follow();
        this._pause ||= 200;
      } catch (failure) {
        if (this._stop.signal.aborted) return;
        if ([404, 405, 501].includes(failure.status)) {
          const polling = new Polling(this._notifications, this._report, this._stop.signal, time => this._sleep(time));
          follow = () => polling.run();
          continue;
        }
        if ([401, 403].includes(failure.status)) {
          this._state('refused');
          await this._sleep(LONGEST_PAUSE);
          continue;
        }
        this._state('away');
        // The host may have a stream when it is back.
        follow = () => this._stream();
        const backoff = Math.min(LONGEST_PAUSE, 500 * 2 ** this._attempt++) * (0.5 + Math.random());
        this._pause = Math.max(backoff, (failure.retryAfter ?? 0) * 1000);
      }
      await this._sleep(this._pause);
      this._pause = 0;
    }
  }

  async _stream() {
    const request = new AbortController();
    const cancel = () => request.abort();
    this._stop.signal.addEventListener('abort', cancel, {once: true});
    let timer = setTimeout(cancel, SILENCE);
    try {
      const response = await this._notifications.stream(this._lastEventId, request.signal);
      this._attempt = 0;
      this._state('live');
      for await (const event of serverSentEvents(response)) {
        clearTimeout(timer);
        timer = setTimeout(cancel, SILENCE);
        if (event?.retry !== undefined) this._pause = event.retry;
        else if (event) this._receive(event);
      }
    } finally {
      clearTimeout(timer);
      this._stop.signal.removeEventListener('abort', cancel);
      request.abort();
    }
  }

  _receive({name, data, id}) {
    const content = JSON.parse(data);
    if (id) this._lastEventId = id;
    if (name === 'created') this._report({type: 'created', item: content});
    else if (name === 'read') this._report({type: 'read', read: true, ...content});
    else if (name === 'count') {
      // What came before a stream that begins is in the lists alone.
      this._report({type: 'count', counts: content, ...this._start});
      this._start = {};
    } else if (name === 'reset') this._report({type: 'reset'});
  }

  _state(state) {
    this._report({type: 'state', state});
  }

  _sleep(time) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, time);
      this._wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Without a stream: waits until the ETag of the count changes, and then reads the new notifications. */
class Polling {
  _tag = null;
  _newest = new Date().toISOString();

  constructor(notifications, report, signal, sleep) {
    Object.assign(this, {notifications, report, signal, sleep});
  }

  async run() {
    for (;;) {
      const response = await this.notifications.changes(this._tag, this.signal);
      this.report({type: 'state', state: 'live'});
      const first = this._tag === null;
      if (response.status !== 304) {
        // Across origins the tag may be hidden.
        this._tag = response.headers.get('ETag') ?? '';
        await this._read(first);
      }
      if (!first && !response.headers.get('Preference-Applied')) await this.sleep(POLL);
      if (this.signal.aborted) return;
    }
  }

  async _read(first) {
    const [counts, created] = await Promise.all([
      this.notifications.counts(),
      first ? [] : this.notifications.createdAfter(this._newest),
    ]);
    for (const item of created) {
      this._newest = item.created;
      this.report({type: 'created', item});
    }
    this.report({type: 'count', counts});
    // Read marks have no event of their own here.
    if (!first && !created.length) this.report({type: 'reset'});
  }
}
