package io.superneurons.jobs.source;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.files.FilesBelow;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.files.SideBySide;
import io.superneurons.jobs.input.FolderNames;
import io.superneurons.jobs.input.ImageFolder;
import io.superneurons.jobs.input.InputPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The folders of classes below the folders of images that an input names, where folders are labels.
 *
 * @param empty those without an image
 * @param hidden those with images whose names begin with {@code _} or {@code .}, so that they are
 *     passed over
 */
public record ClassFolders(List<Folder> empty, List<Folder> hidden) {
  /** So many images of a hidden folder are counted; the folder may be anything. */
  static final int MOST = 10_000;

  private static final int THREADS = 16;

  /**
   * One of them.
   *
   * @param name its path below the folder that the input names
   * @param images in it, {@link #MOST} at most
   */
  public record Folder(String name, int images) {
    /** Its name, and how many images it has. */
    public String counted() {
      return String.format(
          Locale.ROOT,
          "%s (%s%s)",
          name,
          Plural.text(images, "image"),
          images == MOST ? " or more" : "");
    }

    /** Whether its name keeps its images out. */
    private boolean isHidden() {
      return PathNames.isHidden(name.substring(name.lastIndexOf('/') + 1));
    }
  }

  /**
   * Looks for them.
   *
   * @param input in its order
   */
  public static ClassFolders of(Configuration conf, List<InputPart> input) throws IOException {
    List<Callable<Folder>> looks = new ArrayList<>();
    for (ImageFolder folder : folders(input)) {
      Path top = new Path(folder.path());
      for (Path found : classes(PathNames.fileSystem(conf, top), top)) {
        String name = found.toString().substring(top.toString().length() + 1);
        int most = PathNames.isHidden(found.getName()) ? MOST : 1;
        looks.add(() -> new Folder(name, images(conf, found, most)));
      }
    }
    List<Folder> all = SideBySide.call(looks, THREADS);
    return new ClassFolders(
        all.stream().filter(folder -> !folder.isHidden() && folder.images() == 0).toList(),
        all.stream().filter(folder -> folder.isHidden() && folder.images() > 0).toList());
  }

  private static int images(Configuration conf, Path folder, int most) throws IOException {
    try {
      return ImageFolder.whole(folder).count(conf, most);
    } catch (IOException e) {
      if (PathNames.isHidden(folder.getName())) {
        return 0; // nobody asked for it, and it may be anyone's
      }
      throw e;
    }
  }

  /** The parts that are whole folders of images. */
  private static List<ImageFolder> folders(List<InputPart> input) {
    return input.stream()
        .filter(ImageFolder.class::isInstance)
        .map(ImageFolder.class::cast)
        .filter(folder -> folder.reach() == ImageFolder.Reach.ALL)
        .toList();
  }

  /** The folders in a folder, and those in the ones of them that are splits'. */
  private static List<Path> classes(FileSystem files, Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    RemoteIterator<? extends FileStatus> children = FilesBelow.children(files, folder);
    while (children.hasNext()) {
      FileStatus child = children.next();
      if (!child.isDirectory()) {
        continue;
      }
      if (FolderNames.isSplit(child.getPath().getName())) {
        found.addAll(classes(files, child.getPath()));
      } else {
        found.add(child.getPath());
      }
    }
    return found;
  }
}
