package io.superneurons.jobs.results;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What select wrote, for the commands that read it. */
public final class SelectionFolder {
  private final Configuration conf;
  private final String folder;
  private final SuperNeurons superNeurons;

  private SelectionFolder(Configuration conf, String folder, SuperNeurons superNeurons) {
    this.conf = conf;
    this.folder = folder;
    this.superNeurons = superNeurons;
  }

  /** The tables of the folder. */
  public enum Table {
    SCORES(ScoredNeuron.SCHEMA.name()),
    EVALUATIONS(Evaluation.SCHEMA.name()),
    CURVES(CurvePoint.SCHEMA.name()),
    RELIABILITY(ReliabilityBin.SCHEMA.name()),
    COMPARISONS(Comparison.SCHEMA.name()),
    OTHER_ANSWERS(OtherAnswer.SCHEMA.name()),
    TRANSFER(Transfer.SCHEMA.name()),
    SHARED_NEURONS(SharedNeuron.SCHEMA.name()),
    ROWS(JudgedRow.SCHEMA.name());

    private final String label;

    Table(String label) {
      this.label = label;
    }

    /** The name of its folder. */
    public String label() {
      return label;
    }
  }

  /**
   * Opens the folder.
   *
   * @throws ConfigurationException if it is no folder that select wrote
   */
  public static SelectionFolder open(Configuration conf, String folder) {
    return new SelectionFolder(
        conf,
        folder,
        FolderFile.read(conf, folder, SuperNeurons.FILE_NAME, SuperNeurons::fromJson));
  }

  /** The file of that name. */
  public SuperNeurons superNeurons() {
    return superNeurons;
  }

  /** The folder of one of the tables. */
  public Path path(Table table) {
    return new Path(folder, table.label());
  }

  /** Whether a table is there; folders of earlier versions may lack one. */
  public boolean has(Table table) {
    Path path = path(table);
    try {
      return path.getFileSystem(conf).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  /**
   * What {@code extract} wrote beside the activations of these Super Neurons.
   *
   * @throws ConfigurationException if it cannot be read, or another model's activations are there
   */
  public ActivationsMetadata activations(String activations) {
    ActivationsMetadata metadata = ActivationsFolder.open(conf, activations).metadata();
    if (!metadata.model().fingerprint().equals(superNeurons.model().fingerprint())) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "The activations in %s are of model %s (%s), the Super Neurons in %s of %s (%s)",
              activations,
              metadata.model().name(),
              metadata.model().fingerprint(),
              folder,
              superNeurons.model().name(),
              superNeurons.model().fingerprint()));
    }
    return metadata;
  }
}
