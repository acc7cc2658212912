package io.superneurons.torch;

import ai.djl.util.ClassLoaderUtils;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which libtorch a process loads: the one for CPUs that is among the jars or, on a host with an
 * NVIDIA driver, the CUDA build in the folder that the environment variable {@value #FOLDER} names.
 * So a driver without a GPU and its executors can have the same environment.
 *
 * <p>DJL's own variable {@code PYTORCH_LIBRARY_PATH} comes before it, with all that DJL makes of
 * it.
 */
final class Libtorch {
  static final String FOLDER = "SUPERNEURONS_LIBTORCH";

  /** The CUDA build of DJL's JNI library; it fits libtorch for any CUDA of its version. */
  static final String JNI_FLAVOR = "cu128";

  /** Where the archives of libtorch and the wheels of torch say their version. */
  private static final List<String> VERSION_FILES = List.of("../build-version", "../version.py");

  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
  private static final String CUDA_DRIVER = "libcuda.so.1";
  private static final Logger LOG = LoggerFactory.getLogger(Libtorch.class);

  private Libtorch() {}

  /** Tells DJL, before it loads libtorch. */
  static void choose() {
    settings(System.getenv(FOLDER), Libtorch::hasDriver).forEach(System::setProperty);
  }

  /**
   * What DJL is told.
   *
   * @param folder of a CUDA build of libtorch; null or empty for none
   * @param driver whether the host can use it
   * @throws TorchException if it is no libtorch, or one of another version
   */
  static Map<String, String> settings(String folder, BooleanSupplier driver) {
    if (folder == null || folder.isBlank()) {
      return Map.of();
    }
    if (!driver.getAsBoolean()) {
      LOG.warn("{} is not used: this host has no NVIDIA driver ({})", FOLDER, CUDA_DRIVER);
      return Map.of();
    }
    requireFitting(Path.of(folder));
    return Map.of("PYTORCH_LIBRARY_PATH", folder, "PYTORCH_FLAVOR", JNI_FLAVOR);
  }

  private static void requireFitting(Path folder) {
    String wanted = version(jniVersion());
    if (!Files.isRegularFile(folder.resolve("libtorch_cuda.so"))) {
      throw new TorchException(
          String.format(
              Locale.ROOT,
              "%s=%s has no libtorch_cuda.so: name the lib folder of a CUDA build of libtorch %s",
              FOLDER,
              folder,
              wanted));
    }
    for (String name : VERSION_FILES) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        String found = version(read(file));
        if (!found.equals(wanted)) {
          throw new TorchException(
              String.format(
                  Locale.ROOT,
                  "%s=%s is libtorch %s, but %s is needed",
                  FOLDER,
                  folder,
                  found,
                  wanted));
        }
        return;
      }
    }
  }

  private static String version(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.find() ? matcher.group() : "of an unknown version";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Such as {@code 2.7.1-0.35.1}: of libtorch, and of DJL. */
  private static String jniVersion() {
    try (InputStream in = ClassLoaderUtils.getResourceAsStream("jnilib/pytorch.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("jni_version");
    } catch (IOException e) {
      throw new UncheckedIOException("DJL's JNI library for PyTorch is not on the class path", e);
    }
  }

  /** Libraries of a CUDA build cannot be loaded without it. */
  private static boolean hasDriver() {
    try {
      NativeLibrary.getInstance(CUDA_DRIVER);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }
}
