import {LitElement, html} from './lit.js';

class Page extends LitElement {
  static properties = {name: {}};
  constructor() {
    super();
    this.name = 'inbox';
  }
  render() {
    return html`<h1>${this.name}</h1>`;
  }
}
customElements.define('belfry-page', Page);
