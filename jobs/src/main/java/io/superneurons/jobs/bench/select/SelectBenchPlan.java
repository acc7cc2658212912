package io.superneurons.jobs.bench.select;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.cli.ConfigurationException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What the benchmark of select makes and selects from.
 *
 * @param rows labelled rows, dealt to the tasks in turn; of ten rows of a task eight probe, one
 *     validates and one tests
 * @param neurons about so many, see {@link #layout}
 * @param layers they are spread over
 * @param tasks of two labels each
 * @param planted neurons of each task that tell its labels apart
 * @param labels whether the labels that are written are those that were planted
 * @param seed the same seed makes the same files
 */
record SelectBenchPlan(
    int rows, int neurons, int layers, int tasks, int planted, Labels labels, long seed) {
  private static final int HEADS = 8;

  /** What the labels are. */
  enum Labels {
    /** Those that the planted neurons tell apart. */
    PLANTED,

    /** Others, at random: there is nothing to find. */
    SHUFFLED
  }

  SelectBenchPlan {
    if (rows < 40 * tasks || tasks < 1) {
      throw new ConfigurationException("--rows must be at least 40 a task, not " + rows);
    }
    if (layers < 1 || layers > 1000 || neurons / layers < 8 * HEADS) {
      throw new ConfigurationException("--neurons must be at least 64 a layer, not " + neurons);
    }
    if (planted < 0 || (long) planted * tasks > neurons / 2) {
      throw new ConfigurationException("--planted must leave other neurons, not " + planted);
    }
  }

  /** A layer has residual stream, heads and MLP neurons as 1 : 1 : 6, about as real ones do. */
  ActivationLayout layout() {
    int width = neurons / layers;
    int narrow = width / 8 / HEADS * HEADS;
    Map<Site, Integer> widths = new EnumMap<>(Site.class);
    widths.put(Site.RESID_POST, narrow);
    widths.put(Site.ATTN_Z, narrow);
    widths.put(Site.MLP_POST, width - 2 * narrow);
    return ActivationLayout.ofAllLayers(layers, widths);
  }

  ActivationsMetadata metadata() {
    return new ActivationsMetadata(
        new ModelIdentity("random-activations", "none", "seed " + seed),
        layout(),
        HEADS,
        StoreDType.FLOAT16,
        "float32",
        Map.of(),
        Map.of(),
        rows,
        0,
        Map.of(),
        Map.of(),
        null,
        null);
  }

  static String task(int task) {
    return String.format(Locale.ROOT, "task-%03d", task);
  }

  /** The planted neurons, by task; no neuron is planted twice. */
  List<List<Neuron>> plantedNeurons() {
    SplittableRandom random = new SplittableRandom(seed);
    List<LayerSite> columns = layout().columns();
    Set<Neuron> taken = new LinkedHashSet<>();
    List<List<Neuron>> byTask = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      List<Neuron> own = new ArrayList<>();
      while (own.size() < planted) {
        LayerSite column = columns.get(random.nextInt(columns.size()));
        int index = random.nextInt(layout().width(column));
        Neuron neuron = new Neuron(column.layer(), column.site(), index);
        if (taken.add(neuron)) {
          own.add(neuron);
        }
      }
      byTask.add(own);
    }
    return byTask;
  }
}
