import {svg, html} from '../lit.js';

const icon = paths => html`<svg viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`;

export const bell = icon(svg`<path d="M6 10a6 6 0 0 1 12 0v4l1.700 3H4.300L6 14zM10 20.500h4"/>`);
export const check = icon(svg`<path d="m5 12.500 4.500 4.500L19 7.500"/>`);
export const circle = icon(svg`<circle cx="12" cy="12" r="4.500" fill="currentColor"/>`);
export const link = icon(svg`<path d="M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1"/>`);
export const close = icon(svg`<path d="m7 7 10 10M17 7 7 17"/>`);
export const gear = icon(svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>`);
export const funnel = icon(svg`<path d="M4 6h16M7 12h10M10 18h4"/>`);
export const pen = icon(svg`<path d="m4 20 1-5L16 4l4 4L9 19z"/>`);
export const keyboard = icon(svg`<path d="M9 9.200a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.200M12 17.500v.1"/>`);
export const down = icon(svg`<path d="M12 5v14m-5-5 5 5 5-5"/>`);
export const up = icon(svg`<path d="M12 19V5m-5 5 5-5 5 5"/>`);
export const mute = icon(svg`<path d="M6 14v-4a6 6 0 0 1 9-5.200M18 10v4l1.700 3H8M10 20.500h4M4 4l16 16"/>`);
export const cloud = icon(svg`<path d="M7 18a4 4 0 0 1-.5-8 5.500 5.500 0 0 1 10.700 1A3.500 3.500 0 0 1 17 18zM4 4l16 16"/>`);
export const warning = icon(svg`<path d="M12 4 2.800 20h18.400zM12 10v4.500M12 17.300v.1"/>`);
export const horn = icon(svg`<path d="M4 10v4h3l9 4V6l-9 4zM19 10v4"/>`);
export const search = icon(svg`<circle cx="11" cy="11" r="6"/><path d="m20 20-4.500-4.500"/>`);
