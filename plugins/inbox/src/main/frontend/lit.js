// The parts of Lit that the front end uses.
export {css} from '@lit/reactive-element';
export {LitElement} from 'lit-element/lit-element.js';
export {html, nothing, svg} from 'lit-html';
export {repeat} from 'lit-html/directives/repeat.js';
export {live} from 'lit-html/directives/live.js';
