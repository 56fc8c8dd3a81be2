import {css, html, nothing} from '../lit.js';
import {BelfryElement} from './element.js';
import * as icons from './icons.js';
import {list, tokens} from './styles.js';

const MOST = 99;
/** Pixels between the bell and its panel, and between the panel and the edge of the window. */
const GAP = 8;
const LEAST_HEIGHT = 160;

const styles = css`
:host { display: inline-block; position: relative !important; }
#bell { position: relative; width: 40px; height: 40px; color: inherit; font-size: 17px; }
#bell > .badge { position: absolute; top: 1px; inset-inline-end: 0; transform: translateX(20%); }
#panel {
  position: absolute;
  inset: calc(100% + 8px) 0 auto auto;
  inset-inline: auto 0;
  z-index: 1000;
  display: flex;
  flex-direction: column;
  width: min(420px, calc(100vw - 24px));
  border: 1px solid var(--line);
  border-radius: 12px;
  background: var(--surface);
  color: var(--text);
  box-shadow: 0 12px 40px #0003;
  overflow: hidden;
}
#panel.above { top: auto; bottom: calc(100% + 8px); }
#panel belfry-inbox { max-height: min(560px, 75vh); border: 0; border-radius: 0; }
.all { flex: none; padding: 10px; border-top: 1px solid var(--line); color: var(--accent); font-size: 14px; text-align: center; text-decoration: none; }
.all:hover { background: var(--raised); }
`;

/** A bell with the number of unread notifications; it opens the inbox. */
export class Bell extends BelfryElement {
  static properties = {expanded: {type: Boolean, reflect: true, attribute: 'open'}};
  static styles = [tokens, list, styles];

  constructor() {
    super();
    this.expanded = false;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('pointerdown', this._elsewhere);
    addEventListener('resize', this._place);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('pointerdown', this._elsewhere);
    removeEventListener('resize', this._place);
  }

  updated(changed) {
    if (changed.has('expanded')) this._place();
  }

  /** Keeps the panel inside the window, wherever the application has the bell. */
  _place = () => {
    const panel = this.renderRoot.getElementById('panel');
    if (!panel) return;
    const {top, bottom} = this.renderRoot.getElementById('bell').getBoundingClientRect();
    const above = top > innerHeight - bottom;
    panel.classList.toggle('above', above);
    panel.style.maxHeight = Math.max(LEAST_HEIGHT, (above ? top : innerHeight - bottom) - 2 * GAP) + 'px';
    panel.style.translate = 'none';
    const {left, right} = panel.getBoundingClientRect();
    const beyond = Math.max(0, right + GAP - document.documentElement.clientWidth);
    panel.style.translate = (Math.max(0, GAP - left) || -beyond) + 'px';
  };

  _elsewhere = press => {
    if (this.expanded && !press.composedPath().includes(this)) this.expanded = false;
  };

  _key = key => {
    if (key.key !== 'Escape' || !this.expanded) return;
    this.expanded = false;
    this.renderRoot.getElementById('bell').focus();
    key.stopPropagation();
  };

  render() {
    const n = this.hub.counts?.count ?? 0;
    const shown = n > MOST ? MOST + '+' : n;
    return html`<div @keydown=${this._key}>
      <button class="icon" id="bell" part="bell" aria-expanded=${this.expanded} aria-haspopup="dialog"
          aria-label=${this.text('notifications') + (n ? ', ' + this.text('unreadCount', {n: shown}) : '')} title=${n > MOST ? this.text('unreadCount', {n}) : nothing}
          @click=${() => (this.expanded = !this.expanded)}><slot name="icon">${icons.bell}</slot>
        ${n ? html`<span class="badge" part="badge">${shown}</span>` : nothing}</button>
      ${this.expanded ? html`<div id="panel" part="panel" role="dialog" aria-label=${this.text('notifications')}>
        <belfry-inbox exportparts="tab, badge: tab-badge, list, item, dot, title, message, actions, action, state, toast, mark-all"
          src=${this.src ?? nothing} lang=${this.t.tag} theme=${this.theme ?? nothing} .token=${this.token}></belfry-inbox>
        <slot name="footer"><a class="all" href="${this.hub.base}/notifications/">${this.text('openAll')}</a></slot></div>` : nothing}
    </div>`;
  }
}
