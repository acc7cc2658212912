# TorchScript. The two-layer projector from vision features to the decoder's width.


def project_features(self, x: Tensor, w: Dict[str, Tensor], act: str) -> Tensor:
  # [images, tokens, vision width] -> [images * tokens, hidden]
  y = self.linear(self.activate(self.linear(x, w, "linear_1"), act), w, "linear_2")
  return torch.flatten(y, 0, 1)
