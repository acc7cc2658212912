package io.superneurons;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each package may import, as its {@code package-info.java} says it in the sentence "May
 * import: ...": packages of the project first, then libraries.
 *
 * <p>Each check gives the lines that break it, so that a test fails with all of them at once.
 */
public final class PackageRules {
  private static final String ROOT = "io.superneurons.";
  private static final int MOST_CLASSES = 25;
  private static final Pattern MAY_IMPORT = Pattern.compile("May import: (.*?)\\. *$");
  private static final Pattern PACKAGE = Pattern.compile("\\{@code ([\\w.]+)\\}");
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?(io\\.superneurons\\.[a-z.]+)\\.[A-Z]");

  /** Libraries by the names that package-infos use, and the packages that they are. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.ofEntries(
          Map.entry("Spark", List.of("org.apache.spark.", "scala.")),
          Map.entry("Hadoop", List.of("org.apache.hadoop.")),
          Map.entry("Parquet", List.of("org.apache.parquet.")),
          Map.entry("Compress", List.of("org.apache.commons.compress.")),
          Map.entry("Kryo", List.of("com.esotericsoftware.")),
          Map.entry("picocli", List.of("picocli.")),
          Map.entry("Jackson", List.of("com.fasterxml.jackson.")),
          Map.entry("SLF4J", List.of("org.slf4j.")),
          Map.entry("DJL tokenizers", List.of("ai.djl.huggingface.")),
          Map.entry("DJL PyTorch", List.of("ai.djl.")),
          Map.entry("JNA", List.of("com.sun.jna.")),
          Map.entry("ImageIO", List.of("javax.imageio.", "java.awt.", "org.w3c.dom.")),
          Map.entry("ImageIO plug-ins", List.of("com.twelvemonkeys.")));

  /**
   * One package's rule.
   *
   * @param says the sentence before the list: what the package is for
   * @param imports packages of the project, with {@code io.superneurons.} before them
   * @param libraries names of {@link #LIBRARIES}
   */
  private record Rule(String says, Set<String> imports, Set<String> libraries) {}

  private final Map<String, Rule> rules = new TreeMap<>();
  private final Map<String, Set<String>> importsInSources = new TreeMap<>();
  private final JavaClasses classes;

  private PackageRules(JavaClasses classes) {
    this.classes = classes;
  }

  /**
   * The rules of a module.
   *
   * @param sources the module's {@code src/main/java}
   * @param classes its compiled classes; those of other modules may be among them
   */
  public static PackageRules read(Path sources, JavaClasses classes) throws IOException {
    PackageRules rules = new PackageRules(classes);
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        rules.add(sources.relativize(file.getParent()).toString().replace('/', '.'), file);
      }
    }
    return rules;
  }

  private void add(String name, Path file) throws IOException {
    String text = Files.readString(file);
    if (file.endsWith("package-info.java")) {
      rules.put(name, rule(text));
    }
    Set<String> imports = importsInSources.computeIfAbsent(name, n -> new TreeSet<>());
    text.lines().map(IMPORT::matcher).filter(Matcher::find).forEach(m -> imports.add(m.group(1)));
  }

  private static Rule rule(String text) {
    String javadoc = text.substring(0, Math.max(0, text.indexOf("*/"))).stripTrailing();
    String plain = javadoc.replaceAll("\\s*\\n \\* ?", " ");
    String says = plain.replaceAll("^/\\*\\*\\s*", "").replaceAll("\\s*<p>.*", "").strip();
    Matcher may = MAY_IMPORT.matcher(plain);
    if (!may.find()) {
      return new Rule(says, Set.of(), Set.of());
    }
    Set<String> imports = new TreeSet<>();
    PACKAGE.matcher(may.group(1)).results().forEach(m -> imports.add(ROOT + m.group(1)));
    Set<String> libraries =
        LIBRARIES.keySet().stream()
            .filter(l -> Pattern.compile("(^|[ ,;])" + l + "([,;]|$)").matcher(may.group(1)).find())
            .collect(Collectors.toCollection(TreeSet::new));
    return new Rule(says, imports, libraries);
  }

  /** What each package is for, by its name below {@code io.superneurons}. */
  public Map<String, String> sentences() {
    Map<String, String> sentences = new TreeMap<>();
    rules.forEach((name, rule) -> sentences.put(name.substring(ROOT.length()), rule.says()));
    return sentences;
  }

  /** Packages without a text that says what they are for and what they may import. */
  public List<String> withoutText() {
    List<String> broken = new ArrayList<>();
    for (String name : importsInSources.keySet()) {
      Rule rule = rules.get(name);
      if (rule == null || rule.says().length() < 10) {
        broken.add(name + " has no package-info.java that says what it is for");
      }
    }
    return broken;
  }

  /** Packages of more classes than a reader keeps in mind. */
  public List<String> tooLarge() {
    Map<String, Long> sizes =
        own()
            .filter(c -> c.getEnclosingClass().isEmpty())
            .filter(c -> !c.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    return sizes.entrySet().stream()
        .filter(e -> e.getValue() > MOST_CLASSES)
        .map(e -> e.getKey() + " has " + e.getValue() + " classes, more than " + MOST_CLASSES)
        .sorted()
        .toList();
  }

  /** Imports that a package's text does not allow. */
  public List<String> notAllowed() {
    Map<String, String> found = new TreeMap<>();
    own().forEach(c -> c.getDirectDependenciesFromSelf().forEach(d -> notAllowed(d, found)));
    List<String> broken = new ArrayList<>();
    found.forEach((edge, example) -> broken.add(edge + ", as in: " + example));
    importsInSources.forEach(
        (from, targets) -> {
          for (String to : targets) {
            if (!to.equals(from) && !rules.get(from).imports().contains(to)) {
              broken.add(from + " imports " + to + ", which its package-info does not allow");
            }
          }
        });
    return broken;
  }

  private void notAllowed(Dependency dependency, Map<String, String> found) {
    String from = dependency.getOriginClass().getPackageName();
    String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
    Rule rule = rules.get(from);
    boolean allowed =
        to.startsWith(ROOT)
            ? to.equals(from) || rule.imports().contains(to)
            : isJdk(to) || rule.libraries().stream().anyMatch(l -> covers(l, to));
    if (!allowed) {
      found.putIfAbsent(from + " uses " + to, dependency.getDescription());
    }
  }

  /** Imports that a package's text allows and its code does not have. */
  public List<String> notUsed() {
    Map<String, Set<String>> used = new LinkedHashMap<>();
    importsInSources.forEach((name, targets) -> used.put(name, new TreeSet<>(targets)));
    own()
        .forEach(
            c ->
                c.getDirectDependenciesFromSelf()
                    .forEach(
                        d ->
                            used.get(c.getPackageName())
                                .add(d.getTargetClass().getBaseComponentType().getPackageName())));
    List<String> broken = new ArrayList<>();
    rules.forEach(
        (name, rule) -> {
          rule.imports().stream()
              .filter(i -> !used.get(name).contains(i))
              .forEach(i -> broken.add(name + " may import " + i + " and does not"));
          rule.libraries().stream()
              .filter(l -> used.get(name).stream().noneMatch(p -> covers(l, p)))
              .forEach(l -> broken.add(name + " may import " + l + " and does not"));
        });
    return broken;
  }

  private Stream<JavaClass> own() {
    return classes.stream().filter(c -> rules.containsKey(c.getPackageName()));
  }

  private static boolean covers(String library, String packageName) {
    return LIBRARIES.get(library).stream().anyMatch((packageName + ".")::startsWith);
  }

  private static boolean isJdk(String packageName) {
    return packageName.isEmpty()
        || packageName.startsWith("java.") && !covers("ImageIO", packageName)
        || packageName.startsWith("javax.management")
        || packageName.startsWith("com.sun.management");
  }
}
