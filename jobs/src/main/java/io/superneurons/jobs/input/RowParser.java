package io.superneurons.jobs.input;

import io.superneurons.activation.Split;
import io.superneurons.activation.TaskName;
import io.superneurons.jobs.cli.SafeText;
import io.superneurons.jobs.files.Digests;
import io.superneurons.text.LetteredChoices;
import io.superneurons.text.TextException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes rows of records; one that cannot be used says why. Never throws, since one bad record must
 * not end a job over millions.
 *
 * @param columns which column holds which field
 * @param paths where images may be
 * @param question of rows that bring none; may be null
 * @param labelsFrom what says the label of rows that bring none
 * @param shape what records are rows' of
 */
public record RowParser(
    FieldColumns columns,
    ImagePaths paths,
    String question,
    LabelSource labelsFrom,
    ManifestRecord.Shape shape)
    implements Serializable {
  private static final int SHOWN = 200;
  private static final int SHOWN_HASH = 16;
  private static final char NUL = 0;

  /** Whether ids may be in a column of another name, such as {@code question_id}. */
  public boolean takesSpelledIds() {
    return columns.isSpelled(FieldColumns.ID);
  }

  /** The columns that ids are looked for in, in this order; the others are made. */
  public List<String> idColumns() {
    return columns.lookedFor(FieldColumns.ID);
  }

  /** The same, which takes for an id only what is called so. */
  public RowParser withOwnIds() {
    return new RowParser(columns.byOwnName(FieldColumns.ID), paths, question, labelsFrom, shape);
  }

  /** The same for records of another shape. */
  public RowParser shaped(ManifestRecord.Shape other) {
    return new RowParser(columns, paths, question, labelsFrom, other);
  }

  /** The row of a line of JSON Lines. */
  ManifestRow parse(String line, String file) {
    if (!isText(line)) {
      return unusable(line, Utf8.problem("The line", line));
    }
    try {
      return parse(JsonRecord.of(line), file);
    } catch (BadRowException e) {
      return unusable(line, e.getMessage() + ": " + shown(line));
    }
  }

  private static boolean isText(String line) {
    return Utf8.isWhole(line) && line.indexOf(NUL) < 0;
  }

  /** The record of a line of JSON Lines. */
  static JsonRecord record(String line) throws BadRowException {
    if (!isText(line)) {
      throw BadRowException.badRow(Utf8.problem("The line", line));
    }
    try {
      return JsonRecord.of(line);
    } catch (BadRowException e) {
      throw BadRowException.badRow(e.getMessage() + ": " + shown(line));
    }
  }

  /**
   * The row of a record; what is wrong with it names no place yet.
   *
   * @param file that has the record, with its file system
   */
  public ManifestRow parse(ManifestRecord record, String file) {
    Draft draft = new Draft();
    try {
      draft.fill(shape.of(record), file);
      return draft.row(null);
    } catch (BadRowException e) {
      return draft.row(new ManifestRow.Problem(e.kind(), e.getMessage()));
    }
  }

  /** The row of something that is no record. */
  public static ManifestRow unusable(String content, String problem) {
    return new ManifestRow(
        contentId(content),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new ManifestRow.Problem(ErrorKind.BAD_ROW, problem));
  }

  /**
   * An image that no manifest names.
   *
   * @param root the folder that the input names
   */
  ManifestRow ofFile(String location, String root) {
    String shown = location.startsWith("file:/") ? location.substring("file:".length()) : location;
    String task = TaskName.DEFAULT;
    String id = contentId(shown, question, task, null, null);
    String label = null;
    String split = null;
    ManifestRow.Problem problem = null;
    if (labelsFrom == LabelSource.FOLDER) {
      FolderNames names = FolderNames.of(location, root);
      label = names.label().orElse(null);
      split = names.split().map(RowParser::known).orElse(null);
      problem = label == null ? classless() : null;
    }
    return new ManifestRow(
        id, task, split, shown, question, label, location, null, null, null, problem);
  }

  private static ManifestRow.Problem classless() {
    return new ManifestRow.Problem(
        ErrorKind.BAD_ROW,
        "The image is in no folder of a class (--labels-from folder), but in the input's own or a"
            + " split's: put it into a folder of its class, or name the folder above it as"
            + " --input");
  }

  /** What a split is called in files. */
  private static String known(String split) {
    return Split.ofDataSet(split).orElseThrow().label();
  }

  /** A file that Java cannot open. */
  static ManifestRow unnameable(String location) {
    String problem =
        String.format(
            Locale.ROOT,
            "The name of %s is not UTF-8 (the bytes are shown as %%XX); rename the file",
            location);
    return new ManifestRow(
        contentId(location),
        null,
        null,
        location,
        null,
        null,
        null,
        null,
        null,
        null,
        new ManifestRow.Problem(ErrorKind.IMAGE_NOT_READABLE, problem));
  }

  /** Long or unprintable texts in messages. */
  private static String shown(String text) {
    String part = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return SafeText.of(part);
  }

  /** The same on every run; length prefixes keep ("ab", "c") and ("a", "bc") apart. */
  private static String contentId(String... parts) {
    MessageDigest digest = Digests.sha256();
    for (String part : parts) {
      byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 12);
  }

  /** What is known of a row so far, so that an error row tells it too. */
  private final class Draft {
    private String id;
    private String task;
    private String split;
    private String image;
    private String asked;
    private String label;
    private String location;
    private EmbeddedImage embedded;
    private String identity;

    void fill(ManifestRecord record, String file) throws BadRowException {
      id = text(record, FieldColumns.ID);
      task = text(record, FieldColumns.TASK);
      asked = text(record, FieldColumns.QUESTION);
      asked = asked == null ? null : withPlainLineEnds(asked);
      label = text(record, FieldColumns.LABEL);
      split = text(record, FieldColumns.SPLIT);
      fillImage(record, file);
      if (labelsFrom == LabelSource.FOLDER && location != null) {
        FolderNames names = FolderNames.of(location, file.substring(0, file.lastIndexOf('/')));
        label = label == null ? names.label().orElse(null) : label;
        split = split == null ? names.split().orElse(null) : split;
      }
      if (split != null && Split.ofDataSet(split).isEmpty()) {
        String given = split;
        split = null;
        throw BadRowException.badRow(
            "Field split is '"
                + shown(given)
                + "'; it must be probe (or train), validation (val, dev) or test, or be left out"
                + " with --columns split=");
      }
      asked = asked == null ? question : asked;
      task = task == null ? TaskName.DEFAULT : task;
      fillChoices(record);
    }

    /** Options become part of the question, and their letters the labels. */
    private void fillChoices(ManifestRecord record) throws BadRowException {
      Optional<String> column = columns.of(FieldColumns.CHOICES, record::has);
      List<String> options = column.isEmpty() ? null : record.texts(column.get());
      if (options == null) {
        return;
      }
      if (asked == null) {
        throw BadRowException.badRow("Field " + column.get() + " is there, and no question to it");
      }
      try {
        LetteredChoices choices = new LetteredChoices(options);
        Optional<String> letter =
            columns.isSpelled(FieldColumns.LABEL) ? record.letter() : Optional.empty();
        label = letter.orElse(label == null ? null : choices.letter(label));
        asked = choices.asked(asked);
      } catch (TextException e) {
        throw BadRowException.badRow("Field " + column.get() + ": " + e.getMessage());
      }
    }

    /** The image's content stands for it in ids, and for its name where it has none. */
    private void fillImage(ManifestRecord record, String file) throws BadRowException {
      ImageCell cell = imageOf(record);
      image = cell.path();
      if (cell.bytes() == null) {
        location = paths.resolve(file, image);
        return;
      }
      embedded = EmbeddedImage.of(cell.bytes());
      identity = record.imageIdentity().orElse(embedded.sha256());
      if (image == null) {
        image = "sha256:" + embedded.sha256().substring(0, SHOWN_HASH);
      }
    }

    ManifestRow row(ManifestRow.Problem problem) {
      String content = embedded == null ? image : identity;
      String made = id == null ? contentId(content, asked, task, split, label) : id;
      String known = split == null ? null : known(split);
      return new ManifestRow(
          made, task, known, image, asked, label, location, embedded, null, null, problem);
    }
  }

  /**
   * The image of a record.
   *
   * @throws BadRowException if there is none
   */
  ImageCell image(ManifestRecord published) throws BadRowException {
    return imageOf(shape.of(published));
  }

  private ImageCell imageOf(ManifestRecord record) throws BadRowException {
    Optional<String> column = columns.of(FieldColumns.IMAGE, record::has);
    ImageCell cell = column.isEmpty() ? null : record.image(column.get());
    boolean hasPath = record.has(FieldColumns.IMAGE_PATH);
    if (hasPath && (cell == null || cell.path() == null || cell.path().isBlank())) {
      String path = record.text(FieldColumns.IMAGE_PATH);
      cell = cell == null ? new ImageCell(path, null) : cell.named(path);
    }
    if (cell == null || cell.isEmpty()) {
      throw missing(FieldColumns.IMAGE, record);
    }
    return cell;
  }

  private BadRowException missing(String field, ManifestRecord record) {
    String problem = "Field " + columns.nameOf(field) + " is missing or empty";
    return BadRowException.badRow(record.hint().map(h -> problem + "; " + h).orElse(problem));
  }

  /** Whether a text has nothing but spaces of any kind, and characters without a width. */
  private static boolean showsNothing(String text) {
    return text.codePoints()
        .allMatch(
            c ->
                Character.isWhitespace(c)
                    || Character.isSpaceChar(c)
                    || Character.getType(c) == Character.FORMAT);
  }

  /** A question with line ends as models read them, not as Windows or old Macs write them. */
  public static String withPlainLineEnds(String question) {
    return question.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** Null where there is no such column, or nothing in it. */
  private String text(ManifestRecord record, String field) throws BadRowException {
    Optional<String> column = columns.of(field, record::has);
    String text = column.isEmpty() ? null : record.text(column.get());
    if (text == null || showsNothing(text)) {
      return null;
    }
    if (!Utf8.isWhole(text)) {
      throw BadRowException.badRow(
          "Field " + column.get() + " has half of a character (a surrogate without its pair)");
    }
    return text;
  }
}
