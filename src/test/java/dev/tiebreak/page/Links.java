package dev.tiebreak.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where a page leads. */
final class Links {

  private static final String ALL =
      "() => {document.querySelectorAll('details').forEach(one => one.open = true); return"
          + " [...document.querySelectorAll('a[href]')].filter(link => link.checkVisibility())"
          + ".map(link => link.getAttribute('href'));}";

  private Links() {}

  /** The addresses of all links that can be seen, folded ones too, without parts of this page. */
  static Set<String> of(Page page) {
    Set<String> links = new TreeSet<>();
    for (Object link : (List<?>) page.evaluate(ALL)) {
      if (!link.toString().startsWith("#")) {
        links.add(link.toString());
      }
    }
    return links;
  }

  /** Follows links as the person who looks at the page would; each must lead somewhere. */
  static void walk(Page page, Set<String> links) {
    for (String link : links) {
      int status =
          page.context()
              .request()
              .get(
                  link,
                  RequestOptions.create()
                      .setHeader("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"))
              .status();
      assertThat(status).as(link).isEqualTo(200);
    }
  }
}
