package io.superneurons.neuron.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.Float16;
import io.superneurons.neuron.rule.RuleFitterTest;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final float LARGEST_HALF = 65504f;

  @Test
  void everyHalfHasAKeyThatStandsForItAndOrdersAlike() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Float16.toFloat((short) bits);
      int key = Keys.ofHalf((short) bits);
      assertEquals(Float.isFinite(value), Keys.FLOAT16.isFinite(key));
      assertEquals(Float.isNaN(value), Keys.FLOAT16.isNaN(key));
      assertEquals(Math.abs(value) == LARGEST_HALF, Keys.FLOAT16.isSaturated(key));
      if (!Float.isNaN(value)) {
        assertEquals(value + 0.0, Keys.FLOAT16.value(key), "-0 is 0");
        assertEquals(key, Keys.FLOAT16.floor(value), "of " + value);
      }
    }
    for (int key = -0x7c00; key < 0x7c00; key++) {
      assertTrue(Keys.FLOAT16.value(key) < Keys.FLOAT16.value(key + 1));
    }
  }

  @Test
  void floatsHaveKeysThatOrderAlike() {
    float[] ascending = {
      Float.NEGATIVE_INFINITY, -Float.MAX_VALUE, -1, -Float.MIN_VALUE, 0, 1e-9f, 3, Float.MAX_VALUE
    };
    for (int i = 1; i < ascending.length; i++) {
      assertTrue(Keys.ofFloat(ascending[i - 1]) < Keys.ofFloat(ascending[i]));
      assertEquals(ascending[i], Keys.FLOAT32.value(Keys.ofFloat(ascending[i])));
      double below = Math.nextDown((double) ascending[i]);
      assertEquals(Keys.ofFloat(ascending[i]) - 1, Keys.FLOAT32.floor(below));
    }
    assertEquals(Keys.ofFloat(0f), Keys.ofFloat(-0f));
    assertTrue(Keys.FLOAT32.isNaN(Keys.ofFloat(Float.NaN)));
  }

  /** Few rows are compared, many are counted; both must order keys and labels. */
  @Test
  void halvesSortAsFloatsDo() {
    Random random = new Random(4);
    for (int rows : new int[] {1, 2, 96, 97, 5000}) {
      float[] values = new float[rows];
      int[] labels = new int[rows];
      for (int row = 0; row < rows; row++) {
        values[row] = Float16.toFloat((short) random.nextInt(1 << 16));
        labels[row] = row * 300 / rows;
      }
      int[] all = IntStream.range(0, rows).toArray();
      LabelledKeys halves = new LabelledKeys();
      LabelledKeys floats = new LabelledKeys();
      RuleFitterTest.values(Keys.FLOAT16, values).sort(all, labels, halves);
      RuleFitterTest.values(Keys.FLOAT32, values).sort(all, labels, floats);
      assertEquals(rows, halves.size());
      assertArrayEquals(numbers(Keys.FLOAT32, floats), numbers(Keys.FLOAT16, halves));
      assertArrayEquals(floats.labels(), halves.labels());
    }
  }

  private static double[] numbers(Keys type, LabelledKeys keys) {
    return IntStream.of(keys.keys()).mapToDouble(type::value).toArray();
  }
}
