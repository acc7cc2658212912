"""Which fixtures there are: for every family and layout a tiny configuration, its processor and its pictures."""
from dataclasses import dataclass
from typing import Callable

import torch
import transformers as hf

import fixture_text as text


@dataclass(frozen=True)
class Fixture:
    """One fixture folder. `build` gives the model (weights not yet set) and the processor."""
    name: str
    layout: str
    family: str
    seed: int
    weights: torch.dtype
    build: Callable
    pictures: tuple      # (width, height): the first needs no resize where the family allows it, the others do
    about: str

    @property
    def folder(self):
        return f"{self.name}-{self.layout}"


def randomise(model, seed):
    """Weights wide enough that pictures and questions change every activation, and every bias and norm counts."""
    generator = torch.Generator().manual_seed(seed)

    def normal(parameter, scale):
        parameter.copy_(torch.randn(parameter.shape, generator=generator) * scale)

    with torch.no_grad():
        for name, parameter in model.named_parameters():
            embedding = any(part in name for part in ("embed_tokens", "position_embedding", "pos_embed", "class_embedding", "image_newline"))
            if embedding:
                normal(parameter, 0.5)
            elif parameter.ndim >= 2:
                normal(parameter, 1.2 / (parameter.numel() / parameter.shape[0]) ** 0.5)
            elif "norm" in name and name.endswith("weight"):
                normal(parameter, 0.1)
                parameter.add_(1)
            else:
                normal(parameter, 0.1)
    return model.eval()


def llava_hub():
    tokenizer = text.fast(text.sentencepiece_style(24, metaspace=False), ["<image>"],
                          bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="<pad>")
    vision = hf.CLIPVisionConfig(hidden_size=24, intermediate_size=40, num_hidden_layers=3, num_attention_heads=2,
                                 image_size=32, patch_size=8, projection_dim=16)
    language = hf.LlamaConfig(vocab_size=384, hidden_size=32, intermediate_size=40, num_hidden_layers=3, num_attention_heads=4,
                              max_position_embeddings=512, rms_norm_eps=1e-5, bos_token_id=1, eos_token_id=2,
                              pad_token_id=tokenizer.pad_token_id)
    config = hf.LlavaConfig(vision_config=vision, text_config=language, image_seq_length=16,
                            image_token_index=tokenizer.convert_tokens_to_ids("<image>"))
    images = hf.CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    processor = hf.LlavaProcessor(image_processor=images, tokenizer=tokenizer, patch_size=8, num_additional_image_tokens=1,
                                  vision_feature_select_strategy="default", chat_template=text.LLAVA_TEMPLATE)
    return hf.LlavaForConditionalGeneration(config), processor


def llava_v5():
    tokenizer = text.fast(text.sentencepiece_style(40, metaspace=True), ["<image>"],
                          bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="<pad>")
    vision = hf.CLIPVisionConfig(hidden_size=32, intermediate_size=64, num_hidden_layers=3, num_attention_heads=4,
                                 image_size=42, patch_size=14, projection_dim=16)
    language = hf.LlamaConfig(vocab_size=len(tokenizer), hidden_size=48, intermediate_size=64, num_hidden_layers=3,
                              num_attention_heads=4, num_key_value_heads=2, head_dim=16, max_position_embeddings=512,
                              rms_norm_eps=1e-5, rope_parameters={"rope_type": "default", "rope_theta": 50000.0},
                              bos_token_id=1, eos_token_id=2, pad_token_id=tokenizer.pad_token_id, tie_word_embeddings=True)
    config = hf.LlavaConfig(vision_config=vision, text_config=language, image_seq_length=10, tie_word_embeddings=True,
                            image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
                            vision_feature_layer=[-3, -1], vision_feature_select_strategy="full")
    images = hf.CLIPImageProcessor(size={"shortest_edge": 42}, crop_size={"height": 42, "width": 42})
    processor = hf.LlavaProcessor(image_processor=images, tokenizer=tokenizer, patch_size=14, num_additional_image_tokens=1,
                                  vision_feature_select_strategy="full", chat_template=text.LLAVA_TEMPLATE)
    return hf.LlavaForConditionalGeneration(config), processor


def llava_siglip_v5():
    tokenizer = text.fast(text.byte_level(32, ["<|endoftext|>", "<|im_start|>", "<|im_end|>"], "qwen"), ["<image>"],
                          eos_token="<|im_end|>", pad_token="<|endoftext|>")
    vision = hf.SiglipVisionConfig(hidden_size=24, intermediate_size=32, num_hidden_layers=3, num_attention_heads=2,
                                   image_size=36, patch_size=12, vision_use_head=False)
    language = hf.Qwen2Config(vocab_size=len(tokenizer), hidden_size=32, intermediate_size=48, num_hidden_layers=3,
                              num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=512,
                              rope_parameters={"rope_type": "default", "rope_theta": 1000000.0},
                              bos_token_id=None, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    config = hf.LlavaConfig(vision_config=vision, text_config=language, image_seq_length=9,
                            image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
                            vision_feature_layer=-1, vision_feature_select_strategy="full")
    images = hf.SiglipImageProcessor(size={"height": 36, "width": 36}, image_mean=[0.5] * 3, image_std=[0.5] * 3)
    processor = hf.LlavaProcessor(image_processor=images, tokenizer=tokenizer, patch_size=12, num_additional_image_tokens=0,
                                  vision_feature_select_strategy="full", chat_template=text.CHATML_TEMPLATE)
    return hf.LlavaForConditionalGeneration(config), processor


FIXTURES = [
    Fixture("llava", "hub", "llava", 13, torch.float32, llava_hub, ((32, 32), (57, 40), (36, 60)),
            "CLIP tower, layer -2 without its class token; Llama with as many key heads as heads, vocabulary padded, untied head"),
    Fixture("llava", "v5", "llava", 24, torch.bfloat16, llava_v5, ((42, 42), (64, 44), (45, 62)),
            "CLIP tower, layers -3 and -1 concatenated with their class token; Llama with 2 key heads for 4 heads of 16 in a "
            "residual stream of 48, tied head"),
    Fixture("llava_siglip", "v5", "llava", 75, torch.float32, llava_siglip_v5, ((36, 36), (60, 41), (30, 52)),
            "SigLIP tower, last layer before its final norm, all patches; Qwen2 with biases on q, k and v"),
]
