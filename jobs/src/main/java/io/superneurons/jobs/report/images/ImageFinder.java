package io.superneurons.jobs.report.images;

import io.superneurons.image.ImageException;
import io.superneurons.image.ImageLimits;
import io.superneurons.image.codec.ImageDecoder;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.PartRows;
import io.superneurons.jobs.input.RowParser;
import io.superneurons.jobs.pass.EffortClock;
import io.superneurons.jobs.pass.ImageFiles;
import io.superneurons.jobs.source.InputFiles;
import io.superneurons.jobs.source.InputOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes small pictures of images that an input names, by the rules by which a stage opens them:
 * what a manifest may not name is not shown either. An image that cannot be shown is passed over.
 */
public final class ImageFinder {
  private static final Logger LOG = LoggerFactory.getLogger(ImageFinder.class);

  /** Larger files are for nobody's page. */
  private static final long MOST_BYTES = 100_000_000;

  private final Configuration conf;
  private final ImageFiles files;
  private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

  public ImageFinder(Configuration conf) {
    this.conf = conf;
    this.files = new ImageFiles(conf, MOST_BYTES, new EffortClock());
  }

  /**
   * Looks an input through until all images are found.
   *
   * @param wanted images as rows name them
   * @return their pictures; those that are not there are left out
   */
  public Map<String, Thumbnail> find(InputOptions input, Set<String> wanted) throws IOException {
    RowParser parser = input.parser(conf);
    Map<String, Thumbnail> found = new HashMap<>();
    Set<String> left = new HashSet<>(wanted);
    for (InputPart part : InputFiles.find(conf, input)) {
      if (left.isEmpty()) {
        break;
      }
      try (PartRows rows = part.rows(conf, parser, Long.MAX_VALUE)) {
        for (ManifestRow row = rows.next(); row != null; row = rows.next()) {
          if (row.image() != null && left.remove(row.image())) {
            String image = row.image();
            picture(row).ifPresent(picture -> found.put(image, picture));
          }
        }
      }
    }
    return found;
  }

  /** The picture of a row's image; nothing where it cannot be shown. */
  public Optional<Thumbnail> picture(ManifestRow row) {
    if (row.problem() != null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Thumbnail.of(decoder.decode(files.read(row))));
    } catch (IOException | ImageException e) {
      LOG.debug("No picture of {}", row.id(), e);
      return Optional.empty();
    }
  }
}
