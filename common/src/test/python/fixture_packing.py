"""Linear layers of integers of four bits, as compressed-tensors packs them: values that they can hold, and the tensors of the file."""
import json
import re
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

GROUP = 16
LAYERS = re.compile(r"language_model\.layers\.\d+\.(self_attn|mlp)\.\w+_proj(\.weight)?$")


def quantised(weight, symmetric):
    """Integers from -8 to 7, and scales and zeros of each group of columns; scales are of bfloat16."""
    groups = weight.reshape(weight.shape[0], -1, GROUP)
    if symmetric:
        scale = (groups.abs().amax(-1) / 7.5).bfloat16().float()
        zero = torch.zeros_like(scale)
    else:
        scale = ((groups.amax(-1) - groups.amin(-1)) / 15).bfloat16().float()
        zero = (-8 - groups.amin(-1) / scale).round().clamp(-8, 7)
    return (groups / scale[..., None] + zero[..., None]).round().clamp(-8, 7), scale, zero


def multiplied_out(integers, scale, zero):
    return ((integers - zero[..., None]) * scale[..., None]).flatten(1)


def symmetric(name):
    return "self_attn" in name


def round_to_packed(model):
    """Gives the language model's linear layers the values of integers, all else those of bfloat16; returns these with scales and zeros by the tensor's name."""
    integers = {}
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.bfloat16())
        for name, module in model.named_modules():
            if LAYERS.search(name):
                integers[name + ".weight"] = quantised(module.weight, symmetric(name))
                module.weight.copy_(multiplied_out(*integers[name + ".weight"]))
    return integers


def packed(integers):
    """[rows, columns] -> [rows, columns / 8] of int32, the first number in the lowest bits."""
    words = (integers.long() + 8).reshape(integers.shape[0], -1, 8)
    word = (words << (4 * torch.arange(8))).sum(-1)
    return torch.where(word >= 2 ** 31, word - 2 ** 32, word).to(torch.int32)


def pack(checkpoint: Path, quantised_layers):
    """Puts packed tensors in the place of the linear layers' weights, and says so in config.json."""
    weights = checkpoint / "model.safetensors"
    tensors = load_file(weights)
    exact = {name: tensors[name] for name in quantised_layers}
    tensors = {name: tensor.bfloat16() for name, tensor in tensors.items()}
    for name, (integers, scale, zero) in quantised_layers.items():
        weight = exact[name]
        del tensors[name]
        assert torch.equal(multiplied_out(integers, scale, zero), weight), name
        tensors[name + "_packed"] = packed(integers.flatten(1))
        tensors[name + "_scale"] = scale.bfloat16()
        tensors[name + "_shape"] = torch.tensor(weight.shape)
        if not symmetric(name):
            tensors[name + "_zero_point"] = packed(zero.T).T.contiguous()
    save_file(tensors, weights, metadata={"format": "pt"})
    config = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    group = {"num_bits": 4, "type": "int", "strategy": "group", "group_size": GROUP, "dynamic": False, "actorder": None}
    config["quantization_config"] = {
        "quant_method": "compressed-tensors", "format": "pack-quantized", "quantization_status": "compressed", "ignore": ["lm_head", "re:.*visual.*"],
        "config_groups": {"group_0": {"targets": ["re:.*self_attn.*"], "weights": group | {"symmetric": True}, "input_activations": None},
                          "group_1": {"targets": ["re:.*mlp.*"], "weights": group | {"symmetric": False}, "input_activations": None}}}
    (checkpoint / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
