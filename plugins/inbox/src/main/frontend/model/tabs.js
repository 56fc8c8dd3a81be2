/**
 * Lets one tab do the work of all: `work(share, takenOver)` runs in one of the tabs that have the same name, and each tab receives what
 * it shares. When that tab is closed, another one takes over. Web Locks choose the tab. Without them (a page by http that is not on
 * this computer), each tab works for itself.
 */
export function oneForAll(name, work, receive) {
  const stop = new AbortController();
  if (!name || !navigator.locks || !globalThis.BroadcastChannel) {
    stop.signal.addEventListener('abort', work(receive));
    return () => stop.abort();
  }
  const channel = new BroadcastChannel(name);
  let state = null;
  channel.onmessage = ({data}) => {
    if (data.type !== 'hello') receive(data, false);
    else if (state) channel.postMessage(state);
  };
  const share = message => {
    if (message.type === 'state') state = message;
    channel.postMessage(message);
    receive(message, true);
  };
  channel.postMessage({type: 'hello'});
  const hold = takenOver => new Promise(release => {
    const end = work(share, takenOver);
    stop.signal.addEventListener('abort', () => {
      end();
      release(true);
    });
  });
  navigator.locks.request(name, {ifAvailable: true}, lock => !!lock && !stop.signal.aborted && hold(false))
      .then(done => done || navigator.locks.request(name, {signal: stop.signal}, () => hold(true)))
      .catch(() => {});
  return () => {
    stop.abort();
    channel.close();
  };
}
