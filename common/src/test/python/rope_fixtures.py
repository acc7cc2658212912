"""Writes resources/model/rope.json: what Hugging Face transformers makes of the rotary settings that configurations have.

usage: rope_fixtures.py [--out FILE]

For each text_config: the frequencies, what cosines and sines are multiplied by, and both at some positions (one axis, or time,
row and column). Two runs give the same bytes.
"""
import argparse
import json
from pathlib import Path

import torch
import transformers as hf
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding
from transformers.models.qwen2.modeling_qwen2 import Qwen2RotaryEmbedding
from transformers.models.mistral.modeling_mistral import MistralRotaryEmbedding
from transformers.models.qwen2_5_vl.modeling_qwen2_5_vl import Qwen2_5_VLRotaryEmbedding
from transformers.models.qwen3.modeling_qwen3 import Qwen3RotaryEmbedding
from transformers.models.qwen3_5.modeling_qwen3_5 import Qwen3_5TextRotaryEmbedding
from transformers.models.qwen3_vl.modeling_qwen3_vl import Qwen3VLTextRotaryEmbedding

RESOURCE = Path(__file__).resolve().parent.parent / "resources" / "model" / "rope.json"
FAMILIES = {
    "llama": (hf.LlamaConfig, LlamaRotaryEmbedding),
    "mistral": (hf.MistralConfig, MistralRotaryEmbedding),
    "qwen2": (hf.Qwen2Config, Qwen2RotaryEmbedding),
    "qwen2_5_vl_text": (hf.Qwen2_5_VLConfig().sub_configs["text_config"], Qwen2_5_VLRotaryEmbedding),
    "qwen3": (hf.Qwen3Config, Qwen3RotaryEmbedding),
    "qwen3_5_text": (hf.Qwen3_5Config().sub_configs["text_config"], Qwen3_5TextRotaryEmbedding),
    "qwen3_vl_text": (hf.Qwen3VLConfig().sub_configs["text_config"], Qwen3VLTextRotaryEmbedding),
}
SIZES = {"hidden_size": 128, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 32}
LLAMA3 = {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}
# As configurations spell them: rope_scaling beside rope_theta, or rope_parameters as transformers 5 writes it.
CASES = {
    "llama 3.1": ("llama", {"rope_theta": 500000.0, "max_position_embeddings": 131072, "rope_scaling": {"rope_type": "llama3", **LLAMA3}}),
    "llama 3.2, transformers 5": ("llama", {"max_position_embeddings": 131072,
                                            "rope_parameters": {"rope_type": "llama3", "rope_theta": 500000.0, **LLAMA3, "factor": 32.0}}),
    "linear": ("llama", {"rope_theta": 10000.0, "rope_scaling": {"type": "linear", "factor": 4.0}}),
    "yarn of qwen 2.5": ("qwen2", {"rope_theta": 1000000.0, "max_position_embeddings": 131072,
                                   "rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}}),
    "yarn with everything": ("llama", {"max_position_embeddings": 4096, "rope_parameters": {
        "rope_type": "yarn", "rope_theta": 10000.0, "factor": 16.0, "beta_fast": 16.0, "beta_slow": 2.0, "mscale": 0.7,
        "mscale_all_dim": 1.2, "truncate": False, "original_max_position_embeddings": 512}}),
    "yarn with an attention factor": ("llama", {"max_position_embeddings": 2048, "rope_parameters": {
        "rope_type": "yarn", "rope_theta": 10000.0, "factor": 2.0, "attention_factor": 1.5}}),
    "yarn of qwen 2.5 vl": ("qwen2_5_vl_text", {"rope_theta": 1000000.0, "max_position_embeddings": 128000, "rope_scaling": {
        "type": "yarn", "mrope_section": [4, 6, 6], "factor": 4, "original_max_position_embeddings": 32768}}),
    "yarn of qwen 3 vl": ("qwen3_vl_text", {"max_position_embeddings": 262144, "rope_parameters": {
        "rope_type": "yarn", "rope_theta": 5000000.0, "mrope_section": [6, 5, 5], "mrope_interleaved": True, "factor": 3.0,
        "original_max_position_embeddings": 8192}}),
    "both spellings": ("llama", {"rope_theta": 20000.0, "rope_scaling": {"type": "linear", "factor": 4.0},
                                 "rope_parameters": {"rope_type": "linear", "rope_theta": 777.0, "factor": 2.0}}),
    **{f"yarn of {family} without a length": (family, {"rope_theta": 10000.0, "rope_scaling": {"type": "yarn", "factor": 4.0}})
       for family in ("llama", "mistral", "qwen2", "qwen3")},
    "yarn of qwen 2.5 vl without a length": ("qwen2_5_vl_text", {"rope_theta": 1000000.0, "rope_scaling": {
        "type": "yarn", "mrope_section": [4, 6, 6], "factor": 4}}),
    "yarn of qwen 3 vl without a length": ("qwen3_vl_text", {"rope_parameters": {
        "rope_type": "yarn", "rope_theta": 5000000.0, "mrope_section": [6, 5, 5], "mrope_interleaved": True, "factor": 3.0}}),
    "yarn of qwen 3.5 without a length": ("qwen3_5_text", {"rope_parameters": {
        "rope_type": "yarn", "rope_theta": 5000000.0, "mrope_section": [3, 3, 2], "mrope_interleaved": True, "factor": 3.0,
        "partial_rotary_factor": 0.5}}),
    **{f"a part that {family} does not look at": (family, {"partial_rotary_factor": 0.5})
       for family in ("llama", "mistral", "qwen2", "qwen3")},
    "an odd part": ("qwen3_5_text", {"rope_parameters": {
        "rope_type": "default", "rope_theta": 10000.0, "mrope_section": [1, 1, 1], "mrope_interleaved": True,
        "partial_rotary_factor": 0.16}}),
}
POSITIONS = [[0, 1, 7, 60, 300], [0, 1, 9, 64, 290], [0, 1, 8, 71, 281]]


def case(family, text):
    config_class, embedding_class = FAMILIES[family]
    text = {"model_type": family, **SIZES, **text}
    embedding = embedding_class(config_class(**{key: dict(value) if isinstance(value, dict) else value for key, value in text.items()}))
    axes = 3 if "mrope_section" in str(text) else 1
    positions = torch.tensor(POSITIONS[:axes])
    cos, sin = embedding(torch.zeros(1), positions.unsqueeze(1) if axes == 3 else positions)
    return {"text_config": text, "inv_freq": embedding.inv_freq.tolist(), "attention_scaling": float(embedding.attention_scaling),
            "positions": positions.tolist(), "cos": cos.flatten().tolist(), "sin": sin.flatten().tolist()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=RESOURCE)
    arguments = parser.parse_args()
    cases = {name: case(*what) for name, what in CASES.items()}
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(values)}" for name, values in cases.items())
    arguments.out.write_text("{" + lines + "}\n", encoding="utf-8")
    for name, values in cases.items():
        print(f"{name}: x {values['attention_scaling']:.4f}, frequencies {values['inv_freq'][0]:.3g} to {values['inv_freq'][-1]:.3g}")


if __name__ == "__main__":
    main()
