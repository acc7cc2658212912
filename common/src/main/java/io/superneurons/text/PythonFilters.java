package io.superneurons.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.AdvancedFilter;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.objects.date.StrftimeFormatter;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** Filters and functions that Hugging Face's templates have, where Jinjava lacks or bends them. */
final class PythonFilters {
  private PythonFilters() {}

  static List<Filter> filters() {
    return List.of(new Trim(), new Capitalize(), new Items(), new Replace(), new ToJson());
  }

  static List<ELFunctionDefinition> functions() {
    return List.of(
        new ELFunctionDefinition("", "raise_exception", PythonFilters.class, "raise", Object.class),
        new ELFunctionDefinition("", "strftime_now", PythonFilters.class, "now", String.class));
  }

  /** Called by templates as {@code raise_exception}. */
  static Object raise(Object message) {
    throw new TemplateException("The chat template refuses the conversation: " + message);
  }

  /** Called by templates as {@code strftime_now}. */
  static String now(String format) {
    return StrftimeFormatter.format(ZonedDateTime.now(), format);
  }

  private static final class Trim implements Filter {
    @Override
    public String getName() {
      return "trim";
    }

    @Override
    public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
      return value instanceof String text ? PythonStrings.strip(text) : value;
    }
  }

  private static final class Capitalize implements Filter {
    @Override
    public String getName() {
      return "capitalize";
    }

    @Override
    public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
      return value instanceof String text ? PythonStrings.capitalize(text) : value;
    }
  }

  private static final class Items implements Filter {
    @Override
    public String getName() {
      return "items";
    }

    @Override
    public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
      return value instanceof Map<?, ?> map ? List.copyOf(map.entrySet()) : List.of();
    }
  }

  private static final class Replace implements AdvancedFilter {
    @Override
    public String getName() {
      return "replace";
    }

    @Override
    public Object filter(
        Object value,
        JinjavaInterpreter interpreter,
        Object[] arguments,
        Map<String, Object> named) {
      return PythonStrings.call(interpreter.getAsString(value), getName(), arguments);
    }
  }

  private static final class ToJson implements AdvancedFilter {
    @Override
    public String getName() {
      return "tojson";
    }

    @Override
    public Object filter(
        Object value,
        JinjavaInterpreter interpreter,
        Object[] arguments,
        Map<String, Object> named) {
      return PythonJson.write(value, named.get("indent"));
    }
  }
}
