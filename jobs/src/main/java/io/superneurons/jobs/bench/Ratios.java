package io.superneurons.jobs.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the medians say, as ratios: only these compare between machines. {@code a_over_b} is the
 * time of a divided by the time of b; {@code _shared} means several questions on one image.
 */
final class Ratios {
  private final Medians medians;
  private final int questions;
  private final Map<String, Double> ratios = new LinkedHashMap<>();

  private Ratios(Medians medians, int questions) {
    this.medians = medians;
    this.questions = questions;
  }

  /**
   * All ratios that the medians allow.
   *
   * @param questions that shared an image
   */
  static Map<String, Double> of(Medians medians, int questions) {
    return new Ratios(medians, questions).all();
  }

  private Map<String, Double> all() {
    OptionalDouble label = engine(Pass.LABEL, 1);
    OptionalDouble labelTower = engine(Pass.LABEL_TOWER, 1);
    OptionalDouble visionTower = engine(Pass.VISION_TOWER, 1);
    put("label_tower_over_vision_tower", labelTower, visionTower);
    put("label_over_vision_tower", label, visionTower);
    put("label_over_label_tower", label, labelTower);
    put("label_sites_over_label", engine(Pass.LABEL_SITES, 1), label);
    put("first_token_over_label", engine(Pass.FIRST_TOKEN, 1), label);
    put("answer_over_label", engine(Pass.ANSWER, 1), label);
    put("first_token_over_label_tower", engine(Pass.FIRST_TOKEN, 1), labelTower);
    put("answer_over_label_tower", engine(Pass.ANSWER, 1), labelTower);
    put("cascade_over_answer", engine(Pass.CASCADE, 1), engine(Pass.ANSWER, 1));
    put("extract_tower_over_extract", engine(Pass.EXTRACT_TOWER, 1), engine(Pass.EXTRACT, 1));
    if (questions > 1) {
      put(
          "answer_over_label_shared",
          engine(Pass.ANSWER, questions),
          engine(Pass.LABEL, questions));
      put(
          "extract_tower_over_extract_shared",
          engine(Pass.EXTRACT_TOWER, questions),
          engine(Pass.EXTRACT, questions));
    }
    for (Pass pass : Pass.values()) {
      OptionalDouble other = medians.huggingFace(pass);
      String name = "hugging_face_" + pass.label() + "_over_engine";
      put(name, other, engine(pass, 1));
      if (questions > 1) {
        put(name + "_shared", other, engine(pass, questions));
      }
    }
    return ratios;
  }

  private void put(String name, OptionalDouble dividend, OptionalDouble divisor) {
    if (dividend.isPresent() && divisor.isPresent()) {
      ratios.put(name, dividend.getAsDouble() / divisor.getAsDouble());
    }
  }

  private OptionalDouble engine(Pass pass, int count) {
    return medians.engine(pass, count);
  }
}
