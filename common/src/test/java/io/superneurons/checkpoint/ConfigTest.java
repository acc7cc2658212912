package io.superneurons.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ConfigTest {
  private static final Config CONFIG =
      Config.parse(
          "config.json",
          """
          {"text_config": {"hidden_size": 64, "rope_theta": 1e6, "eps": 1, "act": "silu",
            "tied": false, "head_dim": null, "whole": 4.0},
           "pins": [[56, 112], [112, 56]], "ids": [1, 2], "id": 3, "names": ["a"], "mean": [0.5, 1],
           "bad": "abc", "big": 99999999999, "parts": [{"name": "x"}], "limit": Infinity}
          """);
  private static final Config TEXT = CONFIG.child("text_config");

  @Test
  void valuesHaveTheirTypes() {
    assertEquals(64, TEXT.requireInt("hidden_size"));
    assertEquals(4, TEXT.requireInt("whole"));
    assertEquals(1e6, TEXT.requireDouble("rope_theta"));
    assertEquals(1, TEXT.doubleValue("eps", 7));
    assertEquals("silu", TEXT.requireString("act"));
    assertFalse(TEXT.booleanValue("tied", true));
    assertArrayEquals(new int[] {1, 2}, CONFIG.ints("ids"));
    assertArrayEquals(new int[] {3}, CONFIG.ints("id"));
    assertArrayEquals(new double[] {0.5, 1}, CONFIG.doubles("mean"));
    assertEquals(List.of("a"), CONFIG.strings("names"));
    assertArrayEquals(new int[] {112, 56}, CONFIG.intRows("pins").get(1));
    assertEquals("x", CONFIG.children("parts").get(0).requireString("name"));
    assertEquals(Double.POSITIVE_INFINITY, CONFIG.requireDouble("limit"));
  }

  @Test
  void whatIsAbsentOrNullTakesItsDefault() {
    assertFalse(TEXT.has("head_dim"));
    assertEquals(16, TEXT.intValue("head_dim", 16));
    assertEquals(2.5, TEXT.doubleValue("nope", 2.5));
    assertEquals("x", TEXT.string("nope", "x"));
    assertTrue(TEXT.booleanValue("nope", true));
    assertTrue(CONFIG.child("nope").isEmpty());
    assertEquals(0, CONFIG.ints("nope").length);
  }

  @Test
  void errorsNameFileKeyAndValue() {
    assertFails(
        "config.json: bad must be an integer, found \"abc\"", () -> CONFIG.requireInt("bad"));
    assertFails(
        "config.json: text_config.act must be a number, found \"silu\"",
        () -> TEXT.requireDouble("act"));
    assertFails(
        "config.json: text_config.nope is missing; it must be an integer",
        () -> TEXT.requireInt("nope"));
    assertFails(
        "config.json: big must be an integer, found 99999999999", () -> CONFIG.intValue("big", 1));
    assertFails("config.json: id must be an object, found 3", () -> CONFIG.child("id").isEmpty());
    assertFails(
        "config.json: text_config.rope_theta must be a string, found 1000000.0",
        () -> TEXT.requireString("rope_theta"));
    assertFails(
        "config.json: parts[0].name must be an integer, found \"x\"",
        () -> CONFIG.children("parts").get(0).requireInt("name"));
  }

  private static void assertFails(String message, Executable action) {
    assertEquals(message, assertThrows(CheckpointException.class, action).getMessage());
  }
}
