"""Writes tower.safetensors beside each fixture's golden.safetensors: what the layers of its vision tower give, pooled.

usage: tower_fixtures.py [--out DIR] [FOLDER ...]      without FOLDER, all of the fixtures; FOLDER may be a path of the same layout

The model runs on the golden inputs with hooks in its tower; `casei.towerL.SITE.POOL` is then, in float32, for each layer L that
the model itself runs,

    resid_post   output of the layer
    attn_z       input of attention's output projection
    mlp_post     input of the MLP's last matrix

pooled over the image's patches: `mean` and `max` over the real patches of all tiles, `cls` the class token and `grid` the means of
the four quarters of the view of the whole image, side by side.
"""
import argparse
import json
from pathlib import Path

from checkpoints import load_model

import torch
from safetensors.torch import load_file, save_file
from transformers.models.llava_onevision.modeling_llava_onevision import get_anyres_image_grid_shape, unpad_image

RESOURCES = Path(__file__).resolve().parent.parent / "resources" / "fixtures"
OUTPUT_PROJECTIONS = ("out_proj", "proj", "o_proj", "projection_layer")
LAST_MATRICES = ("fc2", "linear_fc2", "down_proj")
ANYRES = ("llava_onevision", "llava_next")


def tower_of(model):
    inner = model.model
    return next(part for part in (getattr(inner, name, None) for name in ("vision_tower", "visual", "vision_model")) if part is not None)


def layers_of(model):
    """The tower's layers that the model runs."""
    layers = next(module for name, module in tower_of(model).named_modules()
                  if isinstance(module, torch.nn.ModuleList) and name.split(".")[-1] in ("layers", "layer", "blocks"))
    chosen = getattr(model.config, "vision_feature_layer", None)
    if chosen is None:
        return list(layers)
    states = [state if state >= 0 else len(layers) + 1 + state for state in (chosen if isinstance(chosen, list) else [chosen])]
    return list(layers)[:max(states)]


def module_named(layer, names):
    return next(module for name, module in layer.named_modules() if name.split(".")[-1] in names)


class TowerCapture:
    """Holds, after a pass, `values[(layer, site)]`: all tokens of the tower [tokens, width], tile after tile."""

    def __init__(self, model):
        self.values, self._hooks = {}, []
        for index, layer in enumerate(layers_of(model)):
            self._hooks.append(layer.register_forward_hook(self._output(index)))
            for site, names in (("attn_z", OUTPUT_PROJECTIONS), ("mlp_post", LAST_MATRICES)):
                self._hooks.append(module_named(layer, names).register_forward_pre_hook(self._input(index, site)))

    def _output(self, layer):
        def hook(module, arguments, result):
            self._keep(layer, "resid_post", result[0] if isinstance(result, tuple) else result)
        return hook

    def _input(self, layer, site):
        def hook(module, arguments):
            self._keep(layer, site, arguments[0])
        return hook

    def _keep(self, layer, site, value):
        value = value.detach().float()
        self.values[layer, site] = value.reshape(-1, value.shape[-1]).clone() if value.dim() < 4 else value.flatten(0, -2).clone()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        for hook in self._hooks:
            hook.remove()


def quarters(rows, columns):
    """The quarter of each patch of a view, row by row."""
    row = torch.arange(rows).unsqueeze(1).expand(rows, columns)
    column = torch.arange(columns).unsqueeze(0).expand(rows, columns)
    return (2 * (2 * row >= rows).int() + (2 * column >= columns).int()).flatten()


def patch_tower_places(model, inputs):
    """Qwen's images keep their proportions: [quarter of each patch], and nothing is left out."""
    frames, rows, columns = inputs["image_grid_thw"][0].tolist()
    merge = model.config.vision_config.spatial_merge_size
    blocks = quarters(rows, columns).reshape(rows // merge, merge, columns // merge, merge).permute(0, 2, 1, 3).reshape(-1, merge * merge)
    if model.config.model_type == "qwen2_5_vl":
        from transformers.models.qwen2_5_vl import modeling_qwen2_5_vl as modeling
        index = window_index(model, inputs, modeling)
        blocks = blocks[index]
    quarter = blocks.flatten()
    return {"real": torch.ones_like(quarter, dtype=torch.bool), "quarter": quarter, "cls": None}


def padded_places(inputs):
    """Gemma 4's patches stand row by row, and padding after them."""
    columns, rows = inputs["image_position_ids"][0].unbind(-1)
    real = columns >= 0
    quarter = 2 * (2 * rows >= rows.max() + 1).int() + (2 * columns >= columns.max() + 1).int()
    return {"real": real, "quarter": torch.where(real, quarter, -1), "cls": None}


def rows_places(model, inputs):
    """Pixtral's patches stand row by row."""
    height, width = inputs["image_sizes"][0].tolist()
    side = model.config.vision_config.patch_size
    quarter = quarters(height // side, width // side)
    return {"real": torch.ones_like(quarter, dtype=torch.bool), "quarter": quarter, "cls": None}


def window_index(model, inputs, modeling):
    visual = tower_of(model)
    if hasattr(visual, "get_window_index"):
        return visual.get_window_index(inputs["image_grid_thw"])[0]
    return modeling.get_vision_window_index(
        inputs["image_grid_thw"], visual.spatial_merge_size, visual.window_size, visual.patch_size)[0]


def tile_places(model, inputs, tokens):
    """Tiles of one size: which tokens are patches and no padding, and the quarters of the whole view's."""
    vision = model.config.vision_config
    pixels = inputs["pixel_values"]
    family = model.config.model_type
    tiles = pixels.shape[1] if pixels.dim() == 5 else pixels.shape[0] if family == "internvl" else 1
    patch = vision.patch_size
    side = pixels.shape[-1] // (patch[0] if isinstance(patch, (list, tuple)) else patch)
    per_tile = tokens // tiles
    extra = per_tile - side * side
    whole = tiles - 1 if family in ("smolvlm", "idefics3", "internvl") else 0
    real = torch.ones(tiles, side, side, dtype=torch.bool)
    if family in ANYRES:
        size = inputs["image_sizes"][0]
        rows, columns = get_anyres_image_grid_shape(size, model.config.image_grid_pinpoints, vision.image_size)
        grid = torch.arange(rows * side * columns * side).reshape(1, rows * side, columns * side)
        kept = torch.zeros(rows * side * columns * side, dtype=torch.bool)
        kept[unpad_image(grid, size).flatten()] = True
        real[1:] = kept.reshape(rows, side, columns, side).permute(0, 2, 1, 3).reshape(-1, side, side)
    nothing = torch.zeros(tiles, extra)
    quarter = torch.full((tiles, per_tile), -1)
    quarter[whole, extra:] = quarters(side, side)
    return {"real": torch.cat([nothing.bool(), real.flatten(1)], 1).flatten(), "quarter": quarter.flatten(),
            "cls": whole * per_tile if extra == 1 else None}


def pooled(values, places):
    real = values[places["real"]].double()
    yield "mean", real.mean(0)
    yield "max", real.max(0).values
    if places["cls"] is not None:
        yield "cls", values[places["cls"]]
    yield "grid", torch.cat([values[places["quarter"] == quarter].double().mean(0) for quarter in range(4)])


def write(folder, out):
    model = load_model(folder / "checkpoint")
    goldens = load_file(folder / "golden.safetensors")
    tensors = {}
    for case in range(json.loads((folder / "ABOUT.json").read_text())["cases"]):
        inputs = {name.split(".")[-1]: value for name, value in goldens.items() if name.startswith(f"case{case}.input.")}
        with torch.no_grad(), TowerCapture(model) as capture:
            model(**inputs, use_cache=False)
        tokens = capture.values[0, "resid_post"].shape[0]
        if "image_position_ids" in inputs:
            places = padded_places(inputs)
        elif model.config.model_type == "mistral3":
            places = rows_places(model, inputs)
        else:
            places = patch_tower_places(model, inputs) if "image_grid_thw" in inputs else tile_places(model, inputs, tokens)
        for (layer, site), values in capture.values.items():
            for pooling, vector in pooled(values, places):
                tensors[f"case{case}.tower{layer}.{site}.{pooling}"] = vector.float().contiguous()
    save_file(tensors, out / "tower.safetensors")
    print(f"{folder.name}: {len(tensors)} vectors, {(out / 'tower.safetensors').stat().st_size // 1024} KiB", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, usage=argparse.SUPPRESS, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", metavar="FOLDER")
    parser.add_argument("--out", type=Path, help="parent of the folders that are written; beside the goldens without it")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    for name in arguments.folders or sorted(path.name for path in RESOURCES.iterdir()):
        folder = RESOURCES / name
        out = arguments.out / folder.name if arguments.out else folder
        out.mkdir(parents=True, exist_ok=True)
        write(folder, out)


if __name__ == "__main__":
    main()
