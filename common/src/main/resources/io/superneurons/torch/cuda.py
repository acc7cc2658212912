# TorchScript. What a CUDA build of libtorch tells; the operator is not there in others.


def device_count(self) -> Tensor:
  # [1]; 0 where there is no driver
  return torch.tensor([ops.cuda.device_count()])
