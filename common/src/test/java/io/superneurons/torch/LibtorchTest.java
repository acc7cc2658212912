package io.superneurons.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibtorchTest {
  @TempDir private Path folder;

  @Test
  void aCudaBuildIsTakenWhereThereIsADriver() throws IOException {
    String lib = lib("build-version", "2.7.1+cu128\n").toString();
    Map<String, String> settings = Libtorch.settings(lib, () -> true);
    assertEquals(lib, settings.get("PYTORCH_LIBRARY_PATH"));
    assertEquals(Libtorch.JNI_FLAVOR, settings.get("PYTORCH_FLAVOR"));
    assertTrue(Libtorch.settings(lib, () -> false).isEmpty(), "the CPU's is loaded elsewhere");
    assertTrue(Libtorch.settings(null, () -> true).isEmpty());
    assertTrue(Libtorch.settings(" ", () -> true).isEmpty());
  }

  @Test
  void djlHasItsJniLibraryForThatFlavor() {
    String name =
        String.format(Locale.ROOT, "jnilib/linux-x86_64/%s/libdjl_torch.so", Libtorch.JNI_FLAVOR);
    assertNotNull(getClass().getClassLoader().getResource(name), name);
  }

  @Test
  void aHostWithoutADriverDoesNotNeedTheFolder() {
    assertTrue(Libtorch.settings("/nowhere", () -> false).isEmpty());
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    String wheel = lib("version.py", "__version__ = '2.11.0+cu130'\n").toString();
    assertEquals(
        String.format(
            Locale.ROOT, "SUPERNEURONS_LIBTORCH=%s is libtorch 2.11.0, but 2.7.1 is needed", wheel),
        refused(wheel));
  }

  @Test
  void aBuildForCpusIsRefused() throws IOException {
    Path lib = lib("build-version", "2.7.1+cpu\n");
    Files.delete(lib.resolve("libtorch_cuda.so"));
    String message = refused(lib.toString());
    assertTrue(message.contains("has no libtorch_cuda.so: name the lib folder of"), message);
  }

  private static String refused(String lib) {
    return assertThrows(TorchException.class, () -> Libtorch.settings(lib, () -> true))
        .getMessage();
  }

  private Path lib(String versionFile, String version) throws IOException {
    Files.writeString(folder.resolve(versionFile), version);
    Path lib = Files.createDirectory(folder.resolve("lib"));
    Files.createFile(lib.resolve("libtorch_cuda.so"));
    return lib;
  }
}
