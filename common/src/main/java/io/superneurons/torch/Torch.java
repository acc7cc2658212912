package io.superneurons.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

/** The process's libtorch: loaded once, quiet, without calls home. */
public final class Torch {
  private Torch() {}

  /**
   * Loads libtorch on first use.
   *
   * @throws TorchException if the native library cannot be loaded
   */
  static void load() {
    Loaded.touch();
  }

  /**
   * Sets the number of threads that one operation may use on a CPU. Spark's task slots and these
   * threads multiply, so one inference runs at a time in an executor.
   */
  public static void setThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    load();
    JniUtils.setNumThreads(threads);
  }

  /** The number of threads that one operation may use on a CPU. */
  public static int threads() {
    load();
    return JniUtils.getNumThreads();
  }

  /** CUDA devices that libtorch sees; 0 for a CPU build. */
  public static int cudaDevices() {
    load();
    return Engine.getEngine("PyTorch").getGpuCount();
  }

  /** The version of libtorch, such as {@code 2.7.1}. */
  public static String version() {
    load();
    return Engine.getEngine("PyTorch").getVersion();
  }

  static PtNDManager manager() {
    return Loaded.MANAGER;
  }

  /** Initialised by the class loader exactly once, whichever thread comes first. */
  private static final class Loaded {
    private static final PtNDManager MANAGER = load();

    private static PtNDManager load() {
      System.setProperty("OPT_OUT_TRACKING", "true");
      System.setProperty("ai.djl.offline", "true");
      // The profiling executor recompiles for every new shape; prompts come in all lengths.
      System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
      try {
        return (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
      } catch (RuntimeException | UnsatisfiedLinkError e) {
        throw new TorchException("Cannot load libtorch: " + e.getMessage(), e);
      }
    }

    private static void touch() {
      MANAGER.getDevice();
    }
  }
}
