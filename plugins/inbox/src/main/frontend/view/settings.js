import {html, nothing} from '../lit.js';
import {preferences} from '../model/preferences.js';
import * as icons from './icons.js';

const MOST = 100;

export const settingsDialog = {
  title: 'settings',
  body: page => html`
    <fieldset><legend>${page.text('theme')}</legend>
      ${[['', 'themeSystem'], ['light', 'themeLight'], ['dark', 'themeDark']].map(([theme, name]) => html`<label><input type="radio" name="theme"
        .checked=${(page.theme ?? '') === theme} @change=${() => {
          page.theme = theme || null;
          preferences.set('theme', theme);
        }}>${page.text(name)}</label>`)}</fieldset>
    ${globalThis.Notification ? html`<div><label><input type="checkbox" id="desktop" .checked=${desktopAllowed()}
      ?disabled=${Notification.permission === 'denied'} @change=${change => allowDesktop(page, change.target.checked)}>${page.text('desktop')}</label>
      <p class="hint">${page.text(Notification.permission === 'denied' ? 'desktopDenied' : 'desktopHint')}</p></div>` : nothing}
    ${page.hub.muted ? html`<div><p class="hint">${page.text('mutedHint')}</p></div>
      ${muted(page, 'topics', 'mutedTopics')}${muted(page, 'origins', 'mutedOrigins')}` : nothing}`,
};

function muted(page, kind, title) {
  const values = page.hub.muted[kind];
  return html`<div><h3>${page.text(title)}</h3>
    <div class="meta">${values.length ? values.map(value => html`<button class="chip" aria-label=${page.text('unmute', {name: value})}
      @click=${() => page.hub.setMuted(kind, values.filter(each => each !== value))}>${value}${icons.close}</button>`) : page.text('nothingMuted')}</div>
    <form class="line" @submit=${submit => {
      submit.preventDefault();
      const value = submit.target.elements[0].value.trim();
      if (value && values.length < MOST) page.hub.setMuted(kind, [...new Set([...values, value])]);
      submit.target.reset();
    }}><input aria-label=${page.text(title)} maxlength="255"><button>${page.text('addMuted')}</button></form></div>`;
}

function desktopAllowed() {
  return preferences.get('desktop') === 'on' && globalThis.Notification?.permission === 'granted';
}

async function allowDesktop(page, wanted) {
  const granted = wanted && (await Notification.requestPermission()) === 'granted';
  preferences.set('desktop', granted ? 'on' : 'off');
  page.requestUpdate();
}

/** Shows a notification of the system when nobody looks at the page; one tab of the browser does it. */
export function alertDesktop(item, open) {
  if (!desktopAllowed() || !document.hidden) return;
  const shown = new Notification(item.title, {body: item.message ?? '', tag: item.id});
  shown.onclick = () => {
    focus();
    open(item);
    shown.close();
  };
}
