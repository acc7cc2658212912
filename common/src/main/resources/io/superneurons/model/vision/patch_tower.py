# TorchScript. A vision transformer over packed patches: the patches of all images of a batch, of any
# sizes, stand one after another in [patches, hidden], without padding. Attention runs over groups: so
# many runs of equal length, one after another, each of which sees itself only.


def norm(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  # A layer norm where there is a bias, an RMS norm where there is none.
  if name + ".bias" in w:
    return self.layer_norm(x, w, name, 1e-6)
  return self.rms_norm(x, w[name + ".weight"], self.eps(w))


def eps(self, w: Dict[str, Tensor]) -> float:
  return float(w["eps"]) if "eps" in w else 1e-6


def clamped(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  # A linear layer; Gemma 4 keeps what goes in and what comes out within bounds.
  if name + ".input_min" not in w:
    return self.linear(x, w, name)
  y = self.linear(torch.clamp(x, w[name + ".input_min"], w[name + ".input_max"]), w, name)
  return torch.clamp(y, w[name + ".output_min"], w[name + ".output_max"])


def normed_output(self, y: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  # What the embedding, attention or the MLP gives, through a norm where there is one
  return self.norm(y, w, name) if name + ".weight" in w else y


def embed_patches(self, pixels: Tensor, w: Dict[str, Tensor]) -> Tensor:
  # pixels [blocks, patches of a block * 3 * frames * side * side] -> [patches, hidden], the residual
  # stream, in float32 whatever the weights' type is; transformers' Conv3d, whose kernel covers a whole
  # patch, as the matrix product that it is.
  kernel = torch.flatten(w["proj.weight"], 1)
  pixels = torch.view(pixels, [-1, kernel.size(1)])
  if "pixels_from_minus_one" in w:
    pixels = 2.0 * (pixels - 0.5)
  x = torch.linear(pixels, kernel, w.get("proj.bias"))
  return self.normed_output(x, w, "proj_norm").to(6)


def add_positions(self, x: Tensor, w: Dict[str, Tensor], taps: Tensor, shares: Tensor) -> Tensor:
  # Learned positions: taps [n, patches] are rows of the table, shares [n, patches] float32 how much of each: of a
  # square grid four, interpolated, else one for the column and one for the row.
  table = torch.flatten(w["pos_embed.weight"], 0, -2)
  y = torch.embedding(table, torch.select(taps, 0, 0)).to(6) * torch.unsqueeze(torch.select(shares, 0, 0), 1)
  for i in range(1, taps.size(0)):
    tap = torch.embedding(table, torch.select(taps, 0, i)).to(6)
    y = y + tap * torch.unsqueeze(torch.select(shares, 0, i), 1)
  return x + y


def axial_rotary(self, positions: Tensor, theta: float, dim: int, ahead: int) -> Tuple[Tensor, Tensor]:
  # positions [2, patches]: row and column -> cos, sin [patches, dim] in float32, as rotate takes them. How many steps columns' frequencies
  # are ahead of rows', of which one follows another after two
  half = dim // 2
  steps = torch.arange(0, half, 2, device=positions.device).to(6)
  turned = torch.unsqueeze(positions.to(6), 2)
  row = torch.select(turned, 0, 0) * (1.0 / torch.pow(theta, steps / half))
  column = torch.select(turned, 0, 1) * (1.0 / torch.pow(theta, (steps + ahead) / half))
  angle = torch.cat([row, column], 1)
  cos = torch.cos(angle)
  sin = torch.sin(angle)
  return torch.cat([cos, cos], 1), torch.cat([torch.neg(sin), sin], 1)


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
    gate = self.activate(self.clamped(h, w, "mlp.gate_proj"), act)
    return gate.mul_(self.clamped(h, w, "mlp.up_proj"))
  return self.activate(self.linear(h, w, "mlp.linear_fc1"), act)


def after_mlp(self, x: Tensor, m: Tensor, w: Dict[str, Tensor]) -> Tensor:
  # The residual stream before the MLP, mlp_post -> resid_post
  name = "mlp.down_proj" if "mlp.down_proj.weight" in w else "mlp.linear_fc2"
  return self.add_residual(self.normed_output(self.clamped(m, w, name), w, "mlp_output_norm"), x)


def heads_by_axis(self, x: Tensor, order: List[int]) -> Tensor:
  # The quarters of each head [patches, heads, dim] in another order
  quarters = torch.chunk(x, 4, 2)
  return torch.cat([quarters[i] for i in order], 2)


def queries_keys_values(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, heads: int) -> Tuple[Tensor, Tensor, Tensor]:
  # [patches, hidden] -> three of [patches, heads, dim]
  h = self.norm(x, w, "norm1")
  if "attn.qkv.weight" in w:
    qkv = torch.view(self.linear(h, w, "attn.qkv"), [x.size(0), 3 * heads, -1])
    turned = self.rotate(torch.narrow(qkv, 1, 0, 2 * heads), cos, sin)
    return torch.narrow(turned, 1, 0, heads), torch.narrow(turned, 1, heads, heads), torch.narrow(qkv, 1, 2 * heads, heads)
  size = [x.size(0), heads, -1]
  q = torch.view(self.clamped(h, w, "attn.q_proj"), size)
  k = torch.view(self.clamped(h, w, "attn.k_proj"), size)
  v = torch.view(self.clamped(h, w, "attn.v_proj"), size)
  if "attn.q_norm.weight" not in w:
    return self.rotate(q, cos, sin), self.rotate(k, cos, sin), v
  # Gemma 4 turns the first half of a head by columns and the second by rows, each within itself. What a query and
  # a key give together is the same in the order in which other towers turn them.
  order = [2, 0, 3, 1]
  q = self.norm(q, w, "attn.q_norm") * (q.size(2) ** 0.5)  # attention divides by it
  k = self.norm(k, w, "attn.k_norm")
  v = self.unit_norm(v, self.eps(w))
  return self.rotate(self.heads_by_axis(q, order), cos, sin), self.rotate(self.heads_by_axis(k, order), cos, sin), v


def attention_z(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, groups: List[int], heads: int) -> Tensor:
  # [patches, hidden] -> [patches, heads * dim]
  q, k, v = self.queries_keys_values(x, w, cos, sin, heads)
  return self.attend_groups(q, k, v, groups)


def after_attention(self, x: Tensor, z: Tensor, w: Dict[str, Tensor]) -> Tensor:
  # The residual stream before the layer, attn_z -> the residual stream before the MLP
  return self.add_residual(self.normed_output(self.clamped(z, w, "attn.proj"), w, "attention_output_norm"), x)


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
  if "attn.qkv.weight.scales" in w or "attn.q_proj.weight.scales" in w:
    # A scale's rows are no heads' alone.
    z = torch.unflatten(self.attention_z(x, w, cos, sin, groups, heads), 1, [heads, -1])
    return torch.flatten(torch.index_select(z, 1, some), 1)
  chosen = annotate(Dict[str, Tensor], {})
  for name, weight in w.items():
    if name.startswith("attn.qkv"):
      rows = torch.index_select(torch.view(weight, [3, heads, -1]), 1, some)
      weight = torch.reshape(rows, [-1, weight.size(1)]) if weight.dim() == 2 else torch.flatten(rows)
    elif name in ["attn.q_proj.weight", "attn.k_proj.weight", "attn.v_proj.weight"]:
      rows = torch.index_select(torch.view(weight, [heads, -1]), 0, some)
      weight = torch.reshape(rows, [-1, weight.size(1)])
    chosen[name] = weight
  return self.attention_z(x, chosen, cos, sin, groups, some.size(0))


def some_neurons(self, x: Tensor, w: Dict[str, Tensor], neurons: Tensor, act: str) -> Tensor:
  # The residual stream before the MLP -> some neurons of mlp_post [patches, neurons]
  h = self.norm(x, w, "norm2")
  first = "mlp.gate_proj" if "mlp.gate_proj.weight" in w else "mlp.linear_fc1"
  if w[first + ".weight"].is_mkldnn:
    return torch.index_select(self.patch_mlp(h, w, act), -1, neurons)
  some = annotate(Dict[str, Tensor], {})
  for name, bound in w.items():
    if "put_" in name:
      some[name] = bound
  for name in ["mlp.gate_proj", "mlp.up_proj", "mlp.linear_fc1"]:
    if name + ".weight" in w:
      some.update(self.rows_of(w, name, neurons))
  return self.patch_mlp(h, some, act)


def some_residual(self, x: Tensor, m: Tensor, w: Dict[str, Tensor], columns: Tensor) -> Tensor:
  # The residual stream before the MLP, mlp_post -> some columns of resid_post [patches, columns]
  name = "mlp.down_proj" if "mlp.down_proj.weight" in w else "mlp.linear_fc2"
  if "mlp_output_norm.weight" in w or w[name + ".weight"].is_mkldnn:
    return torch.index_select(self.after_mlp(x, m, w), -1, columns)
  return self.after_mlp(torch.index_select(x, -1, columns), m, self.rows_of(w, name, columns))


def merge_patches(self, x: Tensor, w: Dict[str, Tensor], patches: int, order: Tensor) -> Tensor:
  # [blocks * patches, hidden] -> [blocks, out], in the given order of blocks [blocks], or as they are where it is
  # empty; the norm is
  # before or after the patches of a block are put side by side, as its width says. Gemma 4 takes their mean, and
  # Mistral 3 has another matrix before the others, to which a block's values of one column come side by side.
  if "average.weight" in w:
    return self.ordered(self.average_patches(torch.unflatten(x, 0, [-1, patches]), w), order)
  y = self.norm(torch.view(x, [-1, w["norm.weight"].size(0)]), w, "norm")
  if "merging_layer.weight" in w:
    y = torch.flatten(torch.transpose(torch.unflatten(y, 0, [-1, patches]), 1, 2), 1)
    y = self.linear(y, w, "merging_layer")
  else:
    y = torch.view(y, [x.size(0) // patches, -1])
  return self.ordered(self.linear(self.activate(self.linear(y, w, "linear_fc1"), "gelu"), w, "linear_fc2"), order)


def ordered(self, x: Tensor, order: Tensor) -> Tensor:
  return x if order.size(0) == 0 else torch.index_select(x, 0, order)


def average_patches(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
  # [blocks, patches, hidden] -> [blocks, out]: the mean of a block's patches, made larger, normed without weights and
  # projected; in float32 up to the projection.
  y = torch.mean(x.to(6), [1]) * (x.size(2) ** 0.5)
  if "std_scale" in w:
    y = (y - w["std_bias"].to(6)) * w["std_scale"].to(6)
  weight = w["average.weight"]
  return torch.linear(self.unit_norm(y, self.eps(w)).to(weight.dtype), weight)
