package io.superneurons.text.jinja;

import io.superneurons.text.python.PythonException;
import java.util.Map;

/**
 * A template that was read. It reaches no file, no clock and no Java object, its steps and the size
 * of all that it makes are bounded, and text that it prints is never read as a template. Safe for
 * use by several threads.
 */
public final class JinjaTemplate {
  private final Body body;
  private final Frames frames;

  private JinjaTemplate(Body body) {
    this.body = body;
    frames = Frames.of(body);
  }

  /**
   * Reads a template.
   *
   * @throws JinjaException if it is not well formed, or has what is not supported
   */
  public static JinjaTemplate of(String source) {
    return new JinjaTemplate(StatementParser.parse(Lexer.tokens(source)));
  }

  /**
   * The text that it gives.
   *
   * @param variables values of Python by their names
   * @throws JinjaException if Jinja2 would raise an error, or a bound is exceeded
   */
  public String render(Map<String, Object> variables) {
    Rendering rendering = new Rendering(variables, frames);
    try {
      rendering.run(body, rendering.scope(null, body));
    } catch (PythonException e) {
      throw new JinjaException(1, e.getMessage());
    }
    return rendering.printed();
  }
}
