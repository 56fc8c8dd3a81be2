import {css} from '../lit.js';

/** Colors and sizes. Applications set the properties that begin with --belfry. */
export const tokens = css`
:host {
  --accent: var(--belfry-accent, light-dark(#4338ca, #a5b4fc));
  --on-accent: var(--belfry-on-accent, light-dark(#fff, #1e1b4b));
  --text: var(--belfry-text, light-dark(#1a1d23, #e8eaee));
  --dim: var(--belfry-dim, light-dark(#5a6270, #a3abb8));
  --surface: var(--belfry-surface, light-dark(#fff, #1b1e24));
  --raised: var(--belfry-raised, light-dark(#f4f5f8, #262a32));
  --line: var(--belfry-line, light-dark(#e3e6eb, #333842));
  --edge: light-dark(#868e9b, #7d8695);
  --alert: light-dark(#b42318, #fda29b);
  --radius: var(--belfry-radius, 10px);
  --font: var(--belfry-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif);
  display: block;
  box-sizing: border-box;
  /* Important: a reset of the application's style would win otherwise. */
  color-scheme: light dark !important;
  color: var(--text) !important;
  font: 400 15px/1.45 var(--font) !important;
  text-align: start !important;
  letter-spacing: normal !important;
  text-transform: none !important;
}
:host([hidden]) { display: none !important; }
:host([theme="light"]) { color-scheme: light !important; }
:host([theme="dark"]) { color-scheme: dark !important; }
*, *::before, *::after { box-sizing: border-box; }
.sr {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
svg { display: block; width: 1.25em; height: 1.25em; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
button, input, select, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
button, .button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  gap: .4em;
  margin: 0;
  padding: .32em .75em;
  min-height: 34px;
  border: 1px solid var(--line);
  border-radius: 8px;
  background: var(--surface);
  font-size: 14px;
  font-weight: 500;
  line-height: 1.2;
  text-decoration: none;
  color: inherit;
  cursor: pointer;
}
button:hover, .button:hover { background: var(--raised); }
button.primary { border-color: transparent; background: var(--accent); color: var(--on-accent); }
button.primary:hover { filter: brightness(1.08); }
button.icon { padding: 0; width: 34px; border-color: transparent; background: none; color: var(--dim); }
button.icon:hover { background: var(--raised); color: var(--text); }
button:disabled { opacity: .55; cursor: default; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
h1, h2, h3, p, ul { margin: 0; padding: 0; font: inherit; }
@media (prefers-reduced-motion: no-preference) {
  button, .item { transition: background-color .15s; }
}
@media (forced-colors: active) {
  .dot, .badge { forced-color-adjust: none; background: Highlight; }
}
`;

export const list = css`
.tabs { display: flex; gap: 4px; border-bottom: 1px solid var(--line); }
.tabs button {
  border: 0;
  border-radius: 8px 8px 0 0;
  padding: .6em .9em;
  background: none;
  color: var(--dim);
  box-shadow: inset 0 0 transparent;
}
.tabs button[aria-selected="true"] { color: var(--text); box-shadow: inset 0 -2px var(--accent); }
.badge {
  min-width: 20px;
  padding: 0 6px;
  border-radius: 10px;
  background: var(--accent);
  color: var(--on-accent);
  font-size: 12px;
  font-weight: 600;
  line-height: 20px;
  text-align: center;
  font-variant-numeric: tabular-nums;
}
.items { list-style: none; }
.item {
  position: relative;
  display: grid;
  grid-template-columns: auto minmax(0, 1fr) auto;
  gap: 0 10px;
  padding-block: 11px;
  padding-inline: 14px 10px;
  border-bottom: 1px solid var(--line);
}
.item:hover { background: color-mix(in srgb, var(--raised) 60%, transparent); }
.item:has(:focus-visible) { background: var(--raised); }
.item.new { animation: arrive 1.6s ease-out; }
@keyframes arrive { from { background: color-mix(in srgb, var(--accent) 18%, transparent); } }
@media (prefers-reduced-motion: reduce) { .item.new { animation: none; } }
.lead { display: flex; align-items: start; gap: 10px; padding-top: 4px; }
.lead input { width: 16px; height: 16px; margin: 1px 0 0; accent-color: var(--accent); }
.dot { flex: none; width: 9px; height: 9px; margin-top: 4px; border-radius: 50%; }
.unread .dot { background: var(--accent); }
article { outline-offset: 6px; border-radius: 4px; min-width: 0; }
/* A text of the other direction begins on the side of the list. */
article > [dir] { text-align: -webkit-match-parent; text-align: match-parent; }
.item h2 button {
  display: inline;
  min-height: 0;
  padding: 0;
  border: 0;
  border-radius: 3px;
  background: none;
  font-size: 15px;
  font-weight: 450;
  line-height: 1.4;
  text-align: inherit;
  color: var(--text);
  overflow-wrap: anywhere;
}
.item h2 button:hover { background: none; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 3px; }
.unread h2 button { font-weight: 650; }
time { padding-top: 2px; color: var(--dim); font-size: 13px; white-space: nowrap; }
.message { margin-top: 2px; color: var(--dim); overflow-wrap: anywhere; white-space: pre-line; }
.message:not(.full) { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.message.full { color: var(--text); }
.message.full > * + * { margin-top: 6px; }
.message ul, .message ol { padding-inline-start: 1.4em; white-space: normal; }
.message ul { list-style: disc; }
.message blockquote { margin: 0; padding-inline-start: 10px; border-inline-start: 3px solid var(--line); }
.message a { color: var(--accent); }
.message code { padding: .1em .3em; border-radius: 4px; background: var(--raised); font: .92em ui-monospace, "DejaVu Sans Mono", monospace; }
.meta { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; margin-top: 7px; color: var(--dim); font-size: 13px; }
.chip {
  display: inline-flex;
  align-items: center;
  gap: 4px;
  max-width: 100%;
  min-height: 24px;
  padding: 1px 8px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: none;
  color: var(--dim);
  font-size: 12.5px;
  font-weight: 450;
  overflow-wrap: anywhere;
}
button.chip:hover { color: var(--text); }
.chip svg { width: 1em; height: 1em; }
.actions { display: contents; }
.actions .button { min-height: 28px; padding-block: 2px; font-size: 13px; overflow-wrap: anywhere; }
.side { display: flex; flex-direction: column; align-items: end; gap: 2px; }
.tools { display: flex; gap: 2px; margin-inline-end: -6px; }
@media (hover: hover) {
  .tools { opacity: 0; }
  .item:hover .tools, .item:focus-within .tools { opacity: 1; }
}
.foot { display: flex; justify-content: center; padding: 14px; }
.state { display: grid; justify-items: center; gap: 8px; padding: 56px 20px; text-align: center; color: var(--dim); }
.state svg { width: 44px; height: 44px; stroke-width: 1.25; opacity: .8; }
.state h2 { color: var(--text); font-size: 17px; font-weight: 600; }
.skeleton { height: 78px; border-bottom: 1px solid var(--line); padding: 16px 14px 0 36px; }
.skeleton::before, .skeleton::after { content: ""; display: block; height: 11px; width: 45%; margin-bottom: 10px; border-radius: 6px; background: var(--raised); }
.skeleton::after { width: 75%; }
.banner { display: flex; align-items: center; gap: 8px; padding: 8px 14px; background: var(--raised); color: var(--text); font-size: 14px; }
.banner.alert { border-inline-start: 3px solid var(--accent); }
.banner > :nth-child(2) { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.toast {
  position: sticky;
  bottom: 16px;
  z-index: 3;
  display: flex;
  align-items: center;
  gap: 12px;
  width: max-content;
  max-width: calc(100% - 24px);
  margin: 12px auto;
  padding: 6px 6px 6px 16px;
  padding-inline: 16px 6px;
  border-radius: var(--radius);
  background: light-dark(#1f232b, #e8eaee);
  color: light-dark(#fff, #14161a);
  box-shadow: 0 6px 24px #0004;
  font-size: 14px;
}
.toast button { border-color: transparent; background: none; color: light-dark(#c7d2fe, #3730a3); }
.toast button:hover { background: #8883; }
`;
