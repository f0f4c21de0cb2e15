// Shows the description this service sends. Only reads can be tried from the page: a call can end tasks.
const page = SwaggerUIBundle({
  url: "/openapi.yaml",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  supportedSubmitMethods: ["get"],
  validatorUrl: null,
  onComplete: () => {
    document.title = page.specSelectors.info().get("title");
  },
});
