package io.superneurons.text;

import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.lib.filter.FilterLibrary;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.lib.fn.FunctionLibrary;
import com.hubspot.jinjava.lib.tag.TagLibrary;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a template may use of Jinjava: what Jinja2 has too, without other files, chance, clocks, and
 * what makes a long text out of a short one.
 */
final class TemplateLibrary {
  private static final Set<String> TAGS =
      Set.of("if", "elif", "else", "for", "break", "continue", "set", "macro", "call", "do");

  private static final Set<String> FILTERS =
      Set.of(
          "abs",
          "capitalize",
          "count",
          "d",
          "default",
          "dictsort",
          "e",
          "escape",
          "filter",
          "first",
          "float",
          "int",
          "items",
          "join",
          "last",
          "length",
          "list",
          "lower",
          "map",
          "reject",
          "rejectattr",
          "replace",
          "reverse",
          "round",
          "safe",
          "select",
          "selectattr",
          "sort",
          "string",
          "sum",
          "title",
          "tojson",
          "trim",
          "unique",
          "upper");

  private static final Set<String> FUNCTIONS = Set.of("range", "namespace");

  private TemplateLibrary() {}

  /** All the rest; a template that names any of it fails. */
  static Map<Library, Set<String>> disabled() {
    return Map.of(
        Library.TAG, names(new TagLibrary(true, Set.of()).entries(), TAGS),
        Library.FILTER, names(new FilterLibrary(true, Set.of()).entries(), FILTERS),
        Library.FUNCTION, functions());
  }

  private static Set<String> names(Collection<? extends Importable> all, Set<String> allowed) {
    return all.stream()
        .map(Importable::getName)
        .filter(name -> !allowed.contains(name) && !name.startsWith("end"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> functions() {
    return new FunctionLibrary(true, Set.of())
        .entries().stream()
            .filter(function -> !FUNCTIONS.contains(function.getLocalName()))
            .map(ELFunctionDefinition::getName)
            .collect(Collectors.toUnmodifiableSet());
  }
}
