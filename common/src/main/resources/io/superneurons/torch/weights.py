# TorchScript. Weights in place: a safetensors file is one flat tensor, a weight is a view of it.


def map_file(self, path: str, elements: int, dtype: int) -> Tensor:
  # [elements], backed by the file: pages are read when first used and shared between processes.
  return torch.from_file(path, False, elements, dtype=dtype)


def view(self, flat: Tensor, start: int, count: int, shape: List[int], dtype: int, device: str) -> Tensor:
  # Neither .to copies where type and device are the file's own.
  return torch.view(torch.narrow(flat, 0, start, count), shape).to(dtype).to(torch.device(device))


def multiplied_out(self, x: Tensor, scales: Tensor, block: List[int], dtype: int) -> Tensor:
  # [rows, columns] of 8 bits times the scale of its block -> the same in that type
  wide = torch.repeat_interleave(torch.view(scales, [-1, (x.size(1) + block[1] - 1) // block[1]]), block[0], 0)
  wide = torch.repeat_interleave(torch.narrow(wide, 0, 0, x.size(0)), block[1], 1)
  return (x.to(6) * torch.narrow(wide, 1, 0, x.size(1))).to(dtype)


def room(self, shape: List[int], dtype: int, device: str) -> Tensor:
  # For values that are put there
  return torch.empty(shape, dtype=dtype, device=torch.device(device))


def put(self, whole: Tensor, start: int, values: Tensor) -> Tensor:
  # values [n] become the elements of the whole from start on, in its type
  return torch.narrow(torch.view(whole, [-1]), 0, start, values.size(0)).copy_(values)


def host(self, values: Tensor) -> Tensor:
  # float32 on the CPU, the only form that Java reads.
  return values.to(torch.device("cpu")).to(6).contiguous()


def host_cat(self, values: List[Tensor]) -> Tensor:
  # [n, a], [n, b], ... -> [n, a + b + ...] in float32 on the CPU: one copy from the device.
  return torch.cat([value.to(6) for value in values], -1).to(torch.device("cpu")).contiguous()


def moved(self, values: Tensor, device: str) -> Tensor:
  return values.to(torch.device(device))
