package io.superneurons.jobs.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Lists the options of a command in the groups of the classes that define them: groups of which one
 * is needed first, what every command has last.
 */
final class GroupedOptions implements IHelpSectionRenderer {
  /** The heading of options whose class has no {@link HelpGroup}. */
  private static final String OWN = "Options";

  /** The heading of what every command has. */
  static final String COMMON = "Also";

  /** Commands that have a file in conf/. */
  private static final Set<String> WITH_FILE = Set.of("extract", "select", "label");

  @Override
  public String render(Help help) {
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    Map<String, String> examples = new LinkedHashMap<>();
    Map<Class<?>, HelpGroup> current = new HashMap<>();
    for (OptionSpec option : help.commandSpec().options()) {
      if (option.hidden()) {
        continue;
      }
      HelpGroup group = group(option, current);
      String name = group == null ? OWN : group.value();
      groups.computeIfAbsent(name, heading -> new ArrayList<>()).add(option);
      if (group != null) {
        examples.put(name, group.example());
      }
    }
    String command = help.commandSpec().name();
    if (WITH_FILE.contains(command)) {
      examples.put(COMMON, "--config conf/" + command + ".properties");
    }
    StringBuilder text = new StringBuilder();
    groups.entrySet().stream()
        .sorted(Comparator.comparingInt(group -> place(group.getKey(), group.getValue())))
        .forEach(
            group ->
                add(text, help, group.getKey(), group.getValue(), examples.get(group.getKey())));
    return text.toString();
  }

  private static int place(String name, List<OptionSpec> options) {
    if (name.equals(COMMON)) {
      return 2;
    }
    return options.stream().anyMatch(OptionSpec::required) ? 0 : 1;
  }

  private static void add(
      StringBuilder text, Help help, String name, List<OptionSpec> options, String example) {
    text.append(System.lineSeparator()).append(name).append(':').append(System.lineSeparator());
    text.append(help.optionListExcludingGroups(options));
    if (example != null && !example.isEmpty()) {
      text.append("  Example: ").append(example).append(System.lineSeparator());
    }
  }

  /** That of the option itself, else of those before it in its class, else of the class. */
  private static HelpGroup group(OptionSpec option, Map<Class<?>, HelpGroup> current) {
    if (!(option.userObject() instanceof Field field)) {
      return null;
    }
    Class<?> owner = field.getDeclaringClass();
    HelpGroup own = field.getAnnotation(HelpGroup.class);
    if (own != null) {
      current.put(owner, own);
    }
    return current.getOrDefault(owner, owner.getAnnotation(HelpGroup.class));
  }
}
