package io.superneurons.jobs;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.FormatException;
import io.superneurons.neuron.SuperNeurons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What select wrote, for the commands that read it. */
public final class SelectionFolder {
  private final SparkSession spark;
  private final String folder;
  private final SuperNeurons superNeurons;

  private SelectionFolder(SparkSession spark, String folder, SuperNeurons superNeurons) {
    this.spark = spark;
    this.folder = folder;
    this.superNeurons = superNeurons;
  }

  /** The tables of the folder. */
  public enum Table {
    SCORES("scores"),
    EVALUATIONS("evaluations"),
    CURVES("curves"),
    TRANSFER("transfer"),
    SHARED_NEURONS("shared_neurons");

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
  public static SelectionFolder open(SparkSession spark, String folder) {
    TextFile file = TextFile.inFolderOrItself(hadoop(spark), folder, SuperNeurons.FILE_NAME);
    try {
      return new SelectionFolder(spark, folder, SuperNeurons.fromJson(file.text(), file.path()));
    } catch (FormatException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  /** The file of that name. */
  public SuperNeurons superNeurons() {
    return superNeurons;
  }

  /**
   * One of the tables.
   *
   * @throws ConfigurationException if it is not there
   */
  public Dataset<Row> table(Table table) {
    return parquet(spark, new Path(folder, table.label()).toString());
  }

  /** One of the tables, which folders of earlier versions may not have. */
  public Optional<Dataset<Row>> tableIfThere(Table table) {
    Path path = new Path(folder, table.label());
    try {
      return path.getFileSystem(hadoop(spark)).exists(path)
          ? Optional.of(table(table))
          : Optional.empty();
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
    ActivationsMetadata metadata = metadata(spark, activations);
    if (!metadata.model().fingerprint().equals(superNeurons.model().fingerprint())) {
      throw new ConfigurationException(
          "The activations in %s are of model %s (%s), the Super Neurons in %s of %s (%s)"
              .formatted(
                  activations,
                  metadata.model().name(),
                  metadata.model().fingerprint(),
                  folder,
                  superNeurons.model().name(),
                  superNeurons.model().fingerprint()));
    }
    return metadata;
  }

  /**
   * What {@code extract} wrote beside activations.
   *
   * @throws ConfigurationException if it cannot be read
   */
  public static ActivationsMetadata metadata(SparkSession spark, String activations) {
    TextFile file =
        TextFile.inFolderOrItself(hadoop(spark), activations, ActivationsMetadata.FILE_NAME);
    try {
      return ActivationsMetadata.fromJson(file.text(), file.path());
    } catch (FormatException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  /**
   * A folder of Parquet files.
   *
   * @throws ConfigurationException if there are none
   */
  public static Dataset<Row> parquet(SparkSession spark, String folder) {
    try {
      return spark.read().parquet(folder);
    } catch (Exception e) {
      // Spark throws it without declaring it.
      if (e instanceof AnalysisException) {
        throw new ConfigurationException(folder + " has no Parquet files to read", e);
      }
      throw e;
    }
  }

  private static Configuration hadoop(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }
}
