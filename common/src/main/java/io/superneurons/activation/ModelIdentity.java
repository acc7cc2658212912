package io.superneurons.activation;

import java.io.Serializable;
import java.util.Objects;

/**
 * Which model made the activations; a file made with one model is of no use to another.
 *
 * @param name what people call it, such as the checkpoint folder's name
 * @param family its architecture, such as {@code llava}
 * @param fingerprint made from config, tokenizer, template, and the tensors' names, shapes and
 *     sampled bytes; equal fingerprints mean the same model
 */
public record ModelIdentity(String name, String family, String fingerprint)
    implements Serializable {
  public ModelIdentity {
    Objects.requireNonNull(name, "model name");
    Objects.requireNonNull(family, "model family");
    Objects.requireNonNull(fingerprint, "model fingerprint");
  }
}
