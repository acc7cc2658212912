package io.superneurons.checkpoint;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the chat template of a checkpoint in the places where it has been kept over the years. */
final class ChatTemplateFile {
  private static final String KEY = "chat_template";
  private static final String DEFAULT = "default";

  private ChatTemplateFile() {}

  static Optional<String> find(Path folder, Config processorConfig, Config tokenizerConfig) {
    Optional<String> alone = JsonFiles.text(folder.resolve("chat_template.jinja"));
    if (alone.isPresent()) {
      return alone;
    }
    Path file = folder.resolve("chat_template.json");
    Optional<Config> json = JsonFiles.read(file).map(tree -> Config.of(file.toString(), tree));
    return Stream.of(json, Optional.of(processorConfig), Optional.of(tokenizerConfig))
        .flatMap(Optional::stream)
        .flatMap(config -> template(config).stream())
        .findFirst();
  }

  private static Optional<String> template(Config config) {
    if (config.isObject(KEY)) {
      return Optional.ofNullable(config.child(KEY).string(DEFAULT, null));
    }
    if (config.isArray(KEY)) {
      return config.children(KEY).stream()
          .filter(named -> DEFAULT.equals(named.string("name", null)))
          .map(named -> named.requireString("template"))
          .findFirst();
    }
    return Optional.ofNullable(config.string(KEY, null));
  }
}
