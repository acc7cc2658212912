package io.superneurons.jobs;

import io.superneurons.activation.Site;
import io.superneurons.neuron.Metric;
import io.superneurons.neuron.Rule;
import io.superneurons.neuron.Voting;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.network.util.JavaUtils;

/**
 * What select is to do.
 *
 * @param activations folders with probe, validation and test rows
 * @param evaluations further sets by name, each a folder
 * @param output folder to write
 * @param tasks those to select for; empty means all
 * @param rule the rule, or nothing where it is chosen on validation
 * @param metric what ranks and chooses
 * @param topK how many neurons vote, or nothing where it is chosen on validation
 * @param maxLayer the largest layer that neurons may come from
 * @param sites those that neurons may come from; empty means all
 * @param voting how votes weigh, or nothing where it is chosen on validation
 * @param tolerance how much worse an earlier exit may be
 * @param seed of everything random
 * @param shardBytes memory for one shard's activations
 */
record SelectSettings(
    List<String> activations,
    Map<String, String> evaluations,
    String output,
    Set<String> tasks,
    Optional<Rule> rule,
    Metric metric,
    OptionalInt topK,
    OptionalInt maxLayer,
    Set<Site> sites,
    Optional<Voting> voting,
    double tolerance,
    long seed,
    long shardBytes) {
  private static final String AUTO = "auto";

  /** Odd, so that two labels cannot tie by majority. */
  private static final List<Integer> LADDER = List.of(1, 3, 5, 9, 15, 31, 63, 127);

  SelectSettings {
    activations = List.copyOf(activations);
    tasks = Set.copyOf(tasks);
    sites = Set.copyOf(sites);
    if (topK.isPresent() && topK.getAsInt() < 1) {
      throw new ConfigurationException("--top-k must be positive, not " + topK.getAsInt());
    }
    if (maxLayer.isPresent() && maxLayer.getAsInt() < 0) {
      throw new ConfigurationException("--max-layer cannot be " + maxLayer.getAsInt());
    }
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new ConfigurationException("--tolerance must be from 0 to below 1, not " + tolerance);
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
  static SelectSettings of(SelectOptions options) {
    Set<Site> sites = EnumSet.noneOf(Site.class);
    options.sites.forEach(site -> sites.add(parsed("--sites", site, Site::of)));
    return new SelectSettings(
        options.activations,
        evaluations(options.evaluate),
        options.output,
        new LinkedHashSet<>(options.tasks),
        unlessAuto("--rule", options.rule, Rule::of),
        parsed("--metric", options.metric, Metric::of),
        topK(options.topK),
        options.maxLayer == null ? OptionalInt.empty() : OptionalInt.of(options.maxLayer),
        sites,
        unlessAuto("--vote", options.vote, Voting::of),
        options.tolerance,
        options.seed,
        parsed("--shard-memory", options.shardMemory, JavaUtils::byteStringAsBytes));
  }

  private static Map<String, String> evaluations(List<String> options) {
    Map<String, String> folders = new LinkedHashMap<>();
    for (String option : options) {
      int equals = option.lastIndexOf('=');
      if (equals < 1 || equals == option.length() - 1) {
        throw new ConfigurationException("--evaluate takes DIR=NAME, not '" + option + "'");
      }
      String name = option.substring(equals + 1);
      if (SelectSets.OWN.contains(name) || folders.containsKey(name)) {
        throw new ConfigurationException(
            "--evaluate " + option + ": the name '" + name + "' is taken; give another");
      }
      folders.put(name, option.substring(0, equals));
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

  /** Numbers of neurons that may be chosen, ascending. */
  List<Integer> choosableTopK() {
    return topK.isPresent() ? List.of(topK.getAsInt()) : LADDER;
  }

  /** Numbers of neurons that a curve shows, ascending. */
  List<Integer> shownTopK() {
    if (topK.isEmpty()) {
      return LADDER;
    }
    int most = topK.getAsInt();
    return IntStream.concat(
            LADDER.stream().mapToInt(Integer::intValue).filter(k -> k < most), IntStream.of(most))
        .boxed()
        .toList();
  }

  /** Ways to weigh votes that may be chosen, in order of preference. */
  List<Voting> votings() {
    return voting.map(List::of).orElse(List.of(Voting.MAJORITY, Voting.WEIGHTED));
  }
}
