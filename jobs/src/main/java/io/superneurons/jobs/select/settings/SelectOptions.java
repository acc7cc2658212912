package io.superneurons.jobs.select.settings;

import io.superneurons.jobs.cli.HelpGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of select as they are spelled; {@link SelectSettings} is what they mean. */
public final class SelectOptions {
  @HelpGroup(
      value = "Folders and tasks",
      example = "--activations activations --output selection --tasks cat")
  @Option(
      names = "--activations",
      required = true,
      split = ",",
      paramLabel = "DIR",
      description =
          "Folders that extract wrote: probe, validation and test rows. Of the same rows with"
              + " several --max-pixels or --max-tiles, the size of images is chosen too.")
  List<String> activations = new ArrayList<>();

  @Option(
      names = "--evaluate",
      paramLabel = "DIR=NAME",
      description =
          "Folder of another set to evaluate on, which chooses nothing. Repeatable. Where"
              + " --activations have several sizes of images, DIR,DIR=NAME has one of each.")
  List<String> evaluate = new ArrayList<>();

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "Output folder.")
  String output;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Labels in a table of their own (CSV, TSV, JSON Lines or Parquet: id or image, label, and"
              + " optionally task and split), for activations without them, or to correct theirs.")
  String labels;

  @Option(
      names = "--columns",
      paramLabel = "FIELD=NAME",
      split = ",",
      description = "Columns of other names in --labels FILE, such as image=file,label=class.")
  Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--tasks",
      split = ",",
      paramLabel = "TASK",
      description = "Tasks to select for. Default: all.")
  List<String> tasks = new ArrayList<>();

  @HelpGroup(value = "What may vote", example = "--pick greedy --top-k 15 --max-layer 3")
  @Option(
      names = "--rule",
      defaultValue = "auto",
      paramLabel = "auto|zero|midpoint|best-cut|nearest-mean|one-vs-rest",
      description =
          "Which value of a neuron is a vote for which label; auto: chosen on validation."
              + " Default: ${DEFAULT-VALUE}.")
  String rule;

  @Option(
      names = "--metric",
      defaultValue = "accuracy",
      paramLabel = "accuracy|balanced-accuracy|macro-f1|mcc|auc",
      description = "What ranks and chooses. Default: ${DEFAULT-VALUE}.")
  String metric;

  @Option(
      names = "--top-k",
      defaultValue = "auto",
      paramLabel = "N",
      description =
          "How many neurons vote, or auto: chosen on validation, up to 127."
              + " Default: ${DEFAULT-VALUE}.")
  String topK;

  @Option(
      names = "--pick",
      defaultValue = "top-k",
      paramLabel = "top-k|threshold|greedy|auto",
      description =
          "Which neurons vote: top-k, the best; threshold, all that score at least --threshold;"
              + " greedy, each for what it adds to the vote of those before it; or auto: top-k or"
              + " greedy, chosen on validation. Default: ${DEFAULT-VALUE}.")
  String pick;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description =
          "With --pick threshold: the least score, on the rows that rank, of a neuron that votes."
              + " At most 127 vote, or --top-k.")
  Double threshold;

  @Option(
      names = "--max-layer",
      paramLabel = "N|vN",
      description =
          "The deepest layer that neurons may come from: N of the decoder, vN of the vision tower,"
              + " whose layers come before. Default: the last one captured.")
  String maxLayer;

  @Option(
      names = "--sites",
      split = ",",
      paramLabel = "SITE",
      description =
          "Sites that neurons may come from; of the vision tower's with a pooling or all that were"
              + " captured: vision_mlp_post_mean, vision_mlp_post. Default: all that were"
              + " captured.")
  List<String> sites = new ArrayList<>();

  @Option(
      names = "--vote",
      defaultValue = "auto",
      paramLabel = "majority|weighted|log-odds|naive-bayes|ridge|auto",
      description =
          "How votes weigh: majority, all alike; weighted, by the score above chance; log-odds;"
              + " naive-bayes, by how much more often rows of each label get the vote; ridge, a linear"
              + " function of the neurons' values; or auto: chosen on validation. Default: ${DEFAULT-VALUE}.")
  String vote;

  @HelpGroup(value = "What chooses", example = "--choose-on validation --tolerance 0.01")
  @Option(
      names = "--choose-on",
      defaultValue = "auto",
      paramLabel = "validation|cross-validation|auto",
      description =
          "What chooses rule, vote, exit layer and number of neurons: validation, cross-validation"
              + " of probing and validation rows, or auto: by cross-validation where validation"
              + " rows are few or none. Default: ${DEFAULT-VALUE}.")
  String chooseOn;

  @Option(
      names = "--fit-on",
      defaultValue = "probe-and-validation",
      paramLabel = "probe|probe-and-validation",
      description =
          "What the chosen way is ranked and fitted on in the end: probe, or"
              + " probe-and-validation. Default: ${DEFAULT-VALUE}.")
  String fitOn;

  @Option(
      names = "--max-q",
      defaultValue = "0.05",
      paramLabel = "Q",
      description =
          "Only neurons with at most this q-value may vote: so large a share of them is there by"
              + " luck. Where a task has none, all may, and count as mere candidates; 1 lets all"
              + " vote. Default: ${DEFAULT-VALUE}.")
  double maxQ;

  @Option(
      names = "--tolerance",
      defaultValue = "0",
      paramLabel = "X|auto",
      description =
          "How much worse than the best, on validation and on probing rows, a choice with an"
              + " earlier exit layer, or a simpler vote, may be; auto: one standard error of the best"
              + " score, for earlier exits. Default: ${DEFAULT-VALUE}.")
  String tolerance;

  @HelpGroup(value = "Close votes", example = "--abstain 0.2")
  @Option(
      names = "--abstain",
      defaultValue = "0",
      paramLabel = "X",
      description =
          "Rows whose margin, the lead of the first label over the second as a share of all votes,"
              + " is below this get no prediction. Default: ${DEFAULT-VALUE}.")
  double abstain;

  @Option(
      names = "--cascade-levels",
      defaultValue = "2",
      paramLabel = "N",
      description =
          "Deeper Super Neurons that label's rows can go on to whose votes are close, at most; 0 to"
              + " 3. Default: ${DEFAULT-VALUE}.")
  int cascadeLevels;

  @HelpGroup(value = "How sure it is", example = "--permutations 99")
  @Option(
      names = "--permutations",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Repeats the whole selection so often on shuffled labels, and says whether the real"
              + " labels did better than luck. Each takes as long as scoring. Default:"
              + " ${DEFAULT-VALUE}.")
  int permutations;

  @Option(
      names = "--learning-rows",
      defaultValue = "1000",
      paramLabel = "N",
      description =
          "Tasks with at most so many probing and validation rows are selected for again on a"
              + " half, a quarter and an eighth of them, which tells whether more labels are worth"
              + " their work; with the way to vote that was chosen. 0: none. Default: ${DEFAULT-VALUE}.")
  int learningRows;

  @HelpGroup(value = "Labels", example = "--labels-from answer")
  @Option(
      names = "--labels-from",
      defaultValue = "column",
      paramLabel = "column|answer",
      description =
          "What the labels are: those of the manifest (column), or the model's own answers, which"
              + " extract --answer wrote (answer): for a first look without labels. Where rows have"
              + " labels, these are compared with. Default: ${DEFAULT-VALUE}.")
  String labelsFrom;

  @HelpGroup(value = "Sets, seed and memory", example = "--split-by image --split 60/20/20")
  @Option(
      names = "--split-by",
      defaultValue = "auto",
      paramLabel = "auto|column|image",
      description =
          "What says whether a row is for probe, validation or test: its split column, or a hash"
              + " of its image, so that no image is on two sides; auto is the image where no row"
              + " has a split. Default: ${DEFAULT-VALUE}.")
  String splitBy;

  @Option(
      names = "--split",
      defaultValue = "60/20/20",
      paramLabel = "P/V/T",
      description =
          "Where rows are dealt by image: shares of probe, validation and test. Default:"
              + " ${DEFAULT-VALUE}.")
  String split;

  @Option(
      names = "--seed",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Seed of the split by image, folds, shuffled labels, random neurons and bootstrap."
              + " Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--shard-memory",
      defaultValue = "512m",
      paramLabel = "SIZE",
      description =
          "Memory for the activations that one Spark task holds; a wider site is read in ranges."
              + " Default: ${DEFAULT-VALUE}.")
  String shardMemory;
}
