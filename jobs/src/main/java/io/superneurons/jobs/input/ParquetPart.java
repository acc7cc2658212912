package io.superneurons.jobs.input;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.parquet.RowWindows;
import io.superneurons.jobs.parquet.TableText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The row groups of a manifest in Parquet that begin in a stretch of it. The image is a path, the
 * bytes of a file, or Hugging Face datasets' {@code struct<bytes, path>} with either of them null.
 *
 * @param path with its file system
 * @param start first byte
 * @param end the byte after the last
 */
record ParquetPart(String path, long start, long end) implements InputPart {
  /** Where files are cut. */
  static final long CUT_BYTES = 32L << 20;

  /** Rows of a large page that one Spark task does; others of it read the page as well. */
  private static final int MOST_JOINED = 2_000;

  private static final String BYTES = "bytes";
  private static final String PATH = "path";

  @Override
  public long bytes() {
    return end - start;
  }

  @Override
  public String unit() {
    return "row";
  }

  @Override
  public Set<String> columns(Configuration conf) throws IOException {
    Set<String> names = new TreeSet<>();
    UnaryOperator<MessageType> noted =
        schema -> {
          schema.getFields().forEach(field -> names.add(field.getName()));
          return schema;
        };
    RowWindows.open(conf, new Path(path), noted).close();
    return names;
  }

  @Override
  public PartRows rows(Configuration conf, RowParser parser, long most) throws IOException {
    return new Rows(conf, parser, most);
  }

  @Override
  public EmbeddedReader embedded(Configuration conf, RowParser parser) throws IOException {
    return new Images(conf, parser);
  }

  /** The columns that may hold a field; others are not read. */
  private MessageType used(MessageType schema, RowParser parser) {
    List<String> columns = schema.getFields().stream().map(Type::getName).toList();
    parser.columns().require(columns, path);
    String image = image(schema, parser);
    columns.stream()
        .filter(name -> Collections.frequency(columns, name) > 1)
        .findFirst()
        .ifPresent(
            name -> {
              throw new ConfigurationException(path + " has two columns " + name);
            });
    Set<String> fields = new TreeSet<>(parser.columns().among(columns));
    String choices = parser.columns().of(FieldColumns.CHOICES, schema::containsField).orElse(image);
    List<Type> used = new ArrayList<>();
    for (Type column : schema.getFields()) {
      String name = column.getName();
      if (fields.contains(name)) {
        require(column, name.equals(image), name.equals(choices));
        used.add(column);
      } else if (parser.shape().columns().contains(name) && isTextOrList(column)) {
        used.add(column);
      }
    }
    return new MessageType(schema.getName(), used);
  }

  private static boolean isTextOrList(Type column) {
    return TableText.isText(column) || TableText.isListOfTexts(column);
  }

  private static String image(GroupType schema, RowParser parser) {
    return parser.columns().of(FieldColumns.IMAGE, schema::containsField).orElseThrow();
  }

  private void require(Type column, boolean isImage, boolean mayBeList) {
    boolean fits =
        isImage
            ? isImage(column)
            : TableText.isText(column) || mayBeList && TableText.isListOfTexts(column);
    if (!fits) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Column %s of %s is %s; it must be %s",
              column.getName(),
              path,
              TableText.describe(column),
              isImage ? "a string, binary or struct<bytes, path>" : "a string, number or boolean"));
    }
  }

  private static boolean isImage(Type column) {
    if (column.isRepetition(Type.Repetition.REPEATED)) {
      return false;
    }
    if (column.isPrimitive()) {
      return column.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
    }
    GroupType struct = column.asGroupType();
    boolean hasBytes = struct.containsField(BYTES);
    boolean hasPath = struct.containsField(PATH);
    return struct.getLogicalTypeAnnotation() == null
        && (hasBytes || hasPath)
        && (!hasBytes || isBinary(struct.getType(BYTES)))
        && (!hasPath || isBinary(struct.getType(PATH)));
  }

  private static boolean isBinary(Type type) {
    return type.isPrimitive()
        && !type.isRepetition(Type.Repetition.REPEATED)
        && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
  }

  private final class Rows implements PartRows {
    private final RowParser parser;
    private final RowWindows table;
    private long left;

    Rows(Configuration conf, RowParser parser, long most) throws IOException {
      this.parser = parser;
      this.left = most;
      this.table =
          RowWindows.open(conf, new Path(path), schema -> used(schema, parser)).within(start, end);
    }

    @Override
    public ManifestRow next() throws IOException {
      Group row = left-- <= 0 ? null : table.next();
      return row == null ? null : parser.parse(new ParquetRecord(row), path);
    }

    @Override
    public long number() {
      return table.row() + 1;
    }

    @Override
    public long at() {
      return table.row();
    }

    @Override
    public long joined() throws IOException {
      return table.joined(MOST_JOINED);
    }

    @Override
    public void close() throws IOException {
      table.close();
    }
  }

  private final class Images implements EmbeddedReader {
    private final RowParser parser;
    private final RowWindows table;

    Images(Configuration conf, RowParser parser) throws IOException {
      this.parser = parser;
      this.table =
          RowWindows.open(
              conf,
              new Path(path),
              schema -> new MessageType(schema.getName(), schema.getType(image(schema, parser))));
    }

    @Override
    public byte[] read(long at) throws IOException {
      try {
        return parser.image(new ParquetRecord(table.row(at))).bytes();
      } catch (BadRowException e) {
        return null;
      }
    }

    @Override
    public void close() throws IOException {
      table.close();
    }
  }

  /** A record of typed columns; only those of the manifest's fields were read. */
  private record ParquetRecord(Group row) implements ManifestRecord {
    @Override
    public boolean has(String column) {
      return row.getType().containsField(column);
    }

    @Override
    public String text(String column) throws BadRowException {
      if (isNull(row, column)) {
        return null;
      }
      return TableText.isEncoded(row.getType().getType(column))
          ? decoded(row, column)
          : TableText.of(row, column);
    }

    @Override
    public List<String> texts(String column) throws BadRowException {
      if (isNull(row, column) || row.getType().getType(column).isPrimitive()) {
        return isNull(row, column) ? null : ManifestRecord.super.texts(column);
      }
      List<String> texts = TableText.list(row, column);
      for (String text : texts) {
        if (text == null || !Utf8.isWhole(text)) {
          throw BadRowException.badRow("Field " + column + " has a choice that is no text");
        }
      }
      return texts.isEmpty() ? null : texts;
    }

    private static String decoded(Group group, String column) throws BadRowException {
      String text = Utf8.decode(group.getBinary(column, 0).getBytes());
      if (!Utf8.isWhole(text)) {
        throw BadRowException.badRow(Utf8.problem("Field " + column, text));
      }
      return text;
    }

    @Override
    public ImageCell image(String column) throws BadRowException {
      if (isNull(row, column)) {
        return null;
      }
      Type type = row.getType().getType(column);
      if (!type.isPrimitive()) {
        Group struct = row.getGroup(column, 0);
        boolean hasPath = !isNull(struct, PATH);
        boolean hasBytes = !isNull(struct, BYTES);
        return new ImageCell(
            hasPath ? decoded(struct, PATH) : null,
            hasBytes ? struct.getBinary(BYTES, 0).getBytes() : null);
      }
      boolean isText =
          type.getLogicalTypeAnnotation()
              instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation;
      return isText
          ? ImageCell.ofText(decoded(row, column))
          : new ImageCell(null, row.getBinary(column, 0).getBytes());
    }

    private static boolean isNull(Group group, String column) {
      return !group.getType().containsField(column) || group.getFieldRepetitionCount(column) == 0;
    }
  }
}
