package io.superneurons.jobs.select.rows;

import io.superneurons.activation.Split;
import io.superneurons.jobs.files.Digests;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Deals images into probe, validation and test by a hash of their names. So all rows of an image,
 * whatever their tasks, are in one set, and further images leave the others where they are.
 *
 * @param shares of probe, validation and test; they need not add up to a hundred
 * @param seed of the hash: another seed deals the images differently
 */
public record ImageSplit(int[] shares, long seed) implements Serializable {
  public ImageSplit {
    if (shares.length != Split.NAMES.size()
        || Arrays.stream(shares).anyMatch(share -> share < 0 || share > 1_000_000)
        || shares[0] == 0) {
      throw new IllegalArgumentException(
          "shares of probe, validation and test are needed, such as 60/20/20; probe cannot be 0");
    }
  }

  /** Parses {@code 60/20/20}. */
  public static ImageSplit of(String text, long seed) {
    int[] shares = Arrays.stream(text.split("/", -1)).mapToInt(Integer::parseInt).toArray();
    return new ImageSplit(shares, seed);
  }

  /** The set of an image. */
  public int set(String image) {
    long total = Arrays.stream(shares).sum();
    long place = Integer.toUnsignedLong(hash(image)) * total >>> Integer.SIZE;
    int set = 0;
    while (place >= shares[set]) {
      place -= shares[set++];
    }
    return set;
  }

  /** The first four bytes of SHA-256 of seed and name. */
  private int hash(String image) {
    byte[] digest = Digests.sha256().digest((seed + ":" + image).getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).getInt();
  }
}
