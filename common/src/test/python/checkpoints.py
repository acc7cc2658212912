"""Loads a checkpoint folder with transformers' Auto classes, and prepares one picture with one question."""
import os

# Before transformers is imported: nothing here is ever fetched.
os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"

import torch
import transformers
from transformers.models.smolvlm import processing_smolvlm

transformers.utils.logging.disable_progress_bar()

if processing_smolvlm.num2words is None:
    # SmolVLM's processor refuses to start without this package, which it uses to word the number of a video's frames only.
    processing_smolvlm.num2words = str


def load_processor(checkpoint, **changed):
    # The default where torchvision knows Lanczos (0.27 and later), by name, since older ones fall back to Pillow.
    return transformers.AutoProcessor.from_pretrained(checkpoint, backend="torchvision", **changed)


def load_model(checkpoint, dtype=torch.float32, attention=None):
    # By default attention is libtorch's own, but in parts that have none, as Gemma 4's for sound.
    return transformers.AutoModelForImageTextToText.from_pretrained(checkpoint, dtype=dtype, attn_implementation=attention).eval()


def render(processor, question, system_prompt=""):
    """The prompt as the checkpoint's chat template renders one picture and one question."""
    conversation = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": question}]}]
    if system_prompt:
        conversation.insert(0, {"role": "system", "content": [{"type": "text", "text": system_prompt}]})
    # Older folders keep the template with the tokenizer, where processors no longer look.
    template = None if processor.chat_template else processor.tokenizer.chat_template
    return processor.apply_chat_template(conversation, chat_template=template, add_generation_prompt=True)


def prepare(processor, image, prompt):
    """What the model takes, as PyTorch tensors with a batch of one."""
    # A prompt that begins with bos gets no second one, as apply_chat_template(tokenize=True) has it.
    bos = processor.tokenizer.bos_token
    options = {"add_special_tokens": False} if bos and prompt.startswith(bos) else {}
    return processor(text=[prompt], images=[image], return_tensors="pt", **options)
