# TorchScript. Pieces that towers, projectors and decoders share.


def layer_norm(self, x: Tensor, w: Dict[str, Tensor], name: str, eps: float) -> Tensor:
  # In the type of x, and then in that of the weights: a residual stream may be kept in float32.
  weight = w[name + ".weight"]
  y = torch.layer_norm(x, [weight.size(0)], weight.to(x.dtype), w[name + ".bias"].to(x.dtype), eps)
  return y.to(weight.dtype)


def rms_norm(self, x: Tensor, weight: Tensor, eps: float) -> Tensor:
  # In float32, and then in the weight's type.
  y = x.to(6)
  y = y * torch.rsqrt(torch.mean(torch.pow(y, 2), [-1], True) + eps)
  return (weight * y).to(weight.dtype)


def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  # x [tokens, heads, dim]; cos, sin [tokens, dim] in float32
  half = x.size(2) // 2
  turned = torch.cat([torch.neg(x[:, :, half:]), x[:, :, :half]], 2)
  return (x * torch.unsqueeze(cos, 1) + turned * torch.unsqueeze(sin, 1)).to(x.dtype)


def activate(self, x: Tensor, name: str) -> Tensor:
  # Names are those of transformers' ACT2FN; Java refuses any other before the model is built.
  if name == "silu":
    return torch.silu(x)
  if name == "quick_gelu":
    return (1.702 * x).sigmoid_().mul_(x)
  if name == "gelu_pytorch_tanh":
    return torch.gelu(x, approximate="tanh")
  return torch.gelu(x)
