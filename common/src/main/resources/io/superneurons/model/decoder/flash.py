# TorchScript. Attention of all of a batch's queries in one kernel, FlashAttention's, which takes sequences
# of different lengths as they are packed. Complete in itself: whether it can be run here decides how the
# decoder attends. It is for 16 bits on GPUs from Ampere on; elsewhere attention goes segment by segment.


def attend_contexts(self, q: Tensor, k: Tensor, v: Tensor, visible: List[Tensor], longest: List[int], window: int) -> Tensor:
  # q [queries, heads, dim]; k, v [tokens, kv_heads, dim] -> [queries, heads * dim]. decoder.py says what
  # visible, longest and window are; its indices are left out where they are all tokens in their order. A sequence's last query sees all of its tokens, or the last ones up to
  # the window, the one before it all but the last, and so on.
  if visible[0].size(0) > 0:
    k = torch.index_select(k, 0, visible[0])
    v = torch.index_select(v, 0, visible[0])
  left = window - 1  # -1 is no bound to the kernel
  z = torch._flash_attention_forward(q, k, v, visible[1], visible[2], longest[0], longest[1], 0.0, True, False,
                                     window_size_left=left, window_size_right=0 if window > 0 else -1)[0]
  return torch.flatten(z, 1)


def bounds(self, values: Tensor) -> Tensor:
  # As the kernel takes them
  return values.to(3)


def probe_contexts(self, dim: int, dtype: int, device: str) -> Tensor:
  # Fails where the GPU or the build cannot do it.
  x = torch.ones([2, 1, dim], dtype=dtype, device=torch.device(device))
  some = torch.tensor([0, 1], device=x.device)
  return self.attend_contexts(x, x, x, [some, self.bounds(some * 2), self.bounds(some * 2)], [2, 2], 0)
