package io.superneurons.jobs.label;

import static org.apache.spark.sql.functions.col;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.manifest.EmbeddedImages;
import io.superneurons.jobs.manifest.PlannedRows;
import io.superneurons.jobs.report.images.ImageFinder;
import io.superneurons.jobs.report.images.Thumbnail;
import io.superneurons.jobs.report.images.Thumbnails;
import io.superneurons.jobs.report.run.LabelPage;
import io.superneurons.jobs.report.run.LabelledRow;
import io.superneurons.jobs.report.run.LabelledRows;
import io.superneurons.jobs.run.RunSummary;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the page of a run; it is for people, and no run fails for want of it. */
final class LabelledPage {
  private static final Logger LOG = LoggerFactory.getLogger(LabelledPage.class);

  private final Configuration conf;
  private final PlannedRows planned;

  LabelledPage(Configuration conf, PlannedRows planned) {
    this.conf = conf;
    this.planned = planned;
  }

  /**
   * The text of the page; nothing where the predictions cannot be read again.
   *
   * @param files of predictions, in the order of their names
   */
  Optional<String> of(RunSummary summary, List<Path> files) {
    try {
      LabelledRows rows = LabelledRows.of(conf, files);
      return Optional.of(new LabelPage(summary, rows, pictures(rows)).render());
    } catch (ConfigurationException e) {
      LOG.warn("There is no page of this run: {}", e.getMessage());
      return Optional.empty();
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      LOG.warn("There is no page of this run", e);
      return Optional.empty();
    }
  }

  private Thumbnails pictures(LabelledRows rows) {
    Object[] ids =
        rows.leastSure().values().stream().flatMap(List::stream).map(LabelledRow::id).toArray();
    Map<String, Thumbnail> found = new HashMap<>();
    if (ids.length > 0) {
      planned.rows().sparkSession().sparkContext().setJobDescription("label: images for the page");
      List<Row> shown = planned.rows().where(col(ManifestRow.ID).isin(ids)).collectAsList();
      add(shown.stream().map(ManifestRow::of).toList(), found);
    }
    return Thumbnails.ofRows(found);
  }

  private void add(List<ManifestRow> shown, Map<String, Thumbnail> found) {
    ImageFinder finder = new ImageFinder(conf);
    try (EmbeddedImages.Reader embedded = planned.embedded().open(conf)) {
      for (ManifestRow row : shown) {
        finder.picture(embedded.filled(row)).ifPresent(picture -> found.put(row.id(), picture));
      }
    } catch (IOException e) {
      LOG.warn("The page shows fewer images: {}", e.getMessage());
    }
  }
}
