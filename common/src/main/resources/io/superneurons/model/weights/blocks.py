# TorchScript. Pieces that towers, projectors and decoders share.


def wide(self, w: Dict[str, Tensor], name: str) -> Tensor:
  # A norm's vector in float32, in which those of other types are kept too.
  return w[name + ".wide"] if name + ".wide" in w else w[name].to(6)


def layer_norm(self, x: Tensor, w: Dict[str, Tensor], name: str, eps: float) -> Tensor:
  # In the type of x, and then in that of the weights: a residual stream may be kept in float32.
  weight = w[name + ".weight"]
  if x.dtype == weight.dtype:
    return torch.layer_norm(x, [weight.size(0)], weight, w[name + ".bias"], eps)
  y = torch.layer_norm(x, [weight.size(0)], self.wide(w, name + ".weight"), self.wide(w, name + ".bias"), eps)
  return y.to(weight.dtype)


def rms_norm(self, x: Tensor, weight: Tensor, eps: float) -> Tensor:
  # In float32, and then in the weight's type.
  y = x.to(6)
  y = y * torch.rsqrt(torch.mean(torch.pow(y, 2), [-1], True) + eps)
  return y.mul_(weight).to(weight.dtype)


def unit_norm(self, x: Tensor, eps: float) -> Tensor:
  # An RMS norm without weights, in the type of x.
  y = x.to(6)
  return (y * torch.rsqrt(torch.mean(torch.pow(y, 2), [-1], True) + eps)).to(x.dtype)


def of_blocks(self, values: Tensor, block: Tensor, rows: Tensor, columns: int) -> Tensor:
  # One number per block of a matrix -> for some of its rows [rows, columns], or [rows, 1] where a row has one
  wide = int(block[1])
  values = torch.view(values, [-1, (columns + wide - 1) // wide])
  each = torch.index_select(values, 0, torch.floor_divide(rows, block[0]))
  return torch.narrow(torch.repeat_interleave(each, wide, 1), 1, 0, columns) if each.size(1) > 1 else each


def multiplied_out(self, some: Tensor, w: Dict[str, Tensor], name: str, rows: Tensor) -> Tensor:
  # Some rows of a weight of 8 bits or fewer, by their numbers -> [rows, columns] in float32: each number less its
  # block's zero, times its block's scale.
  block = w[name + ".weight.block"]
  wide = self.unpacked(some, int(block[2])) if some.dtype == 3 else some.to(6)
  if name + ".weight.zeros" in w:
    wide = wide.sub_(self.of_blocks(w[name + ".weight.zeros"], block, rows, wide.size(1)))
  return wide.mul_(self.of_blocks(w[name + ".weight.scales"], block, rows, wide.size(1)))


def rows_at(self, w: Dict[str, Tensor], name: str, rows: Tensor) -> Tensor:
  # Some rows of a weight by their numbers: as they are or, where it has 8 bits or fewer, in float32
  some = torch.embedding(w[name + ".weight"], rows)
  return self.multiplied_out(some, w, name, rows) if name + ".weight.scales" in w else some


def rows_between(self, w: Dict[str, Tensor], name: str, start: int, count: int) -> Tensor:
  # The same for rows that follow each other
  some = torch.narrow(w[name + ".weight"], 0, start, count)
  if name + ".weight.scales" not in w:
    return some
  return self.multiplied_out(some, w, name, torch.arange(start, start + count))


def all_rows(self, w: Dict[str, Tensor], name: str) -> Tensor:
  # A whole weight, in float32 where it has 8 bits or fewer
  return self.rows_between(w, name, 0, w[name + ".weight"].size(0))


def linear_widened(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  # A linear layer on a CPU with a weight of another type: as many of its rows at a time as stay in the
  # processor's cache in float32, so that memory is read for the file's type only.
  weight = w[name + ".weight"]
  bias = w.get(name + ".bias")
  width = x.size(-1)
  rows = max(1, (1 << 21) // width)
  if weight.size(0) <= rows:
    return torch.linear(x, self.all_rows(w, name).to(x.dtype), bias)
  flat = torch.reshape(x, [-1, width])
  y = torch.empty([flat.size(0), weight.size(0)], dtype=x.dtype)
  wide = torch.empty([rows, width], dtype=x.dtype)
  for start in range(0, weight.size(0), rows):
    count = min(rows, weight.size(0) - start)
    some = torch.narrow(wide, 0, 0, count)
    some.copy_(self.rows_between(w, name, start, count))
    part = torch.narrow(y, 1, start, count)
    if bias is None:
      torch.mm(flat, torch.t(some), out=part)
    else:
      torch.addmm(torch.narrow(bias, 0, start, count), flat, torch.t(some), out=part)
  return torch.unflatten(y, 0, x.shape[:-1]) if x.dim() > 2 else y


def linears(self, x: Tensor, w: Dict[str, Tensor], names: List[str]) -> List[Tensor]:
  # Linear layers that read the same.
  if not w[names[0] + ".weight"].is_mkldnn:
    return [self.linear(x, w, name) for name in names]
  integers, scale = self.to_int8(torch.reshape(x, [-1, x.size(-1)]))
  y = [self.linear_of_int8(integers, scale, w, name, x.dtype) for name in names]
  return [torch.unflatten(some, 0, x.shape[:-1]) for some in y] if x.dim() > 2 else y


def linear_to(self, x: Tensor, w: Dict[str, Tensor], name: str, outputs: Tensor) -> Tensor:
  # Some outputs of a linear layer [..., out] -> [..., outputs]
  if w[name + ".weight"].is_mkldnn:
    return torch.index_select(self.linear(x, w, name), -1, outputs)
  return self.linear(x, self.rows_of(w, name, outputs), name)


def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  # x [tokens, heads, dim]; cos, sin [tokens, dim] in float32, the first half of sin negative, or narrower where the
  # first values of a head turn alone. In float32 from the first step on: a product of two types takes ten times as long.
  turning = cos.size(1)
  if turning < x.size(2):
    rest = torch.narrow(x, 2, turning, x.size(2) - turning)
    return torch.cat([self.rotate_all(torch.narrow(x, 2, 0, turning), cos, sin), rest], 2)
  return self.rotate_all(x, cos, sin)


def rotate_all(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
  half = x.size(2) // 2
  y = x.to(6)
  turned = torch.cat([torch.narrow(y, 2, half, half), torch.narrow(y, 2, 0, half)], 2)
  return turned.mul_(torch.unsqueeze(sin, 1)).add_(y * torch.unsqueeze(cos, 1)).to(x.dtype)


def add_residual(self, y: Tensor, x: Tensor) -> Tensor:
  # x + y, in the place of y where it can hold the sum: new memory costs more than the sum does.
  if y.dtype == x.dtype:
    return y.add_(x)
  return x + y


def activate(self, x: Tensor, name: str) -> Tensor:
  # In the place of x. Names are those of transformers' ACT2FN; Java refuses any other before the model
  # is built.
  if name == "silu" or name == "swish":
    return torch.silu_(x)
  if name == "quick_gelu":
    return x.mul_((1.702 * x).sigmoid_())
  if name == "relu":
    return torch.relu_(x)
  if name == "gelu_pytorch_tanh" or name == "gelu_new" or name == "gelu_python_tanh":
    return torch.gelu_(x, approximate="tanh")
  return torch.gelu_(x)


def rows_of(self, w: Dict[str, Tensor], name: str, rows: Tensor) -> Dict[str, Tensor]:
  # A linear layer with some of its outputs; as it is where they are all of them.
  weight = w[name + ".weight"]
  if rows.size(0) == weight.size(0):
    return w
  some = {name + ".weight": torch.index_select(self.all_rows(w, name), 0, rows)}
  if name + ".bias" in w:
    some[name + ".bias"] = torch.index_select(w[name + ".bias"], 0, rows)
  return some
