package io.superneurons.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The machine.
 *
 * @param cpu its processor's name
 * @param flags those of the processor's abilities that decide how fast it multiplies matrices
 * @param cores that this process may use
 */
public record Hardware(String cpu, List<String> flags, int cores) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final List<String> MATRIX_FLAGS =
      List.of("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx_bf16");

  public Hardware {
    flags = List.copyOf(flags);
  }

  /** The machine that this process runs on. */
  public static Hardware here() {
    String info = cpuInfo();
    List<String> all = Arrays.asList(value(info, "flags").split(" "));
    return new Hardware(
        value(info, "model name"),
        MATRIX_FLAGS.stream().filter(all::contains).toList(),
        Runtime.getRuntime().availableProcessors());
  }

  private static String cpuInfo() {
    try {
      return Files.readString(CPU_INFO);
    } catch (IOException e) {
      return ""; // not Linux
    }
  }

  private static String value(String info, String key) {
    return info.lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }
}
