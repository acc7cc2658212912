package io.superneurons.jobs.bench;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Part;
import io.superneurons.activation.Site;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.ImageLimits;
import io.superneurons.image.codec.ImageDecoder;
import io.superneurons.jobs.bench.shape.Questions;
import io.superneurons.model.VisionLanguageModel;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.Stop;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.weights.Computation;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.text.Prompt;
import io.superneurons.text.PromptBuilder;
import io.superneurons.text.PromptSettings;
import io.superneurons.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** This project's side: a checkpoint opened as the jobs open it, and the passes through it. */
final class Engine implements AutoCloseable {
  static final ImageLimits LIMITS = new ImageLimits(1L << 30);

  private final BenchPlan plan;
  private final byte[] encoded;
  private final double openSeconds;
  private final VisionLanguageModel model;
  private final Tokenizer tokenizer;
  private final PromptBuilder prompts;
  private final Capture chosen;
  private final Capture chosenInTower;
  private final Capture exitSites;
  private final Capture allSites;
  private final Capture sitesOfTowerToo;
  private final List<List<RowInput>> rows; // by image

  /** Opens as much of a model as the options say. */
  Engine(BenchPlan plan, byte[] encoded, Path folder, ModelOptions options) {
    this.plan = plan;
    this.encoded = encoded;
    long start = System.nanoTime();
    Checkpoint checkpoint = Checkpoint.open(folder);
    model = VisionLanguageModel.open(checkpoint, options);
    openSeconds = (System.nanoTime() - start) / 1e9;
    tokenizer = Tokenizer.open(checkpoint);
    prompts =
        PromptBuilder.of(
            checkpoint, tokenizer, model.description().imageSlot(), PromptSettings.DEFAULT);
    chosen = plan.neurons().of(model.description().layout(), plan.exitLayer());
    chosenInTower = plan.towerNeurons().of(model.description().layout(), plan.exitTowerLayer());
    ActivationLayout decoder = model.description().layout().only(Part.DECODER);
    exitSites =
        Capture.of(
            decoder.columns().stream()
                .filter(column -> column.layer() == plan.exitLayer())
                .toList());
    allSites = Capture.of(decoder.columns());
    sitesOfTowerToo = Capture.of(model.description().layout().columns());
    rows = prepare(plan.questions());
  }

  /** Seconds from the folder's path to a model that runs. */
  double openSeconds() {
    return openSeconds;
  }

  /** What it computes in. */
  Computation computation() {
    return model.computation();
  }

  /** Tokens of a question's prompt, image included. */
  int positions() {
    return model.expand(rows.get(0).get(0)).length;
  }

  /** Seconds that a pass over all images takes for each, with so many questions on it. */
  double seconds(Pass pass, int questions) {
    List<RowInput> asked =
        rows.stream().flatMap(ofImage -> ofImage.subList(0, questions).stream()).toList();
    long start = System.nanoTime();
    run(pass, asked, questions);
    return (System.nanoTime() - start) / 1e9 / rows.size();
  }

  private void run(Pass pass, List<RowInput> asked, int questions) {
    switch (pass) {
      case PREPARE -> prepare(questions);
      case VISION_TOWER -> model.encode(asked.stream().map(RowInput::image).distinct().toList());
      case LABEL_TOWER -> model.run(asked, chosenInTower, Set.of());
      case LABEL -> model.run(asked, chosen, Set.of());
      case LABEL_SITES -> model.run(asked, exitSites, Set.of());
      case FIRST_TOKEN -> model.run(asked, Capture.withAnswer(List.of(), 1), Set.of());
      case ANSWER -> model.run(asked, Capture.withAnswer(List.of(), plan.maxNewTokens()), Set.of());
      case CASCADE -> model.run(asked, onward(), Set.of());
      case EXTRACT -> model.run(asked, allSites, Set.of());
      case EXTRACT_TOWER -> model.run(asked, sitesOfTowerToo, Set.of());
    }
  }

  /** Every row stops at the exit layer, and goes on to its answer. */
  private PassPlan onward() {
    Capture capture = Capture.ofNeurons(chosen.wanted(), plan.maxNewTokens());
    return new PassPlan(
        capture,
        (row, reached, captured) ->
            reached.isEmpty() ? Stop.at(ModelLayer.ofDecoder(plan.exitLayer())) : Stop.ANSWER);
  }

  /** The residual stream after the last layer, to compare with the other side's. */
  float[] lastResidual() {
    LayerSite last = new LayerSite(allSites.columns().last().layer(), Site.RESID_POST);
    return model.run(rows.get(0).subList(0, 1), allSites, Set.of()).get(0).activations().get(last);
  }

  private List<List<RowInput>> prepare(int questions) {
    return Stream.generate(() -> prepareImage(questions)).limit(plan.images()).toList();
  }

  private List<RowInput> prepareImage(int questions) {
    ImageInput image = model.prepare(new ImageDecoder(LIMITS).decode(encoded));
    return Questions.first(questions).stream().map(question -> row(image, question)).toList();
  }

  private RowInput row(ImageInput image, String question) {
    Prompt prompt = prompts.build(question);
    return new RowInput(
        image,
        model.expansion(image).map(text -> prompts.expand(prompt, text)).orElse(prompt).ids());
  }

  @Override
  public void close() {
    tokenizer.close();
    model.close();
  }
}
