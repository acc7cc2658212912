# TorchScript. Operations on tensors that need no weights.


def join(self, x: List[Tensor]) -> Tensor:
  # [a, width], [b, width], ... -> [a + b + ..., width]
  return torch.cat(x, 0)
