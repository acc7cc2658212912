package io.superneurons.jobs.shard;

import io.superneurons.jobs.input.BadRowException;
import io.superneurons.jobs.input.EmbeddedReader;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.PartRows;
import io.superneurons.jobs.input.RowParser;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A tar of images with their labels beside them. It is read as a stream; a sample is a row, and
 * what a tar that is cut off ends with an error row.
 *
 * @param path with its file system
 * @param bytes its length
 * @param table of img2dataset beside it, with its file system; null where there is none
 */
public record TarPart(String path, long bytes, String table) implements InputPart {
  @Override
  public long start() {
    return 0;
  }

  @Override
  public String unit() {
    return "sample";
  }

  @Override
  public PartRows rows(Configuration conf, RowParser parser, long most) throws IOException {
    return new Rows(conf, parser, most);
  }

  @Override
  public EmbeddedReader embedded(Configuration conf, RowParser parser) {
    return new TarImages(conf, path);
  }

  private final class Rows implements PartRows {
    private final RowParser parser;
    private final KeyTable beside;
    private final Samples samples;
    private long left;
    private long number;
    private long at;

    Rows(Configuration conf, RowParser parser, long most) throws IOException {
      this.parser = parser;
      this.left = most;
      this.beside = table == null ? KeyTable.empty() : KeyTable.read(conf, table, parser.columns());
      this.samples = new Samples(conf, path);
    }

    @Override
    public ManifestRow next() throws IOException {
      if (left-- <= 0) {
        return null;
      }
      try {
        List<Samples.Member> members = samples.next();
        if (members.isEmpty()) {
          return null;
        }
        number++;
        return row(members);
      } catch (Samples.BrokenException e) {
        number++;
        return RowParser.unusable(path + ": broken", e.getMessage());
      }
    }

    private ManifestRow row(List<Samples.Member> members) {
      String key = members.get(0).key();
      try {
        Sample sample = Sample.of(path, members, beside.row(key));
        ManifestRow row = parser.parse(sample, path);
        at = sample.imageAt();
        return row;
      } catch (BadRowException e) {
        return RowParser.unusable(path + "/" + key, "Sample " + key + ": " + e.getMessage());
      }
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public long at() {
      return at;
    }

    @Override
    public void close() throws IOException {
      samples.close();
    }
  }
}
