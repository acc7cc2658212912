# TorchScript. The connector of Idefics3 and SmolVLM, that of InternVL, and that of Gemma 3.


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


def average(self, x: Tensor, w: Dict[str, Tensor], scale: int, eps: float) -> Tensor:
  # The mean of scale * scale neighbouring patches, normed and projected: [tiles, side * side, width] ->
  # [tiles * (side // scale) ** 2, hidden]. Patches that fill no square at the right and below are left out. The norm's
  # weights are stored less one.
  side = int(x.size(1) ** 0.5)
  whole = side // scale * scale
  x = torch.view(x, [x.size(0), side, side, x.size(2)])
  x = torch.narrow(torch.narrow(x, 1, 0, whole), 2, 0, whole)
  x = torch.reshape(x, [x.size(0), side // scale, scale, side // scale, scale, x.size(3)])
  x = torch.reshape(torch.mean(x.to(6), [2, 4]), [-1, x.size(5)])
  weight = w["mm_input_projection_weight"]
  y = self.rms_norm(x, w["mm_soft_emb_norm.weight"].to(6) + 1.0, eps)
  return torch.matmul(y.to(weight.dtype), weight)
