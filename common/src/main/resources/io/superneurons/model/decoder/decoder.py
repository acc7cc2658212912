# TorchScript. A decoder of the Llama kind over packed tokens: the tokens of all sequences of a
# batch stand one after another in [tokens, hidden], without padding, and attention runs segment by
# segment. A segment is (start, length, parent): its queries see all of its parent's tokens, the prefix that
# several questions on one image share, and its own up to the query.
#
# Two arguments go together through all that attends. longest is empty where attention goes segment by
# segment; then visible is not looked at. Elsewhere all queries go at once through the kernel of flash.py,
# which knows no segments but sequences of queries and of the tokens that these see: visible is, for all
# sequences, one after another, the indices of those tokens [n], where each sequence's queries start, and
# the end [sequences + 1], and where its tokens start among the indices, and the end [sequences + 1];
# longest is the most queries and the most tokens that a sequence has.
#
# window is how many tokens a query of the layer sees at most, itself included; 0 for all of them.
#
# given is what a layer gets beside the residual stream: its own input of each token that is computed [tokens, width],
# which is not looked at where layers have none; then, where it has no keys and values of its own, those of the
# earlier layer that it uses.


def embed(self, w: Dict[str, Tensor], ids: Tensor, features: Tensor, slots: Tensor, sources: Tensor, scale: float, dtype: int) -> Tensor:
  # ids [tokens]; features [n, hidden] of all images; slots [m] are the tokens that stand for an
  # image's patch, sources [m] the row of features that goes there -> [tokens, hidden]
  x = self.embed_ids(w, ids, scale, dtype)
  return torch.index_copy(x, 0, slots, torch.index_select(features, 0, sources).to(x.dtype))


def embed_ids(self, w: Dict[str, Tensor], ids: Tensor, scale: float, dtype: int) -> Tensor:
  # [tokens] -> [tokens, hidden]: the residual stream, in float32 whatever the weights' type is. scale is
  # rounded to the type that the model computes in.
  x = self.rows_at(w, "embed_tokens", ids).to(6)
  return x if scale == 1.0 else x.mul_(float(torch.tensor(scale, dtype=dtype)))


def add_features(self, x: Tensor, features: Tensor, slots: Tensor, sources: Tensor) -> Tensor:
  # Between two layers, at the tokens that stand for an image's patch (deepstack): x [tokens, hidden]
  return torch.index_add(x, 0, slots, torch.index_select(features, 0, sources).to(x.dtype))


def frequencies(self, theta: float, dim: int, divisors: List[float], device: str) -> Tensor:
  # dim is how many of a head's values turn; divisors [dim / 2] divide the frequencies -> [dim / 2] in float32
  steps = torch.arange(0, dim, 2, device=torch.device(device)).to(6)
  return 1.0 / torch.pow(theta, steps / dim) / torch.tensor(divisors, dtype=6, device=torch.device(device))


def rotary(self, positions: Tensor, w: Dict[str, Tensor], magnitude: float) -> Tuple[Tensor, Tensor]:
  # positions [axes, tokens] -> cos, sin [tokens, dim] in float32, as rotate takes them. Of w, axes [dim / 2] says which axis turns each of the
  # frequencies [dim / 2]; positions with one axis turn all of them.
  if positions.size(0) > 1:
    positions = torch.index_select(positions, 0, w["axes"])
  angle = torch.transpose(positions.to(6), 0, 1) * torch.unsqueeze(w["frequencies"], 0)
  cos = torch.cos(angle) * magnitude
  sin = torch.sin(angle) * magnitude
  return torch.cat([cos, cos], 1), torch.cat([torch.neg(sin), sin], 1)


def project(self, h: Tensor, w: Dict[str, Tensor], name: str, dim: int) -> Tensor:
  # [tokens, hidden] -> [tokens, heads, dim]; Qwen3 norms each head's query and key.
  return torch.view(self.linear(h, w, name), [h.size(0), -1, dim])


def norm(self, x: Tensor, w: Dict[str, Tensor], name: str, eps: float) -> Tensor:
  # An RMS norm. Some checkpoints store its weights less one.
  weight = w[name + ".weight"]
  if "norms_less_one" in w:
    return self.rms_norm(x, self.wide(w, name + ".weight") + 1.0, eps).to(weight.dtype)
  return self.rms_norm(x, weight, eps)


def head_norm(self, x: Tensor, w: Dict[str, Tensor], name: str, eps: float) -> Tensor:
  return self.norm(x, w, name, eps) if name + ".weight" in w else x


def context(self, x: Tensor, segments: List[int], segment: int) -> Tensor:
  # Keys or values that a segment sees: [tokens, heads, dim] -> [parent + own, heads, dim]
  own = torch.narrow(x, 0, segments[3 * segment], segments[3 * segment + 1])
  parent = segments[3 * segment + 2]
  if parent < 0:
    return own
  return torch.cat([torch.narrow(x, 0, segments[3 * parent], segments[3 * parent + 1]), own], 0)


def heads_first(self, x: Tensor) -> Tensor:
  # [tokens, heads, dim] -> [1, heads, tokens, dim]
  return torch.unsqueeze(torch.transpose(x, 0, 1), 0)


def tokens_first(self, x: Tensor) -> Tensor:
  # [1, heads, tokens, dim] -> [tokens, heads * dim]
  return torch.flatten(torch.transpose(torch.squeeze(x, 0), 0, 1), 1)


def causal_mask(self, length: int, total: int, device: Device) -> Tensor:
  # [length, total]: what the last of so many tokens see of all of them
  return torch.tril(torch.ones([length, total], dtype=11, device=device), total - length)


def see_images(self, mask: Tensor, runs: List[int], start: int, length: int) -> Tensor:
  # Within a segment's mask [length, total]: tokens of one image see each other both ways. runs are start and
  # length of each run of an image's tokens among all of the batch's.
  before = mask.size(1) - length
  for i in range(len(runs) // 2):
    at = runs[2 * i] - start
    count = runs[2 * i + 1]
    if at >= 0 and at + count <= length:
      torch.narrow(torch.narrow(mask, 0, at, count), 1, before + at, count).fill_(True)
  return mask


def attend(self, q: Tensor, k: Tensor, v: Tensor, segments: List[int], runs: List[int], visible: List[Tensor],
           longest: List[int], window: int) -> Tensor:
  # q [tokens, heads, dim]; k, v [tokens, kv_heads, dim]; runs as see_images takes them, none where images see
  # as text does -> [tokens, heads * dim]
  if len(longest) > 0:
    return self.attend_contexts(q, k, v, visible, longest, window)
  shared = q.size(1) != k.size(1)
  z = annotate(List[Tensor], [])
  for i in range(len(segments) // 3):
    length = segments[3 * i + 1]
    query = self.heads_first(torch.narrow(q, 0, segments[3 * i], length))
    key = self.heads_first(self.context(k, segments, i))
    value = self.heads_first(self.context(v, segments, i))
    total = key.size(2)
    if total == length and (window == 0 or total <= window) and len(runs) == 0:
      out = torch.scaled_dot_product_attention(query, key, value, None, 0.0, True, enable_gqa=shared)
    else:
      mask = self.see_images(self.causal_mask(length, total, q.device), runs, segments[3 * i], length)
      mask = torch.triu(mask, total - length - window + 1) if window > 0 else mask
      out = torch.scaled_dot_product_attention(query, key, value, mask, 0.0, False, enable_gqa=shared)
    z.append(self.tokens_first(out))
  return torch.cat(z, 0)


def attention_weights(self, q: Tensor, k: List[Tensor]) -> Tensor:
  # How the query of one row, which sees everything, shares out its attention: q [heads, dim]; k
  # [tokens, kv_heads, dim] one after another -> [kv_heads, heads per kv_head, tokens] in float32.
  grouped = torch.view(q.to(6) * (q.size(1) ** -0.5), [k[0].size(1), -1, q.size(1)])
  scores = annotate(List[Tensor], [])
  for part in k:
    scores.append(torch.matmul(grouped, torch.permute(part.to(6), [1, 2, 0])))
  return torch.softmax(torch.cat(scores, 2), 2)


def attend_one(self, q: Tensor, k: List[Tensor], v: List[Tensor]) -> Tensor:
  # The same and the weighted sum of v, which is like k -> [heads * dim]. In float32, and without
  # libtorch's own attention, which takes ten times as long for a single query on a CPU.
  weights = self.attention_weights(q, k)
  z = torch.zeros([weights.size(0), weights.size(1), v[0].size(2)], device=q.device)
  start = 0
  for part in v:
    share = torch.narrow(weights, 2, start, part.size(0))
    z = z + torch.matmul(share, torch.transpose(part.to(6), 0, 1))
    start = start + part.size(0)
  return torch.flatten(z).to(q.dtype)


def mix(self, q: Tensor, k: List[Tensor], h: List[Tensor]) -> Tensor:
  # The same weighted sum of the hidden states that values would be projected from: h [tokens, hidden]
  # one after another -> [kv_heads, heads per kv_head, hidden]
  weights = self.attention_weights(q, k).to(q.dtype)
  mixed = torch.matmul(torch.narrow(weights, 2, 0, h[0].size(0)), h[0])
  start = h[0].size(0)
  for part in h[1:]:
    mixed = mixed + torch.matmul(torch.narrow(weights, 2, start, part.size(0)), part)
    start = start + part.size(0)
  return mixed


def project_mixed(self, mixed: Tensor, w: Dict[str, Tensor], dim: int) -> Tensor:
  # Values of weighted sums, which are the weighted sums of values, since weights add up to one:
  # [rows, kv_heads, heads per kv_head, hidden] -> [rows, heads * dim]
  rows, kv_heads, group, hidden = mixed.shape
  x = torch.reshape(torch.transpose(mixed, 0, 1), [kv_heads, rows * group, hidden])
  weight = torch.view(self.all_rows(w, "self_attn.v_proj"), [kv_heads, dim, hidden]).to(x.dtype)
  z = torch.bmm(x, torch.transpose(weight, 1, 2))
  if "self_attn.v_proj.bias" in w:
    z = z + torch.view(w["self_attn.v_proj.bias"], [kv_heads, 1, dim])
  return torch.flatten(torch.transpose(torch.view(z, [kv_heads, rows, group * dim]), 0, 1), 1)


def contexts(self, x: Tensor, segments: List[int], segment: int) -> List[Tensor]:
  # As context, but in parts
  own = torch.narrow(x, 0, segments[3 * segment], segments[3 * segment + 1])
  parent = segments[3 * segment + 2]
  if parent < 0:
    return [own]
  return [torch.narrow(x, 0, segments[3 * parent], segments[3 * parent + 1]), own]


def recent(self, parts: List[Tensor], window: int) -> List[Tensor]:
  # The last tokens of [tokens, ...] one after another, as many as a window has
  if window == 0:
    return parts
  kept = annotate(List[Tensor], [])
  left = window
  for i in range(len(parts)):
    part = parts[len(parts) - 1 - i]
    count = min(left, part.size(0))
    if count > 0:
      kept.append(torch.narrow(part, 0, part.size(0) - count, count))
      left = left - count
  kept.reverse()
  return kept


def attend_last(self, q: Tensor, k: Tensor, v: Tensor, segments: List[int], rows: List[int],
                visible: List[Tensor], longest: List[int], window: int) -> Tensor:
  # q [rows, heads, dim], one query for each of the segments in rows -> [rows, heads * dim]
  if len(longest) > 0:
    return self.attend_contexts(q, k, v, visible, longest, window)
  z = annotate(List[Tensor], [])
  for i in range(len(rows)):
    seen_k = self.recent(self.contexts(k, segments, rows[i]), window)
    z.append(self.attend_one(torch.select(q, 0, i), seen_k, self.recent(self.contexts(v, segments, rows[i]), window)))
  return torch.stack(z, 0)


def per_layer_input(self, w: Dict[str, Tensor], ids: Tensor, x: Tensor, layer: int, scale: float, dtype: int, eps: float) -> Tensor:
  # What one layer gets of each token beside the residual stream: ids [tokens]; x [tokens, hidden] their embeddings,
  # with images' features -> [tokens, width]. All layers' parts stand side by side in the table and in the projection.
  weight = w["per_layer_projection_norm.weight"]
  width = weight.size(0)
  some = self.rows_between(w, "per_layer_model_projection", layer * width, width).to(weight.dtype)
  y = torch.linear(x.to(weight.dtype), some) * (x.size(1) ** -0.5)
  table = "embed_tokens_per_layer"
  if table + ".weight.scales" in w:
    of_ids = torch.narrow(self.rows_at(w, table, ids), 1, layer * width, width)
  else:
    of_ids = torch.embedding(torch.narrow(w[table + ".weight"], 1, layer * width, width), ids)
  of_ids = of_ids.to(weight.dtype) * float(torch.tensor(scale, dtype=dtype))
  return (self.norm(y, w, "per_layer_projection_norm", eps) + of_ids) * (2.0 ** -0.5)


def keys(self, h: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, dim: int, eps: float) -> Tensor:
  # h [tokens, hidden], normed -> [tokens, kv_heads, dim]
  k = self.head_norm(self.project(h, w, "self_attn.k_proj", dim), w, "self_attn.k_norm", eps)
  return self.rotate(k, cos, sin)


def values(self, h: Tensor, w: Dict[str, Tensor], dim: int, eps: float) -> Tensor:
  # h [tokens, hidden], normed -> [tokens, kv_heads, dim]; Gemma 4 norms each head's, without weights.
  v = self.project(h, w, "self_attn.v_proj", dim)
  return self.unit_norm(v, eps) if "value_norm" in w else v


def has_own_keys(self, w: Dict[str, Tensor]) -> bool:
  return "self_attn.k_proj.weight" in w


def keys_values(self, h: Tensor, w: Dict[str, Tensor], given: List[Tensor], cos: Tensor, sin: Tensor, dim: int, eps: float) -> Tuple[Tensor, Tensor]:
  # The layer's own, of h [tokens, hidden], normed, or those of an earlier layer -> [tokens, kv_heads, dim] each
  if self.has_own_keys(w):
    return self.keys(h, w, cos, sin, dim, eps), self.values(h, w, dim, eps)
  return given[1], given[2]


def queries(self, h: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, dim: int, eps: float) -> Tuple[Tensor, Optional[Tensor]]:
  # h [tokens, hidden], normed -> [tokens, heads, dim]; and what gates attention's output, where q_proj gives
  # each head's gate after its query [tokens, heads * dim]
  if "gate_in_q_proj" in w:
    both = self.project(h, w, "self_attn.q_proj", 2 * dim)
    q = self.head_norm(torch.narrow(both, 2, 0, dim), w, "self_attn.q_norm", eps)
    return self.rotate(q, cos, sin), torch.flatten(torch.narrow(both, 2, dim, dim), 1)
  q = self.head_norm(self.project(h, w, "self_attn.q_proj", dim), w, "self_attn.q_norm", eps)
  if "query_scale" in w:
    q = q * float(w["query_scale"])
  return self.rotate(q, cos, sin), None


def gated(self, z: Tensor, gate: Optional[Tensor]) -> Tensor:
  # attn_z [tokens, heads * dim]
  return z if gate is None else z * torch.sigmoid(gate)


def attended(self, z: Tensor, w: Dict[str, Tensor], eps: float) -> Tensor:
  # What attention adds to the residual stream: [tokens, heads * dim] -> [tokens, hidden]. Gemma norms it.
  y = self.linear(z, w, "self_attn.o_proj")
  return self.norm(y, w, "attention_output_norm", eps) if "attention_output_norm.weight" in w else y


def mlp_output(self, x: Tensor, m: Tensor, w: Dict[str, Tensor], act: str, eps: float) -> Tensor:
  # What the MLP adds: x [tokens, hidden] before it, mlp_post [tokens, intermediate] -> [tokens, hidden]. Gemma norms
  # it.
  if "experts_chosen" in w:
    return self.mixture(x, m, w, act, eps)
  y = self.linear(m, w, "mlp.down_proj")
  return self.norm(y, w, "mlp_output_norm", eps) if "mlp_output_norm.weight" in w else y


def mlp_hidden(self, x: Tensor, w: Dict[str, Tensor], act: str, eps: float) -> Tensor:
  # [tokens, hidden] -> [tokens, intermediate]: the neurons after the gate (mlp_post); of a mixture of experts those
  # of the shared one, [tokens, 0] where there is none
  if "mlp.gate_proj.weight" not in w:
    return torch.narrow(x, 1, 0, 0)
  h = self.norm(x, w, "post_attention_layernorm", eps)
  return self.activate(self.linear(h, w, "mlp.gate_proj"), act).mul_(self.linear(h, w, "mlp.up_proj"))


def rest_of_layer(self, x: Tensor, z: Tensor, w: Dict[str, Tensor], act: str, eps: float) -> Tuple[Tensor, Tensor]:
  # What follows the mixing of tokens: x [tokens, hidden] before the layer, attn_z -> x after it, mlp_post
  x = self.add_residual(self.attended(z, w, eps), x)
  m = self.mlp_hidden(x, w, act, eps)
  return self.add_residual(self.mlp_output(x, m, w, act, eps), x), m


def finish_layer(self, x: Tensor, w: Dict[str, Tensor], given: List[Tensor], act: str, eps: float) -> Tensor:
  # What a layer of Gemma 4 does after the MLP: its own input of each token, gated by x [tokens, hidden], is added, and
  # all is multiplied by one number.
  if "per_layer_input_gate.weight" in w:
    h = x.to(w["post_per_layer_input_norm.weight"].dtype)
    gate = self.activate(self.linear(h, w, "per_layer_input_gate"), act)
    y = self.linear(gate * given[0], w, "per_layer_projection")
    x = self.add_residual(self.norm(y, w, "post_per_layer_input_norm", eps), x)
  return x * w["layer_scalar"].to(x.dtype) if "layer_scalar" in w else x


def layer(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, segments: List[int],
          visible: List[Tensor], longest: List[int], window: int, runs: List[int], last: Tensor, given: List[Tensor],
          dim: int, act: str, eps: float) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
  # A whole layer: x [tokens, hidden] -> x; at the rows' last tokens resid_post [rows, hidden],
  # attn_z [rows, heads * dim], mlp_post [rows, intermediate], of no row where last is empty; keys and values
  # [tokens, kv_heads, dim]
  h = self.norm(x, w, "input_layernorm", eps)
  k, v = self.keys_values(h, w, given, cos, sin, dim, eps)
  q, gate = self.queries(h, w, cos, sin, dim, eps)
  z = self.gated(self.attend(q, k, v, segments, runs, visible, longest, window), gate)
  x, m = self.rest_of_layer(x, z, w, act, eps)
  x = self.finish_layer(x, w, given, act, eps)
  return x, self.rows_read(x, last), self.rows_read(z, last), self.rows_read(m, last), k, v


def rows_read(self, x: Tensor, rows: Tensor) -> Tensor:
  # Some rows of [tokens, width]; where there are none nothing is launched, and x is not kept.
  return torch.index_select(x, 0, rows) if rows.size(0) > 0 else torch.new_empty(x, [0, x.size(1)])


def last_layer(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, segments: List[int], rows: List[int],
               visible: List[Tensor], longest: List[int], window: int, last: Tensor, given: List[Tensor], dim: int, act: str,
               eps: float) -> Tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
  # The last layer of a model that answers: keys and values for all tokens, the rest for the rows' last
  # tokens only -> resid_post, attn_z, mlp_post, keys, values, as above
  h = self.norm(x, w, "input_layernorm", eps)
  k, v = self.keys_values(h, w, given, cos, sin, dim, eps)
  h = torch.index_select(h, 0, last)
  q, gate = self.queries(h, w, torch.index_select(cos, 0, last), torch.index_select(sin, 0, last), dim, eps)
  z = self.gated(self.attend_last(q, k, v, segments, rows, visible, longest, window), gate)
  x, m = self.after_mixing(x, z, w, last, act, eps)
  return self.finish_layer(x, w, given, act, eps), z, m, k, v


def exit_attention(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, segments: List[int], rows: List[int],
                   visible: List[Tensor], longest: List[int], window: int, last: Tensor, given: List[Tensor], groups: Tensor, kv_heads: int,
                   dim: int, eps: float) -> Tensor:
  # attn_z at the rows' last tokens, in the layer after which nothing follows; of the chosen groups of
  # heads alone, those that share keys and values -> [rows, groups * heads per group * dim]
  h = self.norm(x, w, "input_layernorm", eps)
  if groups.size(0) < kv_heads:
    w = self.head_groups(w, groups, kv_heads)
    given = self.given_groups(given, groups)
  at = torch.index_select(h, 0, last)
  q, gate = self.queries(at, w, torch.index_select(cos, 0, last), torch.index_select(sin, 0, last), dim, eps)
  if len(longest) > 0 or "value_norm" in w or not self.has_own_keys(w):
    k, v = self.keys_values(h, w, given, cos, sin, dim, eps)
    return self.gated(self.attend_last(q, k, v, segments, rows, visible, longest, window), gate)
  k = self.keys(h, w, cos, sin, dim, eps)
  mixed = annotate(List[Tensor], [])
  for i in range(len(rows)):
    seen_k = self.recent(self.contexts(k, segments, rows[i]), window)
    mixed.append(self.mix(torch.select(q, 0, i), seen_k, self.recent(self.contexts(h, segments, rows[i]), window)))
  return self.gated(self.project_mixed(torch.stack(mixed, 0), w, dim), gate)


def given_groups(self, given: List[Tensor], groups: Tensor) -> List[Tensor]:
  # Of another layer's keys and values those of some groups of heads
  some = [given[0]]
  for x in given[1:]:
    some.append(torch.index_select(x, 1, groups))
  return some


def head_groups(self, w: Dict[str, Tensor], groups: Tensor, kv_heads: int) -> Dict[str, Tensor]:
  # A layer's attention with some of its groups of heads
  some = annotate(Dict[str, Tensor], {})
  for name, weight in w.items():
    if not name.startswith("self_attn.") or "_norm." in name or "o_proj" in name:
      some[name] = weight
  for name in ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"]:
    if name + ".weight" in w:
      weight = self.all_rows(w, name)
      rows = torch.index_select(torch.view(weight, [kv_heads, -1]), 0, groups)
      some[name + ".weight"] = torch.reshape(rows, [-1, weight.size(1)])
    if name + ".bias" in w:
      some[name + ".bias"] = torch.flatten(torch.index_select(torch.view(w[name + ".bias"], [kv_heads, -1]), 0, groups))
  return some


def after_attention(self, x: Tensor, z: Tensor, w: Dict[str, Tensor], last: Tensor, eps: float) -> Tensor:
  # [tokens, hidden] before the layer, attn_z of the rows -> [rows, hidden], before the MLP
  return torch.index_select(x, 0, last) + self.attended(z, w, eps)


def after_mlp(self, x: Tensor, m: Tensor, w: Dict[str, Tensor], act: str, eps: float) -> Tensor:
  # [rows, hidden] before the MLP, mlp_post -> the residual stream after it [rows, hidden]
  return x + self.mlp_output(x, m, w, act, eps)


def after_mixing(self, x: Tensor, z: Tensor, w: Dict[str, Tensor], last: Tensor, act: str, eps: float) -> Tuple[Tensor, Tensor]:
  # [tokens, hidden] before the layer, attn_z of the rows -> the residual stream after the MLP, mlp_post of the rows
  x = self.after_attention(x, z, w, last, eps)
  m = self.mlp_hidden(x, w, act, eps)
  return self.after_mlp(x, m, w, act, eps), m


def mlp_neurons(self, x: Tensor, w: Dict[str, Tensor], neurons: Tensor, act: str, eps: float) -> Tensor:
  # As mlp_hidden, for some of the neurons -> [rows, neurons]
  some = annotate(Dict[str, Tensor], {})
  for name, weight in w.items():
    if not name.startswith("mlp."):
      some[name] = weight
  some.update(self.rows_of(w, "mlp.gate_proj", neurons))
  some.update(self.rows_of(w, "mlp.up_proj", neurons))
  return self.mlp_hidden(x, some, act, eps)


def pick(self, x: Tensor, neurons: Tensor) -> Tensor:
  # [rows, width] -> [rows, neurons]
  return torch.index_select(x, 1, neurons)


def attend_new(self, q: Tensor, k: Tensor, v: Tensor, new_k: Tensor, new_v: Tensor, segments: List[int], rows: List[int],
               visible: List[Tensor], longest: List[int], window: int) -> Tensor:
  # q [rows, heads, dim], each seeing its row's prompt and its generated tokens -> [rows, heads * dim].
  # The indices in visible count generated tokens after all of the prompts', row by row.
  if len(longest) > 0:
    all_k = torch.cat([k, torch.flatten(new_k, 0, 1)], 0)
    return self.attend_contexts(q, all_k, torch.cat([v, torch.flatten(new_v, 0, 1)], 0), visible, longest, window)
  z = annotate(List[Tensor], [])
  for i in range(len(rows)):
    before_k = self.contexts(k, segments, rows[i]) + [torch.select(new_k, 0, i)]
    before_v = self.contexts(v, segments, rows[i]) + [torch.select(new_v, 0, i)]
    z.append(self.attend_one(torch.select(q, 0, i), self.recent(before_k, window), self.recent(before_v, window)))
  return torch.stack(z, 0)


def decode_layer(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, k: Tensor, v: Tensor,
                 new_k: Tensor, new_v: Tensor, segments: List[int], rows: List[int],
                 visible: List[Tensor], longest: List[int], window: int, given: List[Tensor], dim: int, act: str,
                 eps: float) -> Tuple[Tensor, Tensor, Tensor]:
  # One generated token of each row: x [rows, hidden]; k, v of the prompt [tokens, kv_heads, dim]; new_k,
  # new_v of the tokens generated before [rows, steps, kv_heads, dim], and of this one where they are of an earlier
  # layer -> x, new_k, new_v with this one
  h = self.norm(x, w, "input_layernorm", eps)
  if self.has_own_keys(w):
    new_k = torch.cat([new_k, torch.unsqueeze(self.keys(h, w, cos, sin, dim, eps), 1)], 1)
    new_v = torch.cat([new_v, torch.unsqueeze(self.values(h, w, dim, eps), 1)], 1)
  q, gate = self.queries(h, w, cos, sin, dim, eps)
  z = self.gated(self.attend_new(q, k, v, new_k, new_v, segments, rows, visible, longest, window), gate)
  x, _ = self.rest_of_layer(x, z, w, act, eps)
  return self.finish_layer(x, w, given, act, eps), new_k, new_v


def no_tokens(self, k: Tensor, rows: int) -> Tensor:
  # Where generation starts: [rows, 0, kv_heads, dim] of the prompt's kind
  return torch.new_zeros(k, [rows, 0, k.size(1), k.size(2)])


def scores(self, w: Dict[str, Tensor], x: Tensor, eps: float) -> Tensor:
  # resid_post of the last layer [rows, hidden] -> logits [rows, vocabulary]; Gemma 4 bounds them.
  y = self.linear(self.norm(x, w, "norm", eps), w, "lm_head")
  if "logit_bound" in w:
    bound = float(w["logit_bound"])
    return torch.tanh(y / bound) * bound
  return y


def logits(self, w: Dict[str, Tensor], x: Tensor, eps: float) -> Tensor:
  # -> [rows, vocabulary] in float32 on the CPU
  return self.scores(w, x, eps).to(torch.device("cpu")).to(6).contiguous()


def greedy(self, w: Dict[str, Tensor], x: Tensor, eps: float) -> Tensor:
  # -> [rows] the likeliest token of each row, on the CPU
  return torch.argmax(self.scores(w, x, eps), -1).to(torch.device("cpu"))


def likeliest(self, w: Dict[str, Tensor], x: Tensor, eps: float, repeated: Tensor, penalty: float, banned: Tensor) -> Tensor:
  # As greedy, of logits that the penalty makes smaller in some places of [rows, vocabulary], and without
  # others -> [rows]
  scores = self.scores(w, x, eps).to(6)
  flat = torch.flatten(scores)
  some = torch.index_select(flat, 0, repeated)
  some = torch.where(torch.lt(some, 0.0), some * penalty, some / penalty)
  flat = torch.index_copy(flat, 0, repeated, some)
  flat = torch.index_fill(flat, 0, banned, float("-inf"))
  return torch.argmax(torch.view(flat, scores.shape), -1).to(torch.device("cpu"))
