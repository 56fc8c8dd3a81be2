const response = await fetch(new URL('../api/tower/bells', import.meta.url));
const bells = response.ok ? await response.json() : [];
for (const bell of bells) {
  const item = document.createElement('li');
  item.textContent = `${bell.name}, ${bell.weight} kg`;
  document.getElementById('bells').append(item);
}
