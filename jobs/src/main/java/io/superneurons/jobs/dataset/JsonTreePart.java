package io.superneurons.jobs.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.jobs.input.BadRowException;
import io.superneurons.jobs.input.EmbeddedReader;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.JsonRecord;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.PartRows;
import io.superneurons.jobs.input.RowParser;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is one JSON value, read from its start by one Spark task.
 *
 * @param path with its file system
 * @param bytes its length
 * @param format whose file it is
 * @param answers the file of answers beside it, with its file system; null where there is none
 */
record JsonTreePart(String path, long bytes, DatasetFormat format, String answers)
    implements InputPart {
  private static final Logger LOG = LoggerFactory.getLogger(JsonTreePart.class);

  @Override
  public long start() {
    return 0;
  }

  @Override
  public String unit() {
    return "question";
  }

  @Override
  public PartRows rows(Configuration conf, RowParser parser, long most) throws IOException {
    Answers beside = answers == null ? Answers.none() : Answers.read(conf, answers);
    return new Rows(JsonTree.open(conf, path, format.set().layout()), beside, parser, most);
  }

  @Override
  public EmbeddedReader embedded(Configuration conf, RowParser parser) {
    throw new IllegalStateException(path + " holds no images");
  }

  private final class Rows implements PartRows {
    private final JsonTree tree;
    private final Answers beside;
    private final RowParser parser;
    private long left;
    private long withoutImage;

    Rows(JsonTree tree, Answers beside, RowParser parser, long most) {
      this.tree = tree;
      this.beside = beside;
      this.parser = parser;
      this.left = most;
    }

    @Override
    public ManifestRow next() throws IOException {
      while (left > 0) {
        ObjectNode question = tree.next();
        if (question == null) {
          sayWhatIsLeftOut();
          return null;
        }
        JsonRecord record = new JsonRecord(beside.added(question));
        if (hasImage(record)) {
          left--;
          return parser.parse(record, path);
        }
        withoutImage++;
      }
      return null;
    }

    private boolean hasImage(JsonRecord record) {
      try {
        return format.set().hasImage(new PublishedRecord(record));
      } catch (BadRowException e) {
        return true; // its row says what is wrong with it
      }
    }

    private void sayWhatIsLeftOut() {
      if (withoutImage > 0) {
        LOG.warn(
            "{} of {} questions of {} have no image and are left out",
            String.format(Locale.ROOT, "%,d", withoutImage),
            String.format(Locale.ROOT, "%,d", tree.number()),
            path);
        withoutImage = 0;
      }
    }

    @Override
    public long number() {
      return tree.number();
    }

    @Override
    public long at() {
      return 0;
    }

    @Override
    public void close() throws IOException {
      tree.close();
    }
  }
}
