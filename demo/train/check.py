"""Checks of the training code on a saved checkpoint.

usage: check.py MODEL

1. Answering all questions of a picture in one packed pass gives the logits that separate prompts give.
2. Any text comes back from the tokenizer as it went in.
3. The chat template gives LLaVA's prompt, and all answers are one token.
"""
from __future__ import annotations

import random
import sys

import torch
import transformers

import train
from questions import training_questions
from shapes import ANSWERS, draw_scene

TEXTS = ("What shape is in the picture?", "naïve café — déjà vu, 図形は何ですか？ 🙂",
         "  two  spaces\nand a\ttab", "a_b ▁ {}")


@torch.no_grad()
def largest_difference(model: transformers.LlavaForConditionalGeneration,
                       processor: transformers.LlavaProcessor) -> float:
    """The largest difference between a logit of the packed pass and the same logit of a prompt of its own."""
    rng = random.Random(0)
    packer = train.Packer(processor)
    scenes = train.scenes_of(train.STEPS)[:8]
    asks = [training_questions(rng, scene, train.QUESTIONS) for scene in scenes]
    packed = train.answer(model, train.see(model, train.pixels(scenes)), packer.pack(asks))[0]
    worst, row = 0.0, 0
    for scene, group in zip(scenes, asks):
        for a in group:
            content = [{"type": "image"}, {"type": "text", "text": a.question}]
            prompt = processor.apply_chat_template([{"role": "user", "content": content}], add_generation_prompt=True)
            inputs = processor(text=[prompt], images=[draw_scene(scene)], return_tensors="pt")
            worst = max(worst, (model(**inputs).logits[0, -1] - packed[row]).abs().max().item())
            row += 1
    return worst


def main() -> None:
    torch.set_num_threads(2)
    model = transformers.LlavaForConditionalGeneration.from_pretrained(sys.argv[1], dtype=torch.float32).eval()
    processor = transformers.AutoProcessor.from_pretrained(sys.argv[1])
    tokenizer = processor.tokenizer
    for text in TEXTS:
        back = tokenizer.decode(tokenizer.encode(text)[1:])
        assert back == text.replace("▁", " "), (text, back)
    start = len(tokenizer.encode("ASSISTANT:"))
    assert all(len(tokenizer.encode(f"ASSISTANT: {a}")) == start + 1 for a in ANSWERS)
    content = [{"type": "image"}, {"type": "text", "text": "What?"}]
    prompt = processor.apply_chat_template([{"role": "user", "content": content}], add_generation_prompt=True)
    assert prompt == "USER: <image>\nWhat? ASSISTANT:", prompt
    worst = largest_difference(model, processor)
    print(f"largest difference between packed and separate logits: {worst:.2e}")
    assert worst < 1e-3


if __name__ == "__main__":
    main()
