# TorchScript. The linear layer of every block, where libtorch has oneDNN.


def linear(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  # [..., in] -> [..., out]; the bias is used where the checkpoint has one.
  weight = w[name + ".weight"]
  bias = w.get(name + ".bias")
  if weight.dtype != x.dtype:
    return self.linear_widened(x, weight, bias)
  rows = x.numel() // x.size(-1)
  if x.dtype == 15 and not x.is_cuda and (rows == 1 or rows >= 256):
    return self.inner_product(x, weight, bias)
  return torch.linear(x, weight, bias)


def inner_product(self, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
  # oneDNN's inner product. torch.linear takes its matrix product, which in bfloat16 needs half as long
  # again for 577 rows as for 576; between 2 and some hundred rows that one is faster, for one row this
  # one is, twice (docs/benchmarks.md).
  return ops.mkldnn._linear_pointwise(x, weight, bias, "none", annotate(List[Optional[number]], []), "")


def probe(self) -> Tensor:
  # Fails where the processor cannot do it.
  x = torch.ones([1, 16], dtype=15)
  return self.inner_product(x, torch.ones([16, 16], dtype=15), None).to(6)
