# TorchScript. What samples of images are worth to a tower.


def looked_up(self, samples: Tensor, table: Tensor, run: int, frames: int, shape: List[int]) -> Tensor:
  # samples of 8 bits, runs of red, green and blue after one another [n * 3 * run]; table [3 * 256] in the weights' type
  # -> in that type and shape, each run as often as there are frames [n * 3 * frames * run]. So many at a time that the
  # places in the table stay in a processor's cache, or take little of a GPU's memory.
  runs = torch.view(samples, [-1, 3, 1, run])
  first = torch.view(torch.arange(0, 768, 256, dtype=3, device=samples.device), [3, 1, 1])
  first = torch.expand(first, [3, frames, 1])
  values = torch.empty(shape, dtype=table.dtype, device=samples.device)
  flat = torch.view(values, [runs.size(0), -1])
  together = max(1, (1 << 24 if samples.is_cuda else 1 << 16) // (3 * run))
  for start in range(0, runs.size(0), together):
    count = min(together, runs.size(0) - start)
    places = torch.narrow(runs, 0, start, count) + first
    torch.index_select(table, 0, torch.flatten(places), out=torch.flatten(torch.narrow(flat, 0, start, count)))
  return values
