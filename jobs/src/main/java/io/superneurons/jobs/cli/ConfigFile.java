package io.superneurons.jobs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
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
  private static final String INLINE = "data:;base64,";

  /** A file system's scheme stands before a slash. */
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/");

  private final Properties values;

  private ConfigFile(Properties values) {
    this.values = values;
  }

  /**
   * Reads the file that the arguments name, if they name one: a path of this host, or an address on
   * any file system that Hadoop knows. {@code data:;base64,...} is the file itself, which the
   * launcher hands along where a cluster starts the driver on another host.
   *
   * @throws ConfigurationException if it cannot be read
   */
  public static ConfigFile of(String[] args) {
    Properties values = new Properties();
    String given = given(args);
    if (given != null) {
      try {
        values.load(new StringReader(text(content(given))));
      } catch (IOException | IllegalArgumentException e) {
        String shown = given.startsWith(INLINE) ? "handed along" : given;
        throw new ConfigurationException("Cannot read " + OPTION + " " + shown + ": " + e, e);
      }
    }
    return new ConfigFile(values);
  }

  private static String given(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith(OPTION + "=")) {
        return args[i].substring(OPTION.length() + 1);
      }
      if (args[i].equals(OPTION) && i + 1 < args.length) {
        return args[i + 1];
      }
    }
    return null;
  }

  private static String text(byte[] content) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
  }

  private static byte[] content(String given) throws IOException {
    if (given.startsWith(INLINE)) {
      return Base64.getDecoder().decode(given.substring(INLINE.length()));
    }
    if (!ADDRESS.matcher(given).lookingAt()) {
      return Files.readAllBytes(Path.of(given));
    }
    org.apache.hadoop.fs.Path address = new org.apache.hadoop.fs.Path(given);
    if ("file".equals(address.toUri().getScheme())) {
      return Files.readAllBytes(Path.of(address.toUri().getPath()));
    }
    try (InputStream in = address.getFileSystem(Sessions.hadoopConfiguration()).open(address)) {
      return in.readAllBytes();
    }
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
