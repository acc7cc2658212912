# TorchScript. Layers that are gated delta nets (arXiv 2412.06464; transformers' modeling_qwen3_5.py). In place of
# every token's keys and values such a layer keeps one state, [value heads, key dim, value dim]: a token lets it
# fade, and then writes over what the state holds for the token's key. A convolution over the last tokens comes
# before, so what goes into it is kept of the last tokens too, [kernel - 1, channels].
#
# sizes are key heads, value heads, key dim, value dim and kernel; channels are all queries, keys and values side
# by side. The rule itself is computed in float32.


def convolved(self, x: Tensor, w: Dict[str, Tensor], first: int, act: str) -> Tensor:
  # [..., kernel - 1 + tokens, channels] of the channels from the first on -> [..., tokens, channels] in float32, after
  # the activation of the model's MLPs
  kernel = torch.narrow(w["linear_attn.conv1d.weight"], 0, first, x.size(-1)).to(6)  # [channels, 1, kernel]
  steps = kernel.size(2)
  tokens = x.size(-2) - steps + 1
  y = torch.narrow(x, -2, 0, tokens).to(6) * kernel[:, 0, 0]
  for i in range(1, steps):
    y = torch.addcmul(y, torch.narrow(x, -2, i, tokens).to(6), kernel[:, 0, i])
  return self.activate(y, act)


def unit(self, x: Tensor) -> Tensor:
  # Vectors of length 1, [..., dim]
  return x * torch.rsqrt(torch.sum(torch.pow(x, 2), [-1], True) + 1e-6)


def delta_queries(self, x: Tensor, sizes: List[int]) -> Tensor:
  # [tokens, key heads * key dim] -> [tokens, value heads, key dim]. A key head serves several value heads in a row.
  q = self.unit(torch.view(x, [-1, sizes[0], sizes[2]])) * (sizes[2] ** -0.5)
  return torch.repeat_interleave(q, sizes[1] // sizes[0], 1)


def delta_keys_values(self, x: Tensor, sizes: List[int]) -> Tuple[Tensor, Tensor]:
  # [tokens, channels] without those of queries -> keys [tokens, value heads, key dim], values [tokens, value heads,
  # value dim]
  keys = sizes[0] * sizes[2]
  k = self.unit(torch.view(torch.narrow(x, 1, 0, keys), [-1, sizes[0], sizes[2]]))
  v = torch.reshape(torch.narrow(x, 1, keys, sizes[1] * sizes[3]), [-1, sizes[1], sizes[3]])
  return torch.repeat_interleave(k, sizes[1] // sizes[0], 1), v


def delta_heads(self, x: Tensor, sizes: List[int]) -> Tuple[Tensor, Tensor, Tensor]:
  # [tokens, channels] -> queries, keys and values
  keys = sizes[0] * sizes[2]
  k, v = self.delta_keys_values(torch.narrow(x, 1, keys, x.size(1) - keys), sizes)
  return self.delta_queries(torch.narrow(x, 1, 0, keys), sizes), k, v


def delta_writing(self, h: Tensor, w: Dict[str, Tensor]) -> Tuple[Tensor, Tensor]:
  # How much of what a key finds a token writes over, and the logarithm of how much of the state is left before:
  # h [tokens, hidden], normed -> [tokens, value heads] each
  written = torch.sigmoid(self.linear(h, w, "linear_attn.in_proj_b").to(6))
  step = torch.softplus(self.linear(h, w, "linear_attn.in_proj_a").to(6) + w["linear_attn.dt_bias"].to(6))
  return written, torch.neg(torch.exp(w["linear_attn.A_log"].to(6))) * step


def delta_rule(self, q: Optional[Tensor], k: Tensor, v: Tensor, written: Tensor, fading: Tensor, state: Tensor) -> Tuple[Tensor, Tensor]:
  # Tokens in their order, some at a time: q, k [heads, tokens, key dim], v [heads, tokens, value dim], written,
  # fading [heads, tokens], state before them -> what each query reads [heads, tokens, value dim], nothing
  # without queries; and the state after the last one
  z = annotate(List[Tensor], [])
  tokens = k.size(1)
  for start in range(0, tokens, 64):
    count = min(64, tokens - start)
    key = torch.narrow(k, 1, start, count)
    share = torch.unsqueeze(torch.narrow(written, 1, start, count), 2)
    faded = torch.cumsum(torch.narrow(fading, 1, start, count), 1)  # since the first of these tokens
    later = torch.tril(torch.ones([count, count], dtype=11, device=k.device))
    between = torch.unsqueeze(faded, 2) - torch.unsqueeze(faded, 1)
    between = torch.exp(torch.masked_fill(between, torch.logical_not(later), float("-inf")))
    since = torch.unsqueeze(torch.exp(faded), 2)
    # What each token writes depends on what those before it wrote: a triangular system. Its right side is
    # the values and, for what the state before them holds, the keys.
    found = torch.bmm(key * share, torch.transpose(key, 1, 2)) * between
    right = torch.cat([torch.narrow(v, 1, start, count) * share, key * share * since], 2)
    solved = torch.linalg_solve_triangular(found, right, upper=False, unitriangular=True)
    width = v.size(2)
    new = torch.narrow(solved, 2, 0, width) - torch.bmm(torch.narrow(solved, 2, width, k.size(2)), state)
    if q is not None:
      query = torch.narrow(q, 1, start, count)
      near = torch.bmm(query, torch.transpose(key, 1, 2)) * between
      z.append(torch.bmm(query * since, state) + torch.bmm(near, new))
    left = torch.exp(torch.narrow(faded, 1, count - 1, 1) - faded)
    state = state * torch.unsqueeze(torch.exp(torch.narrow(faded, 1, count - 1, 1)), 2)
    state = torch.baddbmm(state, torch.transpose(key * torch.unsqueeze(left, 2), 1, 2), new)
  return torch.cat(z, 1) if len(z) > 0 else torch.narrow(v, 1, 0, 0), state


def delta_gated(self, z: Tensor, h: Tensor, w: Dict[str, Tensor], eps: float) -> Tensor:
  # attn_z: what queries read [tokens, value heads, value dim], normed and gated -> [tokens, value heads * value
  # dim]
  y = self.rms_norm(z, self.wide(w, "linear_attn.norm.weight"), eps)
  gate = torch.view(self.linear(h, w, "linear_attn.in_proj_z").to(6), z.shape)
  return torch.flatten(y.mul_(torch.silu(gate)), 1).to(h.dtype)


def delta_start(self, h: Tensor, channels: int, sizes: List[int]) -> Tuple[Tensor, Tensor]:
  # What no token has gone before: nothing to convolve with, in the type of h, and an empty state
  before = torch.new_zeros(h, [sizes[4] - 1, channels])
  return before, torch.zeros([sizes[1], sizes[2], sizes[3]], dtype=6, device=h.device)


def delta_segments(self, h: Tensor, w: Dict[str, Tensor], segments: List[int], rows: List[int],
                   sizes: List[int], act: str) -> Tuple[Tensor, Tensor, Tensor]:
  # h [tokens, hidden], normed -> what queries read [tokens, value heads, value dim]; of the rows, what the convolution
  # needs of the last tokens [rows, kernel - 1, channels] and the state after them [rows, value heads, key dim, value
  # dim]. A segment goes on from where its parent ended.
  mixed = self.linear(h, w, "linear_attn.in_proj_qkv")
  written, fading = self.delta_writing(h, w)
  read = annotate(List[Tensor], [])
  tails = annotate(List[Tensor], [])
  states = annotate(List[Tensor], [])
  for i in range(len(segments) // 3):
    start = segments[3 * i]
    length = segments[3 * i + 1]
    parent = segments[3 * i + 2]
    tail, state = self.delta_start(mixed, mixed.size(1), sizes) if parent < 0 else (tails[parent], states[parent])
    seen = torch.cat([tail, torch.narrow(mixed, 0, start, length)], 0)
    q, k, v = self.delta_heads(self.convolved(seen, w, 0, act), sizes)
    share = torch.transpose(torch.narrow(written, 0, start, length), 0, 1)
    fades = torch.transpose(torch.narrow(fading, 0, start, length), 0, 1)
    z, state = self.delta_rule(torch.transpose(q, 0, 1), torch.transpose(k, 0, 1), torch.transpose(v, 0, 1), share, fades, state)
    read.append(torch.transpose(z, 0, 1))
    tails.append(torch.narrow(seen, 0, length, sizes[4] - 1))
    states.append(state)
  ends = torch.stack([tails[row] for row in rows], 0)
  return torch.cat(read, 0), ends, torch.stack([states[row] for row in rows], 0)


def some_rows(self, w: Dict[str, Tensor], name: str, start: int, count: int) -> Dict[str, Tensor]:
  # A linear layer with some of its outputs, without a copy where its weight has 16 bits or more
  return {name + ".weight": self.rows_between(w, name, start, count)}


def delta_projected(self, h: Tensor, w: Dict[str, Tensor], segments: List[int], sizes: List[int]) -> Tuple[Tensor, Tensor]:
  # h [tokens, hidden], normed -> the channels of queries at each segment's last tokens, as many as the convolution
  # sees, one segment after another; and the others' at all tokens [tokens, channels]
  name = "linear_attn.in_proj_qkv"
  places = annotate(List[int], [])
  for i in range(len(segments) // 3):
    end = segments[3 * i] + segments[3 * i + 1]
    for place in range(max(segments[3 * i], end - sizes[4]), end):
      places.append(place)
  at = torch.index_select(h, 0, torch.tensor(places, device=h.device))
  keys = sizes[0] * sizes[2]
  asked = self.linear(at, self.some_rows(w, name, 0, keys), name)
  return asked, self.linear(h, self.some_rows(w, name, keys, keys + sizes[1] * sizes[3]), name)


def delta_at_last(self, h: Tensor, w: Dict[str, Tensor], segments: List[int], rows: List[int],
                  sizes: List[int], act: str) -> Tuple[Tensor, Tensor, Tensor]:
  # As delta_segments, but what the queries of the rows' last tokens read [rows, value heads, value dim]
  asked, mixed = self.delta_projected(h, w, segments, sizes)
  written, fading = self.delta_writing(h, w)
  keys = asked.size(1)
  read = annotate(List[Tensor], [])
  tails = annotate(List[Tensor], [])
  states = annotate(List[Tensor], [])
  begin = 0
  for i in range(len(segments) // 3):
    start = segments[3 * i]
    length = segments[3 * i + 1]
    parent = segments[3 * i + 2]
    tail, state = self.delta_start(h, mixed.size(1) + keys, sizes) if parent < 0 else (tails[parent], states[parent])
    count = min(length, sizes[4])
    wanted = torch.cat([torch.narrow(tail, 1, 0, keys), torch.narrow(asked, 0, begin, count)], 0)
    wanted = torch.narrow(wanted, 0, count - 1, sizes[4])
    begin = begin + count
    seen = torch.cat([torch.narrow(tail, 1, keys, mixed.size(1)), torch.narrow(mixed, 0, start, length)], 0)
    k, v = self.delta_keys_values(self.convolved(seen, w, keys, act), sizes)
    share = torch.transpose(torch.narrow(written, 0, start, length), 0, 1)
    fades = torch.transpose(torch.narrow(fading, 0, start, length), 0, 1)
    _, state = self.delta_rule(None, torch.transpose(k, 0, 1), torch.transpose(v, 0, 1), share, fades, state)
    q = self.delta_queries(self.convolved(wanted, w, 0, act), sizes)
    read.append(torch.transpose(torch.bmm(torch.transpose(q, 0, 1), state), 0, 1))
    tails.append(torch.cat([torch.narrow(wanted, 0, 1, sizes[4] - 1), torch.narrow(seen, 0, length, sizes[4] - 1)], 1))
    states.append(state)
  ends = torch.stack([tails[row] for row in rows], 0)
  return torch.cat([read[row] for row in rows], 0), ends, torch.stack([states[row] for row in rows], 0)


def delta_layer(self, x: Tensor, w: Dict[str, Tensor], segments: List[int], rows: List[int], last: Tensor,
                sizes: List[int], act: str, eps: float) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
  # As layer; at the end what delta_segments keeps of the rows
  h = self.norm(x, w, "input_layernorm", eps)
  read, ends, states = self.delta_segments(h, w, segments, rows, sizes, act)
  z = self.delta_gated(read, h, w, eps)
  x, m = self.rest_of_layer(x, z, w, act, eps)
  return x, self.rows_read(x, last), self.rows_read(z, last), self.rows_read(m, last), ends, states


def delta_last(self, x: Tensor, w: Dict[str, Tensor], segments: List[int], rows: List[int], last: Tensor,
               sizes: List[int], act: str, eps: float) -> Tuple[Tensor, Tensor, Tensor]:
  # attn_z at the rows' last tokens [rows, value heads * value dim], and what delta_segments keeps of the rows
  h = self.norm(x, w, "input_layernorm", eps)
  read, ends, states = self.delta_at_last(h, w, segments, rows, sizes, act)
  return self.delta_gated(read, torch.index_select(h, 0, last), w, eps), ends, states


def delta_step(self, x: Tensor, w: Dict[str, Tensor], ends: Tensor, states: Tensor, sizes: List[int], act: str,
               eps: float) -> Tuple[Tensor, Tensor, Tensor]:
  # One generated token of each row: x [rows, hidden]; ends and states of the rows before it -> x, and both after
  # it
  h = self.norm(x, w, "input_layernorm", eps)
  seen = torch.cat([ends, torch.unsqueeze(self.linear(h, w, "linear_attn.in_proj_qkv"), 1)], 1)
  q, k, v = self.delta_heads(torch.squeeze(self.convolved(seen, w, 0, act), 1), sizes)
  written, fading = self.delta_writing(h, w)
  states = states * torch.unsqueeze(torch.unsqueeze(torch.exp(fading), 2), 3)
  found = torch.squeeze(torch.matmul(torch.unsqueeze(k, 2), states), 2)
  new = (v - found) * torch.unsqueeze(written, 2)
  states = states + torch.unsqueeze(k, 3) * torch.unsqueeze(new, 2)
  read = torch.squeeze(torch.matmul(torch.unsqueeze(q, 2), states), 2)
  x, _ = self.rest_of_layer(x, self.delta_gated(read, h, w, eps), w, act, eps)
  return x, torch.narrow(seen, 1, 1, sizes[4] - 1), states
