package io.superneurons.jobs.bench;

import com.fasterxml.jackson.annotation.JsonValue;
import io.superneurons.activation.Names;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is measured. */
public enum Pass {
  /** Decoding the image's file, resizing it, and making the prompt: no model. */
  PREPARE("image and prompt prepared"),
  /** Vision tower and projector. */
  VISION_TOWER("vision tower"),
  /** The tower's layers up to an exit layer within it, with chosen neurons of that one. */
  LABEL_TOWER("label, exit in the tower"),
  /** Tower and the layers up to the exit layer, with chosen neurons of it: what labelling runs. */
  LABEL("label, chosen neurons"),
  /** The same with all sites of the exit layer. */
  LABEL_SITES("label, all sites"),
  /** Tower and the whole prompt through all layers and the head. */
  FIRST_TOKEN("first token"),
  /** The same and the tokens after it. */
  ANSWER("answer"),
  /** Labelling, and then on to the answer in the same pass: a row whose votes are too close. */
  CASCADE("label, then answer"),
  /** All sites of all layers. */
  EXTRACT("extract all sites"),
  /** The same and all sites of all layers of the tower. */
  EXTRACT_TOWER("extract, with the tower's sites");

  private final String title;

  Pass(String title) {
    this.title = title;
  }

  /** As in a table. */
  String title() {
    return title;
  }

  /** As in JSON and to the Python side, such as {@code first_token}. */
  @JsonValue
  public String label() {
    return Names.of(this);
  }

  /**
   * The pass of that name.
   *
   * @param name as in JSON, or with hyphens
   * @throws IllegalArgumentException if there is none; the message lists those that are
   */
  public static Pass of(String name) {
    for (Pass pass : values()) {
      if (pass.label().equals(name.strip().replace('-', '_'))) {
        return pass;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "There is no pass '%s'; these are: %s",
            name,
            Arrays.stream(values())
                .map(pass -> pass.label().replace('_', '-'))
                .collect(Collectors.joining(", "))));
  }

  /** Whether its cost depends on how many questions share an image. */
  boolean asksQuestions() {
    return this != PREPARE && this != VISION_TOWER && this != LABEL_TOWER;
  }

  /** How much of the model it needs. */
  Opened opened() {
    return switch (this) {
      case LABEL_TOWER -> Opened.TOWER;
      case LABEL, LABEL_SITES -> Opened.EXIT;
      case PREPARE, VISION_TOWER, FIRST_TOKEN, ANSWER, CASCADE, EXTRACT, EXTRACT_TOWER ->
          Opened.WHOLE;
    };
  }

  /** Whether transformers' side has it: it knows no exit on the way. */
  boolean hasOtherSide() {
    return opened() == Opened.WHOLE && this != CASCADE && this != EXTRACT_TOWER;
  }
}
