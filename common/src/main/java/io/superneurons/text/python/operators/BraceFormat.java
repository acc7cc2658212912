package io.superneurons.text.python.operators;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.Text;
import io.superneurons.text.python.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code str.format} with fields that have a number, a name or nothing, and no more. */
final class BraceFormat {
  private static final Pattern PIECE =
      Pattern.compile("\\{\\{|\\}\\}|\\{([A-Za-z_][A-Za-z0-9_]*+|\\d{1,6}+)?\\}|[{}]");

  private final Arguments arguments;
  private Optional<Boolean> numbered = Optional.empty();
  private int next;

  private BraceFormat(Arguments arguments) {
    this.arguments = arguments;
  }

  /**
   * The text.
   *
   * @throws PythonException if a field has no value, or is of a kind that is not supported
   */
  static String format(Work work, String self, Arguments arguments) {
    BraceFormat format = new BraceFormat(arguments);
    List<String> parts = new ArrayList<>();
    Matcher piece = PIECE.matcher(self);
    int position = 0;
    while (piece.find(position)) {
      parts.add(self.substring(position, piece.start()));
      parts.add(format.piece(work, piece));
      position = piece.end();
    }
    parts.add(self.substring(position));
    return Text.join(work, "", parts);
  }

  private String piece(Work work, Matcher piece) {
    String found = piece.group();
    if (found.equals("{{") || found.equals("}}")) {
      return found.substring(1);
    } else if (found.length() == 1) {
      throw new PythonException("str.format with such a field is not supported");
    }
    String text = Repr.str(work, value(piece.group(1)));
    work.builds(text.length());
    return text;
  }

  private Object value(String field) {
    if (field != null && !Character.isDigit(field.charAt(0))) {
      if (!arguments.named().containsKey(field)) {
        throw new PythonException("str.format has no value for '" + field + "'");
      }
      return arguments.named().get(field);
    }
    if (numbered.orElse(field != null) != (field != null)) {
      throw new PythonException("str.format with fields with and without numbers");
    }
    numbered = Optional.of(field != null);
    int index = field == null ? next++ : Integer.parseInt(field);
    if (index >= arguments.positional().size()) {
      throw new PythonException("str.format has no value for field " + index);
    }
    return arguments.positional().get(index);
  }
}
