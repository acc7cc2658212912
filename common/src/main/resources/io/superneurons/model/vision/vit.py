# TorchScript. A vision transformer of the CLIP and SigLIP kind.


def patches(self, pixels: Tensor, w: Dict[str, Tensor], patch: int) -> Tensor:
  # pixels [images, 3, height, width] -> [images, patches (+ 1), hidden]; a class token comes first
  # where the tower has one.
  kernel = w["patch_embedding.weight"]
  pixels = pixels.to(kernel.dtype)
  if pixels.is_cuda:
    x = self.embed_by_product(pixels, kernel, w.get("patch_embedding.bias"), patch)
  else:
    x = self.embed_by_convolution(pixels, kernel, w.get("patch_embedding.bias"), patch)
  if "class_embedding" in w:
    cls = torch.expand(torch.view(w["class_embedding"], [1, 1, -1]), [x.size(0), 1, x.size(2)])
    x = torch.cat([cls, x], 1)
  return x


def embed_by_convolution(self, pixels: Tensor, kernel: Tensor, bias: Optional[Tensor], patch: int) -> Tensor:
  # pixels [images, 3, height, width], kernel [hidden, 3, patch, patch] -> [images, patches, hidden]
  x = torch.conv2d(pixels, kernel, bias, [patch, patch])
  return torch.transpose(torch.flatten(x, 2), 1, 2)


def embed_by_product(self, pixels: Tensor, kernel: Tensor, bias: Optional[Tensor], patch: int) -> Tensor:
  # The same for GPUs, where libtorch lets a convolution, but no product, round float32 to TF32's ten
  # bits. Pixels beyond the last whole patch do not count.
  images, channels, height, width = pixels.shape
  rows = height // patch
  columns = width // patch
  whole = torch.narrow(torch.narrow(pixels, 2, 0, rows * patch), 3, 0, columns * patch)
  x = torch.reshape(whole, [images, channels, rows, patch, columns, patch])
  x = torch.reshape(torch.permute(x, [0, 2, 4, 1, 3, 5]), [images, rows * columns, channels * patch * patch])
  return torch.linear(x, torch.flatten(kernel, 1), bias)


def add_positions(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
  # [images, tokens, hidden] -> the same; the embedding has a row for each token, in order.
  return x + torch.view(w["position_embedding.weight"], [1, x.size(1), x.size(2)])


def add_positions_at(self, x: Tensor, w: Dict[str, Tensor], positions: Tensor) -> Tensor:
  # [images, tokens, hidden], positions [tokens] -> the same
  return x + torch.unsqueeze(torch.embedding(w["position_embedding.weight"], positions), 0)


def fractional_positions(self, rows: int, columns: int, side: int) -> Tensor:
  # -> [rows * columns] which of the embedding's side * side places each patch has. On the CPU and
  # step by step as transformers' Idefics3VisionEmbeddings does, since rounding decides at the edges.
  bounds = torch.arange(1 / side, 1.0, 1 / side, dtype=6)
  y = torch.arange(rows, dtype=6) * (1.0 / torch.tensor([rows]))
  x = torch.arange(columns, dtype=6) * (1.0 / torch.tensor([columns]))
  row = torch.bucketize(torch.clamp(y, max=1.0 - 1e-6), bounds, right=True)
  column = torch.bucketize(torch.clamp(x, max=1.0 - 1e-6), bounds, right=True)
  return torch.flatten(torch.unsqueeze(row, 1) * side + torch.unsqueeze(column, 0))


def before_layers(self, x: Tensor, w: Dict[str, Tensor], eps: float) -> Tensor:
  # A norm, where the tower has one there.
  return self.layer_norm(x, w, "pre_layrnorm", eps) if "pre_layrnorm.weight" in w else x


def norm(self, x: Tensor, w: Dict[str, Tensor], name: str, eps: float) -> Tensor:
  # A layer norm where there is a bias, an RMS norm where there is none.
  if name + ".bias" in w:
    return self.layer_norm(x, w, name, eps)
  return self.rms_norm(x, w[name + ".weight"], eps)


def split_heads(self, x: Tensor, heads: int) -> Tensor:
  # [images, tokens, hidden] -> [images, tokens, heads, dim]
  return torch.reshape(x, [x.size(0), x.size(1), heads, -1])


def queries_keys_values(self, h: Tensor, w: Dict[str, Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
  # [images, tokens, hidden] to three of the same; where there are norms of queries and keys, they are over
  # all heads, with transformers' own eps.
  if "self_attn.qkv.weight" in w:
    q, k, v = torch.chunk(self.linear(h, w, "self_attn.qkv"), 3, -1)
  else:
    q, k, v = self.linears(h, w, ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"])
  if "self_attn.q_norm.weight" in w:
    q = self.rms_norm(q, w["self_attn.q_norm.weight"], 1e-6)
    k = self.rms_norm(k, w["self_attn.k_norm.weight"], 1e-6)
  return q, k, v


def attention_z(self, x: Tensor, w: Dict[str, Tensor], heads: int, eps: float) -> Tensor:
  # [images, tokens, hidden] -> [images, tokens, heads * dim]; every token sees every other.
  q, k, v = self.queries_keys_values(self.norm(x, w, "layer_norm1", eps), w)
  return self.attend_runs(self.split_heads(q, heads), self.split_heads(k, heads), self.split_heads(v, heads))


def scaled(self, y: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  # In the place of y, where the layer has a scale.
  return y.mul_(w[name]) if name in w else y


def after_attention(self, x: Tensor, z: Tensor, w: Dict[str, Tensor]) -> Tensor:
  # The residual stream before the layer, attn_z -> the residual stream before the MLP
  return self.add_residual(self.scaled(self.linear(z, w, "self_attn.out_proj"), w, "lambda_1"), x)


def vision_layer(self, x: Tensor, w: Dict[str, Tensor], heads: int, act: str, eps: float) -> Tuple[Tensor, Tensor, Tensor]:
  # [images, tokens, hidden] -> resid_post, attn_z, mlp_post
  z = self.attention_z(x, w, heads, eps)
  x = self.after_attention(x, z, w)
  m = self.activate(self.linear(self.norm(x, w, "layer_norm2", eps), w, "mlp.fc1"), act)
  return self.add_residual(self.scaled(self.linear(m, w, "mlp.fc2"), w, "lambda_2"), x), z, m


def some_heads(self, x: Tensor, w: Dict[str, Tensor], some: Tensor, heads: int, eps: float) -> Tensor:
  # As attention_z, for some of the heads alone -> [images, tokens, some * dim]
  if some.size(0) == heads:
    return self.attention_z(x, w, heads, eps)
  if "self_attn.qkv.weight" in w or "self_attn.q_norm.weight" in w or "self_attn.q_proj.weight.scales" in w:
    # Their rows, or a scale's, are no heads' alone.
    z = self.split_heads(self.attention_z(x, w, heads, eps), heads)
    return torch.flatten(torch.index_select(z, 2, some), 2)
  chosen = annotate(Dict[str, Tensor], {})
  for name, weight in w.items():
    if name.startswith("self_attn.") and "out_proj" not in name:
      rows = torch.index_select(torch.view(weight, [heads, -1]), 0, some)
      weight = torch.reshape(rows, [-1, weight.size(1)]) if weight.dim() == 2 else torch.flatten(rows)
    chosen[name] = weight
  return self.attention_z(x, chosen, some.size(0), eps)


def some_neurons(self, x: Tensor, w: Dict[str, Tensor], neurons: Tensor, act: str, eps: float) -> Tensor:
  # The residual stream before the MLP -> some neurons of mlp_post [images, tokens, neurons]
  h = self.norm(x, w, "layer_norm2", eps)
  return self.activate(self.linear_to(h, w, "mlp.fc1", neurons), act)


def some_residual(self, x: Tensor, m: Tensor, w: Dict[str, Tensor], columns: Tensor) -> Tensor:
  # The residual stream before the MLP, mlp_post -> some columns of resid_post [images, tokens, columns]
  y = self.linear_to(m, w, "mlp.fc2", columns)
  if "lambda_2" in w:
    y = y.mul_(torch.index_select(w["lambda_2"], 0, columns))
  return self.add_residual(y, torch.index_select(x, -1, columns))


def select_features(self, hidden: List[Tensor], skip: int) -> Tensor:
  # The chosen layers side by side, without the first skip tokens -> [images, tokens, width]
  x = hidden[0] if len(hidden) == 1 else torch.cat(hidden, -1)
  return torch.narrow(x, 1, skip, x.size(1) - skip)
