package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import java.util.List;
import java.util.Set;

/**
 * VLMEvalKit's tables: a TSV with the image in Base64, or the index of another row that has it, and
 * options in columns {@code A}, {@code B} and so on.
 */
final class VlmEvalKit implements PublishedSet {
  static final String INDEX = "index";

  @Override
  public Layout layout() {
    return Layout.of(Layout.Kind.TSV);
  }

  @Override
  public String files() {
    return "a table such as MMBench_DEV_EN.tsv";
  }

  @Override
  public boolean reads(String name) {
    return name.contains(".tsv");
  }

  @Override
  public List<String> marks() {
    return List.of(INDEX, "question");
  }

  @Override
  public boolean refersToRecords() {
    return true;
  }

  @Override
  public Set<String> columns() {
    return Options.columns();
  }

  @Override
  public void fill(PublishedRecord record, String file, SetFields row) throws BadRowException {
    row.id(record.needed(INDEX)).question(Hints.line(record) + record.needed("question"));
    row.choices(Options.of(record));
  }
}
