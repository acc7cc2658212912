package io.superneurons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names of columns and keys that are written, and the pages that say what they mean. */
public final class DocumentedNames {
  private static final Path DOCS = Path.of("..", "docs");

  /** How Jackson spells the keys, which is not how all would: {@code bestNeuronPValue} has one. */
  private static final PropertyNamingStrategies.SnakeCaseStrategy AS_WRITTEN =
      new PropertyNamingStrategies.SnakeCaseStrategy();

  private DocumentedNames() {}

  /** Fails, naming those that are on none of the pages as code. */
  public static void require(Collection<String> names, String... pages) throws IOException {
    StringBuilder code = new StringBuilder();
    for (String page : pages) {
      code.append(code(Files.readString(DOCS.resolve(page))));
    }
    List<String> missing = names.stream().filter(name -> !isIn(code, name)).sorted().toList();
    assertEquals(List.of(), missing, "not in " + String.join(", ", pages));
  }

  /** What stands between backticks, and indented lines: a word of a sentence explains nothing. */
  private static String code(String page) {
    StringBuilder code = new StringBuilder();
    for (String paragraph : page.split("\n\\s*\n")) {
      String[] spans = paragraph.split("`", -1);
      for (int i = 1; i < spans.length; i += 2) {
        code.append(spans[i]).append('\n');
      }
    }
    page.lines().filter(line -> line.startsWith("    ")).forEach(line -> code.append(line + "\n"));
    return code.toString();
  }

  private static boolean isIn(CharSequence code, String name) {
    String word = "(?<![A-Za-z_0-9])" + Pattern.quote(name) + "(?![A-Za-z_0-9])";
    return Pattern.compile(word).matcher(code).find();
  }

  /** The JSON keys of a record and of the records within it; keys of its maps are data. */
  public static Set<String> keys(Class<?> record) {
    Set<String> keys = new TreeSet<>();
    collect(record, keys);
    return keys;
  }

  private static void collect(Type type, Set<String> keys) {
    if (type instanceof ParameterizedType parameterized) {
      for (Type argument : parameterized.getActualTypeArguments()) {
        collect(argument, keys);
      }
    } else if (type instanceof Class<?> named && named.isRecord()) {
      for (RecordComponent component : named.getRecordComponents()) {
        keys.add(key(component));
        collect(component.getGenericType(), keys);
      }
    }
  }

  private static String key(RecordComponent component) {
    JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
    return given == null ? AS_WRITTEN.translate(component.getName()) : given.value();
  }
}
