# TorchScript. Tiles of an image put together as LLaVA-OneVision does.


def pack(self, x: Tensor, w: Dict[str, Tensor], first: int, layout: List[int], size: List[int]) -> Tensor:
  # x [tiles * side * side, hidden] of all images; first is the tile that is the whole image ->
  # [side * side + size[0] * (size[1] + 1), hidden]: the whole image, then the grid row by row with
  # a newline after each row. layout is tile rows, tile columns, side, top, left, height, width.
  rows, columns, side, top, left, height, width = layout
  patches = side * side
  whole = torch.narrow(x, 0, first * patches, patches)
  grid = torch.narrow(x, 0, (first + 1) * patches, rows * columns * patches)
  grid = torch.permute(torch.view(grid, [rows, columns, side, side, -1]), [4, 0, 2, 1, 3])
  grid = torch.reshape(grid, [grid.size(0), rows * side, columns * side])
  grid = torch.narrow(torch.narrow(grid, 1, top, height), 2, left, width)
  if size[0] != height or size[1] != width:
    grid = torch.upsample_bilinear2d(torch.unsqueeze(grid, 0), size, False)[0]
  newline = torch.view(w["image_newline"], [-1, 1, 1])
  grid = torch.cat([grid, torch.expand(newline, [grid.size(0), grid.size(1), 1])], 2)
  return torch.cat([whole, torch.transpose(torch.flatten(grid, 1), 0, 1)], 0)
