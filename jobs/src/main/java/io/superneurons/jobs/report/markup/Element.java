package io.superneurons.jobs.report.markup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An element of HTML or SVG. All text and attribute values are escaped when they are written, so
 * nothing that comes from a file can become markup; what is written is well-formed XML as well.
 */
public final class Element {
  /** Elements that start on a line of their own; line breaks there mean nothing to a reader. */
  private static final Set<String> BLOCKS =
      Set.of(
          "html",
          "head",
          "meta",
          "title",
          "style",
          "body",
          "header",
          "main",
          "footer",
          "section",
          "h1",
          "h2",
          "h3",
          "p",
          "dl",
          "dt",
          "dd",
          "figure",
          "figcaption",
          "div",
          "table",
          "caption",
          "thead",
          "tbody",
          "tr",
          "details",
          "summary",
          "article",
          "aside",
          "script",
          "svg",
          "g",
          "nav",
          "ul",
          "li");

  /** Elements that HTML writes without an end tag. */
  private static final Set<String> VOID = Set.of("meta", "br");

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Object> content = new ArrayList<>();

  /** A text of the program's own that is written as it is. */
  private record Trusted(String text) {}

  private Element(String name) {
    this.name = name;
  }

  /**
   * An element that holds a style sheet or a script of the program's own.
   *
   * @throws IllegalArgumentException if HTML and XML would not both read it as text
   */
  static Element trusted(String name, String text) {
    if (text.indexOf('<') >= 0 || text.indexOf('&') >= 0) {
      throw new IllegalArgumentException("A " + name + " needs to do without < and ampersands");
    }
    Element element = of(name);
    element.content.add(new Trusted(text));
    return element;
  }

  /** An element of that name, empty. */
  public static Element of(String name) {
    return new Element(name);
  }

  /** An element that holds a text. */
  public static Element of(String name, String text) {
    return new Element(name).text(text);
  }

  /** The heading of a table's column. */
  public static Element heading(String text) {
    return of("th", text).with("scope", "col");
  }

  /** A word with what it means, which shows where a pointer rests on it. */
  public static Element term(String word, String meaning) {
    return of("abbr", word).with("title", meaning);
  }

  /** A paragraph of that class. */
  public static Element paragraph(String style, String text) {
    return of("p", text).with("class", style);
  }

  /** Sets an attribute. */
  public Element with(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  /** Sets an attribute to a coordinate or a length. */
  public Element with(String attribute, double value) {
    return with(attribute, Numbers.coordinate(value));
  }

  /** Appends a text. */
  public Element text(String text) {
    content.add(text);
    return this;
  }

  /** Appends elements. */
  public Element add(Element... children) {
    content.addAll(List.of(children));
    return this;
  }

  /** Appends elements. */
  public Element addAll(List<Element> children) {
    content.addAll(children);
    return this;
  }

  /** The element as text. */
  public String render() {
    StringBuilder out = new StringBuilder();
    render(out);
    return out.toString();
  }

  private void render(StringBuilder out) {
    if (BLOCKS.contains(name) && !out.isEmpty()) {
      out.append('\n');
    }
    out.append('<').append(name);
    attributes.forEach((key, value) -> attribute(out, key, value));
    if (VOID.contains(name)) {
      out.append("/>");
      return;
    }
    out.append('>');
    for (Object part : content) {
      if (part instanceof Element child) {
        child.render(out);
      } else if (part instanceof Trusted trusted) {
        out.append(trusted.text);
      } else {
        escape(out, part.toString());
      }
    }
    out.append("</").append(name).append('>');
  }

  private static void attribute(StringBuilder out, String key, String value) {
    out.append(' ').append(key).append("=\"");
    escape(out, value);
    out.append('"');
  }

  private static void escape(StringBuilder out, String text) {
    text.codePoints().forEach(point -> escape(out, point));
  }

  private static void escape(StringBuilder out, int point) {
    switch (point) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(isWritable(point) ? point : 0xfffd);
    }
  }

  /** Whether XML may hold the character at all; control characters and lone surrogates may not. */
  private static boolean isWritable(int point) {
    return point == '\t'
        || point == '\n'
        || point >= 0x20 && point <= 0xd7ff && !(point >= 0x7f && point <= 0x9f)
        || point >= 0xe000 && point <= 0xfffd
        || point >= 0x10000;
  }
}
