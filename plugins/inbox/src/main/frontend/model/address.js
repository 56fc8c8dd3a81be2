import {DEFAULT_VIEW} from './inbox.js';

/* global SCRIPT_URL */

/** The script is beside the page, which may be below a path of a proxy. */
const ROOT = new URL('.', SCRIPT_URL).pathname;
const ALLOWED = {
  scope: ['user', 'system'],
  show: ['all', 'unread', 'read', 'muted'],
  within: ['', 'hour', 'day', 'week', 'month'],
  sort: ['created', 'title', 'topic', 'origin'],
  direction: ['asc', 'desc'],
};

/** The view that the address of the page names, and the id of a notification, if it names one. */
export function readAddress(address = location) {
  const query = new URLSearchParams(address.search);
  const view = {};
  for (const [key, standard] of Object.entries(DEFAULT_VIEW)) {
    const value = query.get(key) ?? standard;
    view[key] = !ALLOWED[key] || ALLOWED[key].includes(value) ? value : standard;
  }
  const id = decodeURIComponent(address.pathname.slice(ROOT.length)).replace(/\/$/, '');
  return {view, id};
}

export function addressOf(view) {
  const query = new URLSearchParams(Object.entries(view).filter(([key, value]) => value !== DEFAULT_VIEW[key]));
  return ROOT + (query.size ? '?' + query : '');
}

export function addressOfOne(id) {
  return ROOT + encodeURIComponent(id);
}
