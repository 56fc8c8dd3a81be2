import {serverSentEvents} from './sse.js';

const LONGEST_PAUSE = 30_000;
const SILENCE = 45_000;
const POLL = 30_000;

/**
 * Follows the inbox: by the event stream; where the host has none, by long polling; where a proxy cuts that short, by polling. Passes
 * on {type: 'created' | 'read' | 'count' | 'reset' | 'state', ...}.
 */
export class Live {
  #notifications;
  #report;
  #stop = new AbortController();
  #wake = () => {};
  #lastEventId = '';
  #pause = 0;
  #attempt = 0;

  constructor(notifications, report) {
    this.#notifications = notifications;
    this.#report = report;
  }

  start() {
    this.#run();
    addEventListener('online', () => this.#wake(), {signal: this.#stop.signal});
    document.addEventListener('visibilitychange', () => document.hidden || this.#wake(), {signal: this.#stop.signal});
  }

  stop() {
    this.#stop.abort();
    this.#wake();
  }

  async #run() {
    let follow = () => this.#stream();
    while (!this.#stop.signal.aborted) {
      try {
        await follow();
        this.#pause ||= 200;
      } catch (failure) {
        if (this.#stop.signal.aborted) return;
        if ([404, 405, 501].includes(failure.status)) {
          const polling = new Polling(this.#notifications, this.#report, this.#stop.signal, time => this.#sleep(time));
          follow = () => polling.run();
          continue;
        }
        if ([401, 403].includes(failure.status)) {
          this.#state('refused');
          await this.#sleep(LONGEST_PAUSE);
          continue;
        }
        this.#state('away');
        const backoff = Math.min(LONGEST_PAUSE, 500 * 2 ** this.#attempt++) * (0.5 + Math.random());
        this.#pause = Math.max(backoff, (failure.retryAfter ?? 0) * 1000);
      }
      await this.#sleep(this.#pause);
      this.#pause = 0;
    }
  }

  async #stream() {
    const request = new AbortController();
    const cancel = () => request.abort();
    this.#stop.signal.addEventListener('abort', cancel, {once: true});
    let timer = setTimeout(cancel, SILENCE);
    try {
      const response = await this.#notifications.stream(this.#lastEventId, request.signal);
      this.#attempt = 0;
      this.#state('live');
      for await (const event of serverSentEvents(response)) {
        clearTimeout(timer);
        timer = setTimeout(cancel, SILENCE);
        if (event?.retry !== undefined) this.#pause = event.retry;
        else if (event) this.#receive(event);
      }
    } finally {
      clearTimeout(timer);
      this.#stop.signal.removeEventListener('abort', cancel);
      request.abort();
    }
  }

  #receive({name, data, id}) {
    const content = JSON.parse(data);
    if (id) this.#lastEventId = id;
    if (name === 'created') this.#report({type: 'created', item: content});
    else if (name === 'read') this.#report({type: 'read', read: true, ...content});
    else if (name === 'count') this.#report({type: 'count', counts: content});
    else if (name === 'reset') this.#report({type: 'reset'});
  }

  #state(state) {
    this.#report({type: 'state', state});
  }

  #sleep(time) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, time);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Without a stream: waits for another tag of the count, and then reads what is new. */
class Polling {
  #tag = null;
  #newest = new Date().toISOString();

  constructor(notifications, report, signal, sleep) {
    Object.assign(this, {notifications, report, signal, sleep});
  }

  async run() {
    for (;;) {
      const response = await this.notifications.changes(this.#tag, this.signal);
      this.report({type: 'state', state: 'live'});
      const first = this.#tag === null;
      if (response.status !== 304) {
        // Across origins the tag may be hidden.
        this.#tag = response.headers.get('ETag') ?? '';
        await this.#read(first);
      }
      if (!first && !response.headers.get('Preference-Applied')) await this.sleep(POLL);
      if (this.signal.aborted) return;
    }
  }

  async #read(first) {
    const [counts, created] = await Promise.all([
      this.notifications.counts(),
      first ? [] : this.notifications.createdAfter(this.#newest),
    ]);
    for (const item of created) {
      this.#newest = item.created;
      this.report({type: 'created', item});
    }
    this.report({type: 'count', counts});
    // Read marks have no event of their own here.
    if (!first && !created.length) this.report({type: 'reset'});
  }
}
