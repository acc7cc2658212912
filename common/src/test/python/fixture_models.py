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
    embedding: float = 0.5      # scale of the embeddings; smaller with a tied head, which would repeat the last token otherwise

    @property
    def folder(self):
        return f"{self.name}-{self.layout}"


def randomise(model, seed, embedding_scale):
    """Weights wide enough that pictures and questions change every activation, and every bias and norm counts."""
    generator = torch.Generator().manual_seed(seed)
    less_one = model.config.model_type in ("gemma3", "qwen3_5", "qwen3_5_moe")      # how these store the weights of their decoder's norms

    def normal(parameter, scale):
        parameter.copy_(torch.randn(parameter.shape, generator=generator) * scale)

    with torch.no_grad():
        for name, parameter in model.named_parameters():
            embedding = any(part in name for part in ("embed_tokens", "position_embedding", "pos_embed", "class_embedding", "image_newline"))
            if embedding:
                normal(parameter, embedding_scale)
            elif "experts." in name:      # a stack of matrices
                normal(parameter, 1.2 / parameter.shape[-1] ** 0.5)
            elif parameter.ndim >= 2:
                normal(parameter, 1.2 / (parameter.numel() / parameter.shape[0]) ** 0.5)
            elif "A_log" in name:      # heads that forget soon, and heads that know of the picture at the prompt's end
                parameter.copy_(torch.log(0.005 * 60 ** torch.rand(parameter.shape, generator=generator)))
            elif "dt_bias" in name:
                normal(parameter, 0.5)
                parameter.sub_(1)
            elif "norm" in name and name.endswith("weight"):
                normal(parameter, 0.1)
                parameter.add_(0 if less_one and not any(part in name for part in ("vision", "visual", "linear_attn")) else 1)
                if model.config.model_type == "gemma4" and "q_norm" in name:      # by which its scores are as small as others' scaled ones
                    parameter.mul_(0.4)
            else:
                normal(parameter, 0.1)
        for name, buffer in model.named_buffers():      # what Gemma 4 keeps beside its parameters
            if name.endswith("layer_scalar"):
                buffer.fill_(0.7 + 0.3 * torch.rand(1, generator=generator).item())
            elif name.endswith(("put_min", "put_max")):
                buffer.fill_((1.5 + torch.rand(1, generator=generator).item()) * (-1 if name.endswith("min") else 1))
            elif name.endswith(("std_bias", "std_scale")):
                normal(buffer, 0.1)
                buffer.add_(1 if name.endswith("scale") else 0)
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
    tokenizer = qwen_tokenizer(32, ["<image>"])
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


def llava_window_hub():
    tokenizer = qwen_tokenizer(24, ["<image>"])
    vision = hf.CLIPVisionConfig(hidden_size=24, intermediate_size=32, num_hidden_layers=3, num_attention_heads=2,
                                 image_size=32, patch_size=8, projection_dim=16)
    language = hf.Qwen2Config(vocab_size=len(tokenizer), hidden_size=32, intermediate_size=40, num_hidden_layers=3, num_attention_heads=4,
                              num_key_value_heads=2, max_position_embeddings=512, use_sliding_window=True, sliding_window=12,
                              max_window_layers=1, rope_parameters={"rope_type": "default", "rope_theta": 1000000.0},
                              bos_token_id=None, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    config = hf.LlavaConfig(vision_config=vision, text_config=language, image_seq_length=16, multimodal_projector_bias=False,
                            image_token_index=tokenizer.convert_tokens_to_ids("<image>"))
    images = hf.CLIPImageProcessor(size={"shortest_edge": 32, "longest_edge": 40}, crop_size={"height": 32, "width": 32})
    processor = hf.LlavaProcessor(image_processor=images, tokenizer=tokenizer, patch_size=8, num_additional_image_tokens=1,
                                  vision_feature_select_strategy="default", chat_template=text.CHATML_TEMPLATE)
    return hf.LlavaForConditionalGeneration(config), processor


def llava_window_v5():
    tokenizer = text.fast(text.sentencepiece_style(24, metaspace=True), ["<image>"],
                          bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="<pad>")
    vision = hf.CLIPVisionConfig(hidden_size=24, intermediate_size=32, num_hidden_layers=3, num_attention_heads=2,
                                 image_size=36, patch_size=12, projection_dim=16)
    language = hf.MistralConfig(vocab_size=len(tokenizer), hidden_size=32, intermediate_size=48, num_hidden_layers=3, num_attention_heads=4,
                                num_key_value_heads=2, max_position_embeddings=512, sliding_window=24, bos_token_id=1, eos_token_id=2,
                                pad_token_id=tokenizer.pad_token_id)
    config = hf.LlavaConfig(vision_config=vision, text_config=language, image_seq_length=9,
                            image_token_index=tokenizer.convert_tokens_to_ids("<image>"))
    images = hf.LlavaImageProcessor(size={"shortest_edge": 36}, crop_size={"height": 36, "width": 36}, do_pad=True)
    processor = hf.LlavaProcessor(image_processor=images, tokenizer=tokenizer, patch_size=12, num_additional_image_tokens=1,
                                  vision_feature_select_strategy="default", chat_template=text.LLAVA_TEMPLATE)
    return hf.LlavaForConditionalGeneration(config), processor


def llava_next(tokenizer, vision, language, pinpoints, template):
    config = hf.LlavaNextConfig(vision_config=vision, text_config=language, image_grid_pinpoints=pinpoints,
                                image_token_index=tokenizer.convert_tokens_to_ids("<image>"))
    size = {"height": vision.image_size, "width": vision.image_size}
    images = hf.LlavaNextImageProcessor(size={"shortest_edge": vision.image_size}, crop_size=size, image_grid_pinpoints=pinpoints)
    processor = hf.LlavaNextProcessor(image_processor=images, tokenizer=tokenizer, patch_size=vision.patch_size, num_additional_image_tokens=1,
                                      vision_feature_select_strategy="default", chat_template=template)
    return hf.LlavaNextForConditionalGeneration(config), processor


def llava_next_hub():
    tokenizer = text.fast(text.sentencepiece_style(24, metaspace=False), ["<image>"],
                          bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="<pad>")
    vision = hf.CLIPVisionConfig(hidden_size=24, intermediate_size=40, num_hidden_layers=3, num_attention_heads=2,
                                 image_size=24, patch_size=6, projection_dim=16)
    language = hf.MistralConfig(vocab_size=len(tokenizer), hidden_size=32, intermediate_size=40, num_hidden_layers=3,
                                num_attention_heads=4, num_key_value_heads=2, sliding_window=None, rms_norm_eps=1e-5,
                                rope_parameters={"rope_type": "default", "rope_theta": 1000000.0}, max_position_embeddings=512,
                                bos_token_id=1, eos_token_id=2, pad_token_id=tokenizer.pad_token_id)
    pinpoints = [[24 * rows, 24 * columns] for rows, columns in ((1, 2), (2, 1), (2, 2), (3, 1), (1, 3))]
    return llava_next(tokenizer, vision, language, pinpoints, text.MISTRAL_TEMPLATE)


def llava_next_v5():
    tokenizer = qwen_tokenizer(24, ["<image>"])
    vision = hf.CLIPVisionConfig(hidden_size=24, intermediate_size=32, num_hidden_layers=3, num_attention_heads=3,
                                 image_size=20, patch_size=4, projection_dim=16)
    language = hf.Qwen2Config(vocab_size=len(tokenizer), hidden_size=32, intermediate_size=40, num_hidden_layers=3,
                              num_attention_heads=2, num_key_value_heads=2, max_position_embeddings=512, rms_norm_eps=1e-6,
                              rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
                              bos_token_id=None, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    pinpoints = [[20 * rows, 20 * columns] for rows, columns in ((1, 2), (2, 1), (2, 2))]
    return llava_next(tokenizer, vision, language, pinpoints, text.CHATML_TEMPLATE)


def qwen_tokenizer(merged_tokens, additional):
    """Byte-level BPE cut by Qwen's expression, with the control tokens of ChatML."""
    return text.fast(text.byte_level(merged_tokens, ["<|endoftext|>", "<|im_start|>", "<|im_end|>"], "qwen"), additional,
                     eos_token="<|im_end|>", pad_token="<|endoftext|>")


def onevision(tokenizer, vision, language, mean, pinpoints, aspect_ratio, layer):
    config = hf.LlavaOnevisionConfig(
        vision_config=vision, text_config=language, image_grid_pinpoints=pinpoints, vision_feature_layer=layer,
        vision_feature_select_strategy="full", vision_aspect_ratio=aspect_ratio,
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"), video_token_index=tokenizer.convert_tokens_to_ids("<video>"))
    size = {"height": vision.image_size, "width": vision.image_size}
    images = hf.LlavaOnevisionImageProcessor(size=size, image_grid_pinpoints=pinpoints, **mean)
    processor = hf.LlavaOnevisionProcessor(
        image_processor=images, tokenizer=tokenizer, video_processor=hf.LlavaOnevisionVideoProcessor(size=size, **mean),
        num_image_tokens=(vision.image_size // vision.patch_size) ** 2, vision_feature_select_strategy="full",
        vision_aspect_ratio=aspect_ratio, chat_template=text.CHATML_TEMPLATE)
    return hf.LlavaOnevisionForConditionalGeneration(config), processor


def llava_onevision_hub():
    tokenizer = qwen_tokenizer(32, ["<image>", "<video>"])
    vision = hf.SiglipVisionConfig(hidden_size=24, intermediate_size=40, num_hidden_layers=3, num_attention_heads=2,
                                   image_size=24, patch_size=6, vision_use_head=False)
    language = hf.Qwen2Config(vocab_size=304, hidden_size=32, intermediate_size=48, num_hidden_layers=3,
                              num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=512, rms_norm_eps=1e-6,
                              rope_parameters={"rope_type": "default", "rope_theta": 1000000.0}, tie_word_embeddings=True,
                              bos_token_id=tokenizer.pad_token_id, eos_token_id=tokenizer.eos_token_id)
    pinpoints = [[24 * rows, 24 * columns] for rows, columns in ((1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1))]
    return onevision(tokenizer, vision, language, {"image_mean": [0.5] * 3, "image_std": [0.5] * 3}, pinpoints, "anyres_max_9", -1)


def llava_onevision_v5():
    tokenizer = qwen_tokenizer(24, ["<image>", "<video>"])
    vision = hf.SiglipVisionConfig(hidden_size=24, intermediate_size=32, num_hidden_layers=3, num_attention_heads=3,
                                   image_size=20, patch_size=4, vision_use_head=False)
    language = hf.Qwen2Config(vocab_size=len(tokenizer), hidden_size=32, intermediate_size=40, num_hidden_layers=3,
                              num_attention_heads=2, num_key_value_heads=2, max_position_embeddings=512, rms_norm_eps=1e-5,
                              rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
                              bos_token_id=None, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    pinpoints = [[20 * rows, 20 * columns] for rows in (1, 2) for columns in (1, 2, 3)]
    return onevision(tokenizer, vision, language, {}, pinpoints, "anyres_max_2", -2)


VISION_TOKENS = ["<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>"]


def vision_ids(tokenizer):
    names = ("vision_start_token_id", "vision_end_token_id", "image_token_id", "video_token_id")
    return dict(zip(names, tokenizer.convert_tokens_to_ids(VISION_TOKENS)))


def qwen_images(patch, sides, **mean):
    """`sides`: the sides, in patches, of the smallest and the largest square."""
    smallest, largest = ((side * patch) ** 2 for side in sides)
    return hf.Qwen2VLImageProcessor(patch_size=patch, temporal_patch_size=2, merge_size=2, min_pixels=smallest, max_pixels=largest, **mean)


def qwen2_5_vl(tokenizer, vision, language, tied, patch, sides):
    config = hf.Qwen2_5_VLConfig(text_config=language, tie_word_embeddings=tied, **vision_ids(tokenizer),
                                 vision_config=dict(depth=3, in_channels=3, spatial_merge_size=2, temporal_patch_size=2,
                                                    patch_size=patch, window_size=4 * patch, hidden_act="silu", **vision))
    processor = hf.Qwen2_5_VLProcessor(
        image_processor=qwen_images(patch, sides), tokenizer=tokenizer,
        video_processor=hf.Qwen2VLVideoProcessor(), chat_template=text.QWEN2_5_TEMPLATE)
    return hf.Qwen2_5_VLForConditionalGeneration(config), processor


def qwen2_5_vl_hub():
    tokenizer = qwen_tokenizer(40, VISION_TOKENS)
    language = dict(vocab_size=320, hidden_size=32, intermediate_size=48, num_hidden_layers=3, num_attention_heads=4,
                    num_key_value_heads=2, max_position_embeddings=512, rms_norm_eps=1e-6, tie_word_embeddings=True,
                    rope_parameters={"rope_type": "default", "rope_theta": 1000000.0, "mrope_section": [1, 1, 2]},
                    bos_token_id=tokenizer.pad_token_id, eos_token_id=tokenizer.eos_token_id)
    vision = dict(hidden_size=24, intermediate_size=36, num_heads=2, out_hidden_size=32, fullatt_block_indexes=[1])
    return qwen2_5_vl(tokenizer, vision, language, True, 6, (4, 6))


def qwen2_5_vl_v5():
    tokenizer = qwen_tokenizer(16, VISION_TOKENS)
    language = dict(vocab_size=len(tokenizer), hidden_size=32, intermediate_size=40, num_hidden_layers=3, num_attention_heads=2,
                    num_key_value_heads=1, max_position_embeddings=512, rms_norm_eps=1e-5,
                    rope_parameters={"rope_type": "default", "rope_theta": 50000.0, "mrope_section": [2, 3, 3]},
                    bos_token_id=None, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    vision = dict(hidden_size=16, intermediate_size=28, num_heads=2, out_hidden_size=32, fullatt_block_indexes=[0, 2])
    return qwen2_5_vl(tokenizer, vision, language, False, 4, (6, 8))


def qwen2_vl(tokenizer, vision, language, tied, patch, sides):
    config = hf.Qwen2VLConfig(text_config=language, tie_word_embeddings=tied, **vision_ids(tokenizer),
                              vision_config=dict(depth=3, in_channels=3, spatial_merge_size=2, temporal_patch_size=2, patch_size=patch,
                                                 hidden_act="quick_gelu", **vision))
    processor = hf.Qwen2VLProcessor(image_processor=qwen_images(patch, sides), tokenizer=tokenizer,
                                    video_processor=hf.Qwen2VLVideoProcessor(), chat_template=text.QWEN2_5_TEMPLATE)
    return hf.Qwen2VLForConditionalGeneration(config), processor


def qwen2_vl_hub():
    tokenizer = qwen_tokenizer(32, VISION_TOKENS)
    language = dict(vocab_size=320, hidden_size=32, intermediate_size=48, num_hidden_layers=3, num_attention_heads=4,
                    num_key_value_heads=2, max_position_embeddings=512, rms_norm_eps=1e-6, tie_word_embeddings=True,
                    rope_parameters={"rope_type": "default", "rope_theta": 1000000.0, "mrope_section": [1, 1, 2]},
                    bos_token_id=tokenizer.pad_token_id, eos_token_id=tokenizer.eos_token_id)
    return qwen2_vl(tokenizer, dict(embed_dim=24, mlp_ratio=2, num_heads=2, hidden_size=32), language, True, 6, (4, 6))


def qwen2_vl_v5():
    tokenizer = qwen_tokenizer(16, VISION_TOKENS)
    language = dict(vocab_size=len(tokenizer), hidden_size=32, intermediate_size=40, num_hidden_layers=3, num_attention_heads=2,
                    num_key_value_heads=1, max_position_embeddings=512, rms_norm_eps=1e-5,
                    rope_parameters={"rope_type": "default", "rope_theta": 50000.0, "mrope_section": [2, 3, 3]},
                    bos_token_id=None, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    return qwen2_vl(tokenizer, dict(embed_dim=16, mlp_ratio=4, num_heads=2, hidden_size=32), language, False, 4, (6, 8))


def qwen3_vl(tokenizer, vision, language, tied, patch, sides, config=hf.Qwen3VLConfig, model=hf.Qwen3VLForConditionalGeneration):
    config = config(text_config=language, tie_word_embeddings=tied, **vision_ids(tokenizer),
                              vision_config=dict(depth=3, in_channels=3, spatial_merge_size=2, temporal_patch_size=2,
                                                 patch_size=patch, hidden_act="gelu_pytorch_tanh", **vision))
    images = qwen_images(patch, sides, image_mean=[0.5] * 3, image_std=[0.5] * 3)
    processor = hf.Qwen3VLProcessor(image_processor=images, tokenizer=tokenizer, video_processor=hf.Qwen3VLVideoProcessor(),
                                    chat_template=text.QWEN3_TEMPLATE)
    return model(config), processor


def qwen3_vl_hub():
    tokenizer = qwen_tokenizer(40, VISION_TOKENS)
    language = dict(vocab_size=320, hidden_size=32, intermediate_size=48, num_hidden_layers=3, num_attention_heads=4,
                    num_key_value_heads=2, head_dim=16, max_position_embeddings=512, rms_norm_eps=1e-6, tie_word_embeddings=True,
                    rope_parameters={"rope_type": "default", "rope_theta": 5000000.0, "mrope_section": [4, 2, 2], "mrope_interleaved": True},
                    bos_token_id=tokenizer.pad_token_id, eos_token_id=tokenizer.eos_token_id)
    vision = dict(hidden_size=24, intermediate_size=40, num_heads=2, out_hidden_size=32, num_position_embeddings=16,
                  deepstack_visual_indexes=[0, 2])
    return qwen3_vl(tokenizer, vision, language, True, 6, (4, 6))


def qwen3_vl_v5():
    tokenizer = qwen_tokenizer(16, VISION_TOKENS)
    language = dict(vocab_size=len(tokenizer), hidden_size=32, intermediate_size=40, num_hidden_layers=3, num_attention_heads=3,
                    num_key_value_heads=1, head_dim=12, max_position_embeddings=512, rms_norm_eps=1e-5,
                    rope_parameters={"rope_type": "default", "rope_theta": 100000.0, "mrope_section": [2, 2, 2], "mrope_interleaved": True},
                    bos_token_id=None, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    vision = dict(hidden_size=16, intermediate_size=28, num_heads=2, out_hidden_size=32, num_position_embeddings=49,
                  deepstack_visual_indexes=[1])
    return qwen3_vl(tokenizer, vision, language, False, 4, (6, 8))


def qwen3_vl_moe(*arguments):
    return qwen3_vl(*arguments, config=hf.Qwen3VLMoeConfig, model=hf.Qwen3VLMoeForConditionalGeneration)


def qwen3_vl_moe_hub():
    """No layer has neurons that all tokens go through."""
    tokenizer = qwen_tokenizer(40, VISION_TOKENS)
    language = dict(vocab_size=320, hidden_size=32, intermediate_size=48, num_hidden_layers=3, num_attention_heads=4,
                    num_key_value_heads=2, head_dim=16, max_position_embeddings=512, rms_norm_eps=1e-6,
                    num_experts=6, num_experts_per_tok=2, moe_intermediate_size=24,
                    rope_parameters={"rope_type": "default", "rope_theta": 5000000.0, "mrope_section": [4, 2, 2], "mrope_interleaved": True},
                    bos_token_id=tokenizer.pad_token_id, eos_token_id=tokenizer.eos_token_id)
    vision = dict(hidden_size=24, intermediate_size=40, num_heads=2, out_hidden_size=32, num_position_embeddings=16,
                  deepstack_visual_indexes=[0, 2])
    return qwen3_vl_moe(tokenizer, vision, language, False, 6, (4, 6))


def qwen3_vl_moe_v5():
    """A plain MLP where the list says so, and in every second layer."""
    tokenizer = qwen_tokenizer(16, VISION_TOKENS)
    language = dict(vocab_size=len(tokenizer), hidden_size=32, intermediate_size=40, num_hidden_layers=4, num_attention_heads=3,
                    num_key_value_heads=1, head_dim=12, max_position_embeddings=512, rms_norm_eps=1e-5, tie_word_embeddings=True,
                    num_experts=5, num_experts_per_tok=3, moe_intermediate_size=16, decoder_sparse_step=2, mlp_only_layers=[3],
                    rope_parameters={"rope_type": "default", "rope_theta": 100000.0, "mrope_section": [2, 2, 2], "mrope_interleaved": True},
                    bos_token_id=None, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    vision = dict(hidden_size=16, intermediate_size=28, num_heads=2, out_hidden_size=32, num_position_embeddings=49,
                  deepstack_visual_indexes=[1])
    return qwen3_vl_moe(tokenizer, vision, language, True, 4, (6, 8))


def qwen3_5(tokenizer, vision, language, tied, patch, sides, config=hf.Qwen3_5Config, model=hf.Qwen3_5ForConditionalGeneration):
    config = config(text_config=language, tie_word_embeddings=tied, **vision_ids(tokenizer),
                              vision_config=dict(depth=3, in_channels=3, spatial_merge_size=2, temporal_patch_size=2,
                                                 patch_size=patch, hidden_act="gelu_pytorch_tanh", **vision))
    images = qwen_images(patch, sides, image_mean=[0.5] * 3, image_std=[0.5] * 3)
    processor = hf.Qwen3VLProcessor(image_processor=images, tokenizer=tokenizer, video_processor=hf.Qwen3VLVideoProcessor(),
                                    chat_template=text.QWEN3_5_TEMPLATE)
    return model(config), processor


def qwen3_5_hub():
    """A prompt of the second picture is longer than the 64 tokens that a delta net takes at a time."""
    tokenizer = qwen_tokenizer(40, VISION_TOKENS)
    language = dict(vocab_size=320, hidden_size=32, intermediate_size=48, num_hidden_layers=4, num_attention_heads=2,
                    num_key_value_heads=1, head_dim=32, max_position_embeddings=512, rms_norm_eps=1e-6, tie_word_embeddings=True,
                    linear_num_key_heads=2, linear_num_value_heads=4, linear_key_head_dim=12, linear_value_head_dim=8,
                    rope_parameters={"rope_type": "default", "rope_theta": 10000000.0, "mrope_section": [2, 1, 1],
                                     "mrope_interleaved": True, "partial_rotary_factor": 0.25},
                    bos_token_id=tokenizer.pad_token_id, eos_token_id=tokenizer.eos_token_id)
    vision = dict(hidden_size=24, intermediate_size=40, num_heads=2, out_hidden_size=32, num_position_embeddings=16)
    return qwen3_5(tokenizer, vision, language, True, 2, (8, 22))


def qwen3_5_v5():
    tokenizer = qwen_tokenizer(16, VISION_TOKENS)
    language = dict(vocab_size=len(tokenizer), hidden_size=32, intermediate_size=40, num_hidden_layers=3, num_attention_heads=4,
                    num_key_value_heads=2, head_dim=16, max_position_embeddings=512, rms_norm_eps=1e-5,
                    linear_num_key_heads=1, linear_num_value_heads=3, linear_key_head_dim=8, linear_value_head_dim=16,
                    linear_conv_kernel_dim=3, layer_types=["linear_attention", "full_attention", "linear_attention"],
                    rope_parameters={"rope_type": "default", "rope_theta": 100000.0, "mrope_section": [1, 1, 0],
                                     "mrope_interleaved": True, "partial_rotary_factor": 0.25},
                    bos_token_id=None, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    vision = dict(hidden_size=16, intermediate_size=28, num_heads=2, out_hidden_size=32, num_position_embeddings=49)
    return qwen3_5(tokenizer, vision, language, False, 4, (6, 6))


def qwen3_5_moe(*arguments):
    return qwen3_5(*arguments, config=hf.Qwen3_5MoeConfig, model=hf.Qwen3_5MoeForConditionalGeneration)


def qwen3_5_moe_hub():
    tokenizer = qwen_tokenizer(40, VISION_TOKENS)
    language = dict(vocab_size=320, hidden_size=32, num_hidden_layers=3, num_attention_heads=2,
                    num_key_value_heads=1, head_dim=32, max_position_embeddings=512, rms_norm_eps=1e-6,
                    linear_num_key_heads=2, linear_num_value_heads=4, linear_key_head_dim=12, linear_value_head_dim=8,
                    num_experts=6, num_experts_per_tok=2, moe_intermediate_size=24, shared_expert_intermediate_size=24,
                    layer_types=["linear_attention", "linear_attention", "full_attention"],
                    rope_parameters={"rope_type": "default", "rope_theta": 10000000.0, "mrope_section": [2, 1, 1],
                                     "mrope_interleaved": True, "partial_rotary_factor": 0.25},
                    bos_token_id=tokenizer.pad_token_id, eos_token_id=tokenizer.eos_token_id)
    vision = dict(hidden_size=24, intermediate_size=40, num_heads=2, out_hidden_size=32, num_position_embeddings=16)
    return qwen3_5_moe(tokenizer, vision, language, False, 4, (6, 8))


def qwen3_5_moe_v5():
    tokenizer = qwen_tokenizer(16, VISION_TOKENS)
    language = dict(vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
                    num_key_value_heads=2, head_dim=16, max_position_embeddings=512, rms_norm_eps=1e-5,
                    hidden_act="gelu_pytorch_tanh", linear_num_key_heads=1, linear_num_value_heads=3, linear_key_head_dim=8, linear_value_head_dim=16,
                    num_experts=4, num_experts_per_tok=1, moe_intermediate_size=24, shared_expert_intermediate_size=16,
                    layer_types=["full_attention", "linear_attention"],
                    rope_parameters={"rope_type": "default", "rope_theta": 100000.0, "mrope_section": [1, 1, 0],
                                     "mrope_interleaved": True, "partial_rotary_factor": 0.25},
                    bos_token_id=None, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    vision = dict(hidden_size=16, intermediate_size=28, num_heads=2, out_hidden_size=32, num_position_embeddings=49)
    return qwen3_5_moe(tokenizer, vision, language, True, 4, (6, 6))


GEMMA_TOKENS = {"image_token": "<image_soft_token>", "boi_token": "<start_of_image>", "eoi_token": "<end_of_image>"}


def gemma3(language, vision, tokens):
    tokenizer = text.fast(text.gemma_style(24), ["<start_of_turn>", "<end_of_turn>"], GEMMA_TOKENS,
                          bos_token="<bos>", eos_token="<eos>", unk_token="<unk>", pad_token="<pad>")
    side = vision["image_size"]
    ids = {f"{name}_token_index": tokenizer.convert_tokens_to_ids(GEMMA_TOKENS[f"{name}_token"]) for name in ("image", "boi", "eoi")}
    config = hf.Gemma3Config(vision_config=hf.SiglipVisionConfig(vision_use_head=False, num_hidden_layers=2, **vision),
                             text_config=hf.Gemma3TextConfig(vocab_size=len(tokenizer), max_position_embeddings=512, **language),
                             mm_tokens_per_image=tokens, eos_token_id=[1, tokenizer.convert_tokens_to_ids("<end_of_turn>")], **ids)
    images = hf.Gemma3ImageProcessor(size={"height": side, "width": side}, image_mean=[0.5] * 3, image_std=[0.5] * 3)
    processor = hf.Gemma3Processor(images, tokenizer, chat_template=text.GEMMA_TEMPLATE, image_seq_length=tokens)
    return hf.Gemma3ForConditionalGeneration(config), processor


def gemma3_hub():
    """Every layer but the last has a window, into which an image just about fits; published files leave the pattern out."""
    language = dict(hidden_size=32, intermediate_size=40, num_hidden_layers=6, num_attention_heads=2, num_key_value_heads=1, head_dim=16,
                    query_pre_attn_scalar=12, sliding_window=20, rope_parameters={
                        "full_attention": {"rope_type": "linear", "rope_theta": 1000000.0, "factor": 8.0},
                        "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}})
    return gemma3(language, dict(hidden_size=16, intermediate_size=28, num_attention_heads=2, image_size=32, patch_size=4), 16)


def gemma3_v5():
    language = dict(hidden_size=32, intermediate_size=48, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2, head_dim=8,
                    query_pre_attn_scalar=8, sliding_window=8, layer_types=["sliding_attention", "full_attention", "sliding_attention"],
                    rope_parameters={"full_attention": {"rope_type": "default", "rope_theta": 500000.0},
                                     "sliding_attention": {"rope_type": "default", "rope_theta": 20000.0}})
    return gemma3(language, dict(hidden_size=24, intermediate_size=40, num_attention_heads=2, image_size=36, patch_size=6), 9)


GEMMA4_TOKENS = {"image_token": "<|image|>", "boi_token": "<|image>", "eoi_token": "<image|>",
                 "audio_token": "<|audio|>", "boa_token": "<|audio>", "eoa_token": "<audio|>"}
GEMMA4_SOUND = dict(hidden_size=8, num_hidden_layers=1, num_attention_heads=1, subsampling_conv_channels=[4, 2], output_proj_dims=8)


def gemma4(types, language, vision, sound=None):
    tokenizer = text.fast(text.gemma_style(24), ["<|turn>", "<turn|>", "<|video|>"], GEMMA4_TOKENS,
                          bos_token="<bos>", eos_token="<eos>", unk_token="<unk>", pad_token="<pad>")
    names = dict(image_token_id="<|image|>", boi_token_id="<|image>", eoi_token_id="<image|>", audio_token_id="<|audio|>",
                 boa_token_id="<|audio>", eoa_token_index="<audio|>", video_token_id="<|video|>")
    config = hf.Gemma4Config(
        vision_config=dict(vision, patch_size=2, pooling_kernel_size=3, position_embedding_size=40),
        text_config=dict(language, vocab_size=len(tokenizer), vocab_size_per_layer_input=len(tokenizer), num_hidden_layers=len(types), max_position_embeddings=512,
                         layer_types=[{"s": "sliding_attention", "f": "full_attention"}[letter] for letter in types]),
        audio_config=sound, eos_token_id=[1, tokenizer.convert_tokens_to_ids("<turn|>")],
        **{key: tokenizer.convert_tokens_to_ids(token) for key, token in names.items()})
    images = hf.Gemma4ImageProcessor(patch_size=2, max_soft_tokens=70, pooling_kernel_size=3)
    processor = hf.Gemma4Processor(hf.Gemma4AudioFeatureExtractor(), images, tokenizer, hf.Gemma4VideoProcessor(),
                                   chat_template=text.GEMMA4_TEMPLATE, image_seq_length=70)
    return hf.Gemma4ForConditionalGeneration(config), processor


def gemma4_hub():
    """As E2B: the last layers use earlier ones' keys and values and have wider MLPs; bounds around the tower's matrices."""
    language = dict(hidden_size=32, intermediate_size=24, num_attention_heads=2, num_key_value_heads=1, head_dim=8, global_head_dim=16,
                    hidden_size_per_layer_input=6, num_kv_shared_layers=3, use_double_wide_mlp=True, sliding_window=20, final_logit_softcapping=30.0,
                    rope_parameters={"full_attention": {"rope_type": "proportional", "partial_rotary_factor": 0.25, "rope_theta": 1000000.0},
                                     "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0}})
    vision = dict(hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=3, num_key_value_heads=3, head_dim=8, use_clipped_linears=True)
    return gemma4("sfssf", language, vision, GEMMA4_SOUND)


def gemma4_v5():
    """No sound; keys and values of their own but in the last layer, biases, and image features that are brought to one scale."""
    language = dict(hidden_size=24, intermediate_size=28, num_attention_heads=4, num_key_value_heads=2, head_dim=6, global_head_dim=12,
                    hidden_size_per_layer_input=4, num_kv_shared_layers=1, sliding_window=12, final_logit_softcapping=12.0, attention_bias=True,
                    rope_parameters={"full_attention": {"rope_type": "proportional", "partial_rotary_factor": 0.5, "rope_theta": 500000.0, "factor": 2.0},
                                     "sliding_attention": {"rope_type": "default", "rope_theta": 20000.0}})
    vision = dict(hidden_size=16, intermediate_size=28, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=2, head_dim=8, standardize=True)
    return gemma4("fsf", language, vision)


def mistral3(language, vision, merge, longest, **more):
    marks = ["[INST]", "[/INST]", "[IMG]", "[IMG_BREAK]", "[IMG_END]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"]
    tokenizer = text.fast(text.byte_level(24, ["<unk>", "<s>", "</s>", "<pad>"], "gpt2"), marks,
                          bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="<pad>")
    roles = dict(vocab_size=len(tokenizer), bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    config = hf.Mistral3Config(text_config={**language, **roles}, vision_config=hf.PixtralVisionConfig(**vision), spatial_merge_size=merge,
                               image_token_index=tokenizer.convert_tokens_to_ids("[IMG]"), **more)
    images = hf.PixtralImageProcessor(patch_size={"height": vision["patch_size"], "width": vision["patch_size"]}, size={"longest_edge": longest})
    processor = hf.PixtralProcessor(images, tokenizer, patch_size=vision["patch_size"], spatial_merge_size=merge, chat_template=text.MISTRAL3_TEMPLATE)
    return hf.Mistral3ForConditionalGeneration(config), processor


def mistral3_hub():
    language = dict(model_type="mistral", hidden_size=32, intermediate_size=40, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2, head_dim=12,
                    sliding_window=None, rms_norm_eps=1e-5, max_position_embeddings=512, rope_parameters={"rope_type": "default", "rope_theta": 1000000000.0})
    vision = dict(hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=3, image_size=48, patch_size=4, hidden_act="silu",
                  rope_parameters={"rope_type": "axial", "rope_theta": 10000.0})
    return mistral3(language, vision, 2, 48, tie_word_embeddings=False)


def mistral3_v5():
    """Ministral 3's decoder; the tower's last layer but one, blocks of nine patches, biases after them."""
    language = dict(model_type="ministral3", hidden_size=48, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=1, head_dim=8,
                    sliding_window=None, rms_norm_eps=1e-6, max_position_embeddings=2048,
                    rope_parameters={"rope_type": "yarn", "rope_theta": 10000.0, "factor": 4.0, "original_max_position_embeddings": 512, "beta_fast": 16.0,
                                     "beta_slow": 1.0, "mscale": 1.0, "mscale_all_dim": 0.7, "llama_4_scaling_beta": 0.1})
    vision = dict(hidden_size=16, intermediate_size=28, num_hidden_layers=3, num_attention_heads=2, image_size=54, patch_size=3, hidden_act="gelu",
                  rope_parameters={"rope_type": "axial", "rope_theta": 500.0})
    return mistral3(language, vision, 3, 54, tie_word_embeddings=True, multimodal_projector_bias=True, vision_feature_layer=-2)


INTERNVL_TOKENS = {"context_image_token": "<IMG_CONTEXT>", "start_image_token": "<img>", "end_image_token": "</img>", "video_token": "<video>"}


def internvl(merged_tokens, vision, language, tied, most):
    tokenizer = text.fast(text.byte_level(merged_tokens, ["<|endoftext|>", "<|im_start|>", "<|im_end|>"], "qwen"), [], INTERNVL_TOKENS,
                          eos_token="<|im_end|>", pad_token="<|endoftext|>")
    side, patch = vision["image_size"], vision["patch_size"]
    sizes = dict(vision, image_size=[side, side], patch_size=[patch, patch])
    ids = dict(vocab_size=len(tokenizer), bos_token_id=tokenizer.pad_token_id, eos_token_id=tokenizer.eos_token_id)
    config = hf.InternVLConfig(vision_config=sizes, text_config={**language, **ids, "max_position_embeddings": 512},
                               image_token_id=tokenizer.convert_tokens_to_ids("<IMG_CONTEXT>"), image_seq_length=(side // patch // 2) ** 2,
                               tie_word_embeddings=tied)
    images = hf.GotOcr2ImageProcessor(size={"height": side, "width": side}, crop_to_patches=False, min_patches=1, max_patches=most,
                                      image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225])
    processor = hf.InternVLProcessor(image_processor=images, tokenizer=tokenizer, video_processor=hf.InternVLVideoProcessor(),
                                     image_seq_length=config.image_seq_length, chat_template=text.INTERNVL_TEMPLATE)
    return hf.InternVLForConditionalGeneration(config), processor


def internvl_hub():
    vision = dict(hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=2, image_size=24, patch_size=6,
                  attention_bias=True, norm_type="layer_norm", use_qk_norm=False, hidden_act="gelu", layer_scale_init_value=0.1)
    language = dict(model_type="qwen2", hidden_size=32, intermediate_size=40, num_hidden_layers=3, num_attention_heads=4,
                    num_key_value_heads=2, rope_parameters={"rope_type": "dynamic", "rope_theta": 1000000.0, "factor": 2.0})
    return internvl(24, vision, language, False, 6)


def internvl_v5():
    vision = dict(hidden_size=24, intermediate_size=32, num_hidden_layers=2, num_attention_heads=3, image_size=16, patch_size=4,
                  attention_bias=False, norm_type="rms_norm", use_qk_norm=True, hidden_act="gelu", layer_scale_init_value=0.1)
    language = dict(model_type="qwen3", hidden_size=32, intermediate_size=40, num_hidden_layers=3, num_attention_heads=2, num_key_value_heads=1,
                    head_dim=12, tie_word_embeddings=True, rope_parameters={"rope_type": "default", "rope_theta": 10000.0})
    return internvl(24, vision, language, True, 4)


def smol_tokenizer(merged_tokens, rows, columns):
    grid = [f"<row_{row}_col_{column}>" for row in range(1, rows + 1) for column in range(1, columns + 1)]
    return text.fast(text.byte_level(merged_tokens, ["<|endoftext|>", "<|im_start|>", "<|im_end|>"], "digits"),
                     ["<fake_token_around_image>", "<image>", "<end_of_utterance>", "<global-img>"] + grid,
                     eos_token="<end_of_utterance>", pad_token="<|im_end|>", bos_token="<|im_start|>", unk_token="<|endoftext|>")


def smol_language(tokenizer, **geometry):
    return hf.LlamaConfig(num_hidden_layers=3, max_position_embeddings=512, bos_token_id=tokenizer.bos_token_id,
                          eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id, **geometry)


def smolvlm(tokenizer, vision, language, scale, tied):
    config = hf.SmolVLMConfig(vision_config=vision, text_config=language, scale_factor=scale, tie_word_embeddings=tied,
                              image_token_id=tokenizer.convert_tokens_to_ids("<image>"), pad_token_id=tokenizer.pad_token_id)
    # Bicubic: the published ones say Lanczos, which the pinned torchvision cannot do as later ones do.
    sizes = dict(size={"longest_edge": 2 * vision["image_size"]}, max_image_size={"longest_edge": vision["image_size"]}, resample=3)
    processor = hf.SmolVLMProcessor(
        image_processor=hf.SmolVLMImageProcessor(**sizes), tokenizer=tokenizer, video_processor=hf.SmolVLMVideoProcessor(**sizes),
        image_seq_len=(vision["image_size"] // vision["patch_size"] // scale) ** 2, chat_template=text.SMOLVLM_TEMPLATE)
    return hf.SmolVLMForConditionalGeneration(config), processor


def smolvlm_hub():
    tokenizer = smol_tokenizer(24, 3, 3)
    vision = dict(hidden_size=24, intermediate_size=32, num_hidden_layers=3, num_attention_heads=2, image_size=24, patch_size=6)
    language = smol_language(tokenizer, vocab_size=304, hidden_size=32, intermediate_size=40, num_attention_heads=4,
                             num_key_value_heads=2, rms_norm_eps=1e-5,
                             rope_parameters={"rope_type": "default", "rope_theta": 100000.0})
    return smolvlm(tokenizer, vision, language, 2, False)


def smolvlm_v5():
    tokenizer = smol_tokenizer(32, 2, 2)
    vision = dict(hidden_size=24, intermediate_size=40, num_hidden_layers=3, num_attention_heads=3, image_size=24, patch_size=4)
    language = smol_language(tokenizer, vocab_size=len(tokenizer), hidden_size=48, intermediate_size=64, num_attention_heads=3,
                             num_key_value_heads=1, rms_norm_eps=1e-6, tie_word_embeddings=True,
                             rope_parameters={"rope_type": "default", "rope_theta": 273768.0})
    return smolvlm(tokenizer, vision, language, 3, True)


def idefics3_hub():
    tokenizer = smol_tokenizer(24, 2, 2)
    vision = dict(hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=2, image_size=32, patch_size=8)
    language = smol_language(tokenizer, vocab_size=len(tokenizer), hidden_size=32, intermediate_size=48, num_attention_heads=4,
                             num_key_value_heads=4, rms_norm_eps=1e-5)
    config = hf.Idefics3Config(vision_config=vision, text_config=language, scale_factor=2,
                               image_token_id=tokenizer.convert_tokens_to_ids("<image>"), pad_token_id=tokenizer.pad_token_id)
    images = hf.Idefics3ImageProcessor(size={"longest_edge": 64}, max_image_size={"longest_edge": 32}, resample=3,
                                       do_image_splitting=False)
    processor = hf.Idefics3Processor(image_processor=images, tokenizer=tokenizer, image_seq_len=4, chat_template=text.SMOLVLM_TEMPLATE)
    return hf.Idefics3ForConditionalGeneration(config), processor


FIXTURES = [
    Fixture("llava", "hub", "llava", 13, torch.float32, llava_hub, ((32, 32), (57, 40), (36, 60)),
            "CLIP tower, layer -2 without its class token; Llama with as many key heads as heads, vocabulary padded, untied head"),
    Fixture("llava", "v5", "llava", 24, torch.bfloat16, llava_v5, ((42, 42), (64, 44), (45, 62)),
            "CLIP tower, layers -3 and -1 concatenated with their class token; Llama with 2 key heads for 4 heads of 16 in a "
            "residual stream of 48, tied head"),
    Fixture("llava_siglip", "v5", "llava", 95, torch.float32, llava_siglip_v5, ((36, 36), (60, 28), (42, 45)),
            "SigLIP tower, last layer before its final norm, all patches; Qwen2 with biases on q, k and v"),
    Fixture("llava_window", "hub", "llava_window", 1001, torch.float32, llava_window_hub, ((32, 32), (64, 44), (33, 50)),
            "shortest and longest edge of the image; Qwen2 with windows of 12 tokens from layer 1 on, said to be tied but with a head of "
            "its own; projector without biases"),
    Fixture("llava_window", "v5", "llava_window", 1103, torch.bfloat16, llava_window_v5, ((36, 36), (57, 40), (36, 60)),
            "image padded to a square; Mistral with windows of 24 tokens in all layers"),
    Fixture("llava_next", "hub", "llava_next", 1401, torch.float16, llava_next_hub, ((48, 24), (61, 37), (40, 56)),
            "tiles of 24 in five grids, layer -2 without its class token; Mistral without windows"),
    Fixture("llava_next", "v5", "llava_next", 1501, torch.float32, llava_next_v5, ((40, 20), (60, 32), (45, 62)),
            "tiles of 20 in three grids, layer -2 without its class token; Qwen2 with as many key heads as heads"),
    Fixture("llava_onevision", "hub", "llava_onevision", 125, torch.float16, llava_onevision_hub, ((48, 24), (61, 37), (40, 56)),
            "tiles of 24 in six grids, last SigLIP layer; Qwen2 with 2 key heads for 4, head tied in text_config only", embedding=0.2),
    Fixture("llava_onevision", "v5", "llava_onevision", 201, torch.float32, llava_onevision_v5, ((20, 20), (60, 32), (45, 62)),
            "tiles of 20 in six grids shrunk to 2 tiles' worth of positions, SigLIP layer -2; Qwen2 with as many key heads as heads"),
    Fixture("qwen2_vl", "hub", "qwen2_vl", 1203, torch.bfloat16, qwen2_vl_hub, ((36, 24), (64, 50), (15, 36)),
            "flat config, pixel limits instead of sizes; tied head", embedding=0.2),
    Fixture("qwen2_vl", "v5", "qwen2_vl", 1302, torch.float32, qwen2_vl_v5, ((40, 24), (64, 45), (13, 31)),
            "nested config; one key head for 2, untied head"),
    Fixture("qwen2_5_vl", "hub", "qwen2_5_vl", 322, torch.bfloat16, qwen2_5_vl_hub, ((36, 24), (64, 50), (15, 36)),
            "flat config, pixel limits instead of sizes, second of three blocks attends to all windows; tied head", embedding=0.2),
    Fixture("qwen2_5_vl", "v5", "qwen2_5_vl", 415, torch.float32, qwen2_5_vl_v5, ((40, 24), (64, 45), (13, 31)),
            "nested config, first and third block attend to all windows; one key head for 2, untied head"),
    Fixture("qwen3_vl", "hub", "qwen3_vl", 523, torch.bfloat16, qwen3_vl_hub, ((36, 24), (64, 50), (15, 36)),
            "deepstack after blocks 0 and 2, 4 by 4 positions interpolated; heads of 16 in a residual stream of 32, tied head", embedding=0.2),
    Fixture("qwen3_vl", "v5", "qwen3_vl", 620, torch.float32, qwen3_vl_v5, ((24, 40), (64, 45), (13, 31)),
            "deepstack after block 1, 7 by 7 positions interpolated; 3 heads of 12 and one key head, untied head"),
    Fixture("qwen3_vl", "int4", "qwen3_vl", 2604, torch.float32, qwen3_vl_hub, ((36, 24), (64, 50), (15, 36)),
            "qwen3_vl-hub's shape; attention and MLPs of packed integers of four bits in groups of 16, MLPs with zeros of their own", embedding=0.2),
    Fixture("qwen3_5", "hub", "qwen3_5", 1811, torch.bfloat16, qwen3_5_hub, ((32, 24), (64, 40), (15, 36)),
            "gated delta nets but for the last of four layers, 4 heads of 8 values on 2 of 12 keys; gated attention with a quarter of a "
            "head turning; tied head, weights of multi-token prediction", embedding=0.2),
    Fixture("qwen3_5", "v5", "qwen3_5", 1912, torch.float32, qwen3_5_v5, ((32, 24), (40, 29), (13, 31)),
            "a gated delta net before and after gated attention, convolution over 3 tokens, 3 heads of values on one of keys; untied head"),
    Fixture("qwen3_vl_moe", "hub", "qwen3_vl_moe", 2207, torch.bfloat16, qwen3_vl_moe_hub, ((36, 24), (64, 50), (15, 36)),
            "two of six experts in every layer, matrices the other way round; nothing that all tokens go through; untied head"),
    Fixture("qwen3_vl_moe", "v5", "qwen3_vl_moe", 2301, torch.float32, qwen3_vl_moe_v5, ((24, 40), (64, 45), (13, 31)),
            "three of five experts in the second of four layers, plain MLPs in the others; tied head", embedding=0.2),
    Fixture("qwen3_5_moe", "hub", "qwen3_5_moe", 2406, torch.bfloat16, qwen3_5_moe_hub, ((32, 24), (64, 40), (15, 36)),
            "two of six experts in stacks, and a shared one, after gated delta nets and gated attention; untied head"),
    Fixture("qwen3_5_moe", "v5", "qwen3_5_moe", 2504, torch.float32, qwen3_5_moe_v5, ((32, 24), (40, 29), (13, 31)),
            "one of four experts, each by itself, and a shared one; another activation than SiLU, in the convolution too; tied head", embedding=0.2),
    Fixture("gemma3", "hub", "gemma3", 2017, torch.bfloat16, gemma3_hub, ((32, 32), (57, 40), (48, 40)),
            "windows of 20 tokens but in the last of six layers, two rotary bases, one of them stretched; queries scaled by another number "
            "than their width; tied head", embedding=0.05),
    Fixture("gemma3", "v5", "gemma3", 2102, torch.float32, gemma3_v5, ((36, 36), (64, 44), (45, 54)),
            "windows of 8 tokens, less than an image has, around a layer without; tied head", embedding=0.05),
    Fixture("gemma4", "hub", "gemma4", 2701, torch.bfloat16, gemma4_hub, ((42, 60), (64, 36), (20, 30)),
            "the last three of five layers with the keys and values of earlier ones and wider MLPs, inputs of each layer's own, bounds around "
            "the tower's matrices, weights for sound that no picture needs; tied head", embedding=0.1),
    Fixture("gemma4", "v5", "gemma4", 2803, torch.float32, gemma4_v5, ((54, 42), (50, 30), (33, 70)),
            "the last of three layers with the keys and values of the first, biases, half of a head turning, image features brought to one "
            "scale; tied head", embedding=0.2),
    Fixture("internvl", "hub", "internvl", 1608, torch.bfloat16, internvl_hub, ((24, 24), (60, 40), (24, 64)),
            "tiles of 24 in at most six and the whole, layer norms, pixel shuffle by 2; Qwen2 with dynamic positions, head of its own though "
            "tied by default"),
    Fixture("internvl", "v5", "internvl", 1701, torch.float32, internvl_v5, ((16, 32), (64, 44), (33, 50)),
            "tiles of 16 in at most four and the whole, RMS norms, norms of queries and keys; Qwen3, tied head", embedding=0.2),
    Fixture("internvl_chat", "hub", "internvl_chat", 1608, torch.bfloat16, internvl_hub, ((24, 24), (60, 40), (24, 64)),
            "internvl-hub in the layout of InternVL's own code"),
    Fixture("mistral3", "hub", "mistral3", 2903, torch.bfloat16, mistral3_hub, ((48, 32), (64, 40), (20, 30)),
            "blocks of four patches in rows that end in a break; Mistral with heads of their own width, untied head"),
    Fixture("mistral3", "v5", "mistral3", 3001, torch.float32, mistral3_v5, ((54, 36), (70, 40), (30, 44)),
            "blocks of nine patches of the tower's last layer but one, projector with biases; Ministral 3 with yarn, one key head, tied head",
            embedding=0.2),
    Fixture("smolvlm", "hub", "smolvlm", 710, torch.float32, smolvlm_hub, ((48, 48), (61, 25), (30, 64)),
            "tiles of 24 in at most 2 by 2 and the whole, pixel shuffle by 2; untied head, vocabulary padded"),
    Fixture("smolvlm", "v5", "smolvlm", 838, torch.bfloat16, smolvlm_v5, ((48, 24), (50, 37), (20, 64)),
            "tiles of 24 in at most 2 by 2 and the whole, pixel shuffle by 3; 3 heads and one key head, tied head", embedding=0.2),
    Fixture("idefics3", "hub", "idefics3", 913, torch.float16, idefics3_hub, ((32, 32), (61, 40), (30, 64)),
            "no tiles, pixel shuffle by 2; as many key heads as heads"),
]
