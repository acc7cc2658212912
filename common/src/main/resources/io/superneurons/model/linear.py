# TorchScript. The linear layer of every block, where libtorch has no oneDNN.


def linear(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  # [..., in] -> [..., out]; the bias is used where the checkpoint has one.
  return torch.linear(x, w[name + ".weight"], w.get(name + ".bias"))
