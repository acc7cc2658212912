package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.EmbeddedReader;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.PartRows;
import io.superneurons.jobs.input.RowParser;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * A part of a published file: read as files of its kind are, its records taken as the set means
 * them.
 *
 * @param file the part
 * @param shape what its records are rows of
 */
record DatasetPart(InputPart file, SetShape shape) implements InputPart {
  @Override
  public String path() {
    return file.path();
  }

  @Override
  public long start() {
    return file.start();
  }

  @Override
  public long bytes() {
    return file.bytes();
  }

  @Override
  public String unit() {
    return file.unit();
  }

  @Override
  public Set<String> columns(Configuration conf) throws IOException {
    return file.columns(conf);
  }

  @Override
  public PartRows rows(Configuration conf, RowParser parser, long most) throws IOException {
    if (!shape.format().set().refersToRecords()) {
      return file.rows(conf, parser.shaped(shape), most);
    }
    ImageReferences references = new ImageReferences(shape);
    return references.followed(file.rows(conf, parser.shaped(references), most));
  }

  @Override
  public EmbeddedReader embedded(Configuration conf, RowParser parser) throws IOException {
    return file.embedded(conf, parser.shaped(shape));
  }
}
