window.ui = SwaggerUIBundle({
  urls: ${documents},
  dom_id: '#documents',
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
});
