package io.superneurons.jobs.files;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only what this program wrote may be replaced. */
class OutputFolderTest {
  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(temp.resolve("out"));
  }

  @Test
  void aFolderOfOthersIsNotReplacedAndTheMessageSaysWhatItHolds() throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("thesis")).resolve("ch1.txt"), "text");
    for (String name : new String[] {"a.txt", "b.txt", "c.txt"}) {
      Files.createFile(folder.resolve(name));
    }
    String message = assertThrows(ConfigurationException.class, this::overwrite).getMessage();
    assertTrue(message.contains("a.txt, b.txt, c.txt and 1 more"), message);
    assertTrue(message.contains(folder.toString()), message);
    OutputFolder.check(new Configuration(false), folder.toString(), Existing.RESUME);
  }

  @ParameterizedTest
  @CsvSource({
    "_run.json, superneurons-run",
    "_superneurons.json, superneurons-activations",
    "superneurons.json, superneurons",
    "_export.json, superneurons-export",
  })
  void aFolderOfThisProgramIsKnownByItsMarker(String marker, String format) throws IOException {
    Files.createFile(folder.resolve("part-0.parquet"));
    Path file = folder.resolve(marker);
    for (String other : new String[] {"", "{}", "{\"format\": \"another\"}", "[1]", "{"}) {
      Files.writeString(file, other);
      assertThrows(ConfigurationException.class, this::overwrite, other);
    }
    Files.writeString(file, "{\"format\": \"" + format + "\"}");
    assertDoesNotThrow(this::overwrite);
  }

  @Test
  void aFolderWithNothingOrAnEndedRunsRestMayBeUsed() throws IOException {
    assertDoesNotThrow(this::overwrite);
    Files.createFile(folder.resolve("_lock"));
    Files.createDirectories(folder.resolve("_temporary/7"));
    Files.createDirectories(folder.resolve("_staged-a"));
    assertDoesNotThrow(this::overwrite);
  }

  @Test
  void whatAKilledCommandPutInTheWayOfThisProgramsFilesMayBeReplaced() throws IOException {
    Path old = Files.createDirectories(folder.resolve("_replaced-a"));
    Files.createDirectories(folder.resolve("scores"));
    assertThrows(ConfigurationException.class, this::overwrite);
    Files.writeString(old.resolve("superneurons.json"), "{\"format\": \"superneurons\"}");
    assertDoesNotThrow(this::overwrite);
  }

  @Test
  void aFileIsNotReplacedByAFolder() throws IOException {
    folder = Files.createFile(temp.resolve("file"));
    String message = assertThrows(ConfigurationException.class, this::overwrite).getMessage();
    assertTrue(message.contains("is a file"), message);
  }

  @Test
  void whatIsReadIsNotReplaced() throws IOException {
    OutputFolder output = overwrite();
    for (Path input : new Path[] {folder, folder.resolve("in/manifest.jsonl"), temp}) {
      assertThrows(
          ConfigurationException.class,
          () -> output.requireOutside(input.toString()),
          input::toString);
    }
    output.requireOutside(temp.resolve("output").toString());
    output.requireApartFrom(temp.toString());
    assertThrows(ConfigurationException.class, () -> output.requireApartFrom(folder.toString()));
  }

  @Test
  void whatIsReadIsNotReplacedUnderAnotherName() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
    OutputFolder output = overwriting(link);
    for (Path input : new Path[] {folder, folder.resolve("not yet/there"), temp, link}) {
      assertThrows(
          ConfigurationException.class,
          () -> output.requireOutside(input.toString()),
          input::toString);
    }
    output.requireOutside(temp.resolve("link-2").toString());
    OutputFolder below = overwriting(link.resolve("below"));
    assertThrows(ConfigurationException.class, () -> below.requireOutside(folder.toString()));
    assertThrows(
        ConfigurationException.class,
        () -> overwrite().requireOutside(link.resolve("m.jsonl").toString()));
  }

  @Test
  void namesWithColonsAndSignsOfAddressesAreNames() {
    for (String name : new String[] {"a:b", "50%", "what?", "no#1", "a b", "x[1]", "{y}", "%41"}) {
      OutputFolder output = overwriting(temp.resolve(name));
      output.requireOutside(temp.resolve("in: 1").toString());
      Path within = temp.resolve(name).resolve("in");
      assertThrows(
          ConfigurationException.class, () -> output.requireOutside(within.toString()), name);
    }
  }

  private OutputFolder overwriting(Path path) {
    return OutputFolder.check(new Configuration(false), path.toString(), Existing.OVERWRITE);
  }

  private OutputFolder overwrite() {
    return overwriting(folder);
  }
}
