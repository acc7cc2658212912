package io.superneurons.jobs.model;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.jobs.cli.Bytes;
import io.superneurons.jobs.files.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints of object stores and HDFS on a host's own disk, where libtorch can map them. All
 * processes of the host share it: one fetches, the others wait.
 *
 * <p>A checkpoint lies in {@code KEY/NAME}, its record in {@code KEY/files.json}; KEY stands for
 * the address and for the sizes and versions of the files there, so a changed checkpoint is another
 * one. The record is written last: without it, what is there is an attempt that broke off.
 */
final class ModelCache {
  private static final Logger LOG = LoggerFactory.getLogger(ModelCache.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORD = "files.json";
  private static final List<String> READ =
      List.of(".json", ".jinja", ".safetensors", ".txt", ".model");

  private final Path folder;
  private final CacheAccess access;

  private ModelCache(Path folder, CacheAccess access) {
    this.folder = folder;
    this.access = access;
  }

  /**
   * A checkpoint that is here.
   *
   * @param folder it lies in
   * @param files it holds, by name
   */
  record Fetched(Path folder, List<ModelFile> files) {}

  /** What the record says of a file: its content, and when it was last changed here. */
  private record Entry(String name, long bytes, String sha256, long modified) {
    ModelFile file() {
      return new ModelFile(name, bytes, sha256);
    }
  }

  /**
   * The cache in that folder of this host.
   *
   * @param folder empty for the default: below the home folder, or the temporary one where there is
   *     no home to write to
   */
  static ModelCache of(String folder) {
    if (!folder.isEmpty()) {
      return new ModelCache(Path.of(folder).toAbsolutePath(), CacheAccess.GROUP);
    }
    Path home = Path.of(System.getProperty("user.home"));
    return Files.isWritable(home)
        ? new ModelCache(home.resolve(".cache/superneurons/models"), CacheAccess.GROUP)
        : inTemporary(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Where others can write too, each user has a folder of their own. */
  static ModelCache inTemporary(Path temporary) {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    return new ModelCache(temporary.resolve("superneurons-models-" + user), CacheAccess.OWNER);
  }

  /**
   * The checkpoint at that address, fetched now unless it is here already and whole.
   *
   * @throws IOException if it holds no safetensors file, or cannot be read or stored, or if others
   *     could change what is here
   */
  Fetched fetch(FileSystem remote, String source) throws IOException {
    List<FileStatus> listed = list(remote, source);
    Path place = folder.resolve(key(source, listed));
    synchronized (ModelCache.class) {
      access.require(folder);
      CacheAccess.createPrivate(place);
      try (FileChannel lock =
          FileChannel.open(
              place.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        CacheAccess.requireOwn(place, place.resolve("lock"), access);
        lock.lock(); // Until the channel is closed; other processes of this host wait here.
        Path checkpoint = place.resolve(new org.apache.hadoop.fs.Path(source).getName());
        List<Entry> recorded = recorded(place);
        List<Entry> entries = whole(recorded, checkpoint);
        if (entries.isEmpty()) {
          entries = copyAll(remote, listed, checkpoint);
        }
        if (!entries.equals(recorded)) {
          record(entries, place);
        }
        return new Fetched(checkpoint, entries.stream().map(Entry::file).toList());
      }
    }
  }

  private static List<FileStatus> list(FileSystem remote, String source) throws IOException {
    List<FileStatus> files =
        Arrays.stream(remote.listStatus(new org.apache.hadoop.fs.Path(source)))
            .filter(FileStatus::isFile)
            .filter(file -> READ.stream().anyMatch(file.getPath().getName()::endsWith))
            .sorted(Comparator.comparing(file -> file.getPath().getName()))
            .toList();
    if (files.stream().noneMatch(file -> file.getPath().getName().endsWith(".safetensors"))) {
      throw new IOException(
          source + " holds no .safetensors file; convert other weights with save_pretrained");
    }
    return files;
  }

  private static String key(String source, List<FileStatus> files) {
    MessageDigest digest = Digests.sha256();
    digest.update(source.getBytes(StandardCharsets.UTF_8));
    for (FileStatus file : files) {
      String version = file instanceof EtagSource tagged ? tagged.getEtag() : "";
      String line =
          String.format(
              Locale.ROOT,
              "\n%s %d %d %s",
              file.getPath().getName(),
              file.getLen(),
              file.getModificationTime(),
              version);
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static List<Entry> recorded(Path place) throws IOException {
    Path record = place.resolve(RECORD);
    return Files.exists(record)
        ? JSON.readValue(Files.readAllBytes(record), new TypeReference<>() {})
        : List.of();
  }

  /**
   * Writes the record. It must be later than every file of which it tells by the clock of the file
   * system, which moves in steps of some milliseconds: a file that is changed within the step in
   * which it was fetched would look as if nobody had touched it.
   */
  private static void record(List<Entry> entries, Path place) throws IOException {
    long latest = entries.stream().mapToLong(Entry::modified).max().orElseThrow();
    Path part = place.resolve(RECORD + ".part");
    Files.write(part, JSON.writeValueAsBytes(entries));
    while (changed(part) == latest) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      Files.write(part, JSON.writeValueAsBytes(entries));
    }
    Files.move(part, place.resolve(RECORD), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * What the record says, if every file is as it says; else nothing. A file that was touched since
   * is read again and compared by its hash.
   */
  private static List<Entry> whole(List<Entry> recorded, Path checkpoint) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : recorded) {
      Path file = checkpoint.resolve(entry.name());
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) != entry.bytes()) {
        LOG.warn("{} is not as it was fetched; fetching the checkpoint again", file);
        return List.of();
      }
      if (changed(file) != entry.modified() && !hash(file).equals(entry.sha256())) {
        LOG.warn("{} was changed after it was fetched; fetching the checkpoint again", file);
        return List.of();
      }
      entries.add(new Entry(entry.name(), entry.bytes(), entry.sha256(), changed(file)));
    }
    return entries;
  }

  private static List<Entry> copyAll(FileSystem remote, List<FileStatus> files, Path checkpoint)
      throws IOException {
    long bytes = files.stream().mapToLong(FileStatus::getLen).sum();
    LOG.info("Fetching {} files, {}, to {}", files.size(), Bytes.text(bytes), checkpoint);
    Files.createDirectories(checkpoint);
    List<Entry> entries = new ArrayList<>();
    for (FileStatus file : files) {
      entries.add(copy(remote, file, checkpoint.resolve(file.getPath().getName())));
    }
    return entries;
  }

  private static Entry copy(FileSystem remote, FileStatus from, Path to) throws IOException {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    MessageDigest digest = Digests.sha256();
    try (InputStream in = new DigestInputStream(remote.open(from.getPath()), digest)) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
    }
    if (Files.size(part) != from.getLen()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s ended at byte %d of %d",
              from.getPath(),
              Files.size(part),
              from.getLen()));
    }
    Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
    String hash = HexFormat.of().formatHex(digest.digest());
    return new Entry(from.getPath().getName(), from.getLen(), hash, changed(to));
  }

  private static String hash(Path file) throws IOException {
    MessageDigest digest = Digests.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** When the file was last changed, in content or otherwise; unlike other times nobody sets it. */
  private static long changed(Path file) throws IOException {
    return ((FileTime) Files.getAttribute(file, "unix:ctime")).toMillis();
  }
}
