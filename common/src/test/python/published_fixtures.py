"""Writes resources/model/published.json.gz: configuration files and the tensors' names, types and shapes of published checkpoints.

usage: published_fixtures.py

What is published is not in this repository. The configurations here are written from the sizes that transformers documents
(configuration classes, model cards, conversion scripts) in the form that the published files have: defaults left out, older keys.
The tensors are those that transformers' class of the model has for that configuration, made without memory (device meta), under the names
and in the types of the published files. Neither was compared with a download, byte by byte.
"""
import gzip
import json
import re
from pathlib import Path

import torch
import transformers as hf

OUT = Path(__file__).resolve().parent.parent / "resources" / "model" / "published.json.gz"
CLIP_L = dict(model_type="clip_vision_model", hidden_size=1024, intermediate_size=4096, num_hidden_layers=24, num_attention_heads=16,
              image_size=336, patch_size=14, projection_dim=768, vocab_size=32000)
SIGLIP = dict(model_type="siglip_vision_model", hidden_size=1152, intermediate_size=4304, num_attention_heads=16, patch_size=14)
CLIP_IMAGES = dict(crop_size={"height": 336, "width": 336}, do_center_crop=True, do_convert_rgb=True, do_normalize=True, do_rescale=True, do_resize=True,
                   image_mean=[0.48145466, 0.4578275, 0.40821073], image_processor_type="CLIPImageProcessor",
                   image_std=[0.26862954, 0.26130258, 0.27577711], resample=3, rescale_factor=1 / 255, size={"shortest_edge": 336})
HALF = dict(image_mean=[0.5] * 3, image_std=[0.5] * 3)
IMAGENET = dict(image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225])
SIGLIP_IMAGES = dict(do_convert_rgb=True, do_normalize=True, do_rescale=True, do_resize=True, resample=3, rescale_factor=1 / 255,
                     size={"height": 384, "width": 384}, **HALF)
PINPOINTS_NEXT = [[336, 672], [672, 336], [672, 672], [1008, 336], [336, 1008]]
PINPOINTS_ONE = [[384 * a, 384 * b] for a in range(1, 7) for b in range(1, 7)]


def qwen2(hidden, intermediate, layers, heads, kv, vocabulary, **more):
    return dict(model_type="qwen2", hidden_size=hidden, intermediate_size=intermediate, num_hidden_layers=layers, num_attention_heads=heads,
                num_key_value_heads=kv, vocab_size=vocabulary, max_position_embeddings=32768, rope_theta=1000000.0, **more)


def llava(dtype, text, vision=CLIP_L, **more):
    return dict(model_type="llava", architectures=["LlavaForConditionalGeneration"], image_token_index=32000, projector_hidden_act="gelu",
                text_config=dict(text, torch_dtype=dtype), torch_dtype=dtype, vision_config=vision, vision_feature_layer=-2,
                vision_feature_select_strategy="default", ignore_index=-100) | more


def onevision(text):
    return dict(model_type="llava_onevision", architectures=["LlavaOnevisionForConditionalGeneration"], image_token_index=151646, video_token_index=151647,
                image_grid_pinpoints=PINPOINTS_ONE, projector_hidden_act="gelu", text_config=text, tie_word_embeddings=False, torch_dtype="float16",
                use_image_newline_parameter=True, vision_aspect_ratio="anyres_max_9", vision_feature_layer=-1, vision_feature_select_strategy="full",
                vision_config=dict(SIGLIP, image_size=384, num_hidden_layers=26, vision_use_head=False))


def qwen2_vl(hidden, intermediate, layers, heads, kv, vocabulary, tied):
    return dict(model_type="qwen2_vl", architectures=["Qwen2VLForConditionalGeneration"], hidden_size=hidden, intermediate_size=intermediate,
                num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=kv, vocab_size=vocabulary, hidden_act="silu", rms_norm_eps=1e-6,
                rope_theta=1000000.0, rope_scaling={"type": "mrope", "mrope_section": [16, 24, 24]}, max_position_embeddings=32768, max_window_layers=layers,
                sliding_window=32768, use_sliding_window=False, tie_word_embeddings=tied, torch_dtype="bfloat16", image_token_id=151655,
                video_token_id=151656, vision_start_token_id=151652, vision_end_token_id=151653, vision_token_id=151654,
                vision_config=dict(depth=32, embed_dim=1280, mlp_ratio=4, num_heads=16, in_chans=3, hidden_size=hidden, patch_size=14, spatial_merge_size=2,
                                   spatial_patch_size=14, temporal_patch_size=2))


def qwen2_5_vl(hidden, intermediate, layers, heads, kv, vocabulary, tied):
    vision = dict(depth=32, hidden_act="silu", hidden_size=1280, intermediate_size=3420, num_heads=16, in_chans=3, out_hidden_size=hidden, patch_size=14,
                  spatial_merge_size=2, spatial_patch_size=14, window_size=112, fullatt_block_indexes=[7, 15, 23, 31], tokens_per_second=2, temporal_patch_size=2)
    return qwen2_vl(hidden, intermediate, layers, heads, kv, vocabulary, tied) | dict(
        model_type="qwen2_5_vl", architectures=["Qwen2_5_VLForConditionalGeneration"], max_position_embeddings=128000, max_window_layers=70, vision_config=vision)


QWEN_IDS = dict(image_token_id=151655, video_token_id=151656, vision_start_token_id=151652, vision_end_token_id=151653)
ROPE_3 = {"mrope_interleaved": True, "mrope_section": [24, 20, 20], "rope_type": "default"}


def qwen3_vl(hidden, intermediate, layers, heads, kv, tied, vision, **more):
    width, mlp, depth, deep = vision
    family = "qwen3_vl_moe" if more else "qwen3_vl"
    return dict(model_type=family, architectures=["Qwen3VLMoeForConditionalGeneration" if more else "Qwen3VLForConditionalGeneration"], **QWEN_IDS,
                tie_word_embeddings=tied, text_config=dict(
                    model_type=family + "_text", attention_bias=False, head_dim=128, hidden_act="silu", hidden_size=hidden, intermediate_size=intermediate,
                    max_position_embeddings=262144, num_attention_heads=heads, num_hidden_layers=layers, num_key_value_heads=kv, rms_norm_eps=1e-6,
                    rope_scaling=ROPE_3, rope_theta=5000000, dtype="bfloat16", use_cache=True, vocab_size=151936, **more),
                vision_config=dict(deepstack_visual_indexes=deep, depth=depth, hidden_act="gelu_pytorch_tanh", hidden_size=width, in_channels=3,
                                   intermediate_size=mlp, model_type=family, num_heads=16, num_position_embeddings=2304, out_hidden_size=hidden,
                                   patch_size=16, spatial_merge_size=2, temporal_patch_size=2))


def qwen3_5(hidden, layers, heads, kv, values, tied, vision, **more):
    width, mlp, depth = vision
    family = "qwen3_5_moe" if "num_experts" in more else "qwen3_5"
    name = "Qwen3_5MoeForConditionalGeneration" if "num_experts" in more else "Qwen3_5ForConditionalGeneration"
    types = ["full_attention" if layer % 4 == 3 else "linear_attention" for layer in range(layers)]
    return dict(model_type=family, architectures=[name], image_token_id=248056, video_token_id=248057, vision_start_token_id=248053, vision_end_token_id=248054,
                tie_word_embeddings=tied, text_config=dict(
                    model_type=family + "_text", attention_bias=False, attn_output_gate=True, dtype="bfloat16", full_attention_interval=4, head_dim=256,
                    hidden_act="silu", hidden_size=hidden, layer_types=types, linear_conv_kernel_dim=4, linear_key_head_dim=128, linear_num_key_heads=16,
                    linear_num_value_heads=values, linear_value_head_dim=128, mamba_ssm_dtype="float32", max_position_embeddings=262144,
                    mtp_num_hidden_layers=1, mtp_use_dedicated_embeddings=False, num_attention_heads=heads, num_hidden_layers=layers, num_key_value_heads=kv,
                    rms_norm_eps=1e-6, tie_word_embeddings=tied, vocab_size=248320,
                    rope_parameters=dict(mrope_interleaved=True, mrope_section=[11, 11, 10], partial_rotary_factor=0.25, rope_theta=10000000, rope_type="default"), **more),
                vision_config=dict(deepstack_visual_indexes=[], depth=depth, hidden_act="gelu_pytorch_tanh", hidden_size=width, in_channels=3, intermediate_size=mlp,
                                   model_type=family, num_heads=16, num_position_embeddings=2304, out_hidden_size=hidden, patch_size=16,
                                   spatial_merge_size=2, temporal_patch_size=2))


def patches(patch, least, most, old=False, **mean):
    limits = dict(min_pixels=least, max_pixels=most) if old else dict(size={"shortest_edge": least, "longest_edge": most})
    return limits | dict(patch_size=patch, temporal_patch_size=2, merge_size=2, image_processor_type="Qwen2VLImageProcessor" if old else "Qwen2VLImageProcessorFast") | mean


CLIP_MEAN = dict(image_mean=CLIP_IMAGES["image_mean"], image_std=CLIP_IMAGES["image_std"])
OLD_QWEN = patches(14, 3136, 12845056, old=True, **CLIP_MEAN)
NEW_QWEN = patches(16, 65536, 16777216, **HALF)


def gemma3(hidden, intermediate, layers, **more):
    return dict(model_type="gemma3", architectures=["Gemma3ForConditionalGeneration"], boi_token_index=255999, eoi_token_index=256000, image_token_index=262144,
                eos_token_id=[1, 106], mm_tokens_per_image=256, torch_dtype="bfloat16", vision_config=dict(SIGLIP, image_size=896, num_hidden_layers=27, vision_use_head=False),
                text_config=dict(model_type="gemma3_text", hidden_size=hidden, intermediate_size=intermediate, num_hidden_layers=layers, sliding_window=1024,
                                 rope_scaling={"factor": 8.0, "rope_type": "linear"}, **more))


def gemma4(hidden, intermediate, types, **more):
    return dict(model_type="gemma4", architectures=["Gemma4ForConditionalGeneration"], dtype="bfloat16", eos_token_id=[1, 106], tie_word_embeddings=True,
                boi_token_id=255999, eoi_token_id=258882, image_token_id=258880, video_token_id=258884, audio_token_id=258881, boa_token_id=256000, eoa_token_index=258883,
                vision_soft_tokens_per_image=280, audio_config=dict(model_type="gemma4_audio"),
                vision_config=dict(model_type="gemma4_vision", hidden_size=768, intermediate_size=3072, num_hidden_layers=16, num_attention_heads=12, num_key_value_heads=12,
                                   head_dim=64, patch_size=16, pooling_kernel_size=3, position_embedding_size=10240, use_clipped_linears=True,
                                   rope_parameters={"rope_theta": 100.0, "rope_type": "axial"}),
                text_config=dict(model_type="gemma4_text", hidden_size=hidden, intermediate_size=intermediate, num_hidden_layers=len(types), num_attention_heads=8,
                                 head_dim=256, global_head_dim=512, hidden_size_per_layer_input=256, sliding_window=512, final_logit_softcapping=30.0,
                                 layer_types=[{"s": "sliding_attention", "f": "full_attention"}[letter] for letter in types], num_global_key_value_heads=None,
                                 rope_parameters={"full_attention": {"partial_rotary_factor": 0.25, "rope_theta": 1000000.0, "rope_type": "proportional"},
                                                  "sliding_attention": {"rope_theta": 10000.0, "rope_type": "default"}}, **more))


def mistral3(text, **more):
    return dict(model_type="mistral3", architectures=["Mistral3ForConditionalGeneration"], torch_dtype="bfloat16", image_token_index=10, projector_hidden_act="gelu",
                multimodal_projector_bias=False, spatial_merge_size=2, vision_feature_layer=-1, text_config=text,
                vision_config=dict(model_type="pixtral", hidden_size=1024, intermediate_size=4096, num_hidden_layers=24, num_attention_heads=16, head_dim=64, num_channels=3,
                                   image_size=1540, patch_size=14, hidden_act="silu", rope_theta=10000.0)) | more


PIXTRAL_IMAGES = dict(CLIP_IMAGES, image_processor_type="PixtralImageProcessor", patch_size=14, size={"longest_edge": 1540}, do_center_crop=None, crop_size=None)
GEMMA4_IMAGES = dict(do_convert_rgb=True, do_normalize=False, do_rescale=True, do_resize=True, image_mean=[0.0] * 3, image_std=[1.0] * 3,
                     image_processor_type="Gemma4ImageProcessor", max_soft_tokens=280, patch_size=16, pooling_kernel_size=3, resample=3, rescale_factor=1 / 255)


def internvl(text):
    return dict(model_type="internvl", architectures=["InternVLForConditionalGeneration"], downsample_ratio=0.5, image_seq_length=256, image_token_id=151667,
                projector_hidden_act="gelu", text_config=text, torch_dtype="bfloat16", vision_feature_layer=-1, vision_feature_select_strategy="default",
                vision_config=dict(model_type="internvl_vision", attention_bias=True, hidden_act="gelu", hidden_size=1024, image_size=[448, 448], intermediate_size=4096,
                                   layer_norm_eps=1e-6, norm_type="layer_norm", num_attention_heads=16, num_channels=3, num_hidden_layers=24, patch_size=[14, 14],
                                   use_absolute_position_embeddings=True, use_mean_pooling=True, use_qk_norm=False))


def idefics3(kind, text, vision, scale, image, **more):
    return dict(model_type=kind, architectures=["SmolVLMForConditionalGeneration" if kind == "smolvlm" else "Idefics3ForConditionalGeneration"], image_token_id=image,
                scale_factor=scale, text_config=text, torch_dtype="bfloat16", vision_config=vision | {"model_type": kind if kind == "idefics3" else "smolvlm_vision"}, **more)


def llama(hidden, intermediate, layers, heads, kv, vocabulary, **more):
    return dict(model_type="llama", hidden_size=hidden, intermediate_size=intermediate, num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=kv,
                vocab_size=vocabulary, **more)


def tiles(edge, whole, **more):
    return dict(do_convert_rgb=True, do_image_splitting=True, do_normalize=True, do_pad=True, do_rescale=True, do_resize=True, image_processor_type="Idefics3ImageProcessor",
                max_image_size={"longest_edge": edge}, resample=1, rescale_factor=1 / 255, size={"longest_edge": whole}, **HALF) | more


FP8 = {"activation_scheme": "dynamic", "fmt": "e4m3", "quant_method": "fp8", "weight_block_size": [128, 128]}
NEXT_IMAGES = CLIP_IMAGES | dict(image_processor_type="LlavaNextImageProcessor", image_grid_pinpoints=PINPOINTS_NEXT, do_pad=True)
ONE_IMAGES = SIGLIP_IMAGES | dict(image_processor_type="LlavaOnevisionImageProcessor", image_grid_pinpoints=PINPOINTS_ONE, do_pad=True)
VICUNA = dict(model_type="llama", max_position_embeddings=4096, rms_norm_eps=1e-5, vocab_size=32064)
MOE_3 = dict(decoder_sparse_step=1, mlp_only_layers=[], moe_intermediate_size=768, norm_topk_prob=True, num_experts=128, num_experts_per_tok=8)
MOE_35 = dict(moe_intermediate_size=512, shared_expert_intermediate_size=512, num_experts=256, num_experts_per_tok=8, router_aux_loss_coef=0.001)
LARGE = (1152, 4304, 27)

PUBLISHED = {
    "llava-hf/llava-1.5-7b-hf": (llava("float16", VICUNA), CLIP_IMAGES),
    "llava-hf/llava-interleave-qwen-0.5b-hf": (llava("float16", qwen2(1024, 2816, 24, 16, 16, 152000, tie_word_embeddings=True), dict(SIGLIP, image_size=384, num_hidden_layers=26, vision_use_head=False),
                                                     image_token_index=151646, vision_feature_layer=-1, vision_feature_select_strategy="full"), SIGLIP_IMAGES | {"image_processor_type": "SiglipImageProcessor"}),
    "llava-hf/llava-v1.6-mistral-7b-hf": (llava("float16", dict(model_type="mistral", intermediate_size=14336, max_position_embeddings=32768, num_key_value_heads=8, rms_norm_eps=1e-5,
                                                               rope_theta=1000000.0, sliding_window=None, vocab_size=32064), model_type="llava_next", architectures=["LlavaNextForConditionalGeneration"],
                                                image_grid_pinpoints=PINPOINTS_NEXT, use_image_newline_parameter=True, tie_word_embeddings=False), NEXT_IMAGES),
    "llava-hf/llava-v1.6-vicuna-7b-hf": (llava("float16", VICUNA, model_type="llava_next", architectures=["LlavaNextForConditionalGeneration"], image_grid_pinpoints=PINPOINTS_NEXT,
                                               use_image_newline_parameter=True, tie_word_embeddings=False), NEXT_IMAGES),
    "llava-hf/llava-onevision-qwen2-0.5b-ov-hf": (onevision(qwen2(896, 4864, 24, 14, 2, 152000, tie_word_embeddings=True, rms_norm_eps=1e-6)), ONE_IMAGES),
    "llava-hf/llava-onevision-qwen2-7b-ov-hf": (onevision(qwen2(3584, 18944, 28, 28, 4, 152128, rms_norm_eps=1e-6)), ONE_IMAGES),
    "Qwen/Qwen2-VL-2B-Instruct": (qwen2_vl(1536, 8960, 28, 12, 2, 151936, True), OLD_QWEN),
    "Qwen/Qwen2-VL-7B-Instruct": (qwen2_vl(3584, 18944, 28, 28, 4, 152064, False), OLD_QWEN),
    "Qwen/Qwen2.5-VL-3B-Instruct": (qwen2_5_vl(2048, 11008, 36, 16, 2, 151936, True), OLD_QWEN),
    "Qwen/Qwen2.5-VL-7B-Instruct": (qwen2_5_vl(3584, 18944, 28, 28, 4, 152064, False), OLD_QWEN),
    "Qwen/Qwen3-VL-2B-Instruct": (qwen3_vl(2048, 6144, 28, 16, 8, True, (1024, 4096, 24, [5, 11, 17])), NEW_QWEN),
    "Qwen/Qwen3-VL-4B-Instruct": (qwen3_vl(2560, 9728, 36, 32, 8, True, (1024, 4096, 24, [5, 11, 17])), NEW_QWEN),
    "Qwen/Qwen3-VL-8B-Instruct": (qwen3_vl(4096, 12288, 36, 32, 8, False, (*LARGE, [8, 16, 24])), NEW_QWEN),
    "Qwen/Qwen3-VL-8B-Instruct-FP8": (qwen3_vl(4096, 12288, 36, 32, 8, False, (*LARGE, [8, 16, 24])) | {"quantization_config": FP8}, NEW_QWEN),
    "Qwen/Qwen3-VL-30B-A3B-Instruct": (qwen3_vl(2048, 6144, 48, 32, 4, False, (*LARGE, [8, 16, 24]), **MOE_3), NEW_QWEN),
    "Qwen/Qwen3.5-9B": (qwen3_5(4096, 32, 16, 4, 32, False, LARGE, intermediate_size=12288), NEW_QWEN),
    "Qwen/Qwen3.5-35B-A3B": (qwen3_5(2048, 40, 16, 2, 32, False, LARGE, **MOE_35), NEW_QWEN),
    "google/gemma-3-4b-it": (gemma3(2560, 10240, 34), dict(SIGLIP_IMAGES, size={"height": 896, "width": 896}, resample=2, image_processor_type="Gemma3ImageProcessor", image_seq_length=256, do_pan_and_scan=None)),
    "google/gemma-3-12b-it": (gemma3(3840, 15360, 48, num_attention_heads=16, num_key_value_heads=8),
                              dict(SIGLIP_IMAGES, size={"height": 896, "width": 896}, resample=2, image_processor_type="Gemma3ImageProcessor", image_seq_length=256, do_pan_and_scan=None)),
    "google/gemma-4-E2B-it": (gemma4(1536, 6144, "ssssf" * 7, num_key_value_heads=1, num_kv_shared_layers=20, use_double_wide_mlp=True), GEMMA4_IMAGES),
    "google/gemma-4-E4B-it": (gemma4(2560, 10240, "sssssf" * 7, num_key_value_heads=2, num_kv_shared_layers=18), GEMMA4_IMAGES),
    "mistralai/Mistral-Small-3.1-24B-Instruct-2503": (mistral3(dict(
        model_type="mistral", hidden_size=5120, intermediate_size=32768, num_hidden_layers=40, num_attention_heads=32, num_key_value_heads=8, head_dim=128, vocab_size=131072,
        max_position_embeddings=131072, rms_norm_eps=1e-5, rope_theta=1000000000.0, sliding_window=None), tie_word_embeddings=False), PIXTRAL_IMAGES),
    "OpenGVLab/InternVL3-2B-hf": (internvl(qwen2(1536, 8960, 28, 12, 2, 151674, rms_norm_eps=1e-6, rope_scaling={"factor": 2.0, "rope_type": "dynamic", "type": "dynamic"})),
                                  dict(crop_size=None, crop_to_patches=False, do_convert_rgb=True, do_normalize=True, do_rescale=True, do_resize=True, image_processor_type="GotOcr2ImageProcessorFast",
                                       max_patches=12, min_patches=1, resample=3, rescale_factor=1 / 255, size={"height": 448, "width": 448}, **IMAGENET)),
    "HuggingFaceM4/Idefics3-8B-Llama3": (idefics3("idefics3", llama(4096, 14336, 32, 32, 8, 128259, max_position_embeddings=10240, rms_norm_eps=1e-5, rope_theta=500000.0),
                                                  dict(hidden_size=1152, image_size=364, intermediate_size=4304, num_attention_heads=16, num_hidden_layers=27, patch_size=14), 2, 128257,
                                                  tie_word_embeddings=False), tiles(364, 1456)),
    "HuggingFaceTB/SmolVLM-256M-Instruct": (idefics3("idefics3", llama(576, 1536, 30, 9, 3, 49280, head_dim=64, max_position_embeddings=8192, rms_norm_eps=1e-5, rope_theta=100000),
                                                     dict(hidden_size=768, image_size=512, intermediate_size=3072, num_attention_heads=12, num_hidden_layers=12, patch_size=16), 4, 49190,
                                                     tie_word_embeddings=False), tiles(512, 2048)),
    "HuggingFaceTB/SmolVLM-500M-Instruct": (idefics3("idefics3", llama(960, 2560, 32, 15, 5, 49280, head_dim=64, max_position_embeddings=8192, rms_norm_eps=1e-5, rope_theta=100000),
                                                     dict(hidden_size=768, image_size=512, intermediate_size=3072, num_attention_heads=12, num_hidden_layers=12, patch_size=16), 4, 49190,
                                                     tie_word_embeddings=False), tiles(512, 2048)),
    "HuggingFaceTB/SmolVLM2-2.2B-Instruct": (idefics3("smolvlm", llama(2048, 8192, 24, 32, 32, 49280, max_position_embeddings=8192, rms_norm_eps=1e-5, rope_theta=130000),
                                                      dict(hidden_size=1152, image_size=384, intermediate_size=4304, num_attention_heads=16, num_hidden_layers=27, patch_size=14), 3, 49190,
                                                      tie_word_embeddings=False), tiles(384, 1536, image_processor_type="SmolVLMImageProcessor")),
}

OLDER = {"llava": [(r"^model\.language_model\.", "language_model.model."), (r"^model\.vision_tower\.", "vision_tower.vision_model."),
                   (r"^model\.(multi_modal_projector|image_newline)", r"\1"), (r"^lm_head", "language_model.lm_head")],
         "internvl": [(r"^model\.language_model\.", "language_model.model."), (r"^model\.(vision_tower|multi_modal_projector)", r"\1"), (r"^lm_head", "language_model.lm_head")],
         "qwen2": [(r"^model\.language_model\.", "model."), (r"^model\.visual\.", "visual.")]}
OLDER |= {"llava_next": OLDER["llava"], "llava_onevision": OLDER["llava"], "gemma3": OLDER["llava"], "mistral3": [(r"^model\.language_model\.", "language_model.model."), (r"^model\.(vision_tower|multi_modal_projector)", r"\1"), (r"^lm_head", "language_model.lm_head")], "qwen2_vl": OLDER["qwen2"], "qwen2_5_vl": OLDER["qwen2"]}


def tensors(config):
    """[name, type, shape] of the published file."""
    kind = config["model_type"]
    plain = {key: value for key, value in config.items() if key != "quantization_config"}
    with torch.device("meta"):
        model = hf.AutoModelForImageTextToText.from_config(hf.AutoConfig.for_model(**json.loads(json.dumps(plain))))
    dtype = {"float16": "F16"}.get(config.get("torch_dtype"), "BF16")
    tied = set(model._tied_weights_keys or {}) if model.config.tie_word_embeddings else set()
    rows = []
    for name, tensor in model.state_dict().items():
        if name in tied:
            continue
        for before, after in OLDER.get(kind, []):
            name = re.sub(before, after, name)
        shape = list(tensor.shape)
        if kind == "qwen3_vl_moe" and ".mlp.experts." in name:
            shape = [shape[0], shape[2], shape[1]]
        eight = "quantization_config" in config and re.search(r"layers\.\d+\.(self_attn|mlp)\.\w+_proj\.weight$", name)
        rows.append([name, "F8_E4M3" if eight else dtype, shape])
        if eight:
            rows.append([name + "_scale_inv", "BF16", [-(-side // 128) for side in shape]])
    return rows


def main():
    entries = []
    for name, (config, images) in PUBLISHED.items():
        found = tensors(config)
        entries.append({"name": name, "config": config, "preprocessor_config": images, "tensors": found})
        print(f"{name}: {len(found)} tensors, {sum(torch.Size(shape).numel() for _, _, shape in found) / 1e9:.2f} billion numbers", flush=True)
    OUT.write_bytes(gzip.compress(json.dumps(entries, separators=(",", ":")).encode(), 9, mtime=0))
    print(OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
