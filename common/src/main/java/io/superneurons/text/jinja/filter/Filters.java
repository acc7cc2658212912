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
          entry("e", TextFilters::escape),
          entry("escape", TextFilters::escape),
          entry("first", SequenceFilters::first),
          entry("float", NumberFilters::toFloat),
          entry("forceescape", TextFilters::forceescape),
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
          entry("safe", TextFilters::safe),
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

  private Filters() {}

  public static Optional<Filter> named(String name) {
    return Optional.ofNullable(FILTERS.get(name));
  }

  /** Why there is no filter of a name. */
  public static String missing(String name) {
    return NOT_SUPPORTED.contains(name)
        ? "the filter '" + name + "' is not supported"
        : "there is no filter '" + name + "'";
  }

  /** Whether Jinja2 has a filter of this name. */
  static boolean isInJinja(Object name) {
    return name instanceof String text
        && (FILTERS.containsKey(text) || NOT_SUPPORTED.contains(text));
  }
}
