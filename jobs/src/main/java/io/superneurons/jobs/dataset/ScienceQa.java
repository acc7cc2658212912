package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import java.util.List;

/**
 * ScienceQA (Lu et al., 2022): multiple-choice questions by id, of which about half have an image;
 * the others are left out, as in ScienceQA-IMG.
 */
final class ScienceQa implements PublishedSet {
  private static final String ID = "question_id";
  private static final String IMAGE = "image";

  @Override
  public Layout layout() {
    return Layout.byId(ID);
  }

  @Override
  public String files() {
    return "problems.json";
  }

  @Override
  public boolean reads(String name) {
    return name.startsWith("problems.json");
  }

  @Override
  public List<String> marks() {
    return List.of("question", "choices", "answer", "image", "split");
  }

  @Override
  public boolean hasImage(PublishedRecord record) throws BadRowException {
    return record.text(IMAGE) != null;
  }

  @Override
  public List<String> images(PublishedRecord record, String file) throws BadRowException {
    String image = record.needed(ID) + "/" + record.needed(IMAGE);
    String split = record.needed("split") + "/";
    return List.of("images/" + split + image, split + image, image);
  }

  @Override
  public void fill(PublishedRecord record, String file, SetFields row) throws BadRowException {
    row.id(record.needed(ID)).task("scienceqa").split(record.needed("split"));
    row.question(Hints.context(record) + record.needed("question"));
    row.choices(record.texts("choices")).answer(record.whole("answer"));
  }
}
