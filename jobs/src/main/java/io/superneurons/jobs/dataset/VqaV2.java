package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * VQA v2 (Goyal et al., 2017): questions in one file, and their ten answers each in another beside
 * it. What most people said is the label; the answers of each type are a task.
 */
final class VqaV2 implements PublishedSet {
  static final String ANSWER = "multiple_choice_answer";
  static final String ANSWER_TYPE = "answer_type";

  private static final Pattern QUESTIONS =
      Pattern.compile("v2_OpenEnded_mscoco_(train2014|val2014|test2015|test-dev2015)_questions.*");

  @Override
  public Layout layout() {
    return Layout.under("questions");
  }

  @Override
  public String files() {
    return "v2_OpenEnded_mscoco_val2014_questions.json, with v2_mscoco_val2014_annotations.json"
        + " beside it";
  }

  @Override
  public boolean reads(String name) {
    return QUESTIONS.matcher(name).matches();
  }

  @Override
  public List<String> marks() {
    return List.of("question_id", "image_id", "question");
  }

  @Override
  public Optional<String> answers(String questions) {
    return Optional.of(questions.replace("_OpenEnded", "").replace("_questions", "_annotations"));
  }

  @Override
  public List<String> images(PublishedRecord record, String file) throws BadRowException {
    Matcher name = QUESTIONS.matcher(file);
    String coco = name.matches() ? name.group(1).replace("-dev", "") : "val2014";
    String image = String.format(Locale.ROOT, "COCO_%s_%s.jpg", coco, record.cocoImage("image_id"));
    return List.of(coco + "/" + image, image, "images/" + image, "images/" + coco + "/" + image);
  }

  @Override
  public void fill(PublishedRecord record, String file, SetFields row) throws BadRowException {
    row.id(record.needed("question_id")).question(record.needed("question"));
    row.split(SplitName.of(file)).label(record.text(ANSWER));
    row.task(SetFields.taskOf("vqav2", record.text(ANSWER_TYPE)));
  }
}
