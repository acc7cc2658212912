# TorchScript. oneDNN's inner product, where libtorch has oneDNN. Complete in itself: whether it can be
# compiled and run here decides how every linear layer is computed.


def inner_product(self, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
  # x [..., in], weight [out, in], bias [out] -> [..., out]. torch.linear takes oneDNN's matrix product,
  # which in bfloat16 needs half as long again for 577 rows as for 576; between 2 and some hundred rows
  # that one is faster, for one row this one is, twice (docs/benchmarks.md).
  return ops.mkldnn._linear_pointwise(x, weight, bias, "none", annotate(List[Optional[number]], []), "")


def probe(self) -> Tensor:
  # Fails where the processor cannot do it.
  x = torch.ones([1, 16], dtype=15)
  return self.inner_product(x, torch.ones([16, 16], dtype=15), None).to(6)
