package io.superneurons.jobs.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The side of transformers: a Python process that runs a pass for each line it is sent. */
final class HuggingFace implements AutoCloseable {
  private static final String SCRIPT = "hf_bench.py";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader replies;
  private final Path log;
  private final JsonNode opened;

  private HuggingFace(Process process, Path log) {
    this.process = process;
    this.log = log;
    requests = process.outputWriter();
    replies = process.inputReader();
    opened = reply();
  }

  /**
   * The Python to use.
   *
   * @param wish {@code auto} for a python3 on the path, {@code none}, or a program
   * @return empty for {@code none}, and for {@code auto} where it does not import transformers
   */
  static Optional<String> python(String wish) {
    return Python.find(wish, "torch, torchvision, transformers");
  }

  /**
   * Starts it and waits until it has loaded the checkpoint.
   *
   * @param work a folder for its script, its image and its log
   */
  static HuggingFace start(String python, Path work, List<String> arguments) throws IOException {
    Path script = work.resolve(SCRIPT);
    try (InputStream source = HuggingFace.class.getResourceAsStream(SCRIPT)) {
      Files.copy(source, script);
    }
    Path log = work.resolve("hf_bench.log");
    ProcessBuilder builder = new ProcessBuilder(python, script.toString());
    builder.command().addAll(arguments);
    return new HuggingFace(builder.redirectError(log.toFile()).start(), log);
  }

  /** Seconds from the folder's path to a model that runs. */
  double openSeconds() {
    return opened.path("open_seconds").doubleValue();
  }

  /** Tokens of a question's prompt, image included. */
  int positions() {
    return opened.path("positions").intValue();
  }

  /** Versions of Python, torch and transformers. */
  Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    opened
        .path("versions")
        .properties()
        .forEach(entry -> versions.put(entry.getKey(), entry.getValue().textValue()));
    return versions;
  }

  /** Seconds that a pass over all images takes for each, with one question on it. */
  double seconds(Pass pass) {
    return ask(pass.label()).path("seconds").doubleValue();
  }

  /** The residual stream after the last layer. */
  float[] lastResidual() {
    JsonNode values = ask("last_residual").path("values");
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  private JsonNode ask(String request) {
    try {
      requests.write(request);
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      throw failed(e);
    }
    return reply();
  }

  private JsonNode reply() {
    try {
      String line = replies.readLine();
      if (line == null) {
        throw failed(null);
      }
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private IllegalStateException failed(IOException cause) {
    process.destroy();
    try {
      List<String> lines = Files.readAllLines(log);
      String last = String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
      return new IllegalStateException(
          "The Python side ended; --python none leaves it out. Its last lines:\n" + last, cause);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it: it stops where its input ends. */
  @Override
  public void close() {
    try {
      requests.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroy();
      }
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
