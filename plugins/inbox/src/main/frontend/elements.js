import {Bell} from './view/bell.js';
import {InboxPanel} from './view/panel.js';

// A page may load the script twice.
if (!customElements.get('belfry-inbox')) {
  customElements.define('belfry-inbox', InboxPanel);
  customElements.define('belfry-bell', Bell);
}
