/** Shows the number of unread notifications in the title of the page, and a dot in its icon. */
export function alertPage(name, unread) {
  document.title = (unread ? `(${unread}) ` : '') + name;
  const icon = document.querySelector('link[rel="icon"]');
  const wanted = document.querySelector(`link[data-icon="${unread ? 'unread' : 'plain'}"]`)?.href;
  if (icon && wanted && icon.href !== wanted) icon.href = wanted;
}
