package io.superneurons.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the chat template of a checkpoint in the places where it has been kept over the years. The
 * first place counts that has one, in the order of Hugging Face's processors:
 * processor_config.json, chat_template.json, chat_template.jinja, tokenizer_config.json.
 */
final class ChatTemplateFile {
  private static final Logger LOG = LoggerFactory.getLogger(ChatTemplateFile.class);
  private static final String KEY = "chat_template";
  private static final String DEFAULT = "default";

  private ChatTemplateFile() {}

  static Optional<String> find(Path folder, Config processorConfig, Config tokenizerConfig) {
    Map<String, String> found = new LinkedHashMap<>();
    template(processorConfig).ifPresent(text -> found.put("processor_config.json", text));
    Path file = folder.resolve("chat_template.json");
    JsonFiles.read(file)
        .flatMap(tree -> template(Config.of(file.toString(), tree)))
        .ifPresent(text -> found.put("chat_template.json", text));
    JsonFiles.text(folder.resolve("chat_template.jinja"))
        .ifPresent(text -> found.put("chat_template.jinja", text));
    template(tokenizerConfig).ifPresent(text -> found.put("tokenizer_config.json", text));
    warnOfOthers(folder, found);
    return found.values().stream().findFirst();
  }

  /** Tells of other texts than the one that counts, but for those of text-only prompts. */
  private static void warnOfOthers(Path folder, Map<String, String> found) {
    found.remove(found.size() > 1 ? "tokenizer_config.json" : "");
    List<String> files = List.copyOf(found.keySet());
    for (String file : files) {
      if (!found.get(file).stripTrailing().equals(found.get(files.get(0)).stripTrailing())) {
        LOG.warn(
            "{} has two chat templates: that of {} is used, as by Hugging Face's processors, and"
                + " not the other one of {}",
            folder,
            files.get(0),
            file);
      }
    }
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
