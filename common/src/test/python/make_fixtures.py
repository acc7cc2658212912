"""Writes the model fixtures of the tests: tiny checkpoints with random weights and what Hugging Face transformers computes on them.

usage: make_fixtures.py [--out DIR] [FOLDER ...]      without FOLDER, all of them

Every fixture folder gets
    checkpoint/         what a user would download, in the layout of the published checkpoints (hub), of transformers 5 (v5)
                        or with packed integers (int4)
    images/*.png        the pictures
    cases.jsonl         picture, question, rendered prompt, input ids, greedy continuation
    golden.safetensors  case0.input.pixel_values, case0.layer2.attn_z, case0.logits, ... all floats in float32;
                        attention masks that are all ones are left out
    limits.jsonl        where images keep their proportions: input ids and grid of patches with other limits of pixels
    tiles.jsonl         where images are cut into tiles: input ids, mean pixel value of each view and the first layer's output with fewer (or more) tiles
    ABOUT.json          what it is and the versions that made it

The goldens are computed from the folder as written, loaded with the Auto classes in float32. Two runs give the same bytes.
"""
import argparse
import json
import math
import shutil
from pathlib import Path

import torch
import transformers
from PIL import Image
from safetensors.torch import save_file

import tower_fixtures
from checkpoints import load_model, load_processor, prepare, render
from fixture_images import picture
from fixture_layout import internvl_chat, to_hub
from fixture_models import FIXTURES, randomise
from fixture_packing import pack, round_to_packed
from sites import SiteCapture, text_layers

RESOURCES = Path(__file__).resolve().parent.parent / "resources" / "fixtures"
QUESTIONS = ["What is the colour of the ball?", "Can you see a bridge over the river? Reply with yes or no.", "¿Qué es?  橋 есть 🦊?"]
GREEDY = 8
LARGEST_FOLDER = 371 * 1024


def write_checkpoint(fixture, checkpoint):
    """The folder a user would have, and proof that reading it gives the weights that were written; returns what is to be packed."""
    torch.manual_seed(fixture.seed)
    model, processor = fixture.build()
    model = randomise(model, fixture.seed, fixture.embedding).to(fixture.weights)
    packing = round_to_packed(model) if fixture.layout == "int4" else {}
    model.save_pretrained(checkpoint, max_shard_size="40KB" if fixture.layout == "v5" else "5GB")
    processor.save_pretrained(checkpoint)
    if fixture.layout == "hub":
        to_hub(checkpoint, fixture.family)
    reread = type(model).from_pretrained(checkpoint, dtype=fixture.weights)
    written, read = model.state_dict(), reread.state_dict()
    wrong = [name for name in written.keys() | read.keys() if not torch.equal(written[name], read[name])]
    assert not wrong, f"{fixture.folder}: not read back as written: {wrong}"
    for part in ("text_config", "vision_config"):
        before, after = getattr(model.config, part).to_dict(), getattr(reread.config, part).to_dict()
        if after.get("rope_parameters"):
            after["rope_parameters"].pop("type", None)      # the older spelling of rope_type, kept beside it
        # Whether the head is tied shows in the tensors above; older files say it elsewhere.
        differ = [key for key in before if before[key] != after.get(key) and key not in ("dtype", "tie_word_embeddings")]
        assert not differ, f"{fixture.folder}: {part} not read back as written: {differ}"
    return packing


def run_case(model, processor, image, question):
    """One pass with hooks and one greedy continuation: the golden tensors and the row of cases.jsonl."""
    prompt = render(processor, question)
    inputs = prepare(processor, image, prompt)
    tensors = {f"input.{name}": value.contiguous() for name, value in inputs.items()
               if not (name.endswith("attention_mask") and bool(value.all()))}
    with torch.no_grad():
        with SiteCapture(model) as capture:
            logits = model(**inputs, use_cache=False).logits
        greedy = model.generate(**inputs, max_new_tokens=GREEDY, do_sample=False, output_scores=True, return_dict_in_generate=True)
    tensors.update({f"layer{layer}.{site}": value[0].contiguous() for (layer, site), value in capture.values.items()})
    tensors["logits"] = logits[0, -1].contiguous()
    ids = inputs["input_ids"][0].tolist()
    generated = greedy.sequences[0, len(ids):].tolist()
    best = torch.stack(greedy.scores).topk(2, dim=-1).values
    margin = (best[..., 0] - best[..., 1]).min().item()
    row = {"question": question, "prompt": prompt, "input_ids": ids, "generated_ids": generated,
           "generated": processor.tokenizer.decode(generated, skip_special_tokens=True)}
    return tensors, row, margin


def write_goldens(fixture, folder):
    checkpoint = folder / "checkpoint"
    processor, model = load_processor(checkpoint), load_model(checkpoint)
    (folder / "images").mkdir()
    tensors, rows, margins = {}, [], []
    for index, (question, size) in enumerate(zip(QUESTIONS, fixture.pictures)):
        name = f"images/{index}.png"
        picture(fixture.seed * 10 + index, *size).save(folder / name, optimize=True)
        case, row, margin = run_case(model, processor, Image.open(folder / name).convert("RGB"), question)
        tensors.update({f"case{index}.{key}": value for key, value in case.items()})
        rows.append({"image": name} | row)
        margins.append(margin)
        assert len(row["generated_ids"]) == GREEDY, f"{fixture.folder} case {index} ends after {len(row['generated_ids'])} ids: take another seed"
    assert min(margins) > 0.01, f"{fixture.folder}: greedy choices too close ({margins}): take another seed"
    save_file(tensors, folder / "golden.safetensors")
    with open(folder / "cases.jsonl", "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    about = {"family": fixture.family, "layout": fixture.layout, "about": fixture.about, "seed": fixture.seed,
             "weights": str(fixture.weights).removeprefix("torch."), "layers": len(text_layers(model)), "cases": len(rows),
             "transformers": transformers.__version__, "torch": torch.__version__.split("+")[0]}
    (folder / "ABOUT.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return min(margins), rows


def write_limits(fixture, folder):
    """What the processor makes of the pictures when it is loaded with other limits of pixels, as its users do."""
    processor = load_processor(folder / "checkpoint")
    own = processor.image_processor.size
    if "min_pixels" not in processor.image_processor.valid_kwargs.__annotations__:
        return
    unit = (processor.image_processor.patch_size * processor.image_processor.merge_size) ** 2
    asked = [{"min_pixels": own["longest_edge"] * 2, "max_pixels": own["longest_edge"] * 4}, {"max_pixels": 2 * unit, "min_pixels": unit},
             {"max_pixels": own["longest_edge"] * 3}, {"min_pixels": own["longest_edge"]}]
    with open(folder / "limits.jsonl", "w", encoding="utf-8") as out:
        for limits in asked:
            limited = load_processor(folder / "checkpoint", **limits)
            for index, question in enumerate(QUESTIONS):
                name = f"images/{index}.png"
                inputs = prepare(limited, Image.open(folder / name).convert("RGB"), render(limited, question))
                row = {"image": name, "question": question, **limits, "input_ids": inputs["input_ids"][0].tolist(),
                       "image_grid_thw": inputs["image_grid_thw"][0].tolist(), "pixel_mean": inputs["pixel_values"].double().mean().item()}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


def with_tiles(images, most):
    """The setting of an image processor that makes it cut images into so many tiles at most; nothing where none need be changed."""
    if hasattr(images, "image_grid_pinpoints"):
        tile = images.size.get("shortest_edge") or images.size["height"]
        return {"image_grid_pinpoints": [pin for pin in images.image_grid_pinpoints if pin[0] * pin[1] <= most * tile * tile]}
    if hasattr(images, "max_patches"):
        return {"max_patches": most}
    edge = math.isqrt(most) * images.max_image_size["longest_edge"]
    return {"size": {"longest_edge": edge}} if images.do_image_splitting and edge < images.size["longest_edge"] else {}


def write_tiles(fixture, folder):
    """What the processor makes of the pictures when it is loaded with the setting that makes tiles fewer, as its users do, and the model of
    that: the first layer's output at the last prompt position."""
    own = load_processor(folder / "checkpoint").image_processor
    if not any(hasattr(own, name) for name in ("image_grid_pinpoints", "max_patches", "max_image_size")):
        return
    asked = {}      # each setting once, with the most tiles that it is for
    for most in (8, 3, 2, 1):
        changed = with_tiles(own, most)
        if changed not in asked.values() and any(value and value != getattr(own, name) for name, value in changed.items()):
            asked[most] = changed
    if not asked:
        return
    model = load_model(folder / "checkpoint")
    with open(folder / "tiles.jsonl", "w", encoding="utf-8") as out:
        for most, changed in asked.items():
            processor = load_processor(folder / "checkpoint", **changed)
            for name, value in changed.items():
                assert dict(getattr(processor.image_processor, name)) == value if name == "size" else getattr(processor.image_processor, name) == value
            if "image_grid_pinpoints" in changed:      # by which the model tells how many tiles it is given
                model.config.image_grid_pinpoints = changed["image_grid_pinpoints"]
            for index, question in enumerate(QUESTIONS):
                name = f"images/{index}.png"
                inputs = prepare(processor, Image.open(folder / name).convert("RGB"), render(processor, question))
                views = inputs["pixel_values"].flatten(0, -4)       # [views, 3, side, side]
                assert len(views) <= most + 1, (fixture.folder, most, views.shape)
                row = {"image": name, "question": question, "max_tiles": most, "changed": changed, "input_ids": inputs["input_ids"][0].tolist(),
                       "pixel_means": [round(value, 9) for value in views.double().mean(dim=(1, 2, 3)).tolist()]}
                with torch.no_grad(), SiteCapture(model) as capture:
                    model(**inputs, use_cache=False)
                row["resid_post"] = [round(value, 6) for value in capture.values[0, "resid_post"][0].tolist()]
                out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=RESOURCES)
    arguments = parser.parse_args()
    unknown = set(arguments.folders) - {fixture.folder for fixture in FIXTURES}
    if unknown:
        parser.error(f"no such fixture: {sorted(unknown)}")
    torch.set_num_threads(1)
    for fixture in FIXTURES:
        if arguments.folders and fixture.folder not in arguments.folders:
            continue
        folder = arguments.out / fixture.folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        packing = write_checkpoint(fixture, folder / "checkpoint")
        margin, rows = write_goldens(fixture, folder)
        tower_fixtures.write(folder, folder)
        write_limits(fixture, folder)
        write_tiles(fixture, folder)
        if fixture.family == "internvl_chat":
            internvl_chat(folder / "checkpoint")
        if fixture.layout == "int4":
            pack(folder / "checkpoint", packing)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        assert size <= LARGEST_FOLDER, f"{fixture.folder} has {size} bytes"
        print(f"{fixture.folder}: {size // 1024} KiB, smallest greedy margin {margin:.3f}, {[row['generated_ids'] for row in rows]}")


if __name__ == "__main__":
    main()
