package io.superneurons.jobs.label;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.HelpGroup;
import io.superneurons.jobs.model.CheckpointOptions;
import io.superneurons.jobs.run.RunOptions;
import io.superneurons.jobs.source.InputOptions;
import io.superneurons.jobs.source.InputTables;
import io.superneurons.model.weights.Computation;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.TowerType;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of label; what one of them asks for is checked when it is asked for. */
@HelpGroup(value = SelectionOption.HEADING, example = SelectionOption.EXAMPLE)
public final class LabelOptions {
  @Mixin private RunOptions run;
  @Mixin private InputOptions input;
  @Mixin private CheckpointOptions model;
  @Mixin private SelectionOption superNeurons;
  @Mixin private IncrementalOptions incremental;
  @Mixin private DriftOptions drift;
  @Mixin private CascadeOptions cascade;

  @Option(
      names = "--run-folder",
      paramLabel = "DIR",
      description =
          "With --output table:CATALOG.DB.NAME the folder of the run, which keeps its predictions"
              + " too: the table gets those that it does not have when the run ends.")
  private String runFolder;

  @Option(
      names = "--tasks",
      paramLabel = "TASK",
      split = ",",
      description = "Label only rows of these tasks; others are skipped. Default: all tasks.")
  private List<String> tasks = List.of();

  @Option(
      names = "--dtype",
      paramLabel = "auto|float32|bfloat16|float16",
      defaultValue = "auto",
      description =
          "What the model computes in; auto is what the Super Neurons were chosen in. Default:"
              + " ${DEFAULT-VALUE}.")
  private ComputeType dtype;

  @Option(
      names = "--tower-dtype",
      paramLabel = "auto|int8",
      defaultValue = "auto",
      description =
          "What the products of the vision tower's layers are computed in; auto is what the Super"
              + " Neurons were chosen in, and they are right in nothing else. Default:"
              + " ${DEFAULT-VALUE}.")
  private TowerType towerDType;

  @Option(
      names = "--explain",
      description = "Add a column with the vote of each neuron of the level that decided the row.")
  private boolean explain;

  RunOptions run() {
    return run;
  }

  /** The table that predictions are added to; empty where there is none. */
  Optional<String> table() {
    String output = run.output();
    return output.startsWith(InputTables.TABLE)
        ? Optional.of(output.substring(InputTables.TABLE.length()))
        : Optional.empty();
  }

  /**
   * The folder of the run.
   *
   * @throws ConfigurationException if a table was given and no folder, or both a folder and another
   */
  String folder() {
    if (table().isEmpty() == (runFolder != null)) {
      throw new ConfigurationException(
          runFolder == null
              ? "--output "
                  + run.output()
                  + " needs --run-folder DIR: what is done is kept there, so that no row is added"
                  + " twice"
              : "--run-folder is for --output table:NAME; a folder is its own");
    }
    return runFolder == null ? run.output() : runFolder;
  }

  IncrementalOptions incremental() {
    return incremental;
  }

  DriftOptions drift() {
    return drift;
  }

  CheckpointOptions model() {
    return model;
  }

  SelectionOption superNeurons() {
    return superNeurons;
  }

  InputOptions input() {
    return input;
  }

  CascadeOptions cascade() {
    return cascade;
  }

  PredictionColumns columns(CascadeSettings settings) {
    return new PredictionColumns(settings.mayAsk(), explain);
  }

  List<String> tasks() {
    return tasks.stream().map(String::strip).toList();
  }

  /**
   * What was asked for; by default what the activations were computed in which rules were fitted
   * on.
   *
   * @throws ConfigurationException if neurons were chosen on activations of another tower
   */
  Computation computation(SuperNeurons chosen) {
    return NeuronsOfModel.computation(chosen.computeDType(), new Computation(dtype, towerDType));
  }
}
