"""Rewrites a checkpoint folder that transformers 5 saved into the layout of the family's published checkpoints."""
import json
from pathlib import Path

import transformers as hf
from safetensors.torch import load_file, save_file


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def write(path, value):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def to_hub(checkpoint: Path, family: str):
    """Older config keys, the tensor names as published, one weights file, and the processor's files apart."""
    config = read(checkpoint / "config.json")
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
    if rope and rope.get("rope_type") != "axial":
        config["rope_theta"] = rope["rope_theta"]
        if "mrope_section" in rope:
            config["rope_scaling"] = ({"type": "mrope", "mrope_section": rope["mrope_section"]} if family == "qwen2_5_vl" else
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


CONFIG = {"llava": llava_config}


def rename_tensors(weights: Path, family: str):
    """The towers of LLaVA's published checkpoints have one more level in their names than transformers 5 writes."""
    if family in ("llava", "llava_onevision"):
        tensors = {name.replace("vision_tower.", "vision_tower.vision_model.", 1) if name.startswith("vision_tower.") else name: tensor
                   for name, tensor in load_file(weights).items()}
        save_file(tensors, weights, metadata={"format": "pt"})


def split_processor(checkpoint: Path, family: str):
    """`preprocessor_config.json` for the pictures, the rest where the family's published folders have it."""
    processor = read(checkpoint / "processor_config.json")
    images = processor.pop("image_processor") | {"processor_class": processor["processor_class"]}
    processor.pop("video_processor", None)
    write(checkpoint / "preprocessor_config.json", images)
    write(checkpoint / "processor_config.json", processor)
    template = (checkpoint / "chat_template.jinja").read_text(encoding="utf-8")
    (checkpoint / "chat_template.jinja").unlink()
    write(checkpoint / "chat_template.json", {"chat_template": template})


def older_tokenizer_config(checkpoint: Path):
    """Older files list every added token by id and name the tokenizer class that transformers 5 calls TokenizersBackend."""
    config = read(checkpoint / "tokenizer_config.json")
    added = read(checkpoint / "tokenizer.json")["added_tokens"]
    config["added_tokens_decoder"] = {str(token["id"]): {key: value for key, value in token.items() if key != "id"} for token in added}
    config["additional_special_tokens"] = config.pop("extra_special_tokens")
    config["tokenizer_class"] = "PreTrainedTokenizerFast"
    config.pop("backend", None)
    write(checkpoint / "tokenizer_config.json", config)
