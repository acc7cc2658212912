package io.superneurons.neuron;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.neuron.chosen.HeldOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The numbers that {@code neuron_fixtures.py} and {@code drift_fixtures.py} wrote. */
public final class Fixture {
  private Fixture() {}

  public static JsonNode read() {
    return read("neuron.json");
  }

  public static JsonNode read(String name) {
    try (var stream = Fixture.class.getResourceAsStream("/neuron/" + name)) {
      return new ObjectMapper().readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  public static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  public static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }

  /** The held-out rows of a case of {@code cascade.json}. */
  public static HeldOut heldOut(JsonNode c) {
    List<HeldOut.Said> levels = new ArrayList<>();
    for (int level = 0; level < c.get("margins").size(); level++) {
      levels.add(
          new HeldOut.Said(
              ints(c.get("predicted").get(level)), doubles(c.get("margins").get(level))));
    }
    return HeldOut.of(ints(c.get("given")), levels, Optional.of(ints(c.get("answers"))));
  }
}
