// Controls, white space, backslashes, and characters that change the direction of text: all deceive about where a link leads.
const DECEPTIVE = /[\u0000-\u0020\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\\]/;
const RUNS_CODE = /^(javascript|data|vbscript|blob|filesystem|file|about|view-source):/i;

/** The URL of an action as a link may have it, or null. The host has checked its scheme against its list. */
export function actionUrl(url) {
  return typeof url !== 'string' || DECEPTIVE.test(url) || RUNS_CODE.test(url) || url.startsWith('//') ? null : url;
}

/** The URL of a link in a text, or null: the host has not checked it. */
export function textUrl(url) {
  return actionUrl(url) && /^(https?:\/\/|mailto:)/i.test(url) ? url : null;
}

export function leavesPage(url) {
  return /^https?:/i.test(url) && new URL(url).origin !== location.origin;
}
