package io.superneurons.jobs.source;

import io.superneurons.jobs.files.FilesBelow;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.files.SideBySide;
import io.superneurons.jobs.input.FolderNames;
import io.superneurons.jobs.input.ImageFolder;
import io.superneurons.jobs.input.InputPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The folders of classes below the folders of images that an input names, where folders are labels.
 */
public final class ClassFolders {
  private static final int THREADS = 16;

  private ClassFolders() {}

  /**
   * Those without an image, by their paths below the folder that the input names.
   *
   * @param input in its order
   */
  public static List<String> empty(Configuration conf, List<InputPart> input) throws IOException {
    List<Callable<Optional<String>>> looks = new ArrayList<>();
    for (ImageFolder folder : folders(input)) {
      Path top = new Path(folder.path());
      for (Path found : classes(PathNames.fileSystem(conf, top), top)) {
        String name = found.toString().substring(top.toString().length() + 1);
        looks.add(() -> ImageFolder.whole(found).isEmpty(conf) ? Optional.of(name) : none());
      }
    }
    return SideBySide.call(looks, THREADS).stream().flatMap(Optional::stream).toList();
  }

  /** The parts that are whole folders of images. */
  private static List<ImageFolder> folders(List<InputPart> input) {
    return input.stream()
        .filter(ImageFolder.class::isInstance)
        .map(ImageFolder.class::cast)
        .filter(folder -> folder.reach() == ImageFolder.Reach.ALL)
        .toList();
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  /** The folders in a folder, and those in the ones of them that are splits'. */
  private static List<Path> classes(FileSystem files, Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    RemoteIterator<? extends FileStatus> children = FilesBelow.children(files, folder);
    while (children.hasNext()) {
      FileStatus child = children.next();
      String name = child.getPath().getName();
      if (!child.isDirectory() || name.startsWith(".") || name.startsWith("_")) {
        continue;
      }
      if (FolderNames.isSplit(name)) {
        found.addAll(classes(files, child.getPath()));
      } else {
        found.add(child.getPath());
      }
    }
    return found;
  }
}
