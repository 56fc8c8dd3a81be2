import {html} from '../lit.js';
import {blocks} from '../model/markdown.js';

/** A text in the subset of Markdown, as elements: nothing of the text becomes markup. */
export function markdownTemplate(text) {
  return blocks(text).map(block => block.items
      ? html`<ul>${block.items.map(item => html`<li>${item.map(inline)}</li>`)}</ul>`
      : block.quote ? html`<blockquote>${block.quote.map(inline)}</blockquote>`
      : html`<p>${block.text.map(inline)}</p>`);
}

function inline(part) {
  if (typeof part === 'string') return part;
  const content = part.content?.map(inline);
  if (part.type === 'strong') return html`<strong>${content}</strong>`;
  if (part.type === 'em') return html`<em>${content}</em>`;
  if (part.type === 'code') return html`<code>${part.text}</code>`;
  return html`<a href=${part.url} target="_blank" rel="noopener noreferrer">${content}</a>`;
}
