# TorchScript. A vision transformer over packed patches: the patches of all images of a batch, of any
# sizes, stand one after another in [patches, hidden], without padding. Attention runs over groups: so
# many runs of equal length, one after another, each of which sees itself only.


def norm(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  # A layer norm where there is a bias, an RMS norm where there is none.
  if name + ".bias" in w:
    return self.layer_norm(x, w, name, 1e-6)
  return self.rms_norm(x, w[name + ".weight"], 1e-6)


def embed_patches(self, pixels: Tensor, w: Dict[str, Tensor]) -> Tensor:
  # pixels [blocks, patches of a block * 3 * frames * side * side] -> [patches, hidden], the residual
  # stream, in float32 whatever the weights' type is; transformers' Conv3d, whose kernel covers a whole
  # patch, as the matrix product that it is.
  kernel = torch.flatten(w["proj.weight"], 1)
  pixels = torch.view(pixels, [-1, kernel.size(1)])
  if "proj.bias" in w:
    return torch.linear(pixels, kernel, w["proj.bias"]).to(6)
  return torch.linear(pixels, kernel).to(6)


def add_positions(self, x: Tensor, w: Dict[str, Tensor], taps: Tensor, shares: Tensor) -> Tensor:
  # Learned positions of a square grid, interpolated: taps [4, patches] are rows of the grid's table,
  # shares [4, patches] float32 how much of each.
  table = w["pos_embed.weight"]
  y = torch.embedding(table, torch.select(taps, 0, 0)).to(6) * torch.unsqueeze(torch.select(shares, 0, 0), 1)
  for i in range(1, taps.size(0)):
    tap = torch.embedding(table, torch.select(taps, 0, i)).to(6)
    y = y + tap * torch.unsqueeze(torch.select(shares, 0, i), 1)
  return x + y


def axial_rotary(self, positions: Tensor, theta: float, dim: int) -> Tuple[Tensor, Tensor]:
  # positions [2, patches]: row and column -> cos, sin [patches, dim] in float32
  half = dim // 2
  steps = torch.arange(0, half, 2, device=positions.device).to(6)
  frequency = 1.0 / torch.pow(theta, steps / half)
  angle = torch.unsqueeze(positions.to(6), 2) * frequency
  row = torch.select(angle, 0, 0)
  column = torch.select(angle, 0, 1)
  angle = torch.cat([row, column, row, column], 1)
  return torch.cos(angle), torch.sin(angle)


def runs(self, x: Tensor, start: int, count: int, length: int) -> Tensor:
  # [patches, heads, dim] -> [count, length, heads, dim]
  return torch.unflatten(torch.narrow(x, 0, start, count * length), 0, [count, length])


def attend_groups(self, q: Tensor, k: Tensor, v: Tensor, groups: List[int]) -> Tensor:
  # q, k, v [patches, heads, dim]; groups: count, length, count, length, ... -> [patches, heads * dim]
  z = annotate(List[Tensor], [])
  start = 0
  for i in range(len(groups) // 2):
    count = groups[2 * i]
    length = groups[2 * i + 1]
    query = self.runs(q, start, count, length)
    key = self.runs(k, start, count, length)
    value = self.runs(v, start, count, length)
    z.append(torch.flatten(self.attend_runs(query, key, value), 0, 1))
    start = start + count * length
  return torch.cat(z, 0)


def patch_mlp(self, h: Tensor, w: Dict[str, Tensor], act: str) -> Tensor:
  # mlp_post; with a gate where there is one.
  if "mlp.gate_proj.weight" in w:
    gate = self.activate(self.linear(h, w, "mlp.gate_proj"), act)
    return gate.mul_(self.linear(h, w, "mlp.up_proj"))
  return self.activate(self.linear(h, w, "mlp.linear_fc1"), act)


def after_mlp(self, x: Tensor, m: Tensor, w: Dict[str, Tensor]) -> Tensor:
  # The residual stream before the MLP, mlp_post -> resid_post
  name = "mlp.down_proj" if "mlp.down_proj.weight" in w else "mlp.linear_fc2"
  return self.add_residual(self.linear(m, w, name), x)


def attention_z(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, groups: List[int], heads: int) -> Tensor:
  # [patches, hidden] -> [patches, heads * dim]
  qkv = self.linear(self.norm(x, w, "norm1"), w, "attn.qkv")
  qkv = torch.view(qkv, [x.size(0), 3, heads, -1])
  q = self.rotate(torch.select(qkv, 1, 0), cos, sin)
  k = self.rotate(torch.select(qkv, 1, 1), cos, sin)
  return self.attend_groups(q, k, torch.select(qkv, 1, 2), groups)


def after_attention(self, x: Tensor, z: Tensor, w: Dict[str, Tensor]) -> Tensor:
  # The residual stream before the layer, attn_z -> the residual stream before the MLP
  return self.add_residual(self.linear(z, w, "attn.proj"), x)


def patch_block(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, groups: List[int], heads: int,
                act: str) -> Tuple[Tensor, Tensor, Tensor]:
  # [patches, hidden] -> resid_post, attn_z, mlp_post
  z = self.attention_z(x, w, cos, sin, groups, heads)
  x = self.after_attention(x, z, w)
  m = self.patch_mlp(self.norm(x, w, "norm2"), w, act)
  return self.after_mlp(x, m, w), z, m


def some_heads(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, groups: List[int], some: Tensor,
               heads: int) -> Tensor:
  # As attention_z, for some of the heads alone -> [patches, some * dim]
  if some.size(0) == heads:
    return self.attention_z(x, w, cos, sin, groups, heads)
  chosen = annotate(Dict[str, Tensor], {})
  for name, weight in w.items():
    if name.startswith("attn.qkv"):
      rows = torch.index_select(torch.view(weight, [3, heads, -1]), 1, some)
      weight = torch.reshape(rows, [-1, weight.size(1)]) if weight.dim() == 2 else torch.flatten(rows)
    chosen[name] = weight
  return self.attention_z(x, chosen, cos, sin, groups, some.size(0))


def some_neurons(self, x: Tensor, w: Dict[str, Tensor], neurons: Tensor, act: str) -> Tensor:
  # The residual stream before the MLP -> some neurons of mlp_post [patches, neurons]
  h = self.norm(x, w, "norm2")
  some = annotate(Dict[str, Tensor], {})
  for name in ["mlp.gate_proj", "mlp.up_proj", "mlp.linear_fc1"]:
    if name + ".weight" in w:
      some.update(self.rows_of(w, name, neurons))
  return self.patch_mlp(h, some, act)


def some_residual(self, x: Tensor, m: Tensor, w: Dict[str, Tensor], columns: Tensor) -> Tensor:
  # The residual stream before the MLP, mlp_post -> some columns of resid_post [patches, columns]
  name = "mlp.down_proj" if "mlp.down_proj.weight" in w else "mlp.linear_fc2"
  return self.after_mlp(torch.index_select(x, -1, columns), m, self.rows_of(w, name, columns))


def merge_patches(self, x: Tensor, w: Dict[str, Tensor], patches: int, order: Tensor) -> Tensor:
  # [blocks * patches, hidden] -> [blocks, out], in the given order of blocks [blocks]; the norm is
  # before or after the patches of a block are put side by side, as its width says.
  y = self.norm(torch.view(x, [-1, w["norm.weight"].size(0)]), w, "norm")
  y = torch.view(y, [x.size(0) // patches, -1])
  y = self.linear(self.activate(self.linear(y, w, "linear_fc1"), "gelu"), w, "linear_fc2")
  return torch.index_select(y, 0, order)
