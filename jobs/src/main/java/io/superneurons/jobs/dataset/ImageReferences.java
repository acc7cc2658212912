package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import io.superneurons.jobs.input.EmbeddedImage;
import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.input.ManifestRecord;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.PartRows;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * VLMEvalKit's tables name the index of an earlier row in place of an image that both have. One
 * object follows them through one file, as it is read.
 */
final class ImageReferences implements ManifestRecord.Shape {
  private static final long serialVersionUID = 1;
  private static final String IMAGE = "image";

  /** An image in Base64 is longer; VLMEvalKit's own bound. */
  private static final int LONGEST_INDEX = 64;

  private final SetShape shape;
  private final transient Map<String, Seen> images = new HashMap<>();
  private transient String index;

  /** The index that stands in the row's place of an image; null where an image does. */
  private transient String referred;

  ImageReferences(SetShape shape) {
    this.shape = shape;
  }

  /** An image, where {@link PartRows#at} says that it is, and what rows call it. */
  private record Seen(EmbeddedImage image, long at, String name) {}

  @Override
  public ManifestRecord of(ManifestRecord published) {
    PublishedRecord record = new PublishedRecord(published);
    try {
      index = record.text(VlmEvalKit.INDEX);
      String image = record.text(IMAGE);
      referred = image != null && image.length() <= LONGEST_INDEX ? image.strip() : null;
    } catch (BadRowException e) {
      referred = null; // the row says what is wrong with it
    }
    return shape.of(published);
  }

  @Override
  public Set<String> columns() {
    return shape.columns();
  }

  /** The rows with the images that they refer to. */
  PartRows followed(PartRows rows) {
    return new Followed(rows);
  }

  private final class Followed implements PartRows {
    private final PartRows rows;
    private long at;

    Followed(PartRows rows) {
      this.rows = rows;
    }

    @Override
    public ManifestRow next() throws IOException {
      referred = null;
      ManifestRow row = rows.next();
      at = rows.at();
      if (row == null) {
        return null;
      }
      if (referred != null) {
        return referring(row);
      }
      if (row.embedded() != null) {
        EmbeddedImage image = new EmbeddedImage(row.embedded().sha256(), 0, 0, null);
        images.put(index, new Seen(image, at, row.image()));
      }
      return row;
    }

    private ManifestRow referring(ManifestRow row) {
      Seen seen = images.get(referred);
      if (seen == null) {
        return row.repeated(
            row.id(),
            new ManifestRow.Problem(
                ErrorKind.BAD_ROW,
                "Its image is that of row " + referred + ", and no row before it is called so"));
      }
      at = seen.at();
      return new ManifestRow(
          row.id(),
          row.task(),
          row.split(),
          seen.name(),
          row.question(),
          row.label(),
          null,
          seen.image(),
          row.version(),
          row.rowVersion(),
          row.problem());
    }

    @Override
    public long number() {
      return rows.number();
    }

    @Override
    public long at() {
      return at;
    }

    @Override
    public long joined() throws IOException {
      return rows.joined();
    }

    @Override
    public long lines() {
      return rows.lines();
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }
}
