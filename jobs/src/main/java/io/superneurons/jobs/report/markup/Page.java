package io.superneurons.jobs.report.markup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A page that needs nothing beside it. Its own small script sorts tables and unfolds what links
 * lead to; the page's policy lets no other script run and nothing be fetched.
 */
public final class Page {
  /** What every page begins with. */
  public static final String BEGINNING = "<!DOCTYPE html>\n";

  private final String title;

  public Page(String title) {
    this.title = title;
  }

  /**
   * The text of the page: HTML that is well-formed XML too.
   *
   * @param contents what stays in view
   * @param main everything else
   */
  public String render(Element contents, List<Element> main) {
    String script = resource("page.js");
    Element body =
        Element.of("body")
            .add(contents, Element.of("main").addAll(main), Element.trusted("script", script));
    Element html =
        Element.of("html")
            .with("xmlns", "http://www.w3.org/1999/xhtml")
            .with("lang", "en")
            .add(head(script), body);
    return BEGINNING + html.render() + "\n";
  }

  private Element head(String script) {
    String policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-"
            + digest(script)
            + "'";
    return Element.of("head")
        .add(
            Element.of("meta").with("charset", "utf-8"),
            Element.of("meta")
                .with("http-equiv", "Content-Security-Policy")
                .with("content", policy),
            Element.of("meta")
                .with("name", "viewport")
                .with("content", "width=device-width, initial-scale=1"),
            Element.of("title", title),
            Element.trusted("style", resource("page.css")));
  }

  private static String digest(String script) {
    try {
      byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
