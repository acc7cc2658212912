package io.superneurons.jobs.pass;

import io.superneurons.torch.TorchException;

/**
 * The executor's GPU failed. Every row that this process tries from now on would fail too, and so
 * fast that this executor would use up most of the rows that are left. Spark ends an executor at
 * such an error, as at any other of the JVM, and gives its Spark tasks to others.
 */
final class DeviceFailedError extends VirtualMachineError {
  private static final long serialVersionUID = 1;

  DeviceFailedError(TorchException cause) {
    super("The GPU failed; this executor ends, and its rows are done elsewhere", cause);
  }
}
