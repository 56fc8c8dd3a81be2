import {InboxPage} from './view/page.js';

customElements.define('belfry-inbox-page', InboxPage);
