import {html} from '../lit.js';

export const helpDialog = {
  title: 'help',
  body: page => {
    const keys = [['j', 'keyNext'], ['k', 'keyPrevious'], [page.text('keyEnter'), 'keyOpen'], ['u', 'keyRead'], ['x', 'keySelect'],
      ['/', 'keySearch'], ['?', 'keyHelp']];
    return html`<dl class="keys">${keys.map(([key, text]) => html`<dt><kbd>${key}</kbd></dt><dd>${page.text(text)}</dd>`)}</dl>`;
  },
};
