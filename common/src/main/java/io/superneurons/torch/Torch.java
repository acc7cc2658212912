package io.superneurons.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

/** The process's libtorch: loaded once, quiet, without calls home. */
public final class Torch {
  private static volatile boolean ended;

  private Torch() {}

  /**
   * Loads libtorch, if that was not done before. Classes whose scripts are compiled as they are
   * loaded do it too, but what goes wrong there is an error of the JVM's.
   *
   * @throws TorchException if the native library cannot be loaded
   */
  public static void load() {
    Loaded.manager();
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

  /**
   * Refuses all scripts from now on, since the process ends: a call that is still running when the
   * process unloads libtorch crashes the JVM. A pass, which makes many calls, therefore ends at its
   * next one.
   */
  public static void end() {
    ended = true;
  }

  /**
   * To be called before each use of libtorch.
   *
   * @throws IllegalStateException if the process ends; no row is to blame
   */
  static void requireNotEnded() {
    if (ended) {
      throw new IllegalStateException("The process ends");
    }
  }

  /** CUDA devices that libtorch sees; 0 for a CPU build. */
  public static int cudaDevices() {
    return CudaDevices.COUNT;
  }

  /** The version of libtorch, such as {@code 2.7.1}. */
  public static String version() {
    load();
    return Engine.getEngine("PyTorch").getVersion();
  }

  static PtNDManager manager() {
    return Loaded.manager();
  }

  /** Initialised by the class loader exactly once, whichever thread comes first. */
  private static final class Loaded {
    private static PtNDManager manager;
    private static TorchException failure;

    static {
      System.setProperty("OPT_OUT_TRACKING", "true");
      System.setProperty("ai.djl.offline", "true");
      // The profiling executor recompiles for every new shape; prompts come in all lengths.
      System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
      try {
        Libtorch.choose();
        manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
      } catch (TorchException e) {
        failure = e;
      } catch (RuntimeException | UnsatisfiedLinkError e) {
        failure = new TorchException("Cannot load libtorch: " + root(e).getMessage(), e);
      }
    }

    private static Throwable root(Throwable e) {
      return e.getCause() == null ? e : root(e.getCause());
    }

    private static PtNDManager manager() {
      if (failure != null) {
        throw new TorchException(failure.getMessage(), failure);
      }
      return manager;
    }
  }

  /**
   * As libtorch counts them. DJL asks a CUDA runtime on the library path instead, and there is none
   * where libtorch brings its own.
   */
  private static final class CudaDevices {
    private static final int COUNT = count();

    private static int count() {
      try (Script script = Script.compile(Torch.class, "cuda.py")) {
        return (int) script.longs("device_count")[0];
      } catch (TorchException e) {
        load(); // its message says why, if libtorch itself is what failed
        return 0;
      }
    }
  }
}
