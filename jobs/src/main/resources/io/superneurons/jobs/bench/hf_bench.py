"""Hugging Face transformers' side of the benchmark: runs one pass for each line of standard input and answers with JSON.

The passes are what a transformers user would run: a batch of images with one question on each, hooks on o_proj (out_proj
where a layer does not attend), down_proj and the decoder layers for extract. Seconds are those of a pass over the number of its images. Loading and,
but for `prepare`, the processor's work are outside of the clock.
"""
import argparse
import json
import os
import platform
import sys
import time

# Before transformers is imported: nothing here is ever fetched.
os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"

import torch
import transformers
from transformers.image_utils import load_image
from transformers.models.smolvlm import processing_smolvlm

if processing_smolvlm.num2words is None:
    processing_smolvlm.num2words = str      # words the number of a video's frames only


class Sites:
    """While open, keeps the last position of every site of every layer: `values[layer, site]`."""

    def __init__(self, layers):
        self.values, self.hooks = {}, []
        for index, layer in enumerate(layers):
            self.hooks += [
                layer.register_forward_hook(self.output(index)),
                self.mixing_output(layer).register_forward_pre_hook(self.input(index, "attn_z")),
                layer.mlp.down_proj.register_forward_pre_hook(self.input(index, "mlp_post"))]

    @staticmethod
    def mixing_output(layer):
        """The projection after what a layer mixes of its tokens; a gated delta net does not attend."""
        return layer.self_attn.o_proj if hasattr(layer, "self_attn") else layer.linear_attn.out_proj

    def output(self, layer):
        def hook(module, arguments, result):
            hidden = result[0] if isinstance(result, tuple) else result
            self.values[layer, "resid_post"] = hidden[:, -1].detach().clone()
        return hook

    def input(self, layer, site):
        def hook(module, arguments):
            self.values[layer, site] = arguments[0][:, -1].detach().clone()
        return hook

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        for hook in self.hooks:
            hook.remove()


class Passes:
    """The passes by the names that the Java side gives them."""

    def __init__(self, arguments):
        self.arguments = arguments
        dtype = getattr(torch, arguments.dtype)
        self.model = transformers.AutoModelForImageTextToText.from_pretrained(
            arguments.model, dtype=dtype, attn_implementation="sdpa").eval().to(arguments.device)
        self.processor = transformers.AutoProcessor.from_pretrained(arguments.model)
        inner = self.model.model
        self.layers = (getattr(inner, "language_model", None) or inner.text_model).layers
        self.inputs = self.processed()
        self.positions = self.inputs["input_ids"].shape[1]

    def processed(self):
        conversation = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": self.arguments.question}]}]
        prompt = self.processor.apply_chat_template(conversation, add_generation_prompt=True)
        images = [[load_image(self.arguments.image)] for _ in range(self.arguments.images)]
        inputs = self.processor(text=[prompt] * len(images), images=images, return_tensors="pt")
        dtype = self.model.dtype
        return {name: (value.to(dtype) if value.is_floating_point() else value).to(self.arguments.device)
                for name, value in inputs.items()}

    def prepare(self):
        self.processed()

    def vision_tower(self):
        names = ("pixel_values", "pixel_attention_mask", "image_grid_thw")
        self.model.model.get_image_features(**{name: self.inputs[name] for name in names if name in self.inputs})

    def first_token(self):
        self.model(**self.inputs, use_cache=True, logits_to_keep=1).logits.argmax(-1).tolist()

    def answer(self):
        count = self.arguments.max_new_tokens
        self.model.generate(**self.inputs, max_new_tokens=count, min_new_tokens=count, do_sample=False).tolist()

    def extract(self):
        with Sites(self.layers) as sites:
            self.model(**self.inputs, use_cache=False, logits_to_keep=1)
        return {key: value.float().cpu().numpy() for key, value in sites.values.items()}

    def timed(self, name):
        run = {"prepare": self.prepare, "vision_tower": self.vision_tower, "first_token": self.first_token,
               "answer": self.answer, "extract": self.extract}[name]
        start = time.perf_counter()
        run()
        if self.arguments.device.startswith("cuda"):
            torch.cuda.synchronize()
        return {"seconds": (time.perf_counter() - start) / self.arguments.images}

    def last_residual(self):
        return {"values": self.extract()[len(self.layers) - 1, "resid_post"][0].tolist()}


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "image", "question", "dtype", "device"):
        parser.add_argument("--" + name, required=True)
    for name in ("threads", "images", "max-new-tokens"):
        parser.add_argument("--" + name, type=int, required=True)
    return parser.parse_args()


def main():
    replies, sys.stdout = sys.stdout, sys.stderr        # what libraries print is no reply

    def reply(content):
        print(json.dumps(content), file=replies, flush=True)

    arguments = parse()
    torch.set_num_threads(arguments.threads)
    start = time.perf_counter()
    passes = Passes(arguments)
    reply({"open_seconds": time.perf_counter() - start, "positions": passes.positions,
           "versions": {"python": platform.python_version(), "torch": torch.__version__, "transformers": transformers.__version__}})
    with torch.inference_mode():
        for line in sys.stdin:
            name = line.strip()
            reply(passes.last_residual() if name == "last_residual" else passes.timed(name))


if __name__ == "__main__":
    main()
