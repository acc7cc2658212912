package io.superneurons.jobs.pass;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.codec.ImageDecoder;
import io.superneurons.jobs.model.ModelSpec;
import io.superneurons.model.VisionLanguageModel;
import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.text.PromptBuilder;
import io.superneurons.text.RecentPrompts;
import io.superneurons.text.Tokenizer;
import io.superneurons.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model of an executor: opened by the first Spark task that needs it, shared by all of them,
 * and closed with the JVM.
 *
 * <p>Passes run one at a time on one thread of the model's own, since libtorch keeps a team of
 * worker threads for each thread that calls it; other threads decode images meanwhile.
 */
public final class ExecutorModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorModel.class);

  /** With {@link #PASS_SECONDS} less than the 30 seconds that Kubernetes gives a pod to end. */
  private static final int PREPARATION_SECONDS = 5;

  private static final int PASS_SECONDS = 20;

  /** Shared by all models of this JVM, which share its heap. */
  private static final DecodeMemory DECODING = DecodeMemory.ofHeap();

  private static final Map<ModelSpec, ExecutorModel> OPEN = new ConcurrentHashMap<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ExecutorModel::end, "close-models"));
  }

  private final VisionLanguageModel model;
  private final int layers;
  private final Optional<Language> language; // empty where only the vision tower is open
  private final ImageDecoder images;
  private final ExecutorService pass = Executors.newSingleThreadExecutor(daemon("model"));
  private final ExecutorService preparation =
      Executors.newFixedThreadPool(cores(), daemon("prepare"));

  private ExecutorModel(ModelSpec spec, Checkpoint checkpoint) {
    String device = spec.device().resolve();
    ModelOptions options = spec.options(device);
    model = VisionLanguageModel.open(checkpoint, options);
    layers = model.description().layout().layers();
    language =
        options.depth().inTower()
            ? Optional.empty()
            : Optional.of(Language.open(checkpoint, model, spec));
    images = new ImageDecoder(spec.imageLimits());
    LOG.info(
        "Opened {} on {} in {} with {} threads, {}",
        checkpoint.name(),
        device,
        model.computation().label(),
        Torch.threads(),
        options.depth());
  }

  /**
   * What prompts and answers need.
   *
   * @param endTokens ids that end an answer
   */
  private record Language(Tokenizer tokenizer, RecentPrompts prompts, Set<Long> endTokens) {
    static Language open(Checkpoint checkpoint, VisionLanguageModel model, ModelSpec spec) {
      Tokenizer tokenizer = Tokenizer.open(checkpoint);
      PromptBuilder prompts =
          PromptBuilder.of(
              checkpoint, tokenizer, model.description().imageSlot(), spec.promptSettings());
      Set<Long> endTokens =
          Arrays.stream(tokenizer.eosIds()).mapToObj(Long::valueOf).collect(Collectors.toSet());
      return new Language(tokenizer, new RecentPrompts(prompts), endTokens);
    }

    long[] promptIds(String question, Optional<String> expansion) {
      return prompts.of(question, expansion).ids();
    }
  }

  private static ThreadFactory daemon(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** The executor's copy of that model, opened now if no Spark task needed it before. */
  public static ExecutorModel get(ModelSpec spec, Configuration conf) {
    return OPEN.computeIfAbsent(spec, wanted -> open(wanted, conf));
  }

  private static ExecutorModel open(ModelSpec spec, Configuration conf) {
    Torch.setThreads(cores());
    try {
      return new ExecutorModel(spec, Checkpoint.open(spec.folder().onThisHost(conf)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many cores this JVM may use, for libtorch on a CPU and for preparing images. */
  private static int cores() {
    int available = Runtime.getRuntime().availableProcessors();
    SparkEnv env = SparkEnv.get();
    return env == null ? available : env.conf().getInt("spark.executor.cores", available);
  }

  /** How many Spark tasks this JVM runs at once, at most; each may have several cores. */
  public static int taskSlots() {
    SparkEnv env = SparkEnv.get();
    return Math.max(1, cores() / (env == null ? 1 : env.conf().getInt("spark.task.cpus", 1)));
  }

  /** Ends passes and closes models, as the process ends, perhaps in the middle of a pass. */
  private static void end() {
    Torch.end();
    closeAll();
  }

  /** Closes every model of this JVM. */
  static void closeAll() {
    OPEN.keySet().forEach(spec -> OPEN.remove(spec).close());
  }

  /** The model as one Spark task uses it, with its clock on all that is done. */
  public RowModel timedBy(EffortClock clock) {
    return new Timed(clock);
  }

  private final class Timed implements RowModel {
    private final EffortClock clock;

    Timed(EffortClock clock) {
      this.clock = clock;
    }

    /** As many threads as cores: a decoder takes turns with every thread of a pass alike. */
    @Override
    public Executor preparation() {
      return preparation;
    }

    @Override
    public ImageInput prepare(byte[] encoded) {
      return DECODING.decode(images.size(encoded), () -> decoded(encoded));
    }

    /** The wait for memory is not on the clock. */
    private ImageInput decoded(byte[] encoded) {
      long started = System.nanoTime();
      try {
        return model.prepare(images.decode(encoded));
      } finally {
        clock.prepared(started);
      }
    }

    @Override
    public boolean readsPrompts() {
      return language.isPresent();
    }

    @Override
    public RowInput row(ImageInput image, String question) {
      long started = System.nanoTime();
      try {
        return language
            .map(open -> new RowInput(image, open.promptIds(question, model.expansion(image))))
            .orElseGet(() -> RowInput.ofImage(image));
      } finally {
        clock.prepared(started);
      }
    }

    @Override
    public List<RowOutput> run(List<RowInput> rows, PassPlan plan) throws InterruptedException {
      try {
        return pass.submit(() -> pass(rows, plan)).get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      }
    }

    /** On the model's own thread; the wait for its turn is not on the clock. */
    private List<RowOutput> pass(List<RowInput> rows, PassPlan plan) {
      long started = System.nanoTime();
      try {
        List<RowOutput> outputs =
            model.run(rows, plan, language.map(Language::endTokens).orElse(Set.of()));
        clock.took(tokens(rows));
        return outputs;
      } finally {
        clock.ran(started, rows.stream().mapToLong(row -> row.promptIds().length).sum());
      }
    }

    private RunTokens tokens(List<RowInput> rows) {
      return new RunTokens(
          rows.size(),
          rows.stream().mapToLong(row -> model.towerTokens(row.image())).sum(),
          rows.stream().mapToLong(model::promptTokens).sum());
    }
  }

  /** The text of generated ids, without control tokens. */
  public String text(long[] ids) {
    return language.orElseThrow().tokenizer().decode(ids).strip();
  }

  /** Layers of the whole model, however deep it was opened. */
  public int layers() {
    return layers;
  }

  /** What the model computes in. */
  public String computeType() {
    return model.computation().label();
  }

  /** A pass that still runs keeps its tensors: to free them while it uses them crashes the JVM. */
  @Override
  public void close() {
    preparation.shutdownNow();
    pass.shutdown();
    try {
      if (preparation.awaitTermination(PREPARATION_SECONDS, TimeUnit.SECONDS)
          && pass.awaitTermination(PASS_SECONDS, TimeUnit.SECONDS)) {
        language.ifPresent(open -> open.tokenizer().close());
        model.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
