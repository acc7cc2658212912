package io.superneurons.jobs.extract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.input.ManifestRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images that are in several class folders, so that the same question about them has several
 * labels.
 *
 * @param images how many there are
 * @param of how many in all
 * @param shown some of them, each with two of the files and their labels
 */
record SeveralLabels(long images, long of, List<String> shown) {
  private static final Logger LOG = LoggerFactory.getLogger(SeveralLabels.class);
  private static final int SHOWN = 3;

  /** Where more of the names are in several folders, they are numbers, and say nothing. */
  private static final double SHARE_OF_NAMES = 0.2;

  private static final String IMAGE_SHA256 = "image_sha256";
  private static final String FILE = "file";
  private static final StructType COLUMNS =
      new StructType()
          .add(ManifestRow.TASK, DataTypes.StringType)
          .add(ManifestRow.IMAGE, DataTypes.StringType)
          .add(ManifestRow.QUESTION, DataTypes.StringType)
          .add(ManifestRow.LABEL, DataTypes.StringType)
          .add(IMAGE_SHA256, DataTypes.StringType);

  /** Those that have one name, before any image is opened; nothing where names are numbers. */
  static Optional<String> byName(Dataset<Row> rows) {
    SeveralLabels found =
        of(
            rows.where(col(ManifestRow.PROBLEM).isNull()),
            substring_index(col(ManifestRow.IMAGE), "/", -1));
    return found.images == 0 || found.images > SHARE_OF_NAMES * found.of
        ? Optional.empty()
        : Optional.of(found.told("file name", "one image with several labels?"));
  }

  /**
   * Those that have one content, by what was written. A run that has done all of its rows does not
   * fail for want of this.
   */
  static Optional<String> byContent(SparkSession spark, OutputFolder output) {
    try {
      SeveralLabels found =
          of(
              PathNames.reader(spark).schema(COLUMNS).parquet(output.path().toString()),
              col(IMAGE_SHA256));
      return found.images == 0
          ? Optional.empty()
          : Optional.of(found.told("image", "one content, several labels"));
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      LOG.warn("Whether images are in several class folders is not known", e);
      return Optional.empty();
    }
  }

  private static SeveralLabels of(Dataset<Row> rows, Column same) {
    Column file = substring_index(col(ManifestRow.IMAGE), "/", -1);
    Column place = struct(col(ManifestRow.LABEL), col(ManifestRow.IMAGE), file.as(FILE));
    Dataset<Row> images =
        rows.where(col(ManifestRow.LABEL).isNotNull())
            .groupBy(col(ManifestRow.TASK), col(ManifestRow.QUESTION), same.as("same"))
            .agg(
                countDistinct(ManifestRow.LABEL).as("labels"),
                min(place).as("first"),
                max(place).as("last"));
    Column several = col("labels").gt(1);
    Row counts = images.agg(count(lit(1)), sum(when(several, 1).otherwise(0))).head();
    long found = counts.isNullAt(1) ? 0 : counts.getLong(1);
    if (found == 0) {
      return new SeveralLabels(0, counts.getLong(0), List.of());
    }
    List<String> shown =
        images.where(several).orderBy("first").limit(SHOWN).collectAsList().stream()
            .map(row -> place(row.getAs("first")) + " and " + place(row.getAs("last")))
            .toList();
    return new SeveralLabels(found, counts.getLong(0), shown);
  }

  private static String place(Row place) {
    String file = place.getAs(FILE);
    return String.format(Locale.ROOT, "%s (%s)", file, place.<String>getAs(ManifestRow.LABEL));
  }

  private String told(String what, String why) {
    return String.format(
        Locale.ROOT,
        "%s in several class folders (%s): %s%s",
        Plural.text(images, what),
        why,
        String.join("; ", shown),
        images > shown.size() ? "; and others" : "");
  }
}
