package io.superneurons.jobs.input;

import io.superneurons.jobs.files.FilesBelow;
import io.superneurons.jobs.files.FilesSideBySide;
import io.superneurons.jobs.files.PathNames;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Images that no manifest names. They are listed by Spark tasks, file by file, and once: whatever
 * is added while a job runs is for the next one.
 *
 * @param path of a folder, or of one image, with its file system
 * @param reach which files are meant
 * @param pattern of their names; null for all images by their extension
 */
public record ImageFolder(String path, Reach reach, String pattern) implements InputPart {
  private static final Comparator<FileStatus> BY_PATH =
      Comparator.comparing(file -> file.getPath().toString());

  /** How far below the path images are taken. */
  public enum Reach {
    FILE,
    CHILDREN,
    ALL
  }

  /** One image. */
  public static ImageFolder file(Path path) {
    return new ImageFolder(path.toString(), Reach.FILE, null);
  }

  /** The images in a folder whose names match. */
  public static ImageFolder matching(Path path, String pattern) {
    return new ImageFolder(path.toString(), Reach.CHILDREN, pattern);
  }

  /** The images in a folder and in those below it. */
  public static ImageFolder whole(Path path) {
    return new ImageFolder(path.toString(), Reach.ALL, null);
  }

  @Override
  public long start() {
    return 0;
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public String unit() {
    return "image";
  }

  @Override
  public EmbeddedReader embedded(Configuration conf, RowParser parser) {
    throw new IllegalStateException("Images of a folder are not embedded");
  }

  /** The folder that classes are in: the one that the input names, or that above a pattern. */
  private String root() {
    return switch (reach) {
      case FILE -> above(above(path));
      case CHILDREN -> above(path);
      case ALL -> path;
    };
  }

  private static String above(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** A row for each image; those that come first by their paths, where only some are wanted. */
  @Override
  public PartRows rows(Configuration conf, RowParser parser, long most) throws IOException {
    RemoteIterator<? extends FileStatus> files = list(conf);
    return new Rows(parser, most == Long.MAX_VALUE ? files : first(files, most));
  }

  private RemoteIterator<? extends FileStatus> list(Configuration conf) throws IOException {
    Path from = new Path(path);
    FileSystem files = PathNames.fileSystem(conf, from);
    return switch (reach) {
      case FILE -> files.listStatusIterator(from);
      case CHILDREN -> FilesBelow.children(files, from);
      case ALL ->
          FilesBelow.isLocal(files)
              ? FilesBelow.list(files, from)
              : FilesSideBySide.list(files, from);
    };
  }

  /** How many images it has; it is listed no further than to so many. */
  public int count(Configuration conf, int most) throws IOException {
    Path from = new Path(path);
    RemoteIterator<? extends FileStatus> files =
        FilesBelow.list(PathNames.fileSystem(conf, from), from);
    GlobFilter names = names();
    int count = 0;
    while (count < most && files.hasNext()) {
      count += isMeant(files.next(), names) ? 1 : 0;
    }
    return count;
  }

  private RemoteIterator<FileStatus> first(RemoteIterator<? extends FileStatus> files, long most)
      throws IOException {
    PriorityQueue<FileStatus> least = new PriorityQueue<>(BY_PATH.reversed());
    GlobFilter names = names();
    while (files.hasNext()) {
      FileStatus file = files.next();
      if (isMeant(file, names)) {
        least.add(file);
        if (least.size() > most) {
          least.remove();
        }
      }
    }
    List<FileStatus> sorted = new ArrayList<>(least);
    sorted.sort(BY_PATH);
    Iterator<FileStatus> all = sorted.iterator();
    return new RemoteIterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public FileStatus next() {
        return all.next();
      }
    };
  }

  private GlobFilter names() throws IOException {
    return pattern == null ? null : new GlobFilter(pattern);
  }

  private boolean isMeant(FileStatus status, GlobFilter names) {
    Path file = status.getPath();
    boolean isImage =
        InputFormat.ofName(file.getName()).filter(f -> f == InputFormat.IMAGES).isPresent();
    return !status.isDirectory()
        && switch (reach) {
          case FILE -> true;
          case CHILDREN -> isImage && isVisible(file) && (names == null || names.accept(file));
          case ALL -> isImage && isVisible(file);
        };
  }

  /** Names that begin with a dot or an underscore are hidden, and what is in such folders. */
  private boolean isVisible(Path file) {
    String below = "/" + file.toString().substring(path.length());
    return !below.contains("/.") && !below.contains("/_");
  }

  private final class Rows implements PartRows {
    private final RowParser parser;
    private final RemoteIterator<? extends FileStatus> files;
    private final GlobFilter names;
    private long number;

    Rows(RowParser parser, RemoteIterator<? extends FileStatus> files) throws IOException {
      this.parser = parser;
      this.files = files;
      this.names = names();
    }

    @Override
    public ManifestRow next() throws IOException {
      while (files.hasNext()) {
        FileStatus file = files.next();
        if (isMeant(file, names)) {
          number++;
          String location = file.getPath().toString();
          return file instanceof FilesBelow.Unnameable
              ? RowParser.unnameable(location)
              : parser.ofFile(location, root());
        }
      }
      return null;
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public long at() {
      return 0;
    }

    @Override
    public void close() throws IOException {
      if (files instanceof Closeable listing) {
        listing.close();
      }
    }
  }
}
