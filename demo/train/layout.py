"""The checkpoint's layout: tokenizer, chat template, processor and the untrained model."""
from __future__ import annotations

import math
import random

import torch
import transformers
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from questions import COLORS, TRAINED, phrase
from shapes import ANSWERS, SHAPES, SIDE

PATCH = 8
VOCABULARY = 700
TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] != 'system' %}{{ message['role'].upper() + ': ' }}{% endif %}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>\n' }}{% endfor %}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}{{ content['text'] + ' ' }}"
    "{% endfor %}{% endfor %}{% if add_generation_prompt %}{{ 'ASSISTANT:' }}{% endif %}")
FILLER = """
Look at the picture and answer the question with a single word. Please answer with yes or no, and nothing else.
You are a helpful assistant. Tell me what you see here, where it is, and which colors it has.
Which category best describes this photo: airplane, forest, river, highway, or sea lake?
Is the statement true or false? Choose one of the options (A), (B), (C) or (D). The answer is 0 1 2 3 4 5 6 7 8 9.
Are there more cats than dogs in this image? Describe the scene: a man and a woman walk on the street near a house.
A small white rectangle, a large black box, a brown line, a grey or gray background, a pink heart, a teal diamond.
Does the text say anything about the time, the place, or the people? What is the name of the city in the map?
"""


def make_tokenizer() -> transformers.PreTrainedTokenizerFast:
    """A Llama-style BPE tokenizer with byte fallback, trained on the questions and some English.

    Merges never cross a word, so every answer is one token (`_red`) wherever it stands.
    """
    rng = random.Random(0)
    lines = FILLER.strip().splitlines() * 4 + [f"USER: ASSISTANT: {a}" for a in ANSWERS] * 8
    for group in TRAINED.values():
        lines += [phrase(rng, t, rng.choice(SHAPES), rng.choice(COLORS)) for t in group for _ in range(40)]
    lines += ["Answer yes or no.", "Answer with one word."] * 20
    lines += ["\n" + line for line in lines]
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split("\n", "removed"),
        pre_tokenizers.Split(Regex("▁?[A-Za-z]+|▁?[^A-Za-z▁]|▁"), "isolated")])
    specials = ["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)]
    tokenizer.train_from_iterator(lines, trainers.BpeTrainer(vocab_size=VOCABULARY, special_tokens=specials,
                                                             show_progress=False))
    tokenizer.pre_tokenizer = None
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                           decoders.Strip(" ", 1, 0)])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", tokenizer.token_to_id("<s>"))])
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>",
                                                unk_token="<unk>", pad_token="<pad>", model_max_length=2048)
    fast.add_special_tokens({"additional_special_tokens": ["<image>"]})
    for answer in ANSWERS:
        assert len(fast.encode(f"ASSISTANT: {answer}", add_special_tokens=False)) == \
            len(fast.encode("ASSISTANT:", add_special_tokens=False)) + 1, answer
    return fast


def make_processor(tokenizer: transformers.PreTrainedTokenizerFast) -> transformers.LlavaProcessor:
    """The processor: CLIP's resize, centre crop and normalisation to 64x64, and the chat template."""
    image_processor = transformers.CLIPImageProcessor(size={"shortest_edge": SIDE},
                                                      crop_size={"height": SIDE, "width": SIDE})
    return transformers.LlavaProcessor(
        image_processor=image_processor, tokenizer=tokenizer, patch_size=PATCH, chat_template=TEMPLATE,
        vision_feature_select_strategy="default", num_additional_image_tokens=1)


def make_model(tokenizer: transformers.PreTrainedTokenizerFast) -> transformers.LlavaForConditionalGeneration:
    """The untrained model; set torch's seed first."""
    vision = transformers.CLIPVisionConfig(
        hidden_size=128, intermediate_size=256, num_hidden_layers=5, num_attention_heads=4, image_size=SIDE,
        patch_size=PATCH, projection_dim=128, initializer_factor=1.0)
    text = transformers.LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=128, intermediate_size=288, num_hidden_layers=6, num_attention_heads=4,
        num_key_value_heads=4, max_position_embeddings=2048, rms_norm_eps=1e-5, initializer_range=0.06,
        bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    config = transformers.LlavaConfig(
        vision_config=vision, text_config=text, image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
        image_seq_length=(SIDE // PATCH) ** 2, vision_feature_layer=-2, vision_feature_select_strategy="default")
    model = transformers.LlavaForConditionalGeneration(config)
    with torch.no_grad():
        model.model.vision_tower.embeddings.position_embedding.weight[1:] = 0.3 * waves(SIDE // PATCH, 128)
    return model


def waves(grid: int, width: int) -> torch.Tensor:
    """Where the position embeddings of the patches start: sines and cosines of row and column."""
    speed = math.pi / 2 * torch.exp(torch.linspace(0, -3, width // 4))
    angle = torch.arange(grid, dtype=torch.float32)[:, None] * speed
    line = torch.cat([torch.sin(angle), torch.cos(angle)], 1)
    return torch.cat([line[:, None].expand(grid, grid, -1), line[None].expand(grid, grid, -1)], 2).flatten(0, 1)


def save(folder: str, model: transformers.LlavaForConditionalGeneration,
         processor: transformers.LlavaProcessor) -> None:
    """Writes the checkpoint with its weights rounded to bfloat16."""
    model.to(torch.bfloat16).save_pretrained(folder)
    processor.save_pretrained(folder)
