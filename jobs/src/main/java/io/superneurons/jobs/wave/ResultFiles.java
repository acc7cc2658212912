package io.superneurons.jobs.wave;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.schema.MessageType;

/**
 * Where results go below the output folder. A writer has a file for rows that are done, and one for
 * rows that failed, which a later run that does these rows again can delete.
 *
 * @param rows columns of rows that are done
 * @param rowFolder folder of these rows; empty for the output folder itself
 * @param errors columns of rows that failed
 * @param errorFolder folder of those; empty for the output folder itself
 */
public record ResultFiles(
    MessageType rows, String rowFolder, MessageType errors, String errorFolder) {
  private static final String ROWS = "part-";
  private static final String ERRORS = "errors-";
  private static final String EXTENSION = ".parquet";
  private static final Pattern OF_A_RUN =
      Pattern.compile("(?:part|errors)-\\d{5}-\\d{5}-([0-9a-z]{12})\\.parquet");

  public ResultFiles {
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(errors, "errors");
    requireRelative(rowFolder);
    requireRelative(errorFolder);
  }

  private static void requireRelative(String folder) {
    if (folder.startsWith("/") || folder.contains("..")) {
      throw new IllegalArgumentException("Not a folder below the output folder: " + folder);
    }
  }

  /**
   * The path of a file of done rows, below the output folder.
   *
   * @param run names the run, so that no two runs write files of one name
   */
  String rowFile(int wave, int file, String run) {
    return below(
        rowFolder,
        String.format(Locale.ROOT, "%s%05d-%05d-%s%s", ROWS, wave, file, run, EXTENSION));
  }

  /** The path of a file of failed rows, below the output folder; of the same writer. */
  String errorFile(int wave, int file, String run) {
    return below(
        errorFolder,
        String.format(Locale.ROOT, "%s%05d-%05d-%s%s", ERRORS, wave, file, run, EXTENSION));
  }

  private static String below(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /** Whether a file of this name holds done rows. */
  public static boolean isRowFile(String name) {
    return name.startsWith(ROWS) && name.endsWith(EXTENSION);
  }

  /** Whether a file of this name holds failed rows. */
  public static boolean isErrorFile(String name) {
    return name.startsWith(ERRORS) && name.endsWith(EXTENSION);
  }

  /** The number of the wave that wrote a file; -1 for a file of another program. */
  public static int wave(String name) {
    String numbers = name.replaceFirst("^(" + ROWS + "|" + ERRORS + ")", "");
    int end = Math.max(0, Math.min(5, numbers.length()));
    String wave = numbers.substring(0, end);
    return wave.matches("\\d{5}") ? Integer.parseInt(wave) : -1;
  }

  /** What names the run that wrote a file; empty for a file of another program or version. */
  public static Optional<String> run(String name) {
    Matcher matcher = OF_A_RUN.matcher(name);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
