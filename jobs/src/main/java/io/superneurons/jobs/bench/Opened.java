package io.superneurons.jobs.bench;

import io.superneurons.activation.ModelLayer;
import io.superneurons.model.weights.Depth;

/** How much of a model is opened for a pass. */
enum Opened {
  /** Layers of the vision tower up to the exit layer within it. */
  TOWER("label_tower"),
  /** The vision tower, and the decoder's layers up to the exit layer. */
  EXIT("label"),
  /** All layers and the head. */
  WHOLE("whole");

  private final String label;

  Opened(String label) {
    this.label = label;
  }

  /** As in JSON. */
  String label() {
    return label;
  }

  Depth depth(BenchPlan plan) {
    return switch (this) {
      case TOWER -> Depth.upTo(ModelLayer.ofTower(plan.exitTowerLayer()));
      case EXIT -> Depth.upTo(plan.exitLayer());
      case WHOLE -> Depth.full();
    };
  }

  /** What it runs before anything is measured. */
  Pass first() {
    return switch (this) {
      case TOWER -> Pass.LABEL_TOWER;
      case EXIT -> Pass.LABEL;
      case WHOLE -> Pass.FIRST_TOKEN;
    };
  }
}
