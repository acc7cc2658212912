package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import java.util.List;

/** A-OKVQA (Schwenk et al., 2022): an array of multiple-choice questions about COCO's images. */
final class Aokvqa implements PublishedSet {
  private static final String RIGHT = "correct_choice_idx";

  @Override
  public Layout layout() {
    return Layout.of(Layout.Kind.ARRAY);
  }

  @Override
  public String files() {
    return "aokvqa_v1p0_val.json";
  }

  @Override
  public boolean reads(String name) {
    return name.matches("aokvqa_v.*_(train|val|test)\\.json.*");
  }

  @Override
  public List<String> marks() {
    return List.of("question_id", "image_id", "question", "choices", "split");
  }

  @Override
  public List<String> images(PublishedRecord record, String file) throws BadRowException {
    String image = record.cocoImage("image_id") + ".jpg";
    String coco = record.needed("split") + "2017/";
    return List.of(coco + image, image, "images/" + image, "images/" + coco + image);
  }

  @Override
  public void fill(PublishedRecord record, String file, SetFields row) throws BadRowException {
    row.id(record.needed("question_id")).task("a-okvqa").question(record.needed("question"));
    row.split(record.needed("split")).label(null).choices(record.texts("choices"));
    if (record.text(RIGHT) != null) { // held back for the test split
      row.answer(record.whole(RIGHT));
    }
  }
}
