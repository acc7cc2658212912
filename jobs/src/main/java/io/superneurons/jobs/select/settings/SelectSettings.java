package io.superneurons.jobs.select.settings;

import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Site;
import io.superneurons.activation.Split;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.input.FieldColumns;
import io.superneurons.jobs.select.rows.BesideLabels;
import io.superneurons.jobs.select.rows.ImageSplit;
import io.superneurons.jobs.select.rows.RowDealing;
import io.superneurons.jobs.select.rows.SplitBy;
import io.superneurons.neuron.choose.Tolerance;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.LabelsFrom;
import io.superneurons.neuron.rows.Scheme;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.statistics.Permutations;
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.Voting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.network.util.JavaUtils;

/**
 * What select is to do.
 *
 * @param activations folders with probe, validation and test rows
 * @param evaluations further sets by name, each one folder or several
 * @param output folder to write
 * @param tasks those to select for; empty means all
 * @param rule the rule, or nothing where it is chosen on validation
 * @param metric what ranks and chooses
 * @param picks which of the ranked neurons may vote
 * @param maxLayer the deepest layer that neurons may come from
 * @param sites those that neurons may come from, by the name that the user gave, which may stand
 *     for several; empty means all
 * @param voting how votes weigh, or nothing where it is chosen on validation
 * @param maxQ the largest q-value of a neuron that may vote; 1 where all may
 * @param tolerance how much worse an earlier exit or a simpler vote may be; nothing where it is one
 *     standard error
 * @param abstainBelow margin of the votes below which a row gets no prediction
 * @param cascadeLevels at most this many deeper levels
 * @param permutations how often the selection is repeated on shuffled labels
 * @param learningRows tasks with at most so many probing and validation rows get a learning curve
 * @param labels those that stand beside the activations, if any
 * @param labelsFrom what the labels are
 * @param dealing what says which set a row is in
 * @param scheme which rows choose and which fit; its seed is the seed of everything random
 * @param shardBytes memory for one shard's activations
 */
public record SelectSettings(
    List<String> activations,
    Map<String, List<String>> evaluations,
    String output,
    Set<String> tasks,
    Optional<Rule> rule,
    Metric metric,
    Picks picks,
    Optional<ModelLayer> maxLayer,
    Map<String, List<Site>> sites,
    Optional<Voting> voting,
    double maxQ,
    Optional<Tolerance> tolerance,
    double abstainBelow,
    int cascadeLevels,
    int permutations,
    int learningRows,
    Optional<BesideLabels> labels,
    LabelsFrom labelsFrom,
    RowDealing dealing,
    Scheme scheme,
    long shardBytes) {
  private static final String AUTO = "auto";

  /** Label tries thresholds of all levels together, so more levels would take too long. */
  private static final int MOST_LEVELS = 3;

  public SelectSettings {
    activations = List.copyOf(activations);
    tasks = Set.copyOf(tasks);
    sites = Collections.unmodifiableMap(new LinkedHashMap<>(sites));
    if (!(maxQ > 0 && maxQ <= 1)) {
      throw new ConfigurationException("--max-q must be above 0 and at most 1, not " + maxQ);
    }
    if (!(abstainBelow >= 0 && abstainBelow < 1)) {
      throw new ConfigurationException("--abstain must be from 0 to below 1, not " + abstainBelow);
    }
    if (cascadeLevels < 0 || cascadeLevels > MOST_LEVELS) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT, "--cascade-levels must be 0 to %d, not %d", MOST_LEVELS, cascadeLevels));
    }
    if (permutations != 0 && permutations < Permutations.FEWEST) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--permutations must be 0, or %d or more: fewer cannot tell anything from luck",
              Permutations.FEWEST));
    }
    if (learningRows < 0) {
      throw new ConfigurationException("--learning-rows cannot be less than 0");
    }
    if (shardBytes < 1) {
      throw new ConfigurationException("--shard-memory must be positive");
    }
  }

  /**
   * Parses the options.
   *
   * @throws ConfigurationException naming the option that makes no sense
   */
  public static SelectSettings of(SelectOptions options) {
    Map<String, List<Site>> sites = new LinkedHashMap<>();
    options.sites.forEach(name -> sites.put(name, parsed("--sites", name, Site::named)));
    return new SelectSettings(
        options.activations,
        evaluations(options.evaluate),
        options.output,
        new LinkedHashSet<>(options.tasks),
        unlessAuto("--rule", options.rule, Rule::of),
        parsed("--metric", options.metric, Metric::of),
        new Picks(
            unlessAuto("--pick", options.pick, Picking.Kind::of),
            topK(options.topK),
            options.threshold == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(options.threshold)),
        Optional.ofNullable(options.maxLayer)
            .map(layer -> parsed("--max-layer", layer, ModelLayer::parse)),
        sites,
        unlessAuto("--vote", options.vote, Voting::of),
        options.maxQ,
        unlessAuto(
            "--tolerance", options.tolerance, text -> Tolerance.of(Double.parseDouble(text))),
        options.abstain,
        options.cascadeLevels,
        options.permutations,
        options.learningRows,
        labels(options),
        parsed("--labels-from", options.labelsFrom, LabelsFrom::of),
        dealing(options),
        scheme(options),
        parsed("--shard-memory", options.shardMemory, JavaUtils::byteStringAsBytes));
  }

  private static Scheme scheme(SelectOptions options) {
    return new Scheme(
        unlessAuto("--choose-on", options.chooseOn, ChosenOn::of),
        parsed("--fit-on", options.fitOn, FittedOn::of),
        options.seed);
  }

  private static Optional<BesideLabels> labels(SelectOptions options) {
    return Optional.ofNullable(options.labels)
        .map(file -> new BesideLabels(file, FieldColumns.of(options.columns)));
  }

  private static RowDealing dealing(SelectOptions options) {
    return new RowDealing(
        parsed("--split-by", options.splitBy, SplitBy::of),
        parsed("--split", options.split, text -> ImageSplit.of(text, options.seed)));
  }

  /** All folders of activations that are read. */
  public List<String> folders() {
    return Stream.concat(activations.stream(), evaluations.values().stream().flatMap(List::stream))
        .toList();
  }

  /** The same on other folders. */
  SelectSettings on(List<String> own, Map<String, List<String>> evaluated) {
    return new SelectSettings(
        own,
        evaluated,
        output,
        tasks,
        rule,
        metric,
        picks,
        maxLayer,
        sites,
        voting,
        maxQ,
        tolerance,
        abstainBelow,
        cascadeLevels,
        permutations,
        learningRows,
        labels,
        labelsFrom,
        dealing,
        scheme,
        shardBytes);
  }

  public long seed() {
    return scheme.seed();
  }

  private static Map<String, List<String>> evaluations(List<String> options) {
    Map<String, List<String>> folders = new LinkedHashMap<>();
    for (String option : options) {
      int equals = option.lastIndexOf('=');
      if (equals < 1 || equals == option.length() - 1) {
        throw new ConfigurationException("--evaluate takes DIR=NAME, not '" + option + "'");
      }
      String name = option.substring(equals + 1);
      if (Split.NAMES.contains(name) || folders.containsKey(name)) {
        throw new ConfigurationException(
            "--evaluate " + option + ": the name '" + name + "' is taken; give another");
      }
      folders.put(name, List.of(option.substring(0, equals).split(",")));
    }
    return folders;
  }

  private static OptionalInt topK(String option) {
    return unlessAuto("--top-k", option, Integer::valueOf)
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  private static <T> Optional<T> unlessAuto(String name, String value, Function<String, T> parser) {
    return value.equals(AUTO) ? Optional.empty() : Optional.of(parsed(name, value, parser));
  }

  private static <T> T parsed(String name, String value, Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(name + " " + value + ": " + e.getMessage(), e);
    }
  }

  /** Ways to weigh votes that may be chosen, in order of preference. */
  public List<Voting> votings() {
    return voting.map(List::of).orElse(List.of(Voting.values()));
  }
}
