package io.superneurons.jobs.pass;

import io.superneurons.image.ImageException;
import io.superneurons.jobs.files.Digests;
import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowError;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.weights.ModelException;
import io.superneurons.text.TextException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Reads and decodes rows' images and makes their prompts on the model's preparation threads, so
 * that the next rows are ready when a pass ends. An image is decoded once for all rows that follow
 * each other on it.
 *
 * <p>Not thread-safe: one Spark task starts rows. After it is closed no more work begins.
 */
final class RowPreparation implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final RowModel model;
  private final ImageFiles images;
  private ManifestRow onImage;
  private CompletableFuture<Image> image;
  private volatile boolean closed;

  RowPreparation(RowModel model, ImageFiles images) {
    this.model = model;
    this.images = images;
  }

  /**
   * A row that can be run, or why it cannot.
   *
   * @param imageSha256 of its encoded image, hexadecimal; null if the row cannot be run
   * @param input what the model takes; null if the row cannot be run
   * @param error why the row cannot be run; null if it can
   */
  record Prepared(ManifestRow row, String imageSha256, RowInput input, RowError error) {}

  /**
   * A row that is being prepared.
   *
   * @param row the row, once it is prepared
   * @param ownImage whether its image differs from that of the row before
   */
  record Started(CompletableFuture<Prepared> row, boolean ownImage) {
    private static Started failed(Prepared error) {
      return new Started(CompletableFuture.completedFuture(error), false);
    }
  }

  /** A prepared image, or what is wrong with it. */
  private record Image(ImageInput input, String sha256, ErrorKind error, String detail) {
    static Image failed(ErrorKind error, String detail) {
      return new Image(null, null, error, detail);
    }
  }

  /** Begins to prepare a row; the result does not depend on the rows before it or after it. */
  Started start(ManifestRow row) {
    if (row.problem() != null) {
      return Started.failed(failed(row, row.problem().kind(), row.problem().detail()));
    }
    if (row.question() == null && model.readsPrompts()) {
      return Started.failed(
          failed(row, ErrorKind.BAD_ROW, "Field question is missing, and its task has none"));
    }
    boolean ownImage = onImage == null || !row.sharesImageWith(onImage);
    if (ownImage) {
      onImage = row;
      image = CompletableFuture.supplyAsync(() -> image(row), model.preparation());
    }
    return new Started(
        image.thenApplyAsync(found -> prepared(row, found), model.preparation()), ownImage);
  }

  private Image image(ManifestRow row) {
    requireOpen();
    try {
      byte[] encoded = images.read(row);
      String sha256 = HexFormat.of().formatHex(Digests.sha256().digest(encoded));
      return new Image(model.prepare(encoded), sha256, null, null);
    } catch (FileNotFoundException e) {
      return Image.failed(ErrorKind.IMAGE_NOT_FOUND, "No file " + e.getMessage() + hint(row));
    } catch (IOException e) {
      return Image.failed(ErrorKind.IMAGE_NOT_READABLE, e.getMessage());
    } catch (ImageException | ModelException e) {
      return Image.failed(ErrorKind.BAD_IMAGE, row.image() + ": " + e.getMessage());
    } catch (NotEnoughMemoryException e) {
      return Image.failed(ErrorKind.MEMORY, row.image() + ": " + e.getMessage());
    } catch (OutOfMemoryError e) { // of the encoded image, since decoding has its own account
      return Image.failed(ErrorKind.MEMORY, row.image() + " does not fit the heap: " + e);
    }
  }

  private static String hint(ManifestRow row) {
    return NUMBER.matcher(row.image()).matches()
        ? "; a number that stands for the image of another row, as in VLMEvalKit's tables, is not"
            + " followed: put the image itself there (docs/formats.md)"
        : "";
  }

  private Prepared prepared(ManifestRow row, Image found) {
    requireOpen();
    if (found.error() != null) {
      return failed(row, found.error(), found.detail());
    }
    try {
      return new Prepared(row, found.sha256(), model.row(found.input(), row.question()), null);
    } catch (TextException e) {
      return failed(row, ErrorKind.BAD_QUESTION, e.getMessage());
    }
  }

  private static Prepared failed(ManifestRow row, ErrorKind error, String detail) {
    return new Prepared(row, null, null, new RowError(row, error, detail));
  }

  private void requireOpen() {
    if (closed) {
      throw new CancellationException("The Spark task ended before the row's turn came");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
