package io.superneurons.text.jinja.filter;

import static java.util.Map.entry;

import io.superneurons.text.python.operators.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All filters by name. */
public final class Filters {
  /** Filters of Jinja2 that make HTML, draw lots or cut words, for which prompts have no use. */
  private static final Set<String> NOT_SUPPORTED =
      Set.of("filesizeformat", "random", "urlencode", "urlize", "wordwrap", "xmlattr");

  private static final Map<String, Filter> FILTERS =
      Map.ofEntries(
          entry("abs", NumberFilters::abs),
          entry("attr", SequenceFilters::attr),
          entry("batch", GroupFilters::batch),
          entry("capitalize", TextFilters::capitalize),
          entry("center", TextFilters::center),
          entry("count", SequenceFilters::length),
          entry("d", SequenceFilters::orDefault),
          entry("default", SequenceFilters::orDefault),
          entry("dictsort", SortFilters::dictsort),
          entry("first", SequenceFilters::first),
          entry("float", NumberFilters::toFloat),
          entry("format", TextFilters::format),
          entry("groupby", GroupFilters::groupby),
          entry("indent", TextFilters::indent),
          entry("int", NumberFilters::toInteger),
          entry("items", SequenceFilters::items),
          entry("join", SequenceFilters::join),
          entry("last", SequenceFilters::last),
          entry("length", SequenceFilters::length),
          entry("list", SequenceFilters::list),
          entry("lower", TextFilters::lower),
          entry("map", SelectFilters::map),
          entry("max", SortFilters::max),
          entry("min", SortFilters::min),
          entry("pprint", TextFilters::pprint),
          entry("reject", SelectFilters.choosing(false, false)),
          entry("rejectattr", SelectFilters.choosing(false, true)),
          entry("replace", TextFilters::replace),
          entry("reverse", SequenceFilters::reverse),
          entry("round", NumberFilters::round),
          entry("select", SelectFilters.choosing(true, false)),
          entry("selectattr", SelectFilters.choosing(true, true)),
          entry("slice", GroupFilters::slice),
          entry("sort", SortFilters::sort),
          entry("string", TextFilters::string),
          entry("striptags", TextFilters::striptags),
          entry("sum", NumberFilters::sum),
          entry("title", TextFilters::title),
          entry("tojson", Json::write),
          entry("trim", TextFilters::trim),
          entry("truncate", TextFilters::truncate),
          entry("unique", SortFilters::unique),
          entry("upper", TextFilters::upper),
          entry("wordcount", TextFilters::wordcount));

  /**
   * Filters whose results are strings of a type of their own, which changes what operators do with
   * them; only where they are printed are they like others.
   */
  private static final Map<String, Filter> FOR_PRINT =
      Map.of(
          "e", TextFilters::escape,
          "escape", TextFilters::escape,
          "forceescape", TextFilters::escape,
          "safe", TextFilters::string);

  private Filters() {}

  public static Optional<Filter> named(String name) {
    return Optional.ofNullable(FILTERS.get(name));
  }

  /** A filter, among those that may stand last in what is printed only. */
  public static Optional<Filter> namedForPrint(String name) {
    return named(name).or(() -> Optional.ofNullable(FOR_PRINT.get(name)));
  }

  /** Why there is no filter of a name. */
  public static String missing(String name) {
    if (FOR_PRINT.containsKey(name)) {
      return "the filter '" + name + "' is supported only as the last of what is printed";
    }
    return NOT_SUPPORTED.contains(name)
        ? "the filter '" + name + "' is not supported"
        : "there is no filter '" + name + "'";
  }

  /** Whether Jinja2 has a filter of this name. */
  static boolean isInJinja(Object name) {
    return name instanceof String text
        && (namedForPrint(text).isPresent() || NOT_SUPPORTED.contains(text));
  }
}
