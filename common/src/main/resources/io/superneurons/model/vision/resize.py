# TorchScript. Resizes images of bytes with antialiasing, in fixed point.


def bicubic(self, x: Tensor, height: int, width: int):
  # uint8 [height, width, 3] -> uint8 [height, width, 3]
  y = torch._upsample_bicubic2d_aa(torch.unsqueeze(torch.permute(x, [2, 0, 1]), 0), [height, width], False, None, None)
  return torch.contiguous(torch.permute(torch.squeeze(y, 0), [1, 2, 0]))


def bilinear(self, x: Tensor, height: int, width: int):
  # uint8 [height, width, 3] -> uint8 [height, width, 3]
  y = torch._upsample_bilinear2d_aa(torch.unsqueeze(torch.permute(x, [2, 0, 1]), 0), [height, width], False, None, None)
  return torch.contiguous(torch.permute(torch.squeeze(y, 0), [1, 2, 0]))
