package io.superneurons.jobs.manifest;

import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.Place;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.Row;

/**
 * Makes ids unique: of rows that share an id the first of the input keeps it; each later one
 * becomes an error row that names both places, with its own place in its id. An image that several
 * inputs name is one row.
 */
final class UniqueIds {
  private static final String IMAGE = "image";

  private final List<InputPart> parts;
  private final Numbering numbering;
  private ManifestRow first;
  private Place firstPlace;

  private UniqueIds(List<InputPart> parts, Numbering numbering) {
    this.parts = parts;
    this.numbering = numbering;
  }

  /**
   * The rows with ids of their own; {@link Manifest#ROWS}.
   *
   * @param rows all that share an id one after another, in their order
   */
  static Iterator<Row> of(Iterator<Row> rows, List<InputPart> parts, Numbering numbering) {
    UniqueIds ids = new UniqueIds(parts, numbering);
    return new MappedRows(rows, ids::unique);
  }

  /** Null for an image that was there before. */
  private Row unique(Row placed) {
    ManifestRow row = ManifestRow.of(placed);
    int part = placed.getAs(PlacedRows.PART);
    Place place = place(row, part, placed.<Long>getAs(PlacedRows.NUMBER));
    long position = numbering.position(part, placed.<Long>getAs(PlacedRows.INDEX));
    long joined = placed.<Long>getAs(PlacedRows.JOINED);
    boolean isImage = place.unit().equals(IMAGE);
    if (!isImage) {
      row = row.at(place.toString());
    }
    if (first == null || !first.id().equals(row.id())) {
      first = row;
      firstPlace = place;
      return Manifest.positioned(row, position, joined);
    }
    boolean isSameImage =
        isImage
            && firstPlace.unit().equals(IMAGE)
            && Objects.equals(first.location(), row.location());
    return isSameImage ? null : Manifest.positioned(later(row, place), position, joined);
  }

  private ManifestRow later(ManifestRow row, Place place) {
    String problem =
        String.format(
            Locale.ROOT,
            "Id %s is that of %s already; give each row its own, or take the row out (%s)",
            row.id(),
            firstPlace,
            place);
    String id = String.format(Locale.ROOT, "%s@%s:%d", row.id(), place.file(), place.number());
    return row.repeated(id, new ManifestRow.Problem(ErrorKind.BAD_ROW, problem));
  }

  private Place place(ManifestRow row, int part, long number) {
    InputPart of = parts.get(part);
    if (of.unit().equals(IMAGE)) {
      String file = row.location() == null ? row.image() : row.location();
      return new Place(file, IMAGE, 1);
    }
    return new Place(of.path(), of.unit(), numbering.number(part, number));
  }
}
