import {css, html} from '../lit.js';
import {InboxElement} from './inbox-element.js';
import * as icons from './icons.js';
import {list, tokens} from './styles.js';

const styles = css`
:host { overflow: auto; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); }
.top { position: sticky; top: 0; z-index: 2; display: flex; align-items: center; gap: 4px; padding-inline: 8px; border-bottom: 1px solid var(--line); background: var(--surface); }
.tabs { flex: 1; border: 0; }
.items > :last-child { border-bottom: 0; }
`;

/** A list of notifications for the page of an application. */
export class InboxPanel extends InboxElement {
  static styles = [tokens, list, styles];

  render() {
    return html`<slot name="header"></slot>
      <div class="top">${this.tabsTemplate()}
        <button class="icon" id="mark-all" part="mark-all" aria-label=${this.text('markAll')} title=${this.text('markAll')}
          ?disabled=${!this.unreadCount(this.inbox.view.scope)} @click=${() => this.markAll()}>${icons.check}</button></div>
      ${this.alertTemplate()}
      <div @keydown=${this._key}>${this.listTemplate()}</div>
      ${this.noticesTemplate()}
      <slot name="footer"></slot>`;
  }

  _key = key => key.ctrlKey || key.metaKey || key.altKey || this.listKey(key);
}
