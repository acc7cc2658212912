# TorchScript. What a layer of a vision tower gives for the tokens of images, pooled image by image.
# bounds are the first token and the number of tokens of each image; results are in float32.


def pool_means(self, values: Tensor, bounds: List[int], shares: List[Tensor], scales: List[Tensor]) -> Tensor:
  # values [tokens, width], shares [means, tokens of the image], scales [means, 1] in float32
  # -> [images, means * width]. A product reads the values once for all means.
  flat = torch.flatten(values, 0, -2)
  means = annotate(List[Tensor], [])
  for i in range(len(shares)):
    some = torch.narrow(flat, 0, bounds[2 * i], bounds[2 * i + 1])
    means.append(torch.flatten(torch.mm(shares[i].to(some.dtype), some).to(6) * scales[i]))
  return torch.stack(means, 0)


def pool_max(self, values: Tensor, bounds: List[int], patches: List[Tensor]) -> Tensor:
  # values [tokens, width], patches: which of the image's tokens count -> [images, width]
  flat = torch.flatten(values, 0, -2)
  largest = annotate(List[Tensor], [])
  for i in range(len(patches)):
    some = torch.narrow(flat, 0, bounds[2 * i], bounds[2 * i + 1])
    if patches[i].size(0) < some.size(0):
      some = torch.index_select(some, 0, patches[i])
    largest.append(torch.amax(some, [0]).to(6))
  return torch.stack(largest, 0)


def pool_tokens(self, values: Tensor, tokens: Tensor) -> Tensor:
  # values [tokens, width], tokens [images] -> [images, width]
  return torch.index_select(torch.flatten(values, 0, -2), 0, tokens).to(6)


def pick(self, pooled: Tensor, neurons: Tensor) -> Tensor:
  # [images, width] -> [images, neurons]
  return torch.index_select(pooled, 1, neurons)
