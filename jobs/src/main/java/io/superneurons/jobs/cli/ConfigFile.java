package io.superneurons.jobs.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The values of {@code --config FILE}: a properties file whose keys are option names without the
 * dashes, such as {@code batch-size = 8}. The command line overrides them; they override the
 * defaults.
 */
public final class ConfigFile implements IDefaultValueProvider {
  private static final String OPTION = "--config";

  private final Properties values;

  private ConfigFile(Properties values) {
    this.values = values;
  }

  /**
   * Reads the file that the arguments name, if they name one.
   *
   * @throws ConfigurationException if it cannot be read
   */
  public static ConfigFile of(String[] args) {
    Properties values = new Properties();
    Path file = file(args);
    if (file != null) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        values.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new ConfigurationException("Cannot read " + OPTION + " " + file + ": " + e, e);
      }
    }
    return new ConfigFile(values);
  }

  private static Path file(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith(OPTION + "=")) {
        return Path.of(args[i].substring(OPTION.length() + 1));
      }
      if (args[i].equals(OPTION) && i + 1 < args.length) {
        return Path.of(args[i + 1]);
      }
    }
    return null;
  }

  @Override
  public String defaultValue(ArgSpec arg) {
    refuseUnknownKeys(arg);
    if (!(arg instanceof OptionSpec option)) {
      return null;
    }
    String value = values.getProperty(key(option));
    return value == null ? null : value.strip();
  }

  private void refuseUnknownKeys(ArgSpec arg) {
    Set<String> unknown = new TreeSet<>(values.stringPropertyNames());
    for (OptionSpec option : arg.command().options()) {
      unknown.remove(key(option));
    }
    if (!unknown.isEmpty()) {
      throw new ConfigurationException(
          "Unknown keys in " + OPTION + ": " + unknown + "; keys are option names without dashes");
    }
  }

  private static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }
}
