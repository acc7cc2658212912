package io.superneurons.jobs.shard;

import io.superneurons.jobs.input.BadRowException;
import io.superneurons.jobs.input.InputFormat;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.hadoop.conf.Configuration;

/**
 * The samples of a tar, one after another: members that follow each other under one key. One sample
 * is held at a time. A tar behind the end of another, as {@code cat} puts them together, is read
 * on.
 */
final class Samples implements Closeable {
  /** Of a header, and what everything is filled up to. */
  static final int BLOCK = 512;

  /** Members that say something of the image beside them. */
  private static final Set<String> TEXTS = Set.of("json", "txt", "cls");

  private static final long MOST_TEXT_BYTES = 16L << 20;
  private static final long MOST_IMAGE_BYTES = 512L << 20;

  private final String path;
  private final ShardStream bytes;
  private TarArchiveInputStream tar;

  /** The first member of the next sample, of which nothing but the header was read. */
  private Header ahead;

  private boolean ended;

  /** Where the next header is expected. */
  private long end;

  Samples(Configuration conf, String path) throws IOException {
    this.path = path;
    this.bytes = ShardStream.open(conf, path);
    this.tar = open(bytes);
  }

  /** Whose last block ends with it, and not with ten or twenty others. */
  private static TarArchiveInputStream open(ShardStream bytes) {
    return new TarArchiveInputStream(bytes, BLOCK, BLOCK, "UTF-8");
  }

  /** The header of a member, and where it is. */
  private record Header(TarArchiveEntry entry, MemberName name, long at) {
    /** Why its content cannot be read here; empty if it can. */
    Optional<String> problem() {
      if (entry.isLink() || entry.isSymbolicLink()) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "is a link to %s, and links in a tar are not followed; write the tar with files in"
                    + " their place (tar --dereference --hard-dereference)",
                entry.getLinkName()));
      }
      if (entry.isSparse()) {
        return Optional.of("is stored as a sparse file; write the tar without --sparse");
      }
      return entry.getSize() <= (isText() ? MOST_TEXT_BYTES : MOST_IMAGE_BYTES)
          ? Optional.empty()
          : Optional.of("is too large for " + (isText() ? "a text" : "an image"));
    }

    boolean isText() {
      return TEXTS.contains(name.extension());
    }

    boolean isImage() {
      return InputFormat.ofName("." + name.extension())
          .filter(f -> f == InputFormat.IMAGES)
          .isPresent();
    }
  }

  /**
   * A member of a sample.
   *
   * @param at where its header is among the bytes of the tar
   * @param content null where it cannot be read
   * @param problem why it cannot; null where it can
   */
  record Member(
      MemberName named, String name, boolean isImage, long at, byte[] content, String problem) {
    String key() {
      return named.key();
    }

    String extension() {
      return named.extension();
    }

    /**
     * The content.
     *
     * @throws BadRowException if it cannot be read, saying why
     */
    byte[] required() throws BadRowException {
      if (content == null) {
        throw BadRowException.badRow("Member " + name + " " + problem);
      }
      return content;
    }
  }

  /** What a broken tar ends with. */
  static final class BrokenException extends IOException {
    private static final long serialVersionUID = 1;

    BrokenException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The members of the next sample, those without meaning here left out.
   *
   * @return empty after the last
   * @throws BrokenException once where the tar is cut off or damaged; what was read of a sample
   *     that it may have cut is not given, since what is missing of it cannot be told
   * @throws IOException if the store fails
   */
  List<Member> next() throws IOException {
    List<Member> sample = new ArrayList<>();
    String key = null;
    if (ended) {
      return sample;
    }
    try {
      Header header = ahead == null ? first() : ahead;
      ahead = null;
      key = header == null ? null : header.name.key();
      ended = header == null;
      while (header != null && header.name.key().equals(key)) {
        sample.add(member(header));
        header = header();
      }
      ahead = header;
      return sample;
    } catch (IOException | IllegalArgumentException e) {
      if (bytes.storeFailed()) {
        throw e;
      }
      ended = true;
      String before = key == null ? "" : String.format(Locale.ROOT, " in or after sample %s", key);
      throw new BrokenException(
          String.format(
              Locale.ROOT,
              "%s is cut off or broken%s, at byte %,d: %s; fetch it again",
              path,
              before,
              bytes.place(),
              e.getMessage()),
          e);
    }
  }

  /** The header of the first member of the next sample, in this tar or the next; null after all. */
  private Header first() throws IOException {
    Header header = header();
    while (header == null && nextTar()) {
      header = header();
    }
    return header;
  }

  /** The header of the next member that says something; null after the last of a tar. */
  private Header header() throws IOException {
    while (true) {
      TarArchiveEntry entry = tar.getNextEntry();
      if (entry == null) {
        requireEnd();
        return null;
      }
      end =
          entry.isSparse() // whose size may be counted from before this place
              ? bytes.place()
              : bytes.place() + (entry.getSize() + BLOCK - 1) / BLOCK * BLOCK;
      Optional<MemberName> name = MemberName.of(entry.getName());
      if (entry.isFile() && name.isPresent()) {
        Header header = new Header(entry, name.get(), bytes.place() - BLOCK);
        if (header.isText() || header.isImage()) {
          return header;
        }
      }
    }
  }

  private Member member(Header header) throws IOException {
    String name = header.entry.getName();
    Optional<String> problem = header.problem();
    byte[] content = null;
    if (problem.isEmpty()) {
      int size = Math.toIntExact(header.entry.getSize());
      content = tar.readNBytes(size);
      if (content.length < size) {
        throw new IOException("member " + name + " has no end");
      }
    }
    return new Member(
        header.name, name, header.isImage(), header.at, content, problem.orElse(null));
  }

  /** A tar ends with blocks of zeros; one that was cut between two members does not. */
  private void requireEnd() throws IOException {
    if (bytes.place() < end + BLOCK) {
      throw new IOException("the blocks of zeros that end a tar are missing");
    }
  }

  /** Opens the tar behind the zeros that end one; false where there is none. */
  private boolean nextTar() throws IOException {
    byte[] block;
    do {
      bytes.mark(BLOCK);
      block = bytes.readNBytes(BLOCK);
    } while (block.length == BLOCK && isZero(block));
    if (isZero(block)) {
      return false;
    }
    if (block.length < BLOCK || !TarUtils.verifyCheckSum(block)) {
      throw new IOException("behind the end of the tar are bytes that are no tar");
    }
    bytes.reset();
    tar = open(bytes);
    return true;
  }

  private static boolean isZero(byte[] block) {
    return Arrays.equals(block, new byte[block.length]);
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
