package io.superneurons.jobs.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.jobs.input.BadRowException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * VizWiz-VQA (Gurari et al., 2018): an array of one question an image, with ten answers. What most
 * people said is the label, the first of equally frequent ones; the answers of each type are a
 * task.
 */
final class VizWiz implements PublishedSet {
  @Override
  public Layout layout() {
    return Layout.of(Layout.Kind.ARRAY);
  }

  @Override
  public String files() {
    return "train.json, val.json and test.json of Annotations.zip";
  }

  @Override
  public boolean reads(String name) {
    return name.matches("(train|val|test)\\.json.*");
  }

  @Override
  public List<String> marks() {
    return List.of("image", "question");
  }

  @Override
  public List<String> images(PublishedRecord record, String file) throws BadRowException {
    String image = record.needed("image");
    String split = String.valueOf(SplitName.of(file));
    return List.of(split + "/" + image, image, "images/" + image, "Images/" + split + "/" + image);
  }

  @Override
  public void fill(PublishedRecord record, String file, SetFields row) throws BadRowException {
    row.id(record.needed("image").replaceFirst("\\.[A-Za-z]+$", ""));
    row.question(record.needed("question")).split(SplitName.of(file)).label(mostGiven(record));
    row.task(SetFields.taskOf("vizwiz", record.text("answer_type")));
  }

  /** Null where answers are held back. */
  private static String mostGiven(PublishedRecord record) {
    Map<String, Integer> given = new LinkedHashMap<>();
    for (JsonNode answer : record.json("answers")) {
      given.merge(answer.path("answer").asText(), 1, Integer::sum);
    }
    String most = null;
    for (Map.Entry<String, Integer> answer : given.entrySet()) {
      if (most == null || answer.getValue() > given.get(most)) {
        most = answer.getKey();
      }
    }
    return most;
  }
}
