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
  # instructions. As many heads at a time as keep the scores in the processor's cache: fewer at a time
  # would have threads wait for each other more often. Scores are rounded to bfloat16 as in
  # transformers' eager attention, and all of them use the same memory.
  runs, tokens, heads, dim = q.shape
  query = torch.reshape(torch.transpose(q * (dim ** -0.5), 1, 2), [runs * heads, tokens, dim])
  key = torch.reshape(torch.permute(k, [0, 2, 3, 1]), [runs * heads, dim, tokens])
  value = torch.reshape(torch.transpose(v, 1, 2), [runs * heads, tokens, dim])
  together = min(runs * heads, max(1, (1 << 21) // (tokens * tokens)))
  block = min(tokens, max(64, (1 << 22) // tokens))
  room = torch.empty([together * block * tokens], dtype=q.dtype)
  z = torch.empty([runs * heads, tokens, dim], dtype=q.dtype)
  for first in range(0, runs * heads, together):
    count = min(together, runs * heads - first)
    for start in range(0, tokens, block):
      rows = min(block, tokens - start)
      scores = torch.view(torch.narrow(room, 0, 0, count * rows * tokens), [count, rows, tokens])
      some = torch.narrow(torch.narrow(query, 0, first, count), 1, start, rows)
      torch.bmm(some, torch.narrow(key, 0, first, count), out=scores)
      torch._softmax(scores, 2, False, out=scores)
      some_z = torch.narrow(torch.narrow(z, 0, first, count), 1, start, rows)
      torch.bmm(scores, torch.narrow(value, 0, first, count), out=some_z)
  y = torch.view(z, [runs, heads, tokens, dim])
  return torch.flatten(torch.transpose(y, 1, 2), 2)
