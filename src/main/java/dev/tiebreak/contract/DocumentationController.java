package dev.tiebreak.contract;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DocumentationController {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Tiebreak's contract</title>
          <link rel="stylesheet" href="%1$s/swagger-ui.css">
          <link rel="icon" href="%1$s/favicon-32x32.png">
        </head>
        <body>
          <div id="contract"></div>
          <script src="%1$s/swagger-ui-bundle.js"></script>
          <script src="docs/start.js"></script>
        </body>
      </html>
      """;

  private final String page;

  DocumentationController(SwaggerUi swaggerUi) {
    page = PAGE.formatted(swaggerUi.path());
  }

  @GetMapping(path = "/docs", produces = MediaType.TEXT_HTML_VALUE)
  String page() {
    return page;
  }
}
