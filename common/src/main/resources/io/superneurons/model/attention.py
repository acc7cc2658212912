# TorchScript. Attention in which every token of a run sees all of it: that of vision towers.


def attend_runs(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
  # q, k, v [runs, tokens, heads, dim] -> [runs, tokens, heads * dim]
  if q.dtype == 15 and not q.is_cuda:
    return self.attend_by_products(q, k, v)
  q = torch.transpose(q, 1, 2)
  k = torch.transpose(k, 1, 2)
  z = torch.scaled_dot_product_attention(q, k, torch.transpose(v, 1, 2), None, 0.0, False)
  return torch.flatten(torch.transpose(z, 1, 2), 2)


def attend_by_products(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
  # The same for bfloat16 on a CPU, where libtorch's own attention does without bfloat16's product
  # instructions. As many heads at a time as keep the scores in the processor's cache; scores are
  # rounded to bfloat16 as in transformers' eager attention.
  runs, tokens, heads, dim = q.shape
  query = torch.reshape(torch.transpose(q * (dim ** -0.5), 1, 2), [runs * heads, tokens, dim])
  key = torch.reshape(torch.permute(k, [0, 2, 3, 1]), [runs * heads, dim, tokens])
  value = torch.reshape(torch.transpose(v, 1, 2), [runs * heads, tokens, dim])
  together = max(1, (1 << 19) // (tokens * tokens))
  block = max(64, (1 << 22) // tokens)
  z = annotate(List[Tensor], [])
  for first in range(0, runs * heads, together):
    count = min(together, runs * heads - first)
    some_query = torch.narrow(query, 0, first, count)
    some_key = torch.narrow(key, 0, first, count)
    some_value = torch.narrow(value, 0, first, count)
    blocks = annotate(List[Tensor], [])
    for start in range(0, tokens, block):
      scores = torch.bmm(torch.narrow(some_query, 1, start, min(block, tokens - start)), some_key)
      blocks.append(torch.bmm(torch.softmax(scores, 2), some_value))
    z.append(blocks[0] if len(blocks) == 1 else torch.cat(blocks, 1))
  y = torch.view(torch.cat(z, 0), [runs, heads, tokens, dim])
  return torch.flatten(torch.transpose(y, 1, 2), 2)
