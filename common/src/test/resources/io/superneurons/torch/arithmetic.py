def add(self, a: Tensor, b: Tensor) -> Tensor:
  return a + b


def scaled(self, w: Dict[str, Tensor], x: List[Tensor], by: float, times: int) -> Tuple[Tensor, Tensor]:
  y = x[0] * w["weight"]
  for i in range(times):
    y = y * by
  return y, x[1]


def through_bfloat16(self, a: Tensor) -> Tensor:
  return a.to(15)


def back(self, a: Tensor) -> Tensor:
  return a.to(6)


def count(self, numbers: List[int]) -> Tensor:
  return torch.tensor(numbers, dtype=4)


def same(self, a: Tensor) -> Tensor:
  return a


def zeros(self, count: int) -> Tensor:
  return torch.zeros([count], dtype=6)
