package io.superneurons.jobs.input;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.files.PathNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** Options of the jobs that read image-question pairs. */
@HelpGroup(
    value = "Which images, and what is asked",
    example = "--input photos --question \"Is there a dog?\"")
public final class InputOptions {
  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "Manifests (JSON Lines, CSV, TSV or Parquet; image paths are relative to them), or images"
              + " without a manifest; files, folders and patterns such as 'photos/*.jpg', on any"
              + " file system that Hadoop knows.")
  private List<String> inputs;

  @Option(
      names = "--format",
      paramLabel = "auto|json|csv|tsv|parquet|images",
      defaultValue = "auto",
      description = "What the input is; auto goes by names, then by content.")
  private InputFormat format;

  @Option(
      names = "--columns",
      paramLabel = "FIELD=NAME",
      split = ",",
      description =
          "Columns of other names, such as image=file,question=prompt; fields: image, question, id,"
              + " task, split, label. FIELD= says that there is none.")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--question",
      paramLabel = "TEXT",
      description = "Question of rows that bring none, such as those of a folder of images.")
  private String question;

  @Option(
      names = "--image-roots",
      paramLabel = "DIR",
      split = ",",
      description =
          "Folders that a manifest's images may lie in, beside the manifest's own folder. Links"
              + " on local disks may not lead out of them.")
  private List<String> imageRoots = List.of();

  @Option(
      names = "--allow-schemes",
      paramLabel = "SCHEME",
      split = ",",
      description =
          "URI schemes, such as http or s3a, whose files a manifest may name wherever they lie:"
              + " any host, and with file any path.")
  private List<String> allowSchemes = List.of();

  List<String> inputs() {
    return inputs;
  }

  InputFormat format() {
    return format;
  }

  /** Null if none is given. */
  public String question() {
    return question == null || question.isBlank() ? null : question;
  }

  /** What makes rows of records. */
  public RowParser parser(Configuration conf) {
    TreeSet<String> schemes = new TreeSet<>();
    allowSchemes.forEach(
        scheme -> schemes.add(scheme.strip().replace("://", "").toLowerCase(Locale.ROOT)));
    List<String> roots = imageRoots.stream().map(root -> qualified(conf, root)).toList();
    return new RowParser(FieldColumns.of(columns), new ImagePaths(roots, schemes), question());
  }

  private static String qualified(Configuration conf, String root) {
    try {
      Path path = PathNames.path(root.strip());
      return path.getFileSystem(conf).makeQualified(path).toString();
    } catch (java.io.IOException | IllegalArgumentException e) {
      throw new ConfigurationException("--image-roots " + root + ": " + e.getMessage(), e);
    }
  }

  /** Refuses an output folder whose clearing would remove what is to be read. */
  public void requireApartFrom(OutputFolder output) {
    for (String input : inputs) {
      // a name may look like a pattern
      output.requireApartFrom(PathNames.path(input).toString());
      // the folder above the first part that is a pattern
      String fixed = input.replaceFirst("/[^/]*[*?\\[{].*", "/");
      if (fixed.equals(input)) {
        output.requireOutside(input);
      } else {
        output.requireApartFrom(fixed);
      }
    }
    imageRoots.forEach(root -> output.requireApartFrom(root.strip()));
  }

  /** For messages. */
  @Override
  public String toString() {
    return inputs.size() == 1
        ? inputs.get(0)
        : inputs.get(0) + " and " + (inputs.size() - 1) + " more";
  }
}
