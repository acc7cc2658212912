"""Writes the demo's manifests and images: `manifest.jsonl` (probe, validation, test) and `shifted.jsonl`.

usage: make_data.py OUT [--check]

The same call always writes the same bytes. `--check` also draws every training picture again and makes sure that
none of them is among the demo's.
"""
from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from PIL import Image

from questions import ALONE, HELD_OUT, TRAINED, Ask, ask, fact, pick
from shapes import COLORS, SHAPES, SHIFTED, SIDE, TRAINED as USUAL, Look, Scene, draw_scene, make_scene

# pictures with one shape in each split; 0.6 times as many have two, three or four
SPLITS = {"probe": 240, "validation": 160, "test": 200}
SHIFTED_PICTURES = 140
FIXED = {"shape": "What shape is in the picture?", "color": "What color is the shape?",
         "count": "How many shapes are in the picture?", "side": "Is the shape on the left or the right?",
         "half": "Is the shape in the top or the bottom half?", "has_circle": "Is there a circle in the picture?"}
FIXED_SHIFTED = {"shape": "Please name the shape.", "color": "Please name the color of the object.",
                 "count": "Count how many objects this drawing shows.", "side": "Does the shape sit left or right?",
                 "half": "Does the shape sit at the top or at the bottom?",
                 "has_circle": "Do you see any circle here?"}
OTHER_SIZES = ((96, 80), (80, 96), (128, 128))


def balanced(rng: random.Random, values: tuple[str, ...], number: int) -> list[str]:
    """`number` values in random order, each as often as the others as far as that goes."""
    out = [values[i % len(values)] for i in range(number)]
    rng.shuffle(out)
    return out


def scenes(rng: random.Random, look: Look, number: int) -> tuple[list[Scene], list[Scene]]:
    """`number` scenes of one shape with balanced facts, and 0.6 times as many of two, three and four shapes."""
    wanted = zip(*(balanced(rng, values, number)
                   for values in (SHAPES, COLORS, ("left", "right"), ("top", "bottom"))))
    alone = []
    for shape, color, side, half in wanted:
        scene = make_scene(rng, look, 1, [(shape, color)])
        while (fact(scene, "side"), fact(scene, "half")) != (side, half):
            scene = make_scene(rng, look, 1, [(shape, color)])
        alone.append(scene)
    return alone, [make_scene(rng, look, 2 + i % 3) for i in range(number * 3 // 5)]


def halves(rng: random.Random, names: list[str], can_be_no: set[str]) -> dict[str, bool]:
    """Half of the pictures are to be answered yes; those for which no is impossible are among them."""
    order = sorted(names, key=lambda name: (name in can_be_no, rng.random()))
    return {name: i < len(order) // 2 for i, name in enumerate(order)}


def rows_of(split: str, prefix: str, alone: list[Scene], groups: list[Scene], rng: random.Random,
            fixed: dict[str, str], templates: dict[str, tuple[str, ...]]) -> tuple[list[dict], dict[str, Scene]]:
    """All rows of one split, and its pictures by name."""
    pictures = {f"{prefix}-{i:04d}": scene for i, scene in enumerate(alone + groups)}
    ones, many = list(pictures)[:len(alone)], list(pictures)[len(alone):]
    asked: list[tuple[str, str, Ask]] = []
    for kind in ALONE:
        asked += [(name, kind, Ask(kind, fixed[kind], fact(pictures[name], kind))) for name in ones]
    counted = rng.sample(ones, len(many) // 3) + many
    asked += [(name, "count", Ask("count", fixed["count"], fact(pictures[name], "count"))) for name in counted]

    circle = {name: any(t.shape == "circle" for t in pictures[name].things) for name in pictures}
    for has in (True, False):
        some = [name for name in many if circle[name] == has]
        lone = [name for name in ones if circle[name] == has]
        chosen = (some + rng.sample(lone, len(lone)))[:len(ones) // 2]
        answer = Ask("has_circle", fixed["has_circle"], "yes" if has else "no")
        asked += [(name, "has_circle", answer) for name in chosen]
    for kind in ("exists_shape", "contains"):
        names = many + rng.sample(ones, len(ones) - len(many))
        can_be_no = {name for name in names if pick(rng, pictures[name], kind, False)}
        for name, yes in halves(rng, names, can_be_no).items():
            asked.append((name, kind, ask(rng, pictures[name], kind, templates, yes)))

    order = {task: i for i, task in enumerate(("shape", "color", "side", "half", "count", "has_circle",
                                               "exists_shape", "contains"))}
    asked.sort(key=lambda item: (item[0], order[item[1]]))
    return [{"id": f"{name}-{task}", "image": f"images/{name}.png", "question": a.question, "label": a.answer,
             "task": task, "split": split} for name, task, a in asked], pictures


def size_of(index: int) -> tuple[int, int]:
    """Most pictures are 64x64; one in twenty has another size."""
    return OTHER_SIZES[index // 20 % len(OTHER_SIZES)] if index % 20 == 13 else (SIDE, SIDE)


def training_pixels() -> set[bytes]:
    """The pixels of every picture of the training run."""
    import train
    return {draw_scene(scene).tobytes() for step in range(train.STEPS) for scene in train.scenes_of(step)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    folder = args.out / "images"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    manifests: dict[str, list[dict]] = {"manifest.jsonl": [], "shifted.jsonl": []}
    pictures: dict[str, Scene] = {}
    for split, number in SPLITS.items():
        rng = random.Random(f"demo-{split}")
        rows, named = rows_of(split, split, *scenes(rng, USUAL, number), rng, FIXED, TRAINED)
        manifests["manifest.jsonl"] += rows
        pictures.update(named)
    rng = random.Random("demo-shifted")
    rows, named = rows_of("test", "shifted", *scenes(rng, SHIFTED, SHIFTED_PICTURES), rng, FIXED_SHIFTED, HELD_OUT)
    manifests["shifted.jsonl"] = rows
    pictures.update(named)

    seen: set[bytes] = set()
    for index, (name, scene) in enumerate(pictures.items()):
        drawn = draw_scene(scene, size_of(index))
        drawn.save(folder / f"{name}.png", optimize=True)
        small = draw_scene(scene).tobytes()
        assert small not in seen, f"{name} repeats another picture"
        seen.add(small)
        assert Image.open(folder / f"{name}.png").tobytes() == drawn.tobytes()
    for name, rows in manifests.items():
        with open(args.out / name, "w", encoding="utf-8", newline="\n") as out:
            out.writelines(json.dumps(row) + "\n" for row in rows)
        print(name, len(rows), "rows")
    print(len(pictures), "pictures")
    if args.check:
        both = seen & training_pixels()
        assert not both, f"{len(both)} pictures were seen in training"
        print("none was seen in training")


if __name__ == "__main__":
    main()
