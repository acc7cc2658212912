package io.superneurons.jobs;

import io.superneurons.torch.Torch;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** Where a task runs the model. */
enum DeviceChoice {
  /** The GPU that Spark gave the task, any other GPU that libtorch sees, or the CPU. */
  AUTO,
  CPU,
  /** A GPU, or an error where there is none. */
  CUDA;

  private static final String RESOURCE = "gpu";

  /** libtorch's name of the device for the current task, such as {@code cuda:1}. */
  String resolve() {
    if (this == CPU) {
      return "cpu";
    }
    int devices = Torch.cudaDevices();
    if (devices == 0) {
      if (this == CUDA) {
        throw new IllegalStateException(
            "--device cuda: libtorch sees no GPU on this executor; see deploy/README.md for a CUDA"
                + " build of libtorch");
      }
      return "cpu";
    }
    return "cuda:" + address(devices);
  }

  /** Spark's address of the task's GPU; where a container shows only its own, that one is 0. */
  private static int address(int devices) {
    TaskContext task = TaskContext.get();
    if (task == null) {
      return 0;
    }
    Map<String, ResourceInformation> resources = task.resourcesJMap();
    ResourceInformation gpu = resources.get(RESOURCE);
    if (gpu == null || gpu.addresses().length == 0) {
      return 0;
    }
    int address = Integer.parseInt(gpu.addresses()[0]);
    return address < devices ? address : 0;
  }
}
