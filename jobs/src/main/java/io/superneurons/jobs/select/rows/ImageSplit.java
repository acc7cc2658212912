package io.superneurons.jobs.select.rows;

import io.superneurons.activation.Split;
import io.superneurons.jobs.files.Digests;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Deals images into probe, validation and test by a hash of their names. So all rows of an image,
 * whatever their tasks, are in one set, and further images leave the others where they are.
 *
 * @param shares of probe, validation and test; they need not add up to a hundred
 * @param seed of the hash: another seed deals the images differently
 */
public record ImageSplit(List<Integer> shares, long seed) implements Serializable {
  public ImageSplit {
    shares = List.copyOf(shares);
    if (shares.size() != Split.NAMES.size()
        || shares.stream().anyMatch(share -> share < 0 || share > 1_000_000)
        || shares.get(0) == 0) {
      throw new IllegalArgumentException(
          "shares of probe, validation and test are needed, such as 60/20/20; probe cannot be 0");
    }
  }

  /** Parses {@code 60/20/20}. */
  public static ImageSplit of(String text, long seed) {
    return new ImageSplit(Arrays.stream(text.split("/", -1)).map(Integer::valueOf).toList(), seed);
  }

  /** As {@link #of} parses it. */
  public String text() {
    return shares.stream().map(share -> Integer.toString(share)).collect(Collectors.joining("/"));
  }

  /** The set of an image. */
  public int set(String image) {
    long total = shares.stream().mapToLong(Integer::longValue).sum();
    long place = Integer.toUnsignedLong(hash(image)) * total >>> Integer.SIZE;
    int set = 0;
    while (place >= shares.get(set)) {
      place -= shares.get(set++);
    }
    return set;
  }

  /** The first four bytes of SHA-256 of seed and name. */
  private int hash(String image) {
    byte[] digest = Digests.sha256().digest((seed + ":" + image).getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).getInt();
  }
}
