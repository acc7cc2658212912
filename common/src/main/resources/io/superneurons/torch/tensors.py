# TorchScript. Operations on tensors that need no weights.


def join(self, x: List[Tensor]) -> Tensor:
  # [a, width], [b, width], ... -> [a + b + ..., width]
  return torch.cat(x, 0)


def last_row(self, x: Tensor) -> Tensor:
  # [n, width] -> [1, width]
  return torch.narrow(x, 0, x.size(0) - 1, 1)


def rows(self, x: Tensor, indices: Tensor) -> Tensor:
  # [n, ...], [m] -> [m, ...]
  return torch.index_select(x, 0, indices)
