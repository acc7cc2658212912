package io.superneurons.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Against NumPy; the fixture is written by {@code activation_fixtures.py}. */
class Float16Test {
  private static final float LARGEST = 65504f;

  private final JsonNode fixture = fixture();

  @Test
  void everyHalfBecomesNumPysFloat() throws GeneralSecurityException {
    ByteBuffer floats = ByteBuffer.allocate(0x10000 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int half = 0; half < 0x10000; half++) {
      floats.putInt(Float.floatToRawIntBits(Float16.toFloat((short) half)));
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(floats.array());
    assertEquals(
        fixture.get("sha256_of_every_half_as_little_endian_float32").asText(),
        HexFormat.of().formatHex(digest));
  }

  @Test
  void everyHalfComesBack() {
    for (int half = 0; half < 0x10000; half++) {
      assertEquals((short) half, Float16.fromFloat(Float16.toFloat((short) half)));
    }
  }

  @Test
  void floatsRoundAsInNumPy() {
    JsonNode floats = fixture.get("float32_bits");
    JsonNode halves = fixture.get("float16_bits");
    for (int i = 0; i < floats.size(); i++) {
      String bits = floats.get(i).asText();
      float value = Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 16));
      int half = Float16.fromFloat(value) & 0xffff;
      assertEquals(
          halves.get(i).asText(),
          String.format(Locale.ROOT, "%04x", half),
          "of float bits " + bits);
    }
  }

  @Test
  void whatIsBeyondTheRangeSaturatesAndIsCounted() {
    SaturationCounter counter = new SaturationCounter();
    float[] values = {1f, 65519f, 65520f, -1e9f, Float.POSITIVE_INFINITY, Float.NaN};
    float[] stored = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      stored[i] = Float16.toFloat(Float16.fromFloatSaturating(values[i], counter));
    }
    float max = LARGEST;
    assertEquals(1f, stored[0]);
    assertEquals(max, stored[1]);
    assertEquals(max, stored[2]);
    assertEquals(-max, stored[3]);
    assertEquals(max, stored[4]);
    assertTrue(Float.isNaN(stored[5]));
    assertEquals(3, counter.saturated());
    assertEquals(1, counter.nan());
  }

  private static JsonNode fixture() {
    try (var stream = Float16Test.class.getResourceAsStream("/activation/float16.json")) {
      return new ObjectMapper().readTree(stream);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
