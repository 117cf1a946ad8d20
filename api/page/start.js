// Stands in a file of its own, so that the page needs no script within it.
SwaggerUIBundle({ url: "/v1/openapi.json", dom_id: "#contract", deepLinking: true, docExpansion: "none" });
