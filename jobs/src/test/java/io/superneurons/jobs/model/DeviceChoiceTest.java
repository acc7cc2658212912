package io.superneurons.jobs.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
  @Test
  void aTaskRunsOnTheGpuThatSparkGaveIt() {
    assertEquals("cuda:3", DeviceChoice.AUTO.resolve(List.of("3"), 4));
    assertEquals("cuda:3", DeviceChoice.CUDA.resolve(List.of("3"), 4));
    assertEquals("cuda:0", DeviceChoice.AUTO.resolve(List.of("3"), 1), "a container shows one");
  }

  @Test
  void withoutSparksWordItIsTheFirstGpuOrTheCpu() {
    assertEquals("cuda:0", DeviceChoice.AUTO.resolve(List.of(), 2));
    assertEquals("cpu", DeviceChoice.AUTO.resolve(List.of(), 0));
    assertEquals("cpu", DeviceChoice.CPU.resolve(List.of("1"), 2));
  }

  @Test
  void aGpuThatLibtorchDoesNotSeeIsNotReplacedByTheCpu() {
    assertRefused(DeviceChoice.AUTO, List.of("1"), "Spark gave the task GPU 1, but libtorch sees");
    assertRefused(DeviceChoice.CUDA, List.of(), "--device cuda, but libtorch sees no GPU");
  }

  private static void assertRefused(DeviceChoice choice, List<String> addresses, String start) {
    String message =
        assertThrows(IllegalStateException.class, () -> choice.resolve(addresses, 0)).getMessage();
    assertTrue(message.startsWith(start), message);
    assertTrue(message.contains("SUPERNEURONS_LIBTORCH"), message);
  }
}
