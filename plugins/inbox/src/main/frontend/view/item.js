import {html, nothing} from '../lit.js';
import {actionUrl, leavesPage} from '../model/links.js';
import * as icons from './icons.js';

/**
 * One notification of a list.
 *
 * @param owner the element of the list, which knows the texts and handles clicks
 */
export function itemTemplate(owner, item) {
  const open = owner.opened === item.id;
  const unread = !item.readByUser;
  return html`
    <li class="item ${unread ? 'unread' : ''} ${owner.inbox?.arrived.has(item.id) ? 'new' : ''}" part="item" data-id=${item.id}>
      <div class="lead">
        ${owner.selectable ? html`<input type="checkbox" aria-label=${owner.text('select', {name: item.title})}
            .checked=${owner.selection.has(item.id)} @change=${() => owner.toggleSelected(item.id)}>` : nothing}
        <span class="dot" part="dot"></span>
      </div>
      <article tabindex="-1" aria-labelledby="title-${item.id}">
        <h2 dir="auto"><button id="title-${item.id}" part="title" aria-expanded=${open} @click=${() => owner.open(item)}>${
          unread ? html`<span class="sr">${owner.text('unread')}: </span>` : nothing}${item.title}</button></h2>
        ${item.message ? html`<div class="message ${open ? 'full' : ''}" part="message" dir="auto">${owner.messageTemplate(item)}</div>` : nothing}
        <div class="meta">
          ${actionsTemplate(owner, item)}
          ${chip(owner, 'origin', item.origin)}
          ${item.topic ? chip(owner, 'topic', item.topic) : nothing}
          ${item.muted ? html`<span class="chip">${icons.mute}${owner.text('muted')}</span>` : nothing}
          ${open && owner.muteTemplate ? owner.muteTemplate(item) : nothing}
        </div>
      </article>
      <div class="side">
        ${ageTemplate(owner, item.created)}
        <div class="tools">
          ${owner.linkable ? tool(owner.text('copyLink'), icons.link, () => owner.copyLink(item)) : nothing}
          ${unread
            ? tool(owner.text('markRead'), icons.check, () => owner.mark([item], true))
            : tool(owner.text('markUnread'), icons.circle, () => owner.mark([item], false))}
        </div>
      </div>
    </li>`;
}

export function ageTemplate(owner, time) {
  const exact = owner.t.exactTime(time);
  return html`<time dir="auto" datetime=${time} title=${exact}>${owner.t.age(time)}<span class="sr">, ${exact}</span></time>`;
}

function tool(name, icon, act) {
  return html`<button class="icon" aria-label=${name} title=${name} @click=${act}>${icon}</button>`;
}

function chip(owner, key, value) {
  return owner.filterable
      ? html`<button class="chip" dir="auto" title=${owner.text('filterBy', {name: value})} @click=${() => owner.filter({[key]: value})}>${value}</button>`
      : html`<span class="chip" dir="auto">${value}</span>`;
}

function actionsTemplate(owner, item) {
  const actions = (item.actions ?? []).map(action => ({...action, url: actionUrl(action.url)})).filter(({url}) => url);
  if (!actions.length) return nothing;
  return html`<span class="actions" part="actions">${actions.map(action => {
    const away = leavesPage(action.url);
    return html`<a class="button" part="action" dir="auto" href=${action.url} target=${away ? '_blank' : '_top'}
        rel="noopener noreferrer" @click=${click => owner.act(click, item, action)}>${action.title}</a>`;
  })}</span>`;
}
