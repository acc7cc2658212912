package io.superneurons.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameEncodingTest {
  @Test
  void utf8IsFine() {
    assertEquals(Optional.empty(), NameEncoding.problem("UTF-8"));
    assertEquals(Optional.empty(), NameEncoding.problem("utf8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ANSI_X3.4-1968", "ISO-8859-1", "646", "no such", ""})
  void anythingElseLosesFiles(String encoding) {
    String problem = NameEncoding.problem(encoding).orElseThrow();
    assertTrue(problem.contains("LC_ALL=C.UTF-8"), problem);
  }
}
