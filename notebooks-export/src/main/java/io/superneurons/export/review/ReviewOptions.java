package io.superneurons.export.review;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpGroup;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which predictions go to people, and how. */
@HelpGroup(
    value = "Rows for people to look at",
    example = "--review fiftyone --predictions predictions --output review")
public final class ReviewOptions {
  private static final double DEFAULT_MARGIN = 0.5;

  @Option(
      names = "--review",
      paramLabel = "label-studio|fiftyone",
      description =
          "Write predictions for a labelling tool in place of tables, those of --predictions that"
              + " are least sure: as tasks of Label Studio, or as FiftyOne's directory tree, the"
              + " images in a folder of each label.")
  private String review;

  @Option(
      names = "--predictions",
      paramLabel = "DIR",
      description = "With --review: folder that label wrote.")
  private String predictions;

  @Option(
      names = "--below-margin",
      paramLabel = "X",
      description =
          "With --review: rows whose margin is below this, or that are undecided; where"
              + " neurons detect one label each, no margin exceeds 1 / labels. Default: 0.5, where"
              + " neither --below-probability nor --sample is given.")
  private Double belowMargin;

  @Option(
      names = "--below-probability",
      paramLabel = "X",
      description = "With --review: rows whose probability is below this, or that are undecided.")
  private Double belowProbability;

  @Option(
      names = "--sample",
      description = "With --review: any rows, dealt by a hash of their ids.")
  private boolean sample;

  @Option(
      names = "--most-rows",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "With --review: so many rows at most, the least sure. Default: ${DEFAULT-VALUE}.")
  private int mostRows;

  @Option(
      names = "--image-prefix",
      paramLabel = "FROM=TO",
      description =
          "With --review: where the tool finds images whose addresses begin with FROM, such as"
              + " /data/=/data/local-files/?d=.")
  private String imagePrefix;

  /** Whether predictions are to be written. */
  public boolean isAsked() {
    return review != null;
  }

  /**
   * Checks the options.
   *
   * @throws ConfigurationException if one makes no sense
   */
  public void check() {
    ReviewTool.of(review);
    if (predictions == null) {
      throw new ConfigurationException("--review needs --predictions, a folder that label wrote");
    }
    if (sample && (belowMargin != null || belowProbability != null)) {
      throw new ConfigurationException(
          "--sample takes any rows; leave out --below-margin and --below-probability");
    }
    if (mostRows < 1) {
      throw new ConfigurationException("--most-rows must be at least 1, not " + mostRows);
    }
    if (imagePrefix != null && imagePrefix.indexOf('=') < 1) {
      throw new ConfigurationException("--image-prefix takes FROM=TO, not " + imagePrefix);
    }
  }

  /** Whether they are to be a tree of images. */
  public boolean isTree() {
    return ReviewTool.of(review) == ReviewTool.FIFTYONE;
  }

  public String predictions() {
    return predictions;
  }

  /** Such as {@code margin < 0.5}, in SQL. */
  String condition() {
    if (sample) {
      return "true";
    }
    Double margin =
        belowMargin == null && belowProbability == null
            ? Double.valueOf(DEFAULT_MARGIN)
            : belowMargin;
    List<String> any =
        Stream.of(
                "prediction is null",
                margin == null ? null : "margin < " + margin,
                belowProbability == null ? null : "probability < " + belowProbability)
            .filter(condition -> condition != null)
            .toList();
    return String.join(" or ", any);
  }

  boolean isSample() {
    return sample;
  }

  int mostRows() {
    return mostRows;
  }

  /** Where the tool finds an image. */
  String address(String image) {
    if (imagePrefix == null) {
      return image;
    }
    int equals = imagePrefix.indexOf('=');
    String from = imagePrefix.substring(0, equals);
    return image.startsWith(from)
        ? imagePrefix.substring(equals + 1) + image.substring(from.length())
        : image;
  }
}
