# TorchScript. Numbers of a pass out of those that travelled together in float64.


def kinds(self, all: Tensor, whole: int) -> Tuple[Tensor, Tensor]:
  # The first so many as int64, the others as float32
  return torch.narrow(all, 0, 0, whole).to(4), torch.narrow(all, 0, whole, all.size(0) - whole).to(6)


def some(self, all: Tensor, start: int, count: int, shape: List[int]) -> Tensor:
  return torch.view(torch.narrow(all, 0, start, count), shape)
