package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Images in tar files through extract, as the same images in files. */
@ExtendWith(FewShufflePartitions.class)
class ShardJobsTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final Path IMAGES = FIXTURE.folder().resolve("images").toAbsolutePath();
  private static final List<String> NAMES = List.of("0", "1", "2");

  @TempDir private Path folder;

  @Test
  void imagesOfTarsAreThoseOfFilesAndResumeGoesByTheirNames() throws IOException {
    Path first = folder.resolve("shards/00.tar");
    write(first, NAMES.subList(0, 2));
    write(folder.resolve("shards/01.tar"), NAMES.subList(2, 3));
    assertEquals(0, extract(folder + "/shards/{00..01}.tar", "tars"));
    assertEquals(0, extract(IMAGES.toString(), "files"));
    Map<String, Row> tars = read("tars");
    Map<String, Row> files = read("files");
    assertEquals(3, tars.size());
    for (String name : NAMES) {
      assertArrayEquals(
          files.get(name).<byte[]>getAs("l00_resid_post"),
          tars.get(name).<byte[]>getAs("l00_resid_post"),
          name);
      assertEquals("label of " + name, tars.get(name).getAs("label"));
    }

    Files.write(first, Arrays.copyOf(Files.readAllBytes(first), 4096)); // within its second image
    write(folder.resolve("shards/02.tar"), List.of("2"));
    assertEquals(0, extract(folder + "/shards", "tars", "--resume"));
    assertEquals(3, read("tars").size());
    assertEquals(4, rows("tars"), "those of before, and that of the third tar");
    Row broken = read("tars/_errors").values().iterator().next();
    assertTrue(broken.<String>getAs("detail").contains("00.tar is cut off or broken"));
  }

  private static void write(Path tar, List<String> names) throws IOException {
    Files.createDirectories(tar.getParent());
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      for (String name : names) {
        add(out, name + ".cls", ("label of " + name).getBytes(StandardCharsets.UTF_8));
        add(out, name + ".png", Files.readAllBytes(IMAGES.resolve(name + ".png")));
      }
    }
  }

  private static void add(TarArchiveOutputStream out, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  private int extract(String input, String output, String... more) {
    List<String> args = new ArrayList<>(List.of("--input", input, "--question", "Is it?"));
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    args.addAll(List.of("--output", folder.resolve(output).toString(), "--layers", "0"));
    args.addAll(List.of(more));
    return JobMain.run(new ExtractJob(), args.toArray(String[]::new));
  }

  private long rows(String output) throws IOException {
    try (SparkSession spark = Sessions.open("count")) {
      return spark.read().parquet(folder.resolve(output).toString()).count();
    }
  }

  /** Rows by the names of their images. */
  private Map<String, Row> read(String output) throws IOException {
    Map<String, Row> rows = new TreeMap<>();
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(folder.resolve(output).toString()).collectAsList()) {
        String image = row.getAs("image");
        rows.put(image == null ? "" : image.replaceFirst(".*/", "").replace(".png", ""), row);
      }
    }
    return rows;
  }
}
