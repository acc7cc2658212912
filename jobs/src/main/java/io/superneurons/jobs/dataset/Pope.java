package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * POPE (Li et al., 2023): lines whose numbers begin anew in each of three files, {@code random},
 * {@code popular} and {@code adversarial}. All of them are one task.
 */
final class Pope implements PublishedSet {
  private static final String TASK = "pope";
  private static final String CATEGORY = "category";
  private static final Pattern FILE =
      Pattern.compile("(?:.*_)?pope_(random|popular|adversarial)\\.json.*");

  @Override
  public Layout layout() {
    return Layout.of(Layout.Kind.LINES);
  }

  @Override
  public String files() {
    return "coco_pope_random.json, coco_pope_popular.json and coco_pope_adversarial.json";
  }

  @Override
  public boolean reads(String name) {
    return FILE.matcher(name).matches();
  }

  @Override
  public List<String> marks() {
    return List.of("question_id", "image", "text");
  }

  @Override
  public List<String> images(PublishedRecord record, String file) throws BadRowException {
    String image = record.needed("image");
    return List.of("val2014/" + image, image, "images/" + image);
  }

  @Override
  public void fill(PublishedRecord record, String file, SetFields row) throws BadRowException {
    Matcher name = FILE.matcher(file);
    String ofFile = name.matches() ? name.group(1) : file.replaceFirst("\\..*", "");
    String category = record.text(CATEGORY) == null ? ofFile : record.text(CATEGORY);
    row.id(category + "-" + record.needed("question_id")).put(CATEGORY, category);
    row.task(TASK).question(record.needed("text")).label(record.text("label"));
  }
}
