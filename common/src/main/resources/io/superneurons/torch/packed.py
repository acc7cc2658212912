# TorchScript. Integers of a few bits, several of which lie in one of 32 bits, the first in its lowest bits
# (compressed-tensors' pack-quantized).


def unpacked(self, x: Tensor, bits: int) -> Tensor:
  # [..., words] of int32 -> [..., words * 32 / bits] in float32; they are stored with half their range added
  shifts = torch.arange(0, 32, bits, dtype=3, device=x.device)
  each = torch.bitwise_and(torch.bitwise_right_shift(torch.unsqueeze(x, -1), shifts), (1 << bits) - 1)
  return torch.flatten(each, -2).to(6).sub_(float(1 << (bits - 1)))
