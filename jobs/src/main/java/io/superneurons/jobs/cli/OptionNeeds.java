package io.superneurons.jobs.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * An option that has no effect unless another one is given.
 *
 * @param option its name
 * @param others any of these gives it an effect: the name of an option, or name and value
 */
public record OptionNeeds(String option, List<String> others) {
  /** A command that has such options. */
  public interface Command {
    /** Its options that have no effect by themselves. */
    List<OptionNeeds> needs();
  }

  public OptionNeeds {
    others = List.copyOf(others);
  }

  /**
   * What is wrong where the option stands on the command line in vain. A configuration file may
   * hold all options.
   */
  Optional<String> problem(ParseResult parsed) {
    boolean inVain =
        parsed.hasMatchedOption(option) && others.stream().noneMatch(other -> given(parsed, other));
    return inVain
        ? Optional.of(option + " has no effect without " + String.join(" or ", others))
        : Optional.empty();
  }

  private static boolean given(ParseResult parsed, String other) {
    String[] nameAndValue = other.split(" ", 2);
    Object value = parsed.commandSpec().findOption(nameAndValue[0]).getValue();
    return nameAndValue.length == 1
        ? value != null && !Boolean.FALSE.equals(value)
        : nameAndValue[1].equalsIgnoreCase(String.valueOf(value));
  }
}
