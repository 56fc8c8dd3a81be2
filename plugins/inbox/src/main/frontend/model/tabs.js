/**
 * Lets one tab do the work of all: `work(share)` runs in one of the tabs that have the same name, and each tab receives what it shares.
 * Web Locks choose the tab. Without them (a page by http that is not on this computer), each tab works for itself.
 */
export function oneForAll(name, work, receive) {
  const stop = new AbortController();
  if (!name || !navigator.locks || !globalThis.BroadcastChannel) {
    stop.signal.addEventListener('abort', work(receive));
    return () => stop.abort();
  }
  const channel = new BroadcastChannel(name);
  channel.onmessage = message => receive(message.data, false);
  const share = message => {
    channel.postMessage(message);
    receive(message, true);
  };
  navigator.locks.request(name, {signal: stop.signal}, () => new Promise(release => {
    const end = work(share);
    stop.signal.addEventListener('abort', () => {
      end();
      release();
    });
  })).catch(() => {});
  return () => {
    stop.abort();
    channel.close();
  };
}
