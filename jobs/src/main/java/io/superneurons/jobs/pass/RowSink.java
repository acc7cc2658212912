package io.superneurons.jobs.pass;

import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowError;
import io.superneurons.model.pass.RowOutput;
import java.io.IOException;

/** Receives what came of each row, in the order of the rows of a batch. */
public interface RowSink {
  /**
   * A row that went through the model.
   *
   * @param imageSha256 of its encoded image, hexadecimal
   */
  void done(ManifestRow row, String imageSha256, RowOutput output) throws IOException;

  /** A row that cannot be done. */
  void failed(RowError error) throws IOException;
}
