"""Writes the fixtures of io.superneurons.text and what Hugging Face transformers makes of them.

usage: text_fixtures.py OUT          (OUT is common/src/test/resources/text)
Made with transformers 5.23 and tokenizers 0.22; the templates are those of the published checkpoints.
"""

import json
import os
import sys

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast
from transformers.utils.chat_template_utils import render_jinja_template

CORPUS = [
    "What shape is in the image? What color is the circle? Is there a dog in the picture?",
    "Answer the question with a single word. yes no red green blue one two three",
    "USER: ASSISTANT: system user assistant You are a helpful assistant.",
    "naïve café déjà vu 図形は何ですか это что",
    "for (int i = 0; i < 10; i++) {\n    print(i);\n}\n",
] * 8

TEXTS = [
    "",
    "Is there a dog in the picture?",
    "naïve café — déjà vu",
    "図形は何ですか？ これは猫です。",
    "Что это? Ελληνικά עברית العربية हिन्दी",
    "🙂 👩‍👩‍👧 🏳️‍🌈 e\u0301 \u00e9 \u212b",
    "two  three   four    spaces",
    "  leading and trailing  ",
    "tab\tand\nnewline\n\nand more\r\n",
    "12345 3.14 1,000,000",
    "it's we'll I'M",
    "<image> and </s> and <|im_end|> and < image >",
    "a<image>\nb",
    "USER: <image>\nWhat is it? ASSISTANT:",
    "<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>hi<|im_end|>\n<|im_start|>assistant\n",
    "\ufeffbom \u200bzero width \u00a0nbsp \u2028",
    "ﬁ ½ ① ＜image＞",
    "\U0001f468\U0001f3fd \U00020000 \U0010fffd",
    "<0x41> ▁ Ġ",
]

# Jinja features that templates use; each is rendered by itself
SNIPPETS = [
    "{{ 'User'.upper() }}|{{ 'User'.lower() }}|{{ 'uSER'.capitalize() }}|{{ 'ab cd'.title() }}",
    "[{{ '  x y '.strip() }}][{{ '  x '.lstrip() }}][{{ ' x  '.rstrip() }}]",
    "[{{ '\\n\\nx\\n'.lstrip('\\n') }}][{{ 'xxabxx'.strip('x') }}][{{ 'x\\n'.rstrip('\\n') }}]",
    "{{ 'a b  c'.split() | join('-') }}|{{ 'a,b,,c'.split(',') | join('-') }}|{{ 'a,b,c'.split(',', 1) | join('-') }}",
    "{{ 'think</think>answer'.split('</think>')[-1] }}|{{ 'a</t>b'.split('</t>')[0] }}",
    "{% if 'hello'.startswith('he') %}y{% else %}n{% endif %}{% if 'hello'.endswith('lo') %}y{% endif %}",
    "{{ 'aXbX'.replace('X', '-') }}|{{ 'abc'.find('c') }}|{{ ', '.join(['a', 'b']) }}",
    "{{ 'uSER name' | capitalize }}|{{ ' x ' | trim }}|{{ 'x' | upper }}|{{ 'Xy' | lower }}|{{ 'abc' | length }}",
    "{% for m in messages %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }};{% endfor %}",
    "{% for m in messages[::-1] %}{{ m.role }};{% endfor %}",
    "{% for m in messages[1:] %}{{ m['role'] }};{% endfor %}{{ messages[0]['role'] }}{{ messages[-1].role }}",
    "{% for m in messages | reverse %}{{ m.role }};{% endfor %}",
    "{% for m in messages if m.role == 'user' %}{{ loop.index }}{{ m.role }}{{ loop.last }};{% endfor %}",
    "{% set ns = namespace(found=false, n=0) %}{% for m in messages %}{% set ns.n = ns.n + 1 %}"
    "{% if m.role == 'user' %}{% set ns.found = true %}{% endif %}{% endfor %}{{ ns.found }} {{ ns.n }}",
    "{% set x = 1 %}{% for m in messages %}{% set x = x + 1 %}{% endfor %}{{ x }}",
    "{{ messages[0].content is string }}{{ messages[0].content is mapping }}{{ messages[0] is mapping }}"
    "{{ 'a' is string }}{{ messages is iterable }}{{ nope is defined }}{{ messages is defined }}{{ none is none }}",
    "{% if not nope %}1{% endif %}{% if nope is undefined %}2{% endif %}{% if nope is not defined %}3{% endif %}",
    "{{ (messages[0].content | selectattr('type', 'equalto', 'text') | list)[0].text }}",
    "{{ messages | map(attribute='role') | join(',') }}|{{ messages | length }}",
    "{{ messages | selectattr('role', 'in', ['user']) | list | length }}",
    "{{ messages | rejectattr('role', 'equalto', 'user') | list | length }}",
    "{{ 'text' in messages[0].content[0] }}{{ 'a' in 'abc' }}{{ 'z' not in 'abc' }}{{ 'x' in ['x'] }}",
    "{{ 'a' if add_generation_prompt else 'b' }}{{ 'a' if nope }}|{{ nope or 'd' }}|{{ nope | default('e') }}",
    "{{ {'a': 1, 'b': [1, 'x', true, none]} | tojson }}",
    "{{ {'a': {'b': {}}} | tojson }}{% set x = {'a': {'b': '}}'}} %}{{ x.a.b }}",
    "{{ 'caf\\u00e9 \\x41 \\d \\u0027' }}",
    "{{ {'a': 'ü\"<&', 'b': {}} | tojson(indent=2) }}",
    "{%- for k, v in {'a': 1, 'b': 2}.items() -%} {{ k }}={{ v }} {%- endfor -%}",
    "{%- for k, v in {'a': 1}|items %} {{ k }}={{ v }} {%- endfor %}",
    "{% macro f(x, y='d') %}<{{ x }}{{ y }}>{% endmacro %}{{ f('a') }}{{ f('b', y='c') }}",
    "{% set t %}block {{ 1 + 2 }}{% endset %}[{{ t }}]",
    "{{ 7 // 2 }} {{ 7 % 3 }} {{ 2 * 3 }} {{ 'a' ~ 1 ~ 'b' }} {{ 3 == 3 and not false }}",
    "{% for i in range(3) %}{{ i }}{% endfor %}|{% for i in range(1, 4) %}{{ i }}{% endfor %}",
    "{% for m in messages %}{% if loop.index0 == 1 %}{% break %}{% endif %}{{ m.role }}{% endfor %}",
    "{% for m in messages %}{% if loop.index0 == 0 %}{% continue %}{% endif %}{{ m.role }}{% endfor %}",
    "{{ messages[0].get('role') }}{{ messages[0].get('nope', 'dflt') }}{{ messages[0]['role'] == 'system' }}",
    "{{ '\\u00e9' if false else 'x' }}{{ \"it's\" }}{{ 'say \"hi\"' }}{{ 'back\\\\slash' }}",
    "{{ bos_token }}{% generation %}gen {{ eos_token }}{% endgeneration %}",
    "a {# note with {{ braces }} and 'quote #} b",
    "a  {#- note -#}  b",
    "line\n   {% if true %}\n  in\n   {% endif %}\nout\n",
    "line\n   {%- if true %}\n  in\n   {%- endif -%}\n  out\n\n",
    "  {%+ if true %}x{% endif +%}\ny",
    "a\n  {# note #}\n  b\n",
    "a\n  {{ 'x' }}\n  b\n",
    "a  {{- ' x ' -}}  b",
    "{% if true %}\n\n\nx{% endif %}\r\ny\rz",
    "{% if a is defined %}1{% elif 'x' == 'x' %}2{% else %}3{% endif %}",
    "{% for m in messages %}{%- if m.role == 'system' %}S{%- elif m.role == 'user' -%}\n U \n{%- else -%} A {% endif %}\n{% endfor %}",
    "{{ '{{ 7 * 7 }}' }}{{ '{% if %}' }}",
    "{{ messages[0].content[0].text }}",
    "{{ (1, 2)[1] }}{{ [1, 2, 3][-1] }}{{ 'abc'[0] }}{{ 'abc'[1:] }}{{ 'abc'[-1] }}",
    "{{ true }} {{ 1.5 }} {{ [1, 'a'] }}",
    "{% if messages[0]['role'] == 'system' and messages | length > 1 %}{% set rest = messages[1:] %}{% else %}"
    "{% set rest = messages %}{% endif %}{{ rest | length }}",
    "{{- raise_exception('no tools here') }}",
    "{% if (message is defined and message) or (messages[0].role not in ['a', 'b']) %}ok{% endif %}",
    "{%- set sep = '\\n' -%}a{{ sep + 'b' + sep }}c",
    "{{ messages[0]['content'] | selectattr('type', 'equalto', 'text') | map(attribute='text') | join(' ') }}",
    "{{ 'aXbX' | replace('X', '-') }}{{ 'aXbX' | replace('X', '-', 1) }}",
    "{% macro g() %}[{{ caller() }}]{% endmacro %}{% call g() %}x{% endcall %}",
    "{{ [3, 1, 2] | sort | join }}{{ [1, 2] | first }}{{ [1, 2] | last }}{{ [1, 1] | unique | list | length }}",
    "{{ 5 | string + 'x' }}{{ '5' | int + 1 }}",
]

LLAVA = (
    "{% for message in messages %}{% if message['role'] != 'system' %}{{ message['role'].upper() + ': '}}{% endif %}"
    "{# Render all images first #}{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}"
    "{{ '<image>\n' }}{% endfor %}{# Render all text next #}{% if message['role'] != 'assistant' %}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}{{ content['text'] + ' '}}"
    "{% endfor %}{% else %}{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}"
    "{% generation %}{{ content['text'] + ' '}}{% endgeneration %}{% endfor %}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ 'ASSISTANT:' }}{% endif %}"
)
ONEVISION = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + ' '}}{# Render all images first #}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>' }}{% endfor %}"
    "{# Render all video then #}{% for content in message['content'] | selectattr('type', 'equalto', 'video') %}"
    "{{ '<video>' }}{% endfor %}{# Render all text next #}{% if message['role'] != 'assistant' %}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}{{ '\n' + content['text'] }}"
    "{% endfor %}{% else %}{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}"
    "{% generation %}{{ '\n' + content['text'] }}{% endgeneration %}{% endfor %}{% endif %}{{'<|im_end|>'}}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
QWEN2_5_VL = (
    "{% set image_count = namespace(value=0) %}{% set video_count = namespace(value=0) %}"
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}<|im_start|>system\n"
    "You are a helpful assistant.<|im_end|>\n{% endif %}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}<|im_end|>\n{% else %}"
    "{% for content in message['content'] %}{% if content['type'] == 'image' or 'image' in content or "
    "'image_url' in content %}{% set image_count.value = image_count.value + 1 %}{% if add_vision_id %}"
    "Picture {{ image_count.value }}: {% endif %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% elif content['type'] == 'video' or 'video' in content %}{% set video_count.value = video_count.value + 1 %}"
    "{% if add_vision_id %}Video {{ video_count.value }}: {% endif %}<|vision_start|><|video_pad|><|vision_end|>"
    "{% elif 'text' in content %}{{ content['text'] }}{% endif %}{% endfor %}<|im_end|>\n{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
QWEN3_VL = """{%- if tools %}
    {{- '<|im_start|>system\\n' }}
    {%- if messages[0].role == 'system' %}
        {%- if messages[0].content is string %}
            {{- messages[0].content }}
        {%- else %}
            {%- for content in messages[0].content %}
                {%- if 'text' in content %}
                    {{- content.text }}
                {%- endif %}
            {%- endfor %}
        {%- endif %}
        {{- '\\n\\n' }}
    {%- endif %}
    {{- "# Tools\\n\\nYou may call one or more functions to assist with the user query.\\n\\nYou are provided with function signatures within <tools></tools> XML tags:\\n<tools>" }}
    {%- for tool in tools %}
        {{- "\\n" }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- "\\n</tools>\\n\\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\\n<tool_call>\\n{\\"name\\": <function-name>, \\"arguments\\": <args-json-object>}\\n</tool_call><|im_end|>\\n" }}
{%- else %}
    {%- if messages[0].role == 'system' %}
        {{- '<|im_start|>system\\n' }}
        {%- if messages[0].content is string %}
            {{- messages[0].content }}
        {%- else %}
            {%- for content in messages[0].content %}
                {%- if 'text' in content %}
                    {{- content.text }}
                {%- endif %}
            {%- endfor %}
        {%- endif %}
        {{- '<|im_end|>\\n' }}
    {%- endif %}
{%- endif %}
{%- set image_count = namespace(value=0) %}
{%- set video_count = namespace(value=0) %}
{%- for message in messages %}
    {%- if message.role == "user" %}
        {{- '<|im_start|>' + message.role + '\\n' }}
        {%- if message.content is string %}
            {{- message.content }}
        {%- else %}
            {%- for content in message.content %}
                {%- if content.type == 'image' or 'image' in content or 'image_url' in content %}
                    {%- set image_count.value = image_count.value + 1 %}
                    {%- if add_vision_id %}Picture {{ image_count.value }}: {% endif -%}
                    <|vision_start|><|image_pad|><|vision_end|>
                {%- elif content.type == 'video' or 'video' in content %}
                    {%- set video_count.value = video_count.value + 1 %}
                    {%- if add_vision_id %}Video {{ video_count.value }}: {% endif -%}
                    <|vision_start|><|video_pad|><|vision_end|>
                {%- elif 'text' in content %}
                    {{- content.text }}
                {%- endif %}
            {%- endfor %}
        {%- endif %}
        {{- '<|im_end|>\\n' }}
    {%- elif message.role == "assistant" %}
        {{- '<|im_start|>' + message.role + '\\n' }}
        {%- if message.content is string %}
            {{- message.content }}
        {%- else %}
            {%- for content_item in message.content %}
                {%- if 'text' in content_item %}
                    {{- content_item.text }}
                {%- endif %}
            {%- endfor %}
        {%- endif %}
        {%- if message.tool_calls %}
            {%- for tool_call in message.tool_calls %}
                {%- if (loop.first and message.content) or (not loop.first) %}
                    {{- '\\n' }}
                {%- endif %}
                {%- if tool_call.function %}
                    {%- set tool_call = tool_call.function %}
                {%- endif %}
                {{- '<tool_call>\\n{"name": "' }}
                {{- tool_call.name }}
                {{- '", "arguments": ' }}
                {%- if tool_call.arguments is string %}
                    {{- tool_call.arguments }}
                {%- else %}
                    {{- tool_call.arguments | tojson }}
                {%- endif %}
                {{- '}\\n</tool_call>' }}
            {%- endfor %}
        {%- endif %}
        {{- '<|im_end|>\\n' }}
    {%- elif message.role == "tool" %}
        {%- if loop.first or (messages[loop.index0 - 1].role != "tool") %}
            {{- '<|im_start|>user' }}
        {%- endif %}
        {{- '\\n<tool_response>\\n' }}
        {%- if message.content is string %}
            {{- message.content }}
        {%- else %}
            {%- for content in message.content %}
                {%- if content.type == 'image' or 'image' in content or 'image_url' in content %}
                    {%- set image_count.value = image_count.value + 1 %}
                    {%- if add_vision_id %}Picture {{ image_count.value }}: {% endif -%}
                    <|vision_start|><|image_pad|><|vision_end|>
                {%- elif 'text' in content %}
                    {{- content.text }}
                {%- endif %}
            {%- endfor %}
        {%- endif %}
        {{- '\\n</tool_response>' }}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}
            {{- '<|im_end|>\\n' }}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
"""
SMOLVLM2 = (
    "<|im_start|>{% for message in messages %}{{message['role'] | capitalize}}"
    "{% if message['content'][0]['type'] == 'image' %}{{':'}}{% else %}{{': '}}{% endif %}"
    "{% for line in message['content'] %}{% if line['type'] == 'text' %}{{line['text']}}"
    "{% elif line['type'] == 'image' %}{{ '<image>' }}{% endif %}{% endfor %}<end_of_utterance>\n"
    "{% endfor %}{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}"
)
IDEFICS3 = SMOLVLM2.replace("<|im_start|>", "<|begin_of_text|>")
# LLaVA-NeXT with Mistral: alternation enforced, bos printed, white-space control everywhere
MISTRAL = """{{ bos_token }}{%- for message in messages %}
{%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}
{{- raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}
{%- endif %}
{%- if message['role'] == 'user' %}
{{- '[INST] ' }}{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>\\n' }}{% endfor %}
{%- for content in message['content'] | selectattr('type', 'equalto', 'text') %}{{ content['text'].strip() }}{% endfor %}{{ ' [/INST]' }}
{%- else %}
{{- ' ' + message['content'][0]['text'] + eos_token }}
{%- endif %}
{%- endfor %}
"""

TEMPLATES = {
    "llava-1.5": LLAVA,
    "llava-onevision": ONEVISION,
    "qwen2.5-vl": QWEN2_5_VL,
    "qwen3-vl": QWEN3_VL,
    "smolvlm2": SMOLVLM2,
    "idefics3": IDEFICS3,
    "llava-next-mistral": MISTRAL,
}

VARIABLES = {"bos_token": "<s>", "eos_token": "</s>"}


def text(value):
    return {"type": "text", "text": value}


def conversations():
    ask = {"role": "user", "content": [{"type": "image"}, text("Is there a dog?  {{ 7 * 7 }} {% if %}\n<b>ü</b> ")]}
    system = {"role": "system", "content": [text("Be brief.")]}
    said = {"role": "assistant", "content": [text("yes")]}
    return [[ask], [system, ask], [ask, said, {"role": "user", "content": [text("Sure?")]}]]


def rendered(source, messages):
    try:
        out = render_jinja_template(
            conversations=[messages], chat_template=source, add_generation_prompt=True, **VARIABLES
        )
        return {"prompt": out[0][0] if isinstance(out, tuple) else out[0]}
    except Exception as error:  # what the template itself raises is part of the expectation
        return {"error": str(error)}


def llama(folder):
    """As Llama 2's: SentencePiece-style BPE with byte fallback, where the bytes are no added tokens."""
    specials = ["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)]
    trained = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    trained.normalizer = normalizer
    trained.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=620, special_tokens=specials))
    model = json.loads(trained.to_str())["model"]
    merges = [tuple(merge) for merge in model["merges"]]
    t = Tokenizer(models.BPE(model["vocab"], merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    t.normalizer = normalizer
    t.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    t.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)]
    )
    t.add_special_tokens(["<unk>", "<s>", "</s>", "<image>", "<pad>"])
    save(t, folder, dict(bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="<pad>"))


def qwen(folder):
    """As Qwen2's: byte-level BPE with its own split pattern and NFC."""
    pattern = (
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
        r"|\s+(?!\S)|\s+"
    )
    t = Tokenizer(models.BPE())
    t.normalizer = normalizers.NFC()
    t.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pattern), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    t.decoder = decoders.ByteLevel()
    t.post_processor = processors.ByteLevel(trim_offsets=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    t.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=460, initial_alphabet=alphabet))
    t.add_special_tokens(
        ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|image_pad|>"]
    )
    t.add_tokens(["<tool_call>"])
    save(t, folder, dict(eos_token="<|im_end|>", pad_token="<|endoftext|>"))


def patched(folder, plain):
    """A tokenizer.json that cuts and pads, and a configuration that names more tokens than it has."""
    t = Tokenizer.from_file(plain + "/tokenizer.json")
    t.enable_truncation(4)
    t.enable_padding(length=6, pad_token="<|endoftext|>")
    roles = dict(
        bos_token={"content": "<|bos|>", "__type": "AddedToken"},
        eos_token="<|im_end|>",
        add_bos_token=True,
        additional_special_tokens=["<extra_0>", "<|im_start|>"],
        added_tokens_decoder={"467": {"content": "<|word|>", "special": False, "lstrip": True, "rstrip": False}},
    )
    save(t, folder, roles, TEXTS[1:4] + ["a <extra_0> b <|bos|> c  <|word|> d"])


def save(tokenizer, folder, roles, texts=TEXTS):
    os.makedirs(folder, exist_ok=True)
    write(folder + "/tokenizer.json", json.loads(tokenizer.to_str()))
    write(folder + "/tokenizer_config.json", {**roles, "tokenizer_class": "PreTrainedTokenizerFast"})
    fast = PreTrainedTokenizerFast.from_pretrained(folder)
    cases = []
    for value in texts:
        ids = fast(value)["input_ids"]
        cases.append({"text": value, "ids": ids, "decoded": fast.decode(ids, skip_special_tokens=True)})
    write(folder + "/cases.json", cases)


def write(file, value):
    with open(file, "w", encoding="utf-8") as handle:
        json.dump(value, handle, ensure_ascii=True, separators=(",", ":"))
        handle.write("\n")


def main(out):
    llama(out + "/llama")
    qwen(out + "/qwen")
    patched(out + "/patched", out + "/qwen")
    cases = [
        {"template": name, "messages": messages, **rendered(source, messages)}
        for name, source in TEMPLATES.items()
        for messages in conversations()
    ]
    messages = [{"role": "system", "content": [text("Be {{ brief }}.")]}, conversations()[0][0]]
    snippets = [{"source": source, **rendered(source, messages)} for source in SNIPPETS]
    os.makedirs(out + "/templates", exist_ok=True)
    for name, source in TEMPLATES.items():
        with open(f"{out}/templates/{name}.jinja", "w", encoding="utf-8") as handle:
            handle.write(source)
    write(out + "/templates/cases.json", cases)
    write(out + "/templates/snippets.json", {"messages": messages, "cases": snippets})


if __name__ == "__main__":
    main(sys.argv[1])
