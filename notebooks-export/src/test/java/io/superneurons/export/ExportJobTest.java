package io.superneurons.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.Site;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Export as a user runs it, on folders as the jobs write them. */
class ExportJobTest {
  @TempDir static Path folder;
  private static String activations;
  private static String selection;

  @BeforeAll
  static void write() throws IOException {
    activations = folder.resolve("activations").toString();
    selection = folder.resolve("selection").toString();
    try (SparkSession spark = Sessions.open("fixture")) {
      ExportFixture.writeActivations(spark, Path.of(activations));
      ExportFixture.writeSelection(spark, Path.of(selection), ExportFixture.MODEL);
      ExportFixture.writeSelection(
          spark, folder.resolve("other-model"), new ModelIdentity("other", "llava", "sha256:def"));
    }
  }

  private static int export(String output, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--output", folder.resolve(output).toString()));
    return JobMain.run(new ExportJob(), arguments.toArray(String[]::new));
  }

  /** All rows of a table, with the values of its columns, as text. */
  private static Set<String> read(String output, String table) throws IOException {
    try (SparkSession spark = Sessions.open("read")) {
      return spark
          .read()
          .parquet(folder.resolve(output).resolve(table).toString())
          .collectAsList()
          .stream()
          .map(Row::toString)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String line(int row, String task, String label, LayerSite place, int index) {
    return String.format(
        Locale.ROOT,
        "[row%d,%s,%s,%s,%d,%s,%d,%s]",
        row,
        task,
        row % 2 == 0 ? "probe" : "test",
        label,
        place.layer(),
        place.site(),
        index,
        ExportFixture.value(row, place, index));
  }

  @Test
  void itsHelpHasGroupsWithExamples() {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertEquals(0, JobMain.run(new ExportJob(), "--help"));
    } finally {
      System.setOut(out);
    }
    String help = printed.toString(StandardCharsets.UTF_8);
    List<String> headings = help.lines().filter(line -> line.matches("\\w.*:")).toList();
    assertEquals(
        List.of(
            "What is read and written:",
            "Rows for people to look at:",
            "Which values:",
            "As what:",
            "Also:"),
        headings);
    assertEquals(headings.size(), help.split("  Example: ", -1).length - 1, help);
  }

  @Test
  void everyTaskHasTheValuesOfItsOwnSuperNeurons() throws IOException {
    assertEquals(0, export("selected", "--activations", activations, "--selection", selection));
    LayerSite shallow = new LayerSite(0, Site.MLP_POST);
    LayerSite deep = new LayerSite(1, Site.RESID_POST);
    LayerSite hue = new LayerSite(1, Site.MLP_POST);
    assertEquals(
        Set.of(
            line(0, "dog", ExportFixture.QUOTED, shallow, 2),
            line(0, "dog", ExportFixture.QUOTED, deep, 0),
            line(1, "dog", "yes", shallow, 2),
            line(1, "dog", "yes", deep, 0),
            line(2, "hue", "yes", hue, 3),
            line(3, "hue", "yes", hue, 3)),
        read("selected", "activations"));
    assertEquals(
        Set.of("[dog,test,super_neurons,accuracy,0.75]", "[hue,test,super_neurons,accuracy,0.5]"),
        read("selected", "evaluations"));
    assertEquals(Set.of("[dog,test,top_k,3,0.25]"), read("selected", "curves"));
    assertEquals(2 * (2 * (3 + 4) + 3 * 2), read("selected", "scores").size());
  }

  @Test
  void allNeuronsOfSomeLayersSitesAndTasksNeedNoSelection() throws IOException {
    assertEquals(
        0,
        export(
            "all",
            "--activations",
            activations,
            "--neurons",
            "all",
            "--layers",
            "1",
            "--sites",
            "resid_post",
            "--tasks",
            "hue,other"));
    LayerSite place = new LayerSite(1, Site.RESID_POST);
    Set<String> expected = new TreeSet<>();
    for (int index = 0; index < 3; index++) {
      expected.add(line(2, "hue", "yes", place, index));
      expected.add(line(3, "hue", "yes", place, index));
      expected.add(line(4, "other", "yes", place, index));
    }
    assertEquals(expected, read("all", "activations"));
    assertFalse(Files.exists(folder.resolve("all").resolve("scores")));
  }

  /** The tower has more layers than the decoder; each part's are named by themselves. */
  @Test
  void layersOfTheTowerAreThoseOfTheTower() throws IOException {
    assertEquals(
        0,
        export(
            "tower",
            "--activations",
            activations,
            "--selection",
            selection,
            "--neurons",
            "all",
            "--layers",
            "1",
            "--tower-layers",
            "2",
            "--sites",
            "vision_mlp_post,resid_post",
            "--tasks",
            "hue"));
    LayerSite inTower = new LayerSite(2, Site.VISION_MLP_POST_MAX);
    LayerSite inDecoder = new LayerSite(1, Site.RESID_POST);
    Set<String> expected = new TreeSet<>();
    for (int row = 2; row < 4; row++) {
      for (int index = 0; index < 2; index++) {
        expected.add(line(row, "hue", "yes", inTower, index));
      }
      for (int index = 0; index < 3; index++) {
        expected.add(line(row, "hue", "yes", inDecoder, index));
      }
    }
    assertEquals(expected, read("tower", "activations"));
    assertEquals(2 + 3, read("tower", "scores").size());
    assertEquals(0, export("alone", "--selection", selection, "--sites", "vision_mlp_post_max"));
    assertEquals(2 * 3 * 2, read("alone", "scores").size());
  }

  @Test
  void theBestNeuronsOfATaskResolveTiesByLayerSiteAndIndex() throws IOException {
    assertEquals(
        0,
        export(
            "top",
            "--activations",
            activations,
            "--selection",
            selection,
            "--neurons",
            "top:2",
            "--tasks",
            "dog"));
    LayerSite first = new LayerSite(0, Site.RESID_POST);
    LayerSite second = new LayerSite(0, Site.MLP_POST);
    assertEquals(
        Set.of(
            line(0, "dog", ExportFixture.QUOTED, first, 2),
            line(0, "dog", ExportFixture.QUOTED, second, 2),
            line(1, "dog", "yes", first, 2),
            line(1, "dog", "yes", second, 2)),
        read("top", "activations"));
    assertEquals(
        Set.of("[dog,test,super_neurons,accuracy,0.75]"),
        read("top", "evaluations"),
        "other tables are of these tasks too");
  }

  @Test
  void csvHoldsTheSameInFlatColumns() throws IOException {
    assertEquals(
        0,
        export(
            "csv",
            "--activations",
            activations,
            "--selection",
            selection,
            "--format",
            "csv",
            "--layers",
            "0",
            "--sites",
            "mlp_post",
            "--tasks",
            "dog"));
    String values = text(folder.resolve("csv").resolve("activations"));
    assertTrue(values.startsWith("id,task,split,label,layer,site,index,value\n"), values);
    assertTrue(
        values.contains("row0,dog,probe,\"say \"\"no\"\", \nplease\",0,mlp_post,2,0.28125"),
        values);
    List<String> scores = text(folder.resolve("csv").resolve("scores")).lines().sorted().toList();
    assertEquals(
        List.of(
            "dog,0,mlp_post,0,midpoint,,1,,-1.5;0.0,0.5,,0.5,,,false",
            "dog,0,mlp_post,1,midpoint,,1,1.5,-1.5;1.0,0.5,,0.5,,,false",
            "dog,0,mlp_post,2,midpoint,,1,2.5,-1.5;2.0,0.9,,0.5,,,false",
            "dog,0,mlp_post,3,midpoint,,1,3.5,-1.5;3.0,0.5,,0.5,,,false"),
        scores.stream().filter(line -> line.startsWith("dog")).toList());
  }

  private static String text(Path table) throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.list(table)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  @Test
  void refusesBeforeItWrites() {
    assertEquals(2, export("none"), "nothing to export");
    assertEquals(2, export("none", "--activations", activations), "which neurons?");
    assertEquals(
        2,
        export(
            "none",
            "--activations",
            activations,
            "--selection",
            folder.resolve("other-model").toString()),
        "another model");
    assertEquals(
        2, export("none", "--activations", activations, "--neurons", "all", "--tasks", "cat"));
    assertEquals(
        2, export("none", "--activations", activations, "--neurons", "all", "--layers", "2"));
    assertEquals(
        2, export("none", "--activations", activations, "--neurons", "all", "--tower-layers", "3"));
    assertEquals(2, export("none", "--selection", selection, "--neurons", "top:0"));
    assertEquals(2, export("selection", "--selection", selection), "the folder is there");
    assertFalse(Files.exists(folder.resolve("none")));
    assertEquals(2, export(".", "--selection", selection, "--overwrite"), "it holds the input");
    assertTrue(Files.exists(Path.of(selection)));
  }
}
