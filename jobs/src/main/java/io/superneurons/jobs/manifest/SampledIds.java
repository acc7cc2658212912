package io.superneurons.jobs.manifest;

import io.superneurons.jobs.files.Digests;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.TreeMap;

/**
 * How often ids repeat, counted of those with the least hashes: of all ids where there are no more
 * than {@link #MOST}, else of a sample, which is the same however rows are spread over files and
 * Spark tasks.
 */
final class SampledIds implements Serializable {
  private static final long serialVersionUID = 1;

  /** Distinct ids that are counted. Of a column that is no id many repeat. */
  static final int MOST = 4_096;

  private final TreeMap<Long, Integer> rows = new TreeMap<>(); // by the hash of their id

  /** Counts a row. */
  void add(String id) {
    add(hash(id), 1);
  }

  private void add(long hash, int more) {
    if (rows.size() == MOST && hash > rows.lastKey()) {
      return;
    }
    rows.merge(hash, more, Integer::sum);
    if (rows.size() > MOST) {
      rows.pollLastEntry();
    }
  }

  private static long hash(String id) {
    MessageDigest digest = Digests.sha256();
    return ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  /** The counts of both. */
  SampledIds plus(SampledIds other) {
    SampledIds both = new SampledIds();
    rows.forEach(both::add);
    other.rows.forEach(both::add);
    return both;
  }

  /** Rows whose id an earlier one has. */
  long repeated() {
    return rows.values().stream().mapToLong(count -> count - 1).sum();
  }
}
