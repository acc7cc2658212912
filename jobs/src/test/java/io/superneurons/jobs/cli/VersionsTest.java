package io.superneurons.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What files say that they were made with is what the launcher calls this program. */
class VersionsTest {
  @Test
  void thisProgramHasTheVersionOfThePom() throws IOException {
    Matcher pom =
        Pattern.compile("<version>(.*)</version>").matcher(Files.readString(Path.of("../pom.xml")));
    pom.find(); // the launcher takes the first, too
    assertEquals(pom.group(1), Versions.ofThis().get("superneurons"));
  }
}
