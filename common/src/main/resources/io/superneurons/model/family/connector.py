# TorchScript. The connector of Idefics3 and SmolVLM.


def connect(self, x: Tensor, w: Dict[str, Tensor], scale: int) -> Tensor:
  # Squares of scale * scale neighbouring patches become one token each:
  # [tiles, side * side, width] -> [tiles * (side / scale) ** 2, hidden]
  side = int(x.size(1) ** 0.5)
  x = torch.view(x, [x.size(0), side // scale, scale, side // scale, scale, x.size(2)])
  x = torch.permute(x, [0, 1, 3, 2, 4, 5])
  return self.linear(torch.reshape(x, [-1, scale * scale * x.size(5)]), w, "modality_projection.proj")
