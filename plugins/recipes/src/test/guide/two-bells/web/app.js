const response = await fetch(new URL('../api/two-bells/hello', import.meta.url));
document.getElementById('text').textContent = await response.text();
