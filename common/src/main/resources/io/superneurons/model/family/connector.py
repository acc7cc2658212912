# TorchScript. The connector of Idefics3 and SmolVLM, and that of InternVL.


def connect(self, x: Tensor, w: Dict[str, Tensor], scale: int, act: str) -> Tensor:
  # Squares of scale * scale neighbouring patches become one token each:
  # [tiles, side * side, width] -> [tiles * (side / scale) ** 2, hidden]
  side = int(x.size(1) ** 0.5)
  x = torch.view(x, [x.size(0), side // scale, scale, side // scale, scale, x.size(2)])
  x = torch.permute(x, [0, 1, 3, 2, 4, 5])
  x = torch.reshape(x, [-1, scale * scale * x.size(5)])
  if "layer_norm.weight" not in w:
    return self.linear(x, w, "modality_projection.proj")
  y = self.layer_norm(x, w, "layer_norm", 1e-5)
  return self.linear(self.activate(self.linear(y, w, "linear_1"), act), w, "linear_2")
