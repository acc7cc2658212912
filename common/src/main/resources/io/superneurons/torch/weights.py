# TorchScript. Weights in place: a safetensors file is one flat tensor, a weight is a view of it.


def map_file(self, path: str, elements: int, dtype: int) -> Tensor:
  # [elements], backed by the file: pages are read when first used and shared between processes.
  return torch.from_file(path, False, elements, dtype=dtype)


def view(self, flat: Tensor, start: int, count: int, shape: List[int], dtype: int, device: str) -> Tensor:
  # Neither .to copies where type and device are the file's own.
  return torch.view(torch.narrow(flat, 0, start, count), shape).to(dtype).to(torch.device(device))


def spread(self, values: Tensor, shape: List[int], block: List[int]) -> Tensor:
  # One number per block -> one per element of [..., rows, columns]
  high = (shape[-2] + block[0] - 1) // block[0]
  wide = (shape[-1] + block[1] - 1) // block[1]
  each = torch.repeat_interleave(torch.view(values, shape[:-2] + [high, wide]), block[0], -2)
  each = torch.repeat_interleave(torch.narrow(each, -2, 0, shape[-2]), block[1], -1)
  return torch.narrow(each, -1, 0, shape[-1])


def multiplied_out(self, x: Tensor, scales: Tensor, zeros: List[Tensor], block: List[int], dtype: int) -> Tensor:
  # [..., rows, columns] of 8 bits, or [rows, words] of packed integers, less the zero and times the scale of its
  # block -> [..., rows, columns] in that type
  y = self.unpacked(x, block[2]) if x.dtype == 3 else x.to(6)
  for zero in zeros:
    y = y - self.spread(zero, y.shape, block)
  return (y * self.spread(scales, y.shape, block)).to(dtype)


def zeros(self, x: Tensor, rows: int, bits: int) -> Tensor:
  # [words, groups], packed along the rows -> [rows, groups] in float32
  return torch.narrow(torch.t(self.unpacked(torch.t(x), bits)), 0, 0, rows).contiguous()


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
  # One after another, flat, in float32 on the CPU: one copy from the device.
  return torch.cat([torch.flatten(value.to(6)) for value in values], 0).to(torch.device("cpu"))


def room_beside(self, shape: List[int], dtype: int, device: str) -> Tensor:
  # On the CPU, for values that are copied to the device from there; pinned where that is a GPU.
  return torch.empty(shape, dtype=dtype, pin_memory=device != "cpu")


def copied_over(self, values: Tensor, device: str) -> Tensor:
  # On the device; a GPU fetches what is pinned while others compute.
  return values.to(torch.device(device), values.dtype, True)


def typed(self, values: Tensor, dtype: int) -> Tensor:
  return values.to(dtype)
