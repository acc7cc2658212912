# TorchScript. The linear layer of every block, where libtorch has no oneDNN.


def linear(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  # [..., in] -> [..., out]; the bias is used where the checkpoint has one.
  weight = w[name + ".weight"]
  if weight.is_mkldnn:
    return self.linear_int8(x, w, name)
  bias = w.get(name + ".bias")
  if weight.dtype != x.dtype:
    return self.linear_widened(x, w, name)
  return torch.linear(x, weight, bias)
