package io.superneurons.model.pass;

import io.superneurons.activation.SiteWidths;
import io.superneurons.model.decoder.Decoder;
import io.superneurons.model.vision.Vision;
import io.superneurons.torch.MappedWeights;
import java.util.Optional;

/**
 * What a pass goes through.
 *
 * @param vision the front
 * @param decoder empty where the model is opened no deeper than its vision tower
 * @param widths of all sites
 * @param files of its weights
 */
public record PassModel(
    Vision vision, Optional<Decoder> decoder, SiteWidths widths, MappedWeights files) {

  /** The decoder. */
  Decoder requireDecoder() {
    return decoder.orElseThrow(
        () -> new IllegalStateException("The model was opened no deeper than its vision tower"));
  }
}
