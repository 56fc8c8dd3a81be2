import {LitElement} from '../lit.js';
import {unreachable} from '../model/api.js';
import {hubOf} from '../model/hub.js';
import {Texts} from '../texts/texts.js';

/* global SCRIPT_URL */

/** Scripts are in folders of the host's root, which may be below a path of a proxy. */
function hostOfScript() {
  const {origin, pathname} = new URL(SCRIPT_URL);
  return origin + (/^(.*)\/notifications(?:-elements)?\/[^/]*$/.exec(pathname)?.[1] ?? '');
}

/** What all elements have: a hub, texts, a theme. */
export class BelfryElement extends LitElement {
  static properties = {
    src: {},
    lang: {},
    theme: {reflect: true},
    token: {attribute: false},
  };

  constructor() {
    super();
    this.src = null;
    this.theme = null;
    this.token = null;
    this.hub = null;
    this.t = null;
  }

  /** @param key of a text */
  text(key, values) {
    return this.t.text(key, values);
  }

  /** What a person reads about a failure. The browser has no words for it that help. */
  failureText({status, message, offline = 'noConnection'}) {
    if (status === 401) return this.text('signedOutTitle');
    return unreachable({status}) ? this.text(offline) : this.text('refused', {message: message || 'HTTP ' + status});
  }

  languages() {
    const near = this.lang || this.closest('[lang]')?.getAttribute('lang');
    return near ? [near, ...navigator.languages] : navigator.languages;
  }

  willUpdate(changed) {
    if (!this.t || changed.has('lang')) this.t = new Texts(this.languages());
    if (!this.hub || changed.has('src') || changed.has('token')) this._connect();
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this._connect();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this._disconnect();
  }

  _connect() {
    this._disconnect();
    this.hub = hubOf(this._base(), this.token);
    this.hub.addEventListener('change', this._changed);
    this.hub.addEventListener('inbox', this._event);
    this.hub.connect();
    this.connected();
  }

  _disconnect() {
    if (!this.hub) return;
    this.hub.removeEventListener('change', this._changed);
    this.hub.removeEventListener('inbox', this._event);
    this.hub.disconnect();
    this.hub = null;
    this.disconnected();
  }

  /** The host is the one that the script comes from, unless the application names another one. */
  _base() {
    const base = this.src ? new URL(this.src, location.href).href.replace(/\/$/, '') : hostOfScript();
    return base === location.origin ? '' : base;
  }

  _changed = () => this.requestUpdate();

  _event = ({detail}) => {
    if (detail.type === 'error') this.announce('belfry-error', {status: detail.failure.status ?? 0, message: this.failureText(detail.failure)});
    this.receive(detail);
  };

  connected() {}

  disconnected() {}

  receive() {}

  /** @returns whether the application has not prevented what follows */
  announce(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, {detail, bubbles: true, composed: true, cancelable: true}));
  }
}
