package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.Fixture;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Bad input, and input without a manifest, through the jobs as a user submits them. */
@ExtendWith(FewShufflePartitions.class)
class InputJobsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final Path IMAGES = FIXTURE.folder().resolve("images").toAbsolutePath();
  private static final String DENIED_IMPLEMENTATION = "spark.hadoop.fs.denied.impl";

  /** An image of each format, by the decoder's own fixtures. */
  private static final List<String> FORMATS =
      List.of("420.jpg", "rgb.png", "lossy.webp", "interlaced.gif", "grey.bmp", "grey.tif");

  @TempDir private Path folder;
  private final List<ObjectNode> rows = new ArrayList<>();
  private HttpServer web;

  @BeforeEach
  void serve() throws IOException {
    System.setProperty(DENIED_IMPLEMENTATION, DeniedFileSystem.class.getName());
    byte[] image = Files.readAllBytes(IMAGES.resolve("0.png"));
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/0.png",
        exchange -> {
          exchange.sendResponseHeaders(200, image.length);
          exchange.getResponseBody().write(image);
          exchange.close();
        });
    web.start();
  }

  @AfterEach
  void stop() {
    System.clearProperty(DENIED_IMPLEMENTATION);
    web.stop(0);
  }

  @Test
  void everyBadRowIsAnErrorRowAndTheOthersAreDone() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    addBadImages(expected);
    addBadPlaces(expected);
    addBadQuestions(expected);
    rows.add(row("good", IMAGES.resolve("0.png").toString(), "Is it?"));
    rows.add(row("good", IMAGES.resolve("1.png").toString(), "Is it?"));
    rows.add(row("big", IMAGES.resolve("1.png").toString(), "Is it?").put("image", big()));
    expected.put(
        "good@file:" + folder.resolve("set/rows.jsonl") + ":" + (rows.size() - 1), "bad_row");
    expected.put("big", "image_not_readable");
    List<String> lines = rows.stream().map(ObjectNode::toString).collect(Collectors.toList());
    lines.add("no JSON");
    lines.add("");
    lines.add("{\"id\": \"types\", \"image\": [1], \"question\": \"Is it?\"}");
    lines.add("{\"id\": \"imageless\", \"question\": \"Is it?\"}");
    lines.add("{\"id\": \"questionless\", \"image\": \"x.png\"}");
    for (String id : List.of("types", "imageless", "questionless")) {
      expected.put(id, "bad_row");
    }
    String[] open = {"--allow-schemes", "denied", "--image-roots", IMAGES + ",/dev"};
    assertEquals(0, extract(lines, concat(open, "--max-image-bytes", "20000")));

    Map<String, Row> done = read("out");
    Map<String, Row> errors = read("out/_errors");
    Map<String, String> found = new TreeMap<>();
    errors.forEach((id, error) -> found.put(id, error.getAs("error")));
    String unparsed = id(errors, "line " + (rows.size() + 1) + " of");
    assertEquals("bad_row", found.remove(unparsed));
    assertEquals(lines.size() - 1, done.size() + errors.size(), "the blank line is none");
    assertTrue(done.containsKey("good"));
    // damage that a format cannot notice gives some image
    found.keySet().removeIf(id -> id.startsWith("damaged-") && "bad_image".equals(found.get(id)));
    assertEquals(expected, found);
    assertTrue(detail(errors, "types").contains("line " + (rows.size() + 3) + " of"));
    assertTrue(detail(errors, "bomb.png").contains("2147483647 x 2147483647"));
    assertTrue(detail(errors, "denied").contains("Permission denied"));
    assertTrue(detail(errors, "big").contains("--max-image-bytes"));
    assertTrue(detail(errors, "web").contains("--allow-schemes http"));
    assertTrue(detail(errors, "climbs").contains("--image-roots"));
    assertTrue(detail(errors, "nul").contains("U+0000"));
    assertFalse(Files.exists(folder.resolve("outside")), "nothing is written elsewhere");
  }

  private void addBadImages(Map<String, String> expected) throws IOException {
    for (String format : FORMATS) {
      byte[] whole;
      try (InputStream in =
          getClass().getResourceAsStream("/io/superneurons/image/decode/" + format)) {
        whole = in.readAllBytes();
      }
      add(expected, "cut-" + format, Arrays.copyOf(whole, whole.length / 2), "bad_image");
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, whole.length / 2, whole.length * 3 / 4, (byte) 0x55);
      add(new TreeMap<>(), "damaged-" + format, damaged, "bad_image");
    }
    byte[] bomb = Files.readAllBytes(IMAGES.resolve("0.png"));
    ByteBuffer.wrap(bomb).putInt(16, Integer.MAX_VALUE).putInt(20, Integer.MAX_VALUE);
    add(expected, "bomb.png", bomb, "bad_image");
    add(expected, "empty.jpg", new byte[0], "bad_image");
    add(expected, "text.jpg", "this is text".getBytes(StandardCharsets.UTF_8), "bad_image");
  }

  private void add(Map<String, String> expected, String name, byte[] content, String error)
      throws IOException {
    Files.createDirectories(folder.resolve("set"));
    Files.write(folder.resolve("set").resolve(name), content);
    rows.add(row(name, name, "Is it?"));
    expected.put(name, error);
  }

  private void addBadPlaces(Map<String, String> expected) throws IOException {
    Map<String, String> images = new TreeMap<>();
    images.put("missing", "no-such.png");
    images.put("folder", ".");
    images.put("device", "/dev/zero");
    images.put("denied", "denied://" + IMAGES.resolve("0.png"));
    images.put("climbs", "../" + "outside.png");
    images.put("web", "http://localhost:" + web.getAddress().getPort() + "/0.png");
    images.put("nothing", "nowhere:/0.png");
    images.put("control", "\u0000\u0007.png");
    images.forEach((id, image) -> rows.add(row(id, image, "Is it?")));
    expected.put("missing", "image_not_found");
    expected.put("control", "image_not_found");
    for (String id : List.of("folder", "device", "denied")) {
      expected.put(id, "image_not_readable");
    }
    for (String id : List.of("climbs", "web", "nothing")) {
      expected.put(id, "image_not_allowed");
    }
  }

  private void addBadQuestions(Map<String, String> expected) {
    String image = IMAGES.resolve("0.png").toString();
    rows.add(row("long", image, "Is it? ".repeat(100_000 / 7)));
    rows.add(row("nul", image, "Is\u0000it?"));
    rows.add(row("bell", image, "Is\u0007it?"));
    rows.add(row("token", image, "A <image>?"));
    for (String id : List.of("long", "nul", "bell", "token")) {
      expected.put(id, "bad_question");
    }
  }

  /** A file just over the limit that the test sets. */
  private String big() throws IOException {
    Path file = folder.resolve("set/big.png");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(IMAGES.resolve("0.png")), 20_001));
    return file.toString();
  }

  /** As a user has them who knows nothing of patterns, of URIs, and of Hadoop's checksums. */
  @Test
  void oddNamesGoThroughAllStages() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("o [1]{a}%20/10:30"));
    Files.copy(IMAGES.resolve("0.png"), odd.resolve("é:0.png"));
    Files.writeString(odd.resolve(".é:0.png.crc"), "stale checksum");
    Files.writeString(
        odd.resolve("m:1.jsonl"), "{\"image\": \"é:0.png\", \"question\": \"Is it?\"}");
    Files.writeString(odd.resolve(".m:1.jsonl.crc"), "stale checksum");
    String out = folder.relativize(odd).resolve("out").toString();
    String manifest = odd.resolve("m:1.jsonl").toString();
    for (String again : List.of("--overwrite", "--resume")) {
      assertEquals(0, run(new ExtractJob(), manifest, out, again), again);
      assertEquals(
          1, Files.list(odd.resolve("out")).filter(f -> f.toString().endsWith(".parquet")).count());
    }
    writeSuperNeurons(superNeurons());
    for (String date : List.of("2026-03-14", "2026-03-15")) {
      assertEquals(
          0,
          label(
              odd.toString(),
              out + "-label",
              "--format",
              "images",
              "--incremental",
              "--run-date",
              date));
    }
    Path second = odd.resolve("out-label/run_date=2026-03-15");
    assertTrue(
        Files.notExists(second)
            || Files.list(second).noneMatch(f -> f.toString().endsWith(".parquet")));
  }

  @Test
  void imagesMayBeEmbeddedOrOnTheWebWhereThatIsAllowed() throws IOException {
    byte[] image = Files.readAllBytes(IMAGES.resolve("0.png"));
    rows.add(row("path", IMAGES.resolve("0.png").toString(), "Is it?"));
    rows.add(row("embedded", "", "Is it?").put("image", image));
    rows.add(row("embedded-too", "", "Is it not?").put("image", image));
    rows.add(row("web", "http://localhost:" + web.getAddress().getPort() + "/0.png", "Is it?"));
    List<String> lines = rows.stream().map(ObjectNode::toString).toList();
    assertEquals(0, extract(lines, "--allow-schemes", "http,file", "--batch-size", "1"));
    Map<String, Row> done = read("out");
    assertEquals(4, done.size());
    byte[] vector = done.get("path").getAs("l00_resid_post");
    for (String id : List.of("embedded", "web")) {
      assertArrayEquals(vector, done.get(id).<byte[]>getAs("l00_resid_post"), id);
    }
    assertTrue(done.get("embedded").<String>getAs("image").startsWith("sha256:"));
  }

  @Test
  void labelAsksEveryTaskAboutEveryImageOfAFolder() throws IOException {
    writeSuperNeurons(superNeurons());
    assertEquals(0, label(IMAGES.toString(), "all"));
    Map<String, Row> all = read("all");
    assertEquals(6, all.size());
    for (Row row : all.values()) {
      assertNull(row.getAs("error"));
      String task = row.getAs("task");
      assertTrue(row.<String>getAs("id").endsWith(":" + task));
      assertEquals("Is it a " + task + "?", row.getAs("question"));
      assertTrue(List.of("no", "yes").contains(row.<String>getAs("prediction")));
    }
    assertEquals(0, label(IMAGES.resolve("[01].png").toString(), "cats", "--tasks", "cat"));
    Map<String, Row> cats = read("cats");
    assertEquals(2, cats.size());
    cats.forEach((id, row) -> assertEquals(all.get(id).mkString(), row.mkString()));
    writeSuperNeurons(superNeurons().replace("\"question\": \"Is it a cat?\",", ""));
    assertEquals(2, label(IMAGES.toString(), "none"), "a task without a question of its own");
    assertEquals(0, label(IMAGES.toString(), "asked", "--question", "What is it?"));
    assertEquals("What is it?", read("asked").values().iterator().next().getAs("question"));
    assertEquals(2, run(new ExtractJob(), IMAGES.toString(), "none"), "extract has no question");
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void aFileThatFailsIsNamedOnceInItsLine() throws IOException {
    writeSuperNeurons(superNeurons());
    Path photos = Files.createDirectories(folder.resolve("photos"));
    Files.copy(IMAGES.resolve("0.png"), photos.resolve("0.png"));
    Path broken = photos.resolve("1.png");
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(IMAGES.resolve("1.png")), 60));
    Printed printed = Printed.onOutput(() -> label(photos.toString(), "some", "--tasks", "cat"));
    List<String> lines = printed.said().lines().filter(l -> l.contains("bad_image: ")).toList();
    assertEquals(1, lines.size(), printed.said());
    assertEquals(2, lines.get(0).split(Pattern.quote(broken.toString()), -1).length, lines.get(0));
  }

  @Test
  void rowsThatAskWhatNeuronsWereNotChosenForAreToldWithCounts() throws IOException {
    writeSuperNeurons(superNeurons());
    List<String> lines = new ArrayList<>();
    for (String question : List.of("Is it a cat?", "Is it red?", "Is it a cat ?")) {
      ObjectNode row = row(question, IMAGES.resolve("0.png").toString(), question);
      lines.add(row.put("task", "cat").toString());
    }
    Path manifest = Files.write(folder.resolve("asked.jsonl"), lines);
    String[] roots = {"--image-roots", IMAGES.toString()};
    String warning =
        "ANOTHER QUESTION than its neurons were chosen with, \"Is it a cat?\" in 2 of 3 rows, such"
            + " as \"Is it a cat ?\": they may not answer it";
    Printed printed = Printed.onOutput(() -> label(manifest.toString(), "asked", roots));
    assertEquals(0, printed.exitCode());
    assertTrue(printed.said().contains("           " + warning), printed.said());
    assertTrue(printed.said().contains("  cat: " + warning), printed.said());
    JsonNode summary = JSON.readTree(folder.resolve("asked/_summary.json").toFile());
    assertEquals(warning, summary.at("/tasks/0/warnings/0").asText());
    assertTrue(Files.readString(folder.resolve("asked/_report.html")).contains("in 2 of 3 rows"));
    String[] given = {"--tasks", "dog", "--question", "Is it red?"};
    printed = Printed.onOutput(() -> label(IMAGES.toString(), "given", given));
    assertTrue(printed.said().contains("in 3 of 3 rows, such as \"Is it red?\""), printed.said());
  }

  @Test
  void superNeuronsThatCannotBeRunAreRefusedBeforeWork() throws IOException {
    String good = superNeurons();
    Map<String, String> bad = new TreeMap<>();
    bad.put("is not JSON", good.substring(0, good.length() / 2));
    bad.put("is version 2", good.replace("\"version\": 1", "\"version\": 2"));
    bad.put("exits after layer 99", good.replace("\"exit_layer\": 0", "\"exit_layer\": 99"));
    bad.put("names neuron 4096 of l00_resid_post", good.replace("\"index\": 1", "\"index\": 4096"));
    bad.put("resid_mid", good.replace("\"site\": \"resid_post\"", "\"site\": \"resid_mid\""));
    for (Map.Entry<String, String> file : bad.entrySet()) {
      writeSuperNeurons(file.getValue());
      PrintStream err = System.err;
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
      try {
        assertEquals(2, label(IMAGES.toString(), "out"), file.getKey());
      } finally {
        System.setErr(err);
      }
      String message = said.toString(StandardCharsets.UTF_8);
      assertTrue(message.contains(folder.toString()), message);
      assertTrue(message.contains(file.getKey()), message);
      assertFalse(Files.exists(folder.resolve("out")));
    }
  }

  private static String superNeurons() {
    String task =
        """
        {"task": "%1$s", "question": "Is it a %1$s?", "labels": ["no", "yes"], "exit_layer": 0,
         "rule": "zero", "vote": "majority", "neurons": [{"layer": 0, "site": "resid_post",
         "index": 1, "polarity": 1, "thresholds": [0], "weight": 1}]}""";
    return String.format(
        Locale.ROOT,
        """
        {"format": "superneurons", "version": 1, "model": {"name": "tiny", "family": "llava",
         "fingerprint": "%s"}, "prompt": {}, "dtype": "float16", "compute_dtype": "float32",
         "tasks": [%s, %s]}""",
        FIXTURE.checkpoint().fingerprint(),
        String.format(Locale.ROOT, task, "cat"),
        String.format(Locale.ROOT, task, "dog"));
  }

  private void writeSuperNeurons(String json) throws IOException {
    Files.writeString(folder.resolve(SuperNeurons.FILE_NAME), json);
  }

  private int extract(List<String> lines, String... more) throws IOException {
    Path manifest = folder.resolve("set/rows.jsonl");
    Files.createDirectories(manifest.getParent());
    Files.write(manifest, lines);
    return run(new ExtractJob(), manifest.toString(), "out", more);
  }

  private int label(String input, String output, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--superneurons", folder.toString()));
    return run(new LabelJob(), input, output, all.toArray(String[]::new));
  }

  private int run(Callable<Integer> job, String input, String output, String... more) {
    List<String> args = new ArrayList<>(List.of("--input", input));
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    args.addAll(List.of(more));
    return JobMain.run(job, args.toArray(String[]::new));
  }

  private static String[] concat(String[] some, String... others) {
    return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
  }

  private static ObjectNode row(String id, String image, String question) {
    return JSON.createObjectNode().put("id", id).put("image", image).put("question", question);
  }

  private static String detail(Map<String, Row> errors, String id) {
    return errors.get(id).getAs("detail");
  }

  private static String id(Map<String, Row> errors, String place) {
    return errors.values().stream()
        .filter(row -> row.<String>getAs("detail").contains(place))
        .findFirst()
        .orElseThrow()
        .getAs("id");
  }

  private Map<String, Row> read(String output) throws IOException {
    Map<String, Row> byId = new TreeMap<>();
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(folder.resolve(output).toString()).collectAsList()) {
        byId.put(row.getAs("id"), row);
      }
    }
    return byId;
  }
}
