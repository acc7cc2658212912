# TorchScript. Linear layers in 8-bit integers by oneDNN: weights have a scale for each output, activations one for
# each token, found in the pass. Complete in itself: whether it can be run here decides whether a tower is computed so.
# A packed weight is of a layout of oneDNN's own (is_mkldnn), and none of its rows can be taken alone.


def pack_int8(self, weight: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
  # [out, in] -> the integers as oneDNN wants them, their scales [out] in float32, and the zero points [out], all 0
  wide = weight.to(6)
  scales = torch.clamp(torch.amax(torch.abs(wide), [1]), 1e-30).mul_(1.0 / 127.0)
  integers = torch.round(wide / torch.unsqueeze(scales, 1)).to(1)
  packed = ops.onednn.qlinear_prepack(integers, None)
  return packed, scales, torch.zeros([scales.size(0)], dtype=3)


def to_int8(self, x: Tensor) -> Tuple[Tensor, Tensor]:
  # [tokens, in] -> integers from 1 to 255, 128 of which is zero, and what a step of them is [tokens, 1]. That is a
  # bfloat16 number, so that a product in bfloat16 can be multiplied by it; 126.4 leaves room for its rounding.
  tokens, width = x.shape
  largest = torch.maximum(torch.amax(x, [1], True), torch.neg(torch.amin(x, [1], True)))
  scale = torch.clamp(largest.to(6), 1e-30).mul_(1.0 / 126.4).to(15).to(6)
  steps = torch.reciprocal(scale)
  integers = torch.empty([tokens, width], dtype=0)
  # As many tokens at a time as stay in the processor's cache in float32.
  together = min(tokens, max(1, (1 << 18) // width))
  wide = torch.empty([together, width], dtype=6)
  zero = torch.full([1], 128.5)  # rounds, since what is behind the point is cut off
  for start in range(0, tokens, together):
    count = min(together, tokens - start)
    some = torch.narrow(wide, 0, 0, count)
    some.copy_(torch.narrow(x, 0, start, count))
    torch.addcmul(zero, some, torch.narrow(steps, 0, start, count), out=some)
    torch.narrow(integers, 0, start, count).copy_(some)
  return integers, scale


def linear_of_int8(self, integers: Tensor, scale: Tensor, w: Dict[str, Tensor], name: str, dtype: int) -> Tensor:
  # What to_int8 gave -> [tokens, out] in that type. Sums are exact, so that a token's do not depend on others.
  computed = 15 if dtype == 15 else 6
  y = ops.onednn.qlinear_pointwise(integers, 1.0, 128, w[name + ".weight"], w[name + ".weight.scales"],
                                   w[name + ".weight.zeros"], None, 1.0, 0, computed, "none",
                                   annotate(List[Optional[number]], []), "")
  scale = scale.to(computed)
  if name + ".bias" in w:
    torch.addcmul(w[name + ".bias"].to(computed), y, scale, out=y)
  else:
    y.mul_(scale)
  return y.to(dtype)


def linear_int8(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  # [..., in] -> [..., out]
  integers, scale = self.to_int8(torch.reshape(x, [-1, x.size(-1)]))
  y = self.linear_of_int8(integers, scale, w, name, x.dtype)
  return torch.unflatten(y, 0, x.shape[:-1]) if x.dim() > 2 else y


def probe_int8(self) -> Tensor:
  # The largest sums of 8-bit products, less what they are: other than 0 where a processor adds them up in 16 bits.
  packed, scales, zeros = self.pack_int8(torch.full([32, 256], 127.0))
  w = {"x.weight": packed, "x.weight.scales": scales, "x.weight.zeros": zeros}
  y = self.linear_int8(torch.full([32, 256], 126.4), w, "x")
  return y - 126.0 * 127.0 * 256.0
