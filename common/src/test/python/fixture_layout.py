"""Rewrites a checkpoint folder that transformers 5 saved into the layout of the family's published checkpoints."""
import json
from pathlib import Path

import torch
import transformers as hf
from safetensors.torch import load_file, save_file


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def write(path, value):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def to_hub(checkpoint: Path, family: str):
    """Older config keys, the tensor names as published, one weights file, and the processor's files apart."""
    config = read(checkpoint / "config.json")
    if family == "gemma4":
        write(checkpoint / "config.json", gemma4_config(config))
        unused_keys(checkpoint / "model.safetensors", config["text_config"])
        return
    write(checkpoint / "config.json", CONFIG[family](older_keys(config, family)))
    rename_tensors(checkpoint / "model.safetensors", family)
    split_processor(checkpoint, family)
    older_tokenizer_config(checkpoint)


def older_keys(config, family):
    """`rope_parameters` was `rope_theta` and `rope_scaling`, `dtype` was `torch_dtype`; on every level."""
    config = {key: older_keys(value, family) if isinstance(value, dict) and key.endswith("_config") else value
              for key, value in config.items()}
    config.pop("transformers_version", None)
    if "dtype" in config:
        config["torch_dtype"] = config.pop("dtype")
    rope = config.pop("rope_parameters", None)
    if rope and "full_attention" in rope:
        config["rope_parameters"] = rope      # gemma3_config takes it apart
    elif rope and rope.get("rope_type") != "axial":
        config["rope_theta"] = rope["rope_theta"]
        if "factor" in rope:
            config["rope_scaling"] = {"type": rope["rope_type"], "rope_type": rope["rope_type"], "factor": rope["factor"]}
        if "mrope_section" in rope:
            config["rope_scaling"] = ({"type": "mrope", "mrope_section": rope["mrope_section"]} if family in ("qwen2_vl", "qwen2_5_vl") else
                                      {"mrope_interleaved": True, "mrope_section": rope["mrope_section"], "rope_type": "default"})
    return config


def without_defaults(config, defaults, keep=("model_type",)):
    """The published files leave out what equals the defaults of the configuration class."""
    return {key: value for key, value in config.items() if key in keep or key not in defaults or defaults[key] != value}


def llava_config(config):
    language, vision = config["text_config"], config["vision_config"]
    defaults = {**hf.LlamaConfig().to_dict(), "rope_theta": 10000.0,
                "num_key_value_heads": language["num_attention_heads"],
                "head_dim": language["hidden_size"] // language["num_attention_heads"]}
    config["text_config"] = without_defaults(language, defaults) | {"torch_dtype": config["torch_dtype"]}
    config["vision_config"] = without_defaults(vision, hf.CLIPVisionConfig().to_dict()) | {"vocab_size": 32000}
    config = without_defaults(config, {"multimodal_projector_bias": True, "image_seq_length": config["image_seq_length"]})
    return config | {"ignore_index": -100, "pad_token_id": language["pad_token_id"], "vocab_size": language["vocab_size"]}


def llava_window_config(config):
    """The head is said to be the embedding, and the file has one of its own all the same."""
    config["text_config"] |= {"tie_word_embeddings": True}
    config["text_config"].pop("layer_types")
    return config


def llava_next_config(config):
    """No head_dim, and windows switched off by null, as in the published one with Mistral."""
    config["text_config"] = without_defaults(config["text_config"], hf.MistralConfig().to_dict(), ("model_type", "sliding_window"))
    config["text_config"].pop("head_dim", None)
    config["vision_config"] = without_defaults(config["vision_config"], hf.CLIPVisionConfig().to_dict())
    return config | {"tie_word_embeddings": False, "use_image_newline_parameter": True}


def llava_onevision_config(config):
    config["text_config"] |= {"rope_scaling": None, "use_sliding_window": False, "sliding_window": 131072, "use_mrope": False,
                              "torch_dtype": config["torch_dtype"]}
    for key in ("layer_types", "pad_token_id"):
        config["text_config"].pop(key)
    config["vision_config"] = without_defaults(config["vision_config"], hf.SiglipVisionConfig().to_dict(), ("model_type", "vision_use_head"))
    return config | {"tie_word_embeddings": False, "use_image_newline_parameter": True}


def internvl_config(config):
    config.pop("tie_word_embeddings")       # published ones leave it out, and its default is true
    config["text_config"].pop("layer_types", None)
    return config


def internvl_chat(checkpoint: Path):
    """From the layout of transformers to that of InternVL's own code, which transformers cannot load."""
    config = read(checkpoint / "config.json")
    vision, language = config["vision_config"], config["text_config"]
    own = kept(vision, "hidden_size intermediate_size num_hidden_layers num_attention_heads hidden_act layer_norm_eps norm_type")
    write(checkpoint / "config.json", {
        "architectures": ["InternVLChatModel"], "model_type": "internvl_chat", "downsample_ratio": 0.5, "dynamic_image_size": True,
        "force_image_size": vision["image_size"][0], "min_dynamic_patch": 1, "max_dynamic_patch": 6, "ps_version": "v2", "select_layer": -1,
        "template": "internvl2_5", "use_thumbnail": True, "torch_dtype": "bfloat16", "llm_config": language,
        "vision_config": own | {"architectures": ["InternVisionModel"], "model_type": "intern_vit_6b", "image_size": vision["image_size"][0],
                                "patch_size": vision["patch_size"][0], "num_channels": 3, "qkv_bias": True, "qk_normalization": False}})
    tensors = load_file(checkpoint / "model.safetensors")
    names = {"vision_tower.": "vision_model.", ".encoder.layer.": ".encoder.layers.", "patch_embeddings.projection": "patch_embedding",
             "cls_token": "class_embedding", "position_embeddings": "position_embedding", "attention.projection_layer": "attn.proj",
             "layernorm_before": "norm1", "layernorm_after": "norm2", "lambda_": "ls", "multi_modal_projector.layer_norm": "mlp1.0",
             "multi_modal_projector.linear_1": "mlp1.1", "multi_modal_projector.linear_2": "mlp1.3"}
    renamed = {}
    for name, tensor in tensors.items():
        for before, after in names.items() if not name.startswith("language_model.") else ():
            name = name.replace(before, after)
        if ".attention.q_proj." in name:
            source = name.replace("vision_model.", "vision_tower.").replace(".encoder.layers.", ".encoder.layer.")
            renamed[name.replace("attention.q_proj", "attn.qkv")] = torch.cat([tensors[source.replace("q_proj", f"{part}_proj")] for part in "qkv"])
        elif ".attention." not in name:
            renamed[name] = tensor
    save_file(renamed, checkpoint / "model.safetensors", metadata={"format": "pt"})
    images = read(checkpoint / "preprocessor_config.json")
    write(checkpoint / "preprocessor_config.json", kept(images, "image_mean image_std do_normalize do_resize resample") | {
        "crop_size": vision["image_size"][0], "do_center_crop": True, "image_processor_type": "CLIPFeatureExtractor", "size": vision["image_size"][0]})
    (checkpoint / "processor_config.json").unlink()


def qwen2_5_vl_config(config):
    """Flat: what transformers 5 nests in `text_config` stands beside `vision_config`."""
    language = config.pop("text_config")
    for key in ("model_type", "layer_types", "pad_token_id"):
        language.pop(key)
    vision = config["vision_config"]
    for key in ("model_type", "rope_parameters", "initializer_range"):
        vision.pop(key, None)
    vision["in_chans"] = vision.pop("in_channels")
    vision["spatial_patch_size"] = vision["patch_size"]
    return language | config | {"sliding_window": 32768}


def qwen3_vl_config(config):
    config["vision_config"].pop("rope_parameters", None)
    config["vision_config"]["model_type"] = "qwen3_vl"      # as published, though it is the model's type
    config["text_config"].pop("pad_token_id")
    return config


def qwen3_5_config(config):
    """As published: keys that transformers 5 has dropped, and another type of the tower."""
    config["vision_config"].pop("rope_parameters", None)
    config["vision_config"] |= {"model_type": "qwen3_5", "deepstack_visual_indexes": []}
    config["text_config"] |= {"attn_output_gate": True, "full_attention_interval": 4, "mamba_ssm_dtype": "float32",
                              "mtp_num_hidden_layers": 1, "mtp_use_dedicated_embeddings": False}
    config["text_config"].pop("pad_token_id")
    return config


def qwen3_vl_moe_config(config):
    """As published: by another name for the number of experts, and one key that transformers does not read."""
    config = qwen3_vl_config(config)
    config["text_config"]["num_experts"] = config["text_config"].pop("num_local_experts")
    config["text_config"]["norm_topk_prob"] = True
    return config


def gemma4_config(config):
    """It came with transformers 5 and keeps its spelling, but for the width of heads that see everything."""
    language = config["text_config"]
    widths = {layer["head_dim"] for layer in language.pop("per_layer_config").values()}
    config["text_config"] = language | {"global_head_dim": widths.pop(), "num_global_key_value_heads": None}
    return config | {"vision_soft_tokens_per_image": 70, "eoa_token_id": config["eoa_token_index"]}


def mistral3_config(config):
    config["vision_config"].pop("head_dim", None)
    return config


def gemma3_config(config):
    """As published: what equals the defaults is left out, one base and one scaling of the positions that see everything."""
    language = config["text_config"]
    rope = language.pop("rope_parameters")
    language = without_defaults(language, hf.Gemma3TextConfig().to_dict(), ("model_type", "sliding_window"))
    for key in ("layer_types", "_sliding_window_pattern", "eos_token_id"):
        language.pop(key, None)
    whole = rope["full_attention"]
    config["text_config"] = language | {"rope_scaling": {"factor": whole["factor"], "rope_type": whole["rope_type"]}}
    config["vision_config"] = without_defaults(config["vision_config"], hf.SiglipVisionConfig().to_dict()) | {"vision_use_head": False}
    config.pop("tie_word_embeddings", None)
    return config


def idefics3_config(config):
    config["vision_config"] = without_defaults(config["vision_config"], hf.Idefics3VisionConfig().to_dict()) | {
        "max_image_size": {"longest_edge": config["vision_config"]["image_size"]}, "use_base_siglip": False}
    config["text_config"] |= {"is_llama_config": True, "pixel_shuffle_factor": config["scale_factor"], "qk_layer_norms": False,
                              "use_resampler": False, "rope_interleaved": False, "rope_scaling": None}
    return config


def smolvlm_config(config):
    config["vision_config"] = without_defaults(config["vision_config"], hf.SmolVLMVisionConfig().to_dict()) | {
        "max_image_size": {"longest_edge": config["vision_config"]["image_size"]}, "tie_word_embeddings": False}
    return config


CONFIG = {"llava": llava_config, "llava_window": llava_window_config, "llava_next": llava_next_config, "llava_onevision": llava_onevision_config, "qwen2_vl": qwen2_5_vl_config, "qwen2_5_vl": qwen2_5_vl_config,
          "qwen3_vl": qwen3_vl_config, "qwen3_5": qwen3_5_config, "qwen3_vl_moe": qwen3_vl_moe_config, "qwen3_5_moe": qwen3_5_config, "gemma3": gemma3_config, "mistral3": mistral3_config, "smolvlm": smolvlm_config, "idefics3": idefics3_config,
          "internvl": internvl_config, "internvl_chat": internvl_config}


def unused_keys(weights: Path, language):
    """What Gemma 4's layers have that use the keys and values of others; nothing reads it."""
    tensors = load_file(weights)
    like = {name: tensor for name, tensor in tensors.items() if any(part in name for part in ("k_proj", "v_proj", "k_norm")) and "language_model.layers.0." in name}
    first = language["num_hidden_layers"] - language["num_kv_shared_layers"]
    tensors |= {name.replace("layers.0.", f"layers.{layer}."): torch.ones_like(tensor) for layer in range(first, language["num_hidden_layers"])
                for name, tensor in like.items()}
    save_file(tensors, weights, metadata={"format": "pt"})


def rename_tensors(weights: Path, family: str):
    """The towers of LLaVA's published checkpoints have one more level in their names than transformers 5 writes."""
    if family.startswith("llava") or family == "gemma3":
        tensors = {name.replace("vision_tower.", "vision_tower.vision_model.", 1) if name.startswith("vision_tower.") else name: tensor
                   for name, tensor in load_file(weights).items()}
        save_file(tensors, weights, metadata={"format": "pt"})
    if family == "qwen3_vl_moe":      # published ones keep the experts' matrices the other way round
        save_file({name: tensor.transpose(1, 2).contiguous() if ".experts." in name else tensor for name, tensor in load_file(weights).items()},
                  weights, metadata={"format": "pt"})
    if family == "qwen3_5_moe":      # published ones keep the experts of a layer in two stacks
        tensors = load_file(weights)
        experts = {name: tensors.pop(name) for name in list(tensors) if ".experts." in name}
        for layer in sorted({name.split("experts.")[0] for name in experts}):
            each = [{part: experts[f"{layer}experts.{number}.{part}_proj.weight"] for part in ("gate", "up", "down")}
                    for number in range(sum(name.startswith(layer) for name in experts) // 3)]
            tensors[layer + "experts.gate_up_proj"] = torch.stack([torch.cat([one["gate"], one["up"]]) for one in each])
            tensors[layer + "experts.down_proj"] = torch.stack([one["down"] for one in each])
        save_file(tensors, weights, metadata={"format": "pt"})
    if family.startswith("qwen3_5"):      # weights of multi-token prediction, which no first token needs
        tensors = load_file(weights)
        width = tensors["model.language_model.norm.weight"].size(0)
        tensors |= {"mtp.fc.weight": torch.ones(width, 2 * width, dtype=torch.bfloat16), "mtp.norm.weight": torch.ones(width, dtype=torch.bfloat16)}
        save_file(tensors, weights, metadata={"format": "pt"})


def split_processor(checkpoint: Path, family: str):
    """`preprocessor_config.json` for the pictures, the rest where the family's published folders have it."""
    processor = read(checkpoint / "processor_config.json")
    images = processor.pop("image_processor") | {"processor_class": processor["processor_class"]}
    processor.pop("video_processor", None)
    if family in ("qwen2_vl", "qwen2_5_vl"):
        limits = {"min_pixels": images["size"]["shortest_edge"], "max_pixels": images["size"]["longest_edge"]}
        images = limits | kept(images, "patch_size temporal_patch_size merge_size image_mean image_std image_processor_type processor_class")
    elif family.startswith("qwen3"):
        images = kept(images, "size patch_size temporal_patch_size merge_size image_mean image_std processor_class") | {
            "image_processor_type": "Qwen2VLImageProcessorFast"}
    elif family.startswith("internvl"):
        images["image_processor_type"] = "GotOcr2ImageProcessorFast"
    write(checkpoint / "preprocessor_config.json", images)
    if family.startswith("qwen"):
        (checkpoint / "processor_config.json").unlink()
    else:
        write(checkpoint / "processor_config.json", processor)
    if family.startswith("internvl"):
        return      # they publish chat_template.jinja
    template = (checkpoint / "chat_template.jinja").read_text(encoding="utf-8")
    (checkpoint / "chat_template.jinja").unlink()
    if family not in TEMPLATE_IN_TOKENIZER_ONLY:
        write(checkpoint / "chat_template.json", {"chat_template": template})
    if family in TEMPLATE_IN_TOKENIZER_ONLY + TEMPLATE_IN_BOTH:
        write(checkpoint / "tokenizer_config.json", read(checkpoint / "tokenizer_config.json") | {"chat_template": template})


TEMPLATE_IN_TOKENIZER_ONLY = ["qwen2_5_vl", "idefics3"]
TEMPLATE_IN_BOTH = ["qwen2_vl", "qwen3_vl", "qwen3_5", "qwen3_vl_moe", "qwen3_5_moe"]


def kept(config, keys):
    return {key: config[key] for key in keys.split()}


def older_tokenizer_config(checkpoint: Path):
    """Older files list every added token by id and name the tokenizer class that transformers 5 calls TokenizersBackend."""
    config = read(checkpoint / "tokenizer_config.json")
    added = read(checkpoint / "tokenizer.json")["added_tokens"]
    config["added_tokens_decoder"] = {str(token["id"]): {key: value for key, value in token.items() if key != "id"} for token in added}
    config["additional_special_tokens"] = config.pop("extra_special_tokens", [])
    config["tokenizer_class"] = "PreTrainedTokenizerFast"
    config.pop("backend", None)
    write(checkpoint / "tokenizer_config.json", config)
