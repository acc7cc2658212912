"""Writes a third set, which is not part of `demo/data`: pictures half-way between the usual and the shifted look.

    python make_between.py OUT        writes OUT/between.jsonl and OUT/images

Nothing was trained on it, and no setting of the project was chosen by it.
"""
from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from make_data import FIXED_SHIFTED, HELD_OUT, rows_of, scenes, size_of
from shapes import SHIFTED, TRAINED, Look, draw_scene

PICTURES = 200  # of one shape each; others with several are drawn as well


def middle(usual: tuple, shifted: tuple) -> tuple:
    """The numbers half-way between two ranges or colours."""
    return tuple((a + b) / 2 if isinstance(a, float) else (a + b) // 2 for a, b in zip(usual, shifted))


BETWEEN = Look(
    palette={name: middle(TRAINED.palette[name], SHIFTED.palette[name]) for name in TRAINED.palette},
    jitter=26, grey=middle(TRAINED.grey, SHIFTED.grey), tint=20, textured=0.3, contrast=8,
    single_radius=middle(TRAINED.single_radius, SHIFTED.single_radius),
    group_radius=middle(TRAINED.group_radius, SHIFTED.group_radius))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    folder = args.out / "images"
    folder.mkdir(parents=True)
    rng = random.Random("demo-between")
    rows, pictures = rows_of("test", "between", *scenes(rng, BETWEEN, PICTURES), rng, FIXED_SHIFTED, HELD_OUT)
    for index, (name, scene) in enumerate(pictures.items()):
        draw_scene(scene, size_of(index)).save(folder / f"{name}.png", optimize=True)
    with open(args.out / "between.jsonl", "w", encoding="utf-8", newline="\n") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    print(len(rows), "rows,", len(pictures), "pictures")


if __name__ == "__main__":
    main()
