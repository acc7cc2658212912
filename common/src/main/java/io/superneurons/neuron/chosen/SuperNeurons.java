package io.superneurons.neuron.chosen;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.FormatException;
import io.superneurons.activation.JsonFormat;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.StoreDType;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What selection leaves for labelling and for auditors: the file {@value #FILE_NAME}.
 *
 * @param model the model whose neurons these are; they are of no use to another
 * @param prompt how prompts were made, as the activations' metadata say
 * @param image how images were prepared, as the activations' metadata say
 * @param storeDType what the probing activations were stored in; new ones are rounded to it before
 *     they vote
 * @param computeDType what the model computed them in, such as {@code bfloat16}
 * @param versions of the programs that made the file
 * @param tasks in the order of their names
 */
public record SuperNeurons(
    ModelIdentity model,
    Map<String, Object> prompt,
    Map<String, Object> image,
    StoreDType storeDType,
    String computeDType,
    Map<String, String> versions,
    List<TaskSuperNeurons> tasks) {
  /** Name of the file in select's output folder. */
  public static final String FILE_NAME = "superneurons.json";

  private static final JsonFormat FORMAT = new JsonFormat("superneurons", 1);

  public SuperNeurons {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(storeDType, "dtype");
    Objects.requireNonNull(computeDType, "compute_dtype");
    prompt = Collections.unmodifiableMap(new LinkedHashMap<>(prompt));
    image = Collections.unmodifiableMap(new LinkedHashMap<>(image));
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    tasks = List.copyOf(tasks);
    requireTasks(tasks);
  }

  /** The same with another margin below which rows of any task are undecided. */
  public SuperNeurons abstaining(double below) {
    return new SuperNeurons(
        model,
        prompt,
        image,
        storeDType,
        computeDType,
        versions,
        tasks.stream().map(task -> task.abstaining(below)).toList());
  }

  private static void requireTasks(List<TaskSuperNeurons> tasks) {
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("There is no task");
    }
    Set<String> names = new HashSet<>();
    for (TaskSuperNeurons task : tasks) {
      if (!names.add(task.task())) {
        throw new IllegalArgumentException("Task " + task.task() + " is there twice");
      }
    }
  }

  /**
   * Checks that a model has every neuron, before it is run for them.
   *
   * @param layout of the whole model
   * @throws FormatException naming the first that it lacks
   */
  public void requireIn(ActivationLayout layout) {
    for (TaskSuperNeurons task : tasks) {
      Stream.concat(task.levels().stream(), task.bestAnywhere().stream())
          .forEach(level -> requireIn(layout, task.task(), level));
    }
  }

  private static void requireIn(ActivationLayout layout, String task, Level level) {
    int layers = layout.of(level.exitLayer().part()).layers();
    if (level.exitLayer().number() >= layers) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "task %s exits after %s, but the model's %s has layers 0 to %d",
              task,
              level.exitLayer(),
              level.exitLayer().part(),
              layers - 1));
    }
    for (SuperNeuron member : level.neurons()) {
      Neuron neuron = member.neuron();
      boolean there = layout.sites().contains(neuron.site());
      int width = there ? layout.width(neuron.layerSite()) : 0;
      if (neuron.index() >= width) {
        throw new FormatException(
            String.format(
                Locale.ROOT,
                "task %s names neuron %d of %s, but the model has %d there",
                task,
                neuron.index(),
                neuron.layerSite().column(),
                width));
      }
    }
  }

  /** The text of the file. */
  public String toJson() {
    return FORMAT.write(SuperNeuronsFile.of(this));
  }

  /**
   * The Super Neurons in a file.
   *
   * @param json the text of the file
   * @param source what to call the file in messages
   * @throws FormatException if it is another format, a newer version, or incomplete
   */
  public static SuperNeurons fromJson(String json, String source) {
    SuperNeuronsFile file = FORMAT.read(json, source, SuperNeuronsFile.class);
    try {
      return file.toSuperNeurons();
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new FormatException(source + " is not valid: " + e.getMessage(), e);
    }
  }
}
