package io.superneurons;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names, files and numbers are written alike on every machine: nothing follows the locale of the
 * user, whose digits and letters may be others ({@code l۰۰} for {@code l00}).
 */
public final class LocaleRules {
  /** Methods that follow the user's locale unless they are handed another, by their class. */
  private static final Map<String, Set<String>> FOLLOWING =
      Map.of(
          "java.lang.String", Set.of("format", "formatted", "toLowerCase", "toUpperCase"),
          "java.io.PrintStream", Set.of("format", "printf"),
          "java.util.Formatter", Set.of("<init>"),
          "java.util.Scanner", Set.of("<init>"),
          "java.time.format.DateTimeFormatter", Set.of("ofPattern"),
          "java.text.NumberFormat",
              Set.of("getInstance", "getIntegerInstance", "getPercentInstance"),
          "java.text.DecimalFormat", Set.of("<init>"),
          "java.text.SimpleDateFormat", Set.of("<init>"),
          "java.text.MessageFormat", Set.of("<init>", "format"));

  private LocaleRules() {}

  /** The calls that break the rule, by where they stand. */
  public static List<String> broken(JavaClasses classes) {
    return classes.stream()
        .filter(c -> c.getPackageName().startsWith("io.superneurons"))
        .flatMap(c -> c.getCodeUnitAccessesFromSelf().stream())
        .filter(LocaleRules::followsTheLocale)
        .map(JavaCodeUnitAccess::getDescription)
        .sorted()
        .toList();
  }

  private static boolean followsTheLocale(JavaCodeUnitAccess<?> access) {
    var target = access.getTarget();
    return FOLLOWING.getOrDefault(target.getOwner().getName(), Set.of()).contains(target.getName())
        && target.getRawParameterTypes().stream().noneMatch(t -> t.isEquivalentTo(Locale.class));
  }
}
