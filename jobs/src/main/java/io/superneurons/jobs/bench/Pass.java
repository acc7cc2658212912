package io.superneurons.jobs.bench;

import java.util.Locale;

/** What is measured. */
enum Pass {
  /** Decoding the image's file, resizing it, and making the prompt: no model. */
  PREPARE("image and prompt prepared"),
  /** Vision tower and projector. */
  VISION_TOWER("vision tower"),
  /** Tower and the layers up to the exit layer, with its sites: what labelling runs. */
  LABEL("label, early exit"),
  /** Tower and the whole prompt through all layers and the head. */
  FIRST_TOKEN("first token"),
  /** The same and the tokens after it. */
  ANSWER("answer"),
  /** All sites of all layers. */
  EXTRACT("extract all sites");

  private final String title;

  Pass(String title) {
    this.title = title;
  }

  /** As in a table. */
  String title() {
    return title;
  }

  /** As in JSON and to the Python side, such as {@code first_token}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its cost depends on how many questions share an image. */
  boolean asksQuestions() {
    return this != PREPARE && this != VISION_TOWER;
  }

  /** Whether transformers has it: it knows no early exit. */
  boolean hasOtherSide() {
    return this != LABEL;
  }
}
