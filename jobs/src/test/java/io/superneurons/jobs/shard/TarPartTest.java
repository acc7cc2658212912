package io.superneurons.jobs.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.input.EmbeddedReader;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.PartRows;
import io.superneurons.jobs.input.RowParser;
import io.superneurons.jobs.source.InputFiles;
import io.superneurons.jobs.source.InputOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Tar files that src/test/python/shard_fixtures.py wrote with Python's tarfile. */
class TarPartTest {
  private static final Path FIXTURES = Path.of("src/test/resources/shards").toAbsolutePath();
  private static final Configuration CONF = new Configuration(false);
  private static final String DEEP = "deep/".repeat(40) + "sample.png";

  @TempDir private Path folder;

  /** A row, and its image as it was read at first and again. */
  private record Read(ManifestRow row, byte[] image, byte[] again) {}

  private static InputOptions options(Path input, String... more) {
    List<String> args = new ArrayList<>(List.of("--input", input.toString()));
    args.addAll(List.of(more));
    InputOptions options = new InputOptions();
    new CommandLine(options)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(args.toArray(String[]::new));
    return options;
  }

  private static List<Read> read(Path input, String... more) throws IOException {
    InputOptions options = options(input, more);
    List<Read> all = new ArrayList<>();
    for (InputPart part : InputFiles.find(CONF, options)) {
      all.addAll(read(part, options.parser(CONF)));
    }
    return all;
  }

  private static List<Read> read(InputPart part, RowParser parser) throws IOException {
    List<Read> all = new ArrayList<>();
    try (PartRows rows = part.rows(CONF, parser, Long.MAX_VALUE);
        EmbeddedReader images = part.embedded(CONF, parser)) {
      for (ManifestRow row = rows.next(); row != null; row = rows.next()) {
        boolean isEmbedded = row.embedded() != null;
        all.add(
            new Read(
                row,
                isEmbedded ? row.embedded().bytes() : null,
                isEmbedded ? images.read(rows.at()) : null));
        assertEquals(all.size(), rows.number());
      }
    }
    return all;
  }

  private static <T> List<T> each(List<Read> rows, Function<ManifestRow, T> field) {
    return rows.stream().map(row -> field.apply(row.row)).toList();
  }

  private static String name(ManifestRow row) {
    return row.image() == null ? null : row.image().replaceFirst(".*/web\\.tar(\\.gz)?/", "");
  }

  private static String problem(ManifestRow row) {
    return row.problem() == null ? null : row.problem().detail();
  }

  @Test
  void membersOfAKeyAreARow() throws IOException {
    for (String file : List.of("web.tar", "web.tar.gz")) {
      List<Read> rows = read(FIXTURES.resolve(file), "--question", "Is it?");
      assertEquals(
          Arrays.asList("0.png", "1.png", null, null, null, DEEP), each(rows, TarPartTest::name));
      assertEquals(
          Arrays.asList("yes", "no", null, "alone", null, "7"), each(rows, ManifestRow::label));
      assertEquals(
          Arrays.asList("Is it black?", "Is it?"), each(rows, ManifestRow::question).subList(0, 2));
      assertEquals("probe", rows.get(0).row.split());
      List<String> problems = each(rows, TarPartTest::problem);
      assertNull(problems.get(0));
      assertTrue(problems.get(2).contains("Sample a/b has 2 images; name one"), problems.get(2));
      assertTrue(problems.get(3).contains("Sample c has no image"), problems.get(3));
      assertTrue(problems.get(4).contains("Sample d: The line is not JSON"), problems.get(4));
      for (int i : new int[] {0, 1, 5}) {
        assertArrayEquals(rows.get(i).image, rows.get(i).again, file + " " + i);
      }
      assertFalse(Arrays.equals(rows.get(0).image, rows.get(1).image));
    }
  }

  @Test
  void idsGoByTheNameAndNotByTheImage() throws IOException {
    Path copy = Files.copy(FIXTURES.resolve("web.tar"), folder.resolve("web.tar"));
    String id = read(copy).get(1).row.id();
    byte[] bytes = Files.readAllBytes(copy);
    Files.write(
        copy, new String(bytes, "ISO-8859-1").replace("no\n", "so\n").getBytes("ISO-8859-1"));
    assertFalse(id.equals(read(copy).get(1).row.id()), "another label is another row");
    Files.write(copy, bytes);
    assertEquals(id, read(copy).get(1).row.id());
    Files.move(copy, folder.resolve("other.tar"));
    assertFalse(id.equals(read(folder.resolve("other.tar")).get(1).row.id()), "another tar");
  }

  @Test
  void oneOfSeveralImagesGoesByItsExtension() throws IOException {
    List<Read> rows = read(FIXTURES.resolve("web.tar"), "--columns", "image=seg.png");
    assertEquals("a/b.seg.png", name(rows.get(2).row));
    assertArrayEquals(rows.get(2).image, rows.get(2).again);
  }

  @Test
  void aTarThatIsCutOffGivesItsGoodRowsAndOneErrorRow() throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve("00000.tar"));
    int end = 9 * 1024; // of nine members, each a header and a block
    for (int length = 0; length <= whole.length; length += 256) {
      Path cut = folder.resolve("cut.tar");
      Files.write(cut, Arrays.copyOf(whole, length));
      List<Read> rows = read(cut);
      boolean isWhole = length >= end + 512;
      int good = isWhole ? 3 : Math.max(0, Math.min(2, (length - 512) / 3072));
      assertEquals(good + (isWhole ? 0 : 1), rows.size(), "cut at " + length);
      assertEquals(good, rows.stream().filter(row -> row.row.problem() == null).count());
      if (!isWhole) {
        String problem = problem(rows.get(good).row);
        assertTrue(problem.contains("is cut off or broken"), problem);
      }
    }
    byte[] packed = Files.readAllBytes(FIXTURES.resolve("web.tar.gz"));
    Path cut = folder.resolve("cut.tar.gz");
    Files.write(cut, Arrays.copyOf(packed, packed.length * 3 / 4));
    List<Read> rows = read(cut);
    String last = problem(rows.get(rows.size() - 1).row);
    assertTrue(last.contains("is cut off or broken"), last);
    assertNull(problem(rows.get(0).row));
  }

  @Test
  void tarsBehindEachOtherAreReadOn() throws IOException {
    byte[] one = Files.readAllBytes(FIXTURES.resolve("00000.tar"));
    byte[] other = Files.readAllBytes(FIXTURES.resolve("00001.tar"));
    int end = 9 * 1024; // of the members of both
    for (int zeros : new int[] {512, 1024, one.length - end}) {
      byte[] both = joined(Arrays.copyOf(one, end + zeros), other);
      requireBoth(Files.write(folder.resolve("both.tar"), both));
    }
    byte[] packed = joined(gzip(one), gzip(other));
    requireBoth(Files.write(folder.resolve("both.tar.gz"), packed));
    List<Read> twice = read(Files.write(folder.resolve("twice.tar"), joined(one, one)));
    assertEquals(6, twice.size(), "a key that ends one tar and begins the next is two samples");
    byte[] cut = joined(one, Arrays.copyOf(other, end));
    List<Read> rows = read(Files.write(folder.resolve("cut.tar"), cut));
    assertEquals(6, rows.size());
    assertTrue(problem(rows.get(5).row).contains("cut off or broken"));
    byte[] more = joined(one, "more".getBytes("UTF-8"));
    rows = read(Files.write(folder.resolve("more.tar"), more));
    assertEquals(4, rows.size());
    String problem = problem(rows.get(3).row);
    assertTrue(problem.contains("behind the end of the tar are bytes that are no tar"), problem);
  }

  private static void requireBoth(Path tar) throws IOException {
    List<Read> rows = read(tar);
    assertEquals(6, rows.size(), tar.toString());
    for (Read row : rows) {
      assertNull(problem(row.row));
      assertArrayEquals(row.image, row.again);
    }
    assertEquals(6, rows.stream().map(row -> row.row.embedded().sha256()).distinct().count());
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void linksAndSparseFilesAreBadRowsThatSayTheWayOut() throws IOException {
    for (String file : List.of("odd-gnu.tar", "odd-posix.tar")) {
      List<Read> rows = read(FIXTURES.resolve(file));
      assertEquals(
          Arrays.asList("yes", null, null, "yes", null, null),
          each(rows, ManifestRow::label),
          file);
      List<String> problems = each(rows, TarPartTest::problem);
      assertTrue(problems.get(1).contains("Member 1.cls is a link to 0.cls"), problems.get(1));
      assertTrue(problems.get(2).contains("Member 2.png is a link to 0.png"), problems.get(2));
      assertTrue(problems.get(4).contains("Member 4.png is stored as a sparse"), problems.get(4));
      for (int i : new int[] {0, 3, 5}) {
        assertNull(problems.get(i), file);
        assertArrayEquals(rows.get(i).image, rows.get(i).again, file + " " + i);
      }
    }
  }

  @Test
  void tablesOfImg2datasetAreJoinedByKey() throws IOException {
    for (String input : List.of("", "{00000..00001}.tar", "0000?.tar")) {
      for (String name : List.of("00000", "00001")) {
        for (String end : List.of(".tar", ".parquet", "_stats.json")) {
          Path to = folder.resolve(name + end);
          if (!Files.exists(to)) {
            Files.copy(FIXTURES.resolve(name + end), to);
          }
        }
      }
      List<Read> rows = read(folder.resolve(input));
      assertEquals(
          List.of("cat", "dog", "cat", "cat", "dog", "cat"), each(rows, ManifestRow::label), input);
      rows.forEach(row -> assertArrayEquals(row.image, row.again));
    }
  }
}
