'use strict';
// Keeps the page up to date, and sends its forms without leaving it.

const INTERVAL = 5000;
const message = document.getElementById('message');
let lost = false;

function parts(page) {
  return new Map([...page.querySelectorAll('[data-part]')].map(part => [part.id, part]));
}

/** The part as the server sent it: what the user has opened does not count. */
const received = new Map([...parts(document)].map(([id, part]) => [id, part.outerHTML]));

function replace(old, next) {
  const open = [...old.querySelectorAll('details[open]')].map(one => one.id);
  const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
  old.replaceWith(next);
  open.map(id => document.getElementById(id)).filter(Boolean).forEach(one => { one.open = true; });
  if (focused) {
    document.getElementById(focused)?.focus();
  }
}

function update(page) {
  const now = parts(document);
  const next = parts(page);
  const same = now.size === next.size && [...next.keys()].every(id => now.has(id));
  if (same) {
    for (const [id, part] of next) {
      const html = part.outerHTML;
      if (html !== received.get(id)) {
        replace(now.get(id), document.adoptNode(part));
        received.set(id, html);
      }
    }
    return;
  }
  received.clear();
  next.forEach((part, id) => received.set(id, part.outerHTML));
  const readiness = next.get('readiness');
  replace(document.getElementById('readiness'), document.adoptNode(readiness));
  replace(document.querySelector('main'), document.adoptNode(page.querySelector('main')));
}

async function refresh() {
  const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
  update(new DOMParser().parseFromString(await response.text(), 'text/html'));
}

async function look() {
  try {
    if (!document.hidden && getSelection().isCollapsed) {
      await refresh();
      if (lost) {
        lost = false;
        message.textContent = '';
      }
    }
  } catch {
    lost = true;
    message.textContent = 'The host does not answer. The page shows what was known before, and tries again.';
  }
  setTimeout(look, INTERVAL);
}

async function send(form) {
  message.textContent = '';
  const response = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' } });
  const body = await response.json();
  if (!response.ok) {
    message.textContent = body.error?.message ?? `The host answered with ${response.status}.`;
  } else if (body.redirect) {
    location.href = body.redirect;
  } else if (form.action.endsWith('/sign-out')) {
    location.reload();
  }
}

document.addEventListener('submit', async event => {
  const form = event.target;
  event.preventDefault();
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) {
    return;
  }
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    await send(form);
    await refresh();
  } catch {
    message.textContent = 'The host does not answer. Try again.';
  } finally {
    button.disabled = false;
  }
});

setTimeout(look, INTERVAL);
