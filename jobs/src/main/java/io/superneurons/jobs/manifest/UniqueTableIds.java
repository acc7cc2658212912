package io.superneurons.jobs.manifest;

import io.superneurons.jobs.files.Digests;
import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.input.ManifestRow;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * Makes ids of a table's rows unique. A table has no places: of rows that share an id the first by
 * what they hold keeps it, and each later one becomes an error row whose id ends in a digest of
 * what it holds; so both are the same on every run, in whatever order the table gives its rows.
 */
final class UniqueTableIds {
  private static final int DIGITS = 12;

  private final Numbering numbering;
  private final Map<String, Integer> later = new HashMap<>(); // of one id, by their digests
  private String id;

  private UniqueTableIds(Numbering numbering) {
    this.numbering = numbering;
  }

  /**
   * The rows with ids of their own; {@link Manifest#ROWS}.
   *
   * @param rows all that share an id one after another, in the order of what they hold
   */
  static Iterator<Row> of(Iterator<Row> rows, Numbering numbering) {
    return new MappedRows(rows, new UniqueTableIds(numbering)::unique);
  }

  private Row unique(Row placed) {
    ManifestRow row = ManifestRow.of(placed);
    if (row.id().equals(id)) {
      row = later(row);
    } else {
      id = row.id();
      later.clear();
    }
    int part = placed.getAs(PlacedRows.PART);
    long position = numbering.position(part, placed.<Long>getAs(PlacedRows.INDEX));
    return Manifest.positioned(row, position, placed.<Long>getAs(PlacedRows.JOINED));
  }

  private ManifestRow later(ManifestRow row) {
    String digest = digest(row);
    int number = later.merge(digest, 1, Integer::sum);
    String problem =
        String.format(
            Locale.ROOT,
            "Id %s is that of another row of the table already; give each row its own, or take the"
                + " row out",
            row.id());
    String own = row.id() + "@" + digest + (number == 1 ? "" : ":" + number);
    return row.repeated(own, new ManifestRow.Problem(ErrorKind.BAD_ROW, problem));
  }

  private static String digest(ManifestRow row) {
    String embedded = row.embedded() == null ? null : row.embedded().sha256();
    String held =
        Stream.of(row.image(), row.question(), row.task(), row.split(), row.label(), embedded)
            .map(text -> text == null ? "-" : text.length() + ":" + text)
            .collect(Collectors.joining());
    return Digests.sha256(held).substring(0, DIGITS);
  }
}
