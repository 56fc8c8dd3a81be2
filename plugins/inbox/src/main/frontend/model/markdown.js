import {textUrl} from './links.js';

// Code, link, strong, em: whichever comes first. Bounded, so that no text takes long.
const INLINE = /`([^`\n]{1,1000})`|\[([^\]\n]{1,500})\]\(([^()\s]{1,2048})\)|\*\*([^*\n]{1,1000})\*\*|(?<![\w*])[*_]([^*_\n]{1,1000})[*_](?![\w*])/;

/** The paragraphs, quotes and lists of a text: {text}, {quote} or {items}, each of strings and {type, content}. */
export function blocks(text) {
  const result = [];
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const item = /^\s{0,3}[-*+] +(.*)/.exec(line);
    const quote = /^\s{0,3}> ?(.*)/.exec(line);
    const last = result.at(-1);
    if (quote) {
      if (last?.quote) last.quote.push('\n', ...inlines(quote[1]));
      else result.push({quote: inlines(quote[1])});
    } else if (item) {
      if (last?.items) last.items.push(inlines(item[1]));
      else result.push({items: [inlines(item[1])]});
    } else if (!line.trim()) {
      result.push({text: []});
    } else if (last?.text?.length) {
      last.text.push('\n', ...inlines(line));
    } else {
      result.push({text: inlines(line)});
    }
  }
  return result.filter(block => block.items || block.quote || block.text.length);
}

function inlines(text) {
  const parts = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    const [all, code, label, url, strong, em] = found;
    if (found.index) parts.push(rest.slice(0, found.index));
    if (code) parts.push({type: 'code', text: code});
    else if (strong) parts.push({type: 'strong', content: inlines(strong)});
    else if (em) parts.push({type: 'em', content: inlines(em)});
    else if (textUrl(url)) parts.push({type: 'link', url, content: inlines(label)});
    else parts.push(all);
    rest = rest.slice(found.index + all.length);
  }
  if (rest) parts.push(rest);
  return parts;
}
