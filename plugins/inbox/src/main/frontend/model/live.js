import {serverSentEvents} from './sse.js';

const LONGEST_PAUSE = 30_000;
const FIRST_BYTE = 10_000;
const SILENCE = 45_000;
const POLL = 15_000;
const LONGEST_POLL = 60_000;
const SHORTER_WAIT = 8;

/** A failure after this time is of a proxy that waits no longer. A host that is away fails sooner. */
const CUT = 2000;

/** For so long a client polls before it tries the stream again. */
const WITHOUT_STREAM = 300_000;
const WHILE_BUSY = 30_000;

/** What a proxy that collects the whole response makes of a stream. */
const SILENT = new Error('the stream is silent');

/**
 * Follows the inbox: by the event stream; where the host has none, or a proxy holds it back, by long polling; where a proxy cuts that
 * short, by polling. Passes on {type: 'created' | 'read' | 'count' | 'reset' | 'state', ...}.
 */
export class Live {
  _notifications;
  _report;
  _stop = new AbortController();
  _wake = () => {};
  _cut = () => {};
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
    // Otherwise a lost connection shows after some time only.
    addEventListener('offline', () => {
      this._attempt ||= 1;
      this._cut();
    }, {signal: this._stop.signal});
    document.addEventListener('visibilitychange', () => document.hidden || this._wake(), {signal: this._stop.signal});
  }

  stop() {
    this._stop.abort();
    this._wake();
  }

  async _run() {
    let polling = 0;
    while (!this._stop.signal.aborted) {
      try {
        await (polling ? this._poll(polling) : this._stream());
        polling = 0;
        this._pause ||= 200;
      } catch (failure) {
        if (this._stop.signal.aborted) return;
        const {status} = failure;
        const instead = polling ? 0
            : failure === SILENT || [404, 405, 501].includes(status) ? WITHOUT_STREAM
            : [429, 503].includes(status) ? WHILE_BUSY : 0;
        polling = instead;
        if (instead) continue;
        if ([401, 403].includes(status)) {
          this._state('refused');
          await this._sleep(LONGEST_PAUSE);
          continue;
        }
        // A stream that breaks is soon continued.
        if (this._attempt) this._state('away');
        const backoff = Math.min(LONGEST_PAUSE, 500 * 2 ** this._attempt++) * (0.5 + Math.random());
        this._pause = Math.max(backoff, (failure.retryAfter ?? 0) * 1000);
      }
      await this._sleep(this._pause);
      this._pause = 0;
    }
  }

  async _stream() {
    const request = new AbortController();
    const cancel = this._cut = () => request.abort();
    this._stop.signal.addEventListener('abort', cancel, {once: true});
    let timer = setTimeout(cancel, FIRST_BYTE);
    let begun = false;
    const asked = Date.now();
    try {
      const response = await this._notifications.stream(this._lastEventId, request.signal);
      for await (const event of serverSentEvents(response)) {
        if (!begun) {
          begun = true;
          this._attempt = 0;
          this._state('live');
        }
        clearTimeout(timer);
        timer = setTimeout(cancel, SILENCE);
        if (event?.retry !== undefined) this._pause = event.retry;
        else if (event) this._receive(event);
      }
      if (!begun) throw SILENT;
    } catch (failure) {
      const cut = [0, 502, 504].includes(failure.status) && Date.now() - asked > CUT;
      throw !begun && (request.signal.aborted || cut) ? SILENT : failure;
    } finally {
      clearTimeout(timer);
      this._stop.signal.removeEventListener('abort', cancel);
      request.abort();
    }
  }

  async _poll(time) {
    const report = event => {
      this._attempt = 0;
      this._report(this._begin(event));
    };
    const polling = new Polling(this._notifications, report, this._stop.signal, pause => this._sleep(pause));
    // What polling tells, the stream would tell again.
    this._lastEventId = '';
    try {
      await polling.run(Date.now() + time);
    } finally {
      this._start = {begins: true, takenOver: true};
    }
  }

  _receive({name, data, id}) {
    const content = JSON.parse(data);
    if (id) this._lastEventId = id;
    if (name === 'created') this._report({type: 'created', item: content});
    else if (name === 'read') this._report({type: 'read', read: true, ...content});
    else if (name === 'count') this._report(this._begin({type: 'count', counts: content}));
    else if (name === 'reset') this._report({type: 'reset'});
  }

  /** What came before the first counts is in the lists alone. */
  _begin(event) {
    if (event.type !== 'count') return event;
    const start = this._start;
    this._start = {};
    return {...event, ...start};
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
  _newest = '';
  /** Seconds; 0 where a proxy cuts each request that waits. */
  _wait = 25;

  constructor(notifications, report, signal, sleep) {
    Object.assign(this, {notifications, report, signal, sleep});
  }

  async run(until) {
    while (Date.now() < until) {
      const response = await this._ask();
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

  /** Where a proxy cuts a request that waits, the same without a wait tells whether the host is there. */
  async _ask() {
    if (this._tag && this._wait) {
      try {
        return await this._changes(this._wait);
      } catch (failure) {
        const {status} = failure;
        if (this.signal.aborted || (status >= 400 && status < 500 && status !== 408)) throw failure;
        this._wait = this._wait > SHORTER_WAIT ? SHORTER_WAIT : 0;
      }
    }
    return this._changes(0);
  }

  _changes(wait) {
    return this.notifications.changes(this._tag, wait, AbortSignal.any([this.signal, AbortSignal.timeout(LONGEST_POLL)]));
  }

  async _read(first) {
    const [counts, created] = await Promise.all([
      this.notifications.counts(),
      first ? this._begin() : this.notifications.createdAfter(this._newest),
    ]);
    for (const item of created) {
      this._newest = item.created;
      this.report({type: 'created', item});
    }
    this.report({type: 'count', counts});
    // Read marks have no event of their own here.
    if (!first && !created.length) this.report({type: 'reset'});
  }

  async _begin() {
    this._newest = (await this.notifications.newest('all'))?.created ?? new Date(0).toISOString();
    return [];
  }
}
