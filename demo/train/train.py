"""Trains the demo's model from nothing, on pictures drawn as it goes, and saves it in Hugging Face layout.

usage: train.py OUT [--every STEPS]

What makes it quick enough for two CPU cores:
- all questions about a picture are answered in one pass: the picture's tokens stand once in front, and each question
  sees them and itself only, at the positions that it would have alone (`pack`), which gives exactly what separate
  sequences give;
- the loss is on the answer's token and the end of sequence only;
- the vision tower gets a signal of its own: from each patch's features a linear head, thrown away later, tells the
  shape and colour that cover the patch, and whether the centre of a shape lies in it;
- pictures go from one shape to several as training goes on.
"""
from __future__ import annotations

import argparse
import collections
import math
import os
import random
import time
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("OMP_WAIT_POLICY", "passive")     # two threads on shared cores must not spin

import numpy as np
import torch
import torch.nn.functional as F
import transformers

import layout
from questions import Ask, TASKS, training_questions
from shapes import ANSWERS, COLORS, SHAPES, TRAINED, Scene, draw_scene, make_scene, patch_labels

SEED = 1
STEPS = 1400
WARM_UP = 800           # first steps train the vision tower only
SINGLE_STEPS = 300      # steps in which questions go from one shape to several
PICTURES = 32           # per step
QUESTIONS = 8           # per picture
TOWER_RATE = 2e-3
RATE = 1.5e-3
TOWER_WEIGHT = 0.5
THREADS = 2


def scenes_of(step: int) -> list[Scene]:
    """The scenes of a step: two in three with several shapes, but when questions begin, all of one shape."""
    rng = random.Random(f"train-{SEED}-{step}")
    several = 0.65 * (min(1.0, (step - WARM_UP) / SINGLE_STEPS) if step >= WARM_UP else 1.0)
    return [make_scene(rng, TRAINED, rng.randint(2, 4) if rng.random() < several else 1) for _ in range(PICTURES)]


def pixels(scenes: list[Scene]) -> torch.Tensor:
    """Pictures as the processor makes them: 64x64 needs no resize, so only the normalisation is left."""
    mean = torch.tensor(transformers.image_utils.OPENAI_CLIP_MEAN)[:, None, None]
    std = torch.tensor(transformers.image_utils.OPENAI_CLIP_STD)[:, None, None]
    raw = torch.from_numpy(np.stack([np.asarray(draw_scene(scene)) for scene in scenes]))
    return (raw.permute(0, 3, 1, 2) / 255.0 - mean) / std


class Packed(NamedTuple):
    """A packed batch; places are those of the answers, in the flattened ids."""
    ids: torch.Tensor           # pictures, length
    positions: torch.Tensor     # pictures, length
    sees: torch.Tensor          # pictures, 1, length, length
    places: torch.Tensor        # questions
    labels: torch.Tensor        # questions


class Packer:
    """Puts a picture's questions behind one copy of the prompt's beginning."""

    def __init__(self, processor: transformers.LlavaProcessor) -> None:
        self.tokenizer = processor.tokenizer
        self.answers = {a: self.tokenizer.encode(f": {a}", add_special_tokens=False)[-1] for a in ANSWERS}
        self.prefix, _ = self._split(processor, "What?")
        self.processor = processor
        self.known: dict[str, list[int]] = {}

    def _split(self, processor: transformers.LlavaProcessor, question: str) -> tuple[list[int], list[int]]:
        """The prompt's ids up to the picture's newline, with one id per patch, and the ids of the rest."""
        content = [{"type": "image"}, {"type": "text", "text": question}]
        prompt = processor.apply_chat_template([{"role": "user", "content": content}], add_generation_prompt=True)
        ids = self.tokenizer.encode(prompt)
        image, newline = (self.tokenizer.convert_tokens_to_ids(t) for t in ("<image>", "<0x0A>"))
        at, end = ids.index(image), ids.index(newline) + 1
        patches = (layout.SIDE // layout.PATCH) ** 2
        return ids[:at] + [image] * patches + ids[at + 1:end], ids[end:]

    def pack(self, asks: list[list[Ask]]) -> Packed:
        """Packs a batch: a list of questions for each picture."""
        rows, places, labels = [], [], []
        for group in asks:
            ids, branch, positions = list(self.prefix), [-1] * len(self.prefix), list(range(len(self.prefix)))
            for number, a in enumerate(group):
                if a.question not in self.known:
                    self.known[a.question] = self._split(self.processor, a.question)[1]
                tail = self.known[a.question] + [self.answers[a.answer]]
                ids += tail
                branch += [number] * len(tail)
                positions += range(len(self.prefix), len(self.prefix) + len(tail))
                places.append((len(rows), len(ids) - 1))
                labels.append(self.answers[a.answer])
            rows.append((ids, branch, positions))
        length = max(len(ids) for ids, _, _ in rows)
        ids, branch, positions = (torch.tensor([row[i] + [fill] * (length - len(row[i])) for row in rows])
                                  for i, fill in enumerate((self.tokenizer.pad_token_id, -2, 0)))
        sees = (branch[:, None, :] == -1) | (branch[:, None, :] == branch[:, :, None])
        sees &= torch.ones(length, length, dtype=torch.bool).tril()
        return Packed(ids, positions, sees[:, None], torch.tensor([row * length + at for row, at in places]),
                      torch.tensor(labels))


def see(model: transformers.LlavaForConditionalGeneration, images: torch.Tensor) -> torch.Tensor:
    """The features that the model takes from its vision tower; layers behind them are not run."""
    tower, config = model.model.vision_tower, model.config
    hidden = tower.pre_layrnorm(tower.embeddings(images))
    for layer in tower.encoder.layers[:len(tower.encoder.layers) + 1 + config.vision_feature_layer]:
        out = layer(hidden, attention_mask=None)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden[:, 1:]


def answer(model: transformers.LlavaForConditionalGeneration, features: torch.Tensor,
           packed: Packed) -> tuple[torch.Tensor, torch.Tensor]:
    """The logits that give each question's answer, and those that follow the answer."""
    embeds = model.get_input_embeddings()(packed.ids)
    image = packed.ids == model.config.image_token_index
    projected = model.model.multi_modal_projector(features)
    embeds = embeds.masked_scatter(image[..., None], projected.to(embeds.dtype))
    mask = torch.zeros(packed.sees.shape).masked_fill(~packed.sees, torch.finfo(torch.float32).min)
    hidden = model.model.language_model(inputs_embeds=embeds, attention_mask=mask, position_ids=packed.positions,
                                        use_cache=False).last_hidden_state.flatten(0, 1)
    return model.lm_head(hidden[packed.places - 1]), model.lm_head(hidden[packed.places])


@torch.no_grad()
def accuracy(model: transformers.LlavaForConditionalGeneration, packer: Packer, pictures: int) -> dict[str, float]:
    """Accuracy per kind of question on pictures of their own."""
    rng = random.Random(f"watch-{SEED}")
    right, all_ = collections.Counter(), collections.Counter()
    for _ in range(pictures // 50):
        scenes = [make_scene(rng, TRAINED, rng.choice((1, 2, 3, 4))) for _ in range(50)]
        asks = [training_questions(rng, scene, QUESTIONS) for scene in scenes]
        packed = packer.pack(asks)
        guesses = answer(model, see(model, pixels(scenes)), packed)[0].argmax(-1)
        for a, ok in zip([a for group in asks for a in group], guesses == packed.labels):
            for kind in (a.kind, f"{a.kind}:{a.answer}") if a.answer in ("yes", "no") else (a.kind,):
                all_[kind] += 1
                right[kind] += int(ok)
    return {kind: right[kind] / all_[kind] for kind in sorted(all_)}


def tower_losses(logits: torch.Tensor, targets: torch.Tensor) -> dict[str, torch.Tensor]:
    """The losses on what each patch shows; shape, the hardest, counts once more on the patches that show one."""
    shape, color, centre = logits.flatten(0, 1).split([len(SHAPES) + 1, len(COLORS) + 1, 1], -1)
    targets = targets.flatten(0, 1)
    covered = targets[:, 0] > 0
    return {"which shape": F.cross_entropy(shape[covered], targets[covered, 0]),
            "shape": F.cross_entropy(shape, targets[:, 0]), "color": F.cross_entropy(color, targets[:, 1]),
            "centre": F.binary_cross_entropy_with_logits(centre[:, 0], targets[:, 2].float())}


def rate(step: int) -> float:
    """The learning rate: constant while only the tower learns, then a cosine down to nearly nothing."""
    if step < WARM_UP:
        return TOWER_RATE * min(1.0, (step + 1) / 100)
    done = (step - WARM_UP) / (STEPS - WARM_UP)
    return RATE * min(1.0, (step - WARM_UP + 1) / 100) * (0.01 + 0.99 * (1 + math.cos(math.pi * done)) / 2)


def train(packer: Packer, every: int) -> tuple[transformers.LlavaForConditionalGeneration, float]:
    """Trains; returns the model and the minutes that it took."""
    torch.manual_seed(SEED)
    model = layout.make_model(packer.tokenizer)
    model.set_attn_implementation({"text_config": "eager"})
    heads = torch.nn.Linear(model.config.vision_config.hidden_size, len(SHAPES) + 1 + len(COLORS) + 1 + 1)
    parameters = [p for p in (*model.parameters(), *heads.parameters())]
    optimizer = torch.optim.AdamW([{"params": [p for p in parameters if p.ndim > 1], "weight_decay": 0.05},
                                   {"params": [p for p in parameters if p.ndim < 2], "weight_decay": 0.0}],
                                  lr=1.0, betas=(0.9, 0.95))
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    end = packer.tokenizer.eos_token_id
    began, sums = time.time(), collections.Counter()
    for step in range(STEPS):
        scenes = scenes_of(step)
        targets = torch.from_numpy(np.stack([patch_labels(scene) for scene in scenes]))
        with torch.autocast("cpu", torch.bfloat16):
            features = see(model, pixels(scenes))
        features = features.float()
        parts = tower_losses(heads(features), targets)
        loss = TOWER_WEIGHT * sum(parts.values())
        if step >= WARM_UP:
            rng = random.Random(f"ask-{SEED}-{step}")
            packed = packer.pack([training_questions(rng, scene, QUESTIONS) for scene in scenes])
            with torch.autocast("cpu", torch.bfloat16):
                logits, after = answer(model, features, packed)
            logits, after = logits.float(), after.float()
            said = F.cross_entropy(logits, packed.labels)
            loss = loss + said + 0.1 * F.cross_entropy(after, torch.full_like(packed.labels, end))
            sums["answer"] += said.item()
        sums.update({name: part.item() for name, part in parts.items()})
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        scheduler.step()
        if (step + 1) % every == 0 or step + 1 == STEPS:
            minutes = (time.time() - began) / 60
            losses = " ".join(f"{k} {v / every:.3f}" for k, v in sums.items())
            seen = {} if step < WARM_UP else accuracy(model, packer, 200)
            marks = " ".join(f"{k} {v:.2f}" for k, v in seen.items())
            print(f"step {step + 1} minutes {minutes:.1f} processor {time.process_time() / 60:.1f} {losses} | {marks}",
                  flush=True)
            sums.clear()
    return model, (time.time() - began) / 60


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--every", type=int, default=100, help="steps between two lines of progress")
    args = parser.parse_args()
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    packer = Packer(layout.make_processor(layout.make_tokenizer()))
    model, minutes = train(packer, args.every)
    layout.save(str(args.out), model, packer.processor)
    print(f"trained {minutes:.1f} minutes")


if __name__ == "__main__":
    main()
