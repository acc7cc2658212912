# TorchScript. An MLP that is a mixture of experts (transformers' modeling_qwen3_vl_moe.py, modeling_qwen3_5_moe.py):
# of many small MLPs a router chooses some for each token. On a CPU the experts' matrices lie in the file, and of
# those that no token of a pass chooses nothing is read.


def routed(self, x: Tensor, w: Dict[str, Tensor], eps: float) -> Tuple[Tensor, Tensor]:
  # x [tokens, hidden] before the MLP -> each token's experts, and their weights, which add up to one [tokens, chosen]
  # each. In float32 whatever the model computes in: another rounding could choose another expert.
  weight = self.wide(w, "post_attention_layernorm.weight")
  h = self.rms_norm(x, weight + 1.0 if "norms_less_one" in w else weight, eps)
  scores = torch.softmax(torch.linear(h, self.all_rows(w, "mlp.gate").to(6)), -1)
  shares, chosen = torch.topk(scores, int(w["experts_chosen"]), -1)
  return chosen, shares / torch.sum(shares, [-1], True)


def expert_matrix(self, w: Dict[str, Tensor], stack: str, expert: int) -> Dict[str, Tensor]:
  # One matrix of a stack [experts, out, in], by the name "one"; or of a stack [experts, in, out], whose scales and
  # blocks lie that way round too
  in_first = stack + ".in_first" in w
  matrix = torch.select(w[stack], 0, expert)
  one = {"one.weight": torch.t(matrix) if in_first else matrix}
  if stack + ".scales" in w:
    scales = torch.select(w[stack + ".scales"], 0, expert)
    one["one.weight.scales"] = torch.t(scales).contiguous() if in_first else scales
    one["one.weight.block"] = torch.flip(w[stack + ".block"], [0]) if in_first else w[stack + ".block"]
  return one


def expert(self, h: Tensor, w: Dict[str, Tensor], number: int, act: str) -> Tensor:
  # h [tokens, hidden], normed -> [tokens, hidden]
  if "mlp.experts.gate_up_proj" in w:
    both = self.linear(h, self.expert_matrix(w, "mlp.experts.gate_up_proj", number), "one")
    gate, up = torch.chunk(both, 2, 1)
    return self.linear(self.activate(gate, act) * up, self.expert_matrix(w, "mlp.experts.down_proj", number), "one")
  name = "mlp.experts." + str(number)
  m = self.activate(self.linear(h, w, name + ".gate_proj"), act).mul_(self.linear(h, w, name + ".up_proj"))
  return self.linear(m, w, name + ".down_proj")


def mixture(self, x: Tensor, m: Tensor, w: Dict[str, Tensor], act: str, eps: float) -> Tensor:
  # x [tokens, hidden] before the MLP; m [tokens, intermediate] of the shared expert, [tokens, 0] where there is none
  # -> what the experts add [tokens, hidden], in float32
  h = self.norm(x, w, "post_attention_layernorm", eps)
  chosen, shares = self.routed(x, w, eps)
  each = chosen.size(1)
  numbers, order = torch.sort(torch.flatten(chosen))
  counts = torch.bincount(numbers, None, w["mlp.gate.weight"].size(0)).to(torch.device("cpu"))
  shares = torch.unsqueeze(torch.flatten(shares), 1)
  y = torch.zeros([x.size(0), x.size(1)], dtype=6, device=x.device)
  start = 0
  for number in range(counts.size(0)):
    count = int(counts[number])
    if count > 0:
      places = torch.narrow(order, 0, start, count)
      tokens = torch.floor_divide(places, each)
      out = self.expert(torch.index_select(h, 0, tokens), w, number, act)
      y.index_add_(0, tokens, out.to(6) * torch.index_select(shares, 0, places))
      start = start + count
  if "mlp.shared_expert_gate.weight" in w:
    gate = torch.sigmoid(self.linear(h, w, "mlp.shared_expert_gate").to(6))
    y.add_(gate * self.linear(m, w, "mlp.down_proj").to(6))
  return y
