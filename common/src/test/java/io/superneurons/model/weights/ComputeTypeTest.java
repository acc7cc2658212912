package io.superneurons.model.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeTypeTest {
  @ParameterizedTest
  @CsvSource({
    "AuthenticAMD, fma avx2, false",
    "AuthenticAMD, fma avx2 avx512f avx512_bf16, true",
    "GenuineIntel, fma avx2 avx512f avx512_vnni, false",
    "GenuineIntel, fma avx2 avx512f avx512_bf16 avx512_fp16, false",
    "GenuineIntel, fma avx2 avx512f avx512_bf16 amx_bf16 amx_tile, true"
  })
  void bfloat16IsTakenWhereItIsFasterThanFloat32(String vendor, String flags, boolean faster) {
    String cpuInfo = "processor\t: 0\nvendor_id\t: " + vendor + "\nflags\t\t: " + flags + "\n";
    assertEquals(faster, ComputeType.isFasterInBfloat16(cpuInfo));
  }
}
