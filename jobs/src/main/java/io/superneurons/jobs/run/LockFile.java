package io.superneurons.jobs.run;

import static org.apache.hadoop.fs.Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * A small file that only one of several processes can create. Local disks and HDFS ensure that
 * themselves, S3 by a conditional PUT ({@code If-None-Match: *}), where the store supports it.
 */
public final class LockFile {
  /** File systems that put one file in the place of another in a single step. */
  private static final Set<String> RENAMING = Set.of("hdfs", "viewfs");

  private final FileSystem files;
  private final Path path;

  public LockFile(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  /**
   * Creates the file with its text.
   *
   * @return false if there is one already
   */
  public boolean create(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (isLocal()) {
      return createLocally(bytes);
    }
    try (OutputStream out = exclusive()) {
      out.write(bytes);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      // A store that looks for another file only on close fails with an exception of its own.
      if (read().filter(other -> !other.equals(text)).isPresent()) {
        return false;
      }
      throw e;
    }
    return true;
  }

  private OutputStream exclusive() throws IOException {
    if (files.hasPathCapability(path, FS_OPTION_CREATE_CONDITIONAL_OVERWRITE)) {
      FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path);
      builder.overwrite(true);
      builder.must(FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
      return builder.build();
    }
    return files.create(path, false);
  }

  private boolean createLocally(byte[] bytes) throws IOException {
    try {
      Files.write(local(path), bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return true;
    } catch (java.nio.file.FileAlreadyExistsException e) {
      return false;
    }
  }

  /**
   * Replaces the text. A reader finds either the old text or the new one, on local disks and HDFS
   * by a rename, on object stores since a file appears when it is whole. Elsewhere it may find no
   * file, or part of one, for a moment.
   */
  public void replace(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Path next = path.suffix(".next");
    if (isLocal()) {
      replaceLocally(local(next), bytes);
    } else if (RENAMING.contains(path.toUri().getScheme())) {
      write(next, bytes);
      FileContext.getFileContext(path.toUri(), files.getConf())
          .rename(next, path, Options.Rename.OVERWRITE);
    } else {
      write(path, bytes);
    }
  }

  /** On a full disk there is nothing new, and nothing left over. */
  private void replaceLocally(java.nio.file.Path next, byte[] bytes) throws IOException {
    try {
      Files.write(next, bytes);
      Files.move(next, local(path), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private void write(Path to, byte[] bytes) throws IOException {
    try (OutputStream out = files.create(to, true)) {
      out.write(bytes);
    }
  }

  /** The text; empty if there is no file. */
  public Optional<String> read() throws IOException {
    try (InputStream in = files.open(path)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** When it was last written. */
  Instant written() throws IOException {
    return Instant.ofEpochMilli(files.getFileStatus(path).getModificationTime());
  }

  public void delete() throws IOException {
    files.delete(path, false);
  }

  /** A local file is not made through Hadoop, which looks for it and creates it in two steps. */
  private boolean isLocal() {
    return "file".equals(path.toUri().getScheme());
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
