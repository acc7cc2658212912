"""Accuracy of a saved checkpoint on fresh pictures, by Hugging Face transformers in float32.

usage: evaluate.py MODEL [--data DATA] [--rows N]

For each kind of question it draws N pictures that neither training nor `demo/data` has, once in the usual look with
the phrasings of training and once in the shifted look with held-out phrasings, and compares what `generate` writes.
With `--data` it also answers the rows of a manifest folder. Prints Markdown tables.
"""
from __future__ import annotations

import argparse
import collections
import json
import os
import random
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch
import transformers
from PIL import Image

from questions import ALONE, HELD_OUT, TASKS, TRAINED, YES_NO, ask
from shapes import SHIFTED, TRAINED as USUAL, Look, draw_scene, make_scene


class Answerer:
    """Answers questions with a saved checkpoint, as a user of transformers would."""

    def __init__(self, folder: str) -> None:
        self.model = transformers.LlavaForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
        self.processor = transformers.AutoProcessor.from_pretrained(folder)
        self.processor.tokenizer.padding_side = "left"

    @torch.no_grad()
    def __call__(self, pairs: list[tuple[Image.Image, str]], batch: int = 50) -> list[str]:
        out: list[str] = []
        for at in range(0, len(pairs), batch):
            some = pairs[at:at + batch]
            prompts = [self.processor.apply_chat_template(
                [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": question}]}],
                add_generation_prompt=True) for _, question in some]
            inputs = self.processor(text=prompts, images=[image for image, _ in some], padding=True,
                                    return_tensors="pt")
            ids = self.model.generate(**inputs, max_new_tokens=4, do_sample=False)
            new = ids[:, inputs["input_ids"].shape[1]:]
            out += [text.strip() for text in self.processor.tokenizer.batch_decode(new, skip_special_tokens=True)]
        return out


def fresh(answerer: Answerer, look: Look, templates: dict[str, tuple[str, ...]], rows: int,
          seed: str) -> dict[str, float]:
    """Accuracy per kind of question on fresh pictures."""
    result = {}
    for kind in TASKS:
        rng = random.Random(f"evaluate-{seed}-{kind}")
        scenes = [make_scene(rng, look, 1 if kind in ALONE else rng.randint(1, 4)) for _ in range(rows)]
        asks = [ask(rng, scene, kind, templates) for scene in scenes]
        said = answerer([(draw_scene(scene), a.question) for scene, a in zip(scenes, asks)])
        marks = collections.defaultdict(list)
        for a, text in zip(asks, said):
            marks[kind].append(text == a.answer)
            if kind in YES_NO:
                marks[f"{kind}, {a.answer}"].append(text == a.answer)
        result.update({name: sum(m) / len(m) for name, m in sorted(marks.items())})
    return result


def manifest(answerer: Answerer, path: Path) -> dict[tuple[str, str], float]:
    """Accuracy per task and split on a manifest's rows."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    said = answerer([(Image.open(path.parent / row["image"]).convert("RGB"), row["question"]) for row in rows])
    marks = collections.defaultdict(list)
    for row, text in zip(rows, said):
        marks[row["task"], row["split"]].append(text == row["label"])
    return {key: sum(m) / len(m) for key, m in marks.items()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--rows", type=int, default=1000)
    args = parser.parse_args()
    torch.set_num_threads(2)
    transformers.logging.set_verbosity_error()
    answerer = Answerer(args.model)
    usual = fresh(answerer, USUAL, TRAINED, args.rows, "usual")
    shifted = fresh(answerer, SHIFTED, HELD_OUT, args.rows, "shifted")
    print(f"| question ({args.rows} fresh pictures each) | usual | shifted |\n|---|---|---|")
    for kind in usual:
        print(f"| {kind} | {usual[kind]:.3f} | {shifted[kind]:.3f} |")
    if args.data:
        splits = manifest(answerer, args.data / "manifest.jsonl")
        moved = manifest(answerer, args.data / "shifted.jsonl")
        print("\n| task of `demo/data` | probe | validation | test | shifted |\n|---|---|---|---|---|")
        for task in dict.fromkeys(task for task, _ in splits):
            values = [splits[task, split] for split in ("probe", "validation", "test")] + [moved[task, "test"]]
            print(f"| {task} | " + " | ".join(f"{value:.3f}" for value in values) + " |")


if __name__ == "__main__":
    main()
