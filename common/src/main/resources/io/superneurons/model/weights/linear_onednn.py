# TorchScript. The linear layer of every block, where inner_product.py works.


def linear(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  # [..., in] -> [..., out]; the bias is used where the checkpoint has one.
  weight = w[name + ".weight"]
  if weight.is_mkldnn:
    return self.linear_int8(x, w, name)
  bias = w.get(name + ".bias")
  if weight.dtype != x.dtype:
    return self.linear_widened(x, w, name)
  rows = x.numel() // x.size(-1)
  if x.dtype == 15 and not x.is_cuda and (rows == 1 or rows >= 256):
    return self.inner_product(x, weight, bias)
  return torch.linear(x, weight, bias)
