package io.superneurons.model.pass;

import io.superneurons.activation.SiteWidths;
import io.superneurons.model.decoder.Decoder;
import io.superneurons.model.vision.Vision;
import java.util.Optional;

/**
 * What a pass goes through.
 *
 * @param vision the front
 * @param decoder empty where the model is opened no deeper than its vision tower
 * @param widths of all sites
 */
public record PassModel(Vision vision, Optional<Decoder> decoder, SiteWidths widths) {

  /** The decoder. */
  Decoder requireDecoder() {
    return decoder.orElseThrow(
        () -> new IllegalStateException("The model was opened no deeper than its vision tower"));
  }
}
