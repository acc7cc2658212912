package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import java.util.List;

/**
 * GQA (Hudson and Manning, 2019): questions by id. The questions of each structure, such as verify
 * and choose, are a task.
 */
final class Gqa implements PublishedSet {
  private static final String ID = "question_id";

  @Override
  public Layout layout() {
    return Layout.byId(ID);
  }

  @Override
  public String files() {
    return "testdev_balanced_questions.json";
  }

  @Override
  public boolean reads(String name) {
    return name.matches("(train|val|testdev|test|challenge|submission)_.*questions.*\\.json.*");
  }

  @Override
  public List<String> marks() {
    return List.of("question", "imageId");
  }

  @Override
  public List<String> images(PublishedRecord record, String file) throws BadRowException {
    String image = record.needed("imageId") + ".jpg";
    return List.of("images/" + image, image);
  }

  @Override
  public void fill(PublishedRecord record, String file, SetFields row) throws BadRowException {
    row.id(record.needed(ID)).question(record.needed("question"));
    row.split(SplitName.of(file)).label(record.text("answer"));
    // questions whose answers are held back have no types either
    row.task(SetFields.taskOf("gqa", record.json("types").path("structural").asText("")));
  }
}
