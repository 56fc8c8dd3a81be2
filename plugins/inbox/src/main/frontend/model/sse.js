/** Yields the events of a response with server-sent events: {name, data, id} or {retry}; null for each piece that only shows life. */
export async function* serverSentEvents(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = {name: 'message', data: []};
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return;
    const lines = (rest + value).split(/\r\n|\n|\r(?=[^])/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (event.data.length) yield {...event, data: event.data.join('\n')};
        event = {name: 'message', data: []};
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') event.name = text;
      else if (field === 'data') event.data.push(text);
      else if (field === 'id') event.id = text;
      else if (field === 'retry' && /^\d+$/.test(text)) yield {retry: Number(text)};
    }
    yield null;
  }
}
