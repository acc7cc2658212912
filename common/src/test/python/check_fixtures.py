"""Checks the fixtures in ways that do not go through the code that made them. For developers; the Java tests do not run it.

usage: check_fixtures.py [FOLDER ...]      names under the fixtures, or paths

    pillow    golden pixel values against the processor's Pillow backend: share of equal values, largest difference in grey levels
    ids       input ids against the bare tokenizers library, with the prompt expanded here
    eager     sites and logits computed with plain matrix products against the goldens: largest error by the golden's largest value
    blind     sites with the picture greyed against the goldens: smallest change, so the picture must matter everywhere
    bfloat16  cosine of the sites computed in bfloat16 with the goldens: the smallest
"""
import json
import re
import sys

from checkpoints import load_model, load_processor, prepare

import numpy as np
import torch
import transformers
from PIL import Image
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from make_fixtures import RESOURCES
from sites import SiteCapture


def grey_levels(checkpoint, image, golden, **options):
    """Differences in grey levels between the golden pixel values and those that Pillow's resizing gives."""
    processor = transformers.AutoImageProcessor.from_pretrained(checkpoint, backend="pil")
    pixels = processor(images=[image], return_tensors="np", **options)["pixel_values"]
    pixels = np.asarray(pixels).reshape(golden.shape)
    return np.abs(pixels - golden) * 255 * max(processor.image_std)


def expand(family, prompt, ids, image_id, golden_tensors, processor):
    """The prompt with as many image tokens as the input ids have; SmolVLM's frames are written out."""
    count = ids.count(image_id)
    if family == "internvl":
        return prompt.replace("<IMG_CONTEXT>", "<img>" + "<IMG_CONTEXT>" * count + "</img>")
    if family == "gemma3":
        return prompt.replace("<start_of_image>", "\n\n<start_of_image>" + "<image_soft_token>" * count + "<end_of_image>\n\n")
    if family == "mistral3":
        height, width = golden_tensors.shape[-2:]
        unit = processor.patch_size * processor.spatial_merge_size
        row = "[IMG]" * (width // unit)
        return prompt.replace("[IMG]", "[IMG_BREAK]".join([row] * (height // unit)) + "[IMG_END]")
    if family == "gemma4":
        return prompt.replace("<|image|>", "<|image>" + "<|image|>" * count + "<image|>")
    if family not in ("smolvlm", "idefics3"):
        token = "<|image_pad|>" if "<|image_pad|>" in prompt else "<image>"
        return prompt.replace(token, token * count)
    tiles = golden_tensors.shape[1]
    each = "<image>" * (count // tiles)
    frame = "<fake_token_around_image>"
    whole = f"{frame}<global-img>{each}{frame}"
    if tiles == 1:
        return prompt.replace("<image>", whole)
    for rows in range(1, tiles):
        columns = (tiles - 1) // rows
        if rows * columns != tiles - 1:
            continue
        grid = "".join("".join(f"{frame}<row_{r}_col_{c}>{each}" for c in range(1, columns + 1)) + "\n" for r in range(1, rows + 1))
        candidate = prompt.replace("<image>", f"{grid}\n{whole}")
        if processor.tokenizer.convert_tokens_to_ids(f"<row_{rows}_col_{columns}>") in ids:
            return candidate
    raise AssertionError("no grid fits")


def capture(model, inputs):
    with torch.no_grad(), SiteCapture(model) as sites:
        logits = model(**inputs, use_cache=False).logits[0, -1]
    found = {f"layer{layer}.{site}": value[0].float().numpy() for (layer, site), value in sites.values.items()}
    return found | {"logits": logits.float().numpy()}


def relative(value, golden):
    return float(np.abs(value - golden).max() / np.abs(golden).max())


def cosine(value, golden):
    return float(value @ golden / np.linalg.norm(value) / np.linalg.norm(golden))


def check(folder):
    checkpoint = folder / "checkpoint"
    family = json.loads((folder / "ABOUT.json").read_text())["family"]
    goldens = load_file(folder / "golden.safetensors")
    processor = load_processor(checkpoint)
    plain = Tokenizer.from_file(str(checkpoint / "tokenizer.json"))
    exact = load_model(checkpoint)
    eager = load_model(checkpoint, attention="eager")
    half = load_model(checkpoint, torch.bfloat16)
    image_id = exact.config.image_token_id
    for path in folder.rglob("*.json*"):
        assert not re.search(r"https?://|name_or_path|/tmp|/home|/root", path.read_text(encoding="utf-8")), path
    for index, line in enumerate((folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        image = Image.open(folder / row["image"]).convert("RGB")
        golden = {name.removeprefix(f"case{index}."): value for name, value in goldens.items() if name.startswith(f"case{index}.")}
        pixels = golden["input.pixel_values"]
        options = {"internvl": lambda: {"crop_to_patches": True}, "mistral3": lambda: {"patch_size": processor.patch_size * processor.spatial_merge_size}}
        differences = grey_levels(checkpoint, image, pixels, **options.get(family, dict)())
        same, largest = float((differences < 0.5).mean()), float(differences.max())
        ids = row["input_ids"]
        assert golden["input.input_ids"][0].tolist() == ids
        assert plain.encode(expand(family, row["prompt"], ids, image_id, pixels, processor),
                            add_special_tokens=not row["prompt"].startswith(("<bos>", "<s>"))).ids == ids, "input ids"
        inputs = prepare(processor, image, row["prompt"])
        vectors = {name: value for name, value in golden.items() if not name.startswith("input.")}
        plainly = capture(eager, inputs)
        blind = capture(exact, inputs | {"pixel_values": torch.full_like(inputs["pixel_values"], 0.1)})
        rough = capture(half, inputs | {"pixel_values": inputs["pixel_values"].bfloat16()})
        # Within windows only the last layer's last token knows of the picture for sure.
        last = max(name.split(".")[0] for name in vectors if name.startswith("layer"))
        sees = [name for name in vectors if family not in ("llava_window", "gemma3", "gemma4") or name.startswith((last, "logits"))]
        report = {"pillow_same": same, "pillow_levels": largest,
                  "eager": max(relative(plainly[name], value) for name, value in vectors.items()),
                  "blind": min(relative(blind[name], vectors[name]) for name in sees),
                  "bfloat16": min(cosine(rough[name], value) for name, value in vectors.items())}
        bad = [name for name, wrong in {
            "pillow_same": same < 0.99, "pillow_levels": largest > 2.01, "eager": report["eager"] > 1e-5,
            "blind": report["blind"] < 1e-2, "bfloat16": report["bfloat16"] < (0.995 if family.startswith(("qwen3_5", "gemma4")) or family.endswith("_moe") else 0.999)}.items() if wrong]
        print(f"{folder.name} case {index}: " + ", ".join(f"{name} {value:.5g}" for name, value in report.items()) +
              f", {len(ids)} ids" + (f"  FAILED: {bad}" if bad else ""), flush=True)
        yield not bad, report


def main():
    torch.set_num_threads(1)
    names = sys.argv[1:] or sorted(path.name for path in RESOURCES.iterdir() if not path.name.startswith("internvl_chat") and not path.name.endswith("-int4"))
    sys.exit(0 if all([good for name in names for good, _ in check(RESOURCES / name)]) else 1)


if __name__ == "__main__":
    main()
