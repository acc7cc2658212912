package io.superneurons.jobs.model;

import io.superneurons.torch.Torch;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** Where a Spark task runs the model. */
public enum DeviceChoice {
  /** The GPU that Spark gave the task, any other GPU that libtorch sees, or the CPU. */
  AUTO,
  CPU,
  /** A GPU, or an error where there is none. */
  CUDA;

  private static final String RESOURCE = "gpu";

  /**
   * libtorch's name of the device for the current task, such as {@code cuda:1}.
   *
   * @throws IllegalStateException if a GPU is asked for, or Spark gave the task one, and libtorch
   *     sees none
   */
  public String resolve() {
    TaskContext task = TaskContext.get();
    ResourceInformation given = task == null ? null : task.resourcesJMap().get(RESOURCE);
    List<String> addresses = given == null ? List.of() : List.of(given.addresses());
    return this == CPU ? "cpu" : resolve(addresses, Torch.cudaDevices());
  }

  /**
   * libtorch's name of the device.
   *
   * @param addresses Spark's addresses of the GPUs that it gave the task
   * @param devices number of GPUs that libtorch sees
   */
  String resolve(List<String> addresses, int devices) {
    if (this == CPU || (this == AUTO && devices == 0 && addresses.isEmpty())) {
      return "cpu";
    }
    if (devices == 0) {
      throw new IllegalStateException(
          (this == CUDA ? "--device cuda" : "Spark gave the task GPU " + addresses.get(0))
              + ", but libtorch sees no GPU on this executor: it needs an NVIDIA driver, and"
              + " SUPERNEURONS_LIBTORCH for a CUDA build of libtorch (deploy/README.md)");
    }
    int address = addresses.isEmpty() ? 0 : Integer.parseInt(addresses.get(0));
    // Where a container shows only its own GPU, that one is 0.
    return "cuda:" + (address < devices ? address : 0);
  }
}
