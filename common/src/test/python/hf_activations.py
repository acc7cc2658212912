"""Writes the activation file of a manifest with Hugging Face transformers: the reference for whole runs, and the other side of the benchmark.

usage: hf_activations.py --model DIR --input MANIFEST.jsonl --output DIR [options]

The manifest has a JSON object a line: image (a path, relative to the manifest or absolute), question, and optionally
id, task, split, label. The output is what the extract job writes: Parquet with a row a picture-question pair and a BINARY
column a layer and site, and _superneurons.json beside it; pictures that cannot be read go to _errors/. The fingerprint is
left null: it is the project's own. A missing id is made from picture and question, not in the way the job makes it; give ids
where rows are to be joined.

It runs the model as a transformers user would: hooks on o_proj, down_proj and the decoder layers, one pass a row (or padded
batches with --batch-size), no cache, logits for the last position only. The last line printed is JSON with rows a second and
the seconds of each phase. The clock runs from the first row to the last write, after loading and --warmup rows.
"""
import argparse
import hashlib
import json
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from checkpoints import load_model, load_processor, render

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import torch
import transformers
from transformers.image_utils import load_image

from sites import SITES, SiteCapture, text_layers

TEXT_COLUMNS = ("id", "task", "split", "image", "question", "label", "answer")
ERROR_COLUMNS = ("id", "image", "question", "error", "detail")
FLOAT16_MAX = 65504.0


class Phases:
    """Seconds spent in each phase."""

    def __init__(self):
        self.seconds = {}

    @contextmanager
    def __call__(self, name):
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


class ActivationWriter:
    """Writes rows in the project's activation file format, a row group every `group` rows."""

    def __init__(self, folder, widths, layers, store, group=256):
        self.columns = [f"l{layer:02d}_{site}" for layer in range(layers) for site in SITES]
        schema = pa.schema([(name, pa.string()) for name in TEXT_COLUMNS] + [(name, pa.binary()) for name in self.columns])
        # Neither dictionary nor statistics for the vectors: they would only add bytes.
        self.parquet = pq.ParquetWriter(folder / "part-00000.parquet", schema, compression="none",
                                        use_dictionary=list(TEXT_COLUMNS), write_statistics=list(TEXT_COLUMNS))
        self.schema, self.store, self.group = schema, store, group
        self.widths, self.layers, self.rows, self.saturated, self.waiting = widths, layers, 0, 0, []

    def add(self, texts, values):
        """`values[(layer, site)]`: one float32 vector."""
        row = dict(texts)
        for layer in range(self.layers):
            for site in SITES:
                vector = values[layer, site]
                if self.store == "float16":
                    self.saturated += int((np.abs(vector) > FLOAT16_MAX).sum())
                    vector = np.clip(vector, -FLOAT16_MAX, FLOAT16_MAX)
                row[f"l{layer:02d}_{site}"] = vector.astype("<f2" if self.store == "float16" else "<f4").tobytes()
        self.waiting.append(row)
        self.rows += 1
        if len(self.waiting) >= self.group:
            self.flush()

    def flush(self):
        if self.waiting:
            self.parquet.write_table(pa.Table.from_pylist(self.waiting, schema=self.schema))
            self.waiting = []

    def close(self):
        self.flush()
        self.parquet.close()


def read_manifest(path, rows):
    """The manifest's rows, with an id and an absolute picture path each."""
    result = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if rows is not None and len(result) >= rows:
                break
            if line.strip():
                row = json.loads(line)
                content = f"{row['image']}\0{row['question']}".encode()
                row.setdefault("id", hashlib.sha256(content).hexdigest()[:16])
                row["path"] = str(Path(path).parent / row["image"])
                result.append(row)
    return result


class Runner:
    """Takes rows to the activations of their last prompt position."""

    def __init__(self, model, processor, device, system_prompt, prompt_suffix, answer_tokens, phases):
        self.model, self.processor, self.device, self.phases = model.to(device), processor, device, phases
        self.system_prompt, self.prompt_suffix, self.answer_tokens = system_prompt, prompt_suffix, answer_tokens
        self.processor.tokenizer.padding_side = "left"

    def prepare(self, images, rows):
        prompts = [render(self.processor, row["question"] + self.prompt_suffix, self.system_prompt) for row in rows]
        padding = {"padding": True} if len(rows) > 1 else {}
        # A list of pictures for each prompt: some processors count a flat list as one prompt's.
        inputs = self.processor(text=prompts, images=[[image] for image in images], return_tensors="pt", **padding)
        dtype = self.model.dtype
        return {name: (value.to(dtype) if value.is_floating_point() else value).to(self.device) for name, value in inputs.items()}

    def run(self, images, rows):
        """For every row its vectors in float32 and its answer (or None)."""
        with self.phases("prepare"):
            inputs = self.prepare(images, rows)
        answers = [None] * len(rows)
        with self.phases("forward"), torch.inference_mode():
            with SiteCapture(self.model) as capture:
                self.model(**inputs, use_cache=False, logits_to_keep=1)
            vectors = {key: value.float().cpu().numpy() for key, value in capture.values.items()}
        if self.answer_tokens:
            with self.phases("answer"), torch.inference_mode():
                ids = self.model.generate(**inputs, max_new_tokens=self.answer_tokens, do_sample=False)
            new = ids[:, inputs["input_ids"].shape[1]:]
            answers = [text.strip() for text in self.processor.tokenizer.batch_decode(new, skip_special_tokens=True)]
        return [{key: value[index] for key, value in vectors.items()} for index in range(len(rows))], answers


def open_images(rows, errors, phases):
    """The rows whose picture opens, with their pictures; the others become errors."""
    good, images = [], []
    with phases("image"):
        for row in rows:
            try:
                images.append(load_image(row["path"]))
                good.append(row)
            except Exception as problem:
                errors.append({"id": row["id"], "image": row["image"], "question": row["question"],
                               "error": type(problem).__name__, "detail": str(problem)})
    return good, images


def write_about(folder, arguments, model, writer, errors):
    about = {"format": "superneurons-activations", "version": 1,
             "model": {"name": Path(arguments.model).resolve().name, "family": model.config.model_type, "fingerprint": None},
             "layers": writer.layers, "sites": writer.widths, "dtype": arguments.store_dtype, "token": "last_prompt",
             "prompt": {"system": arguments.system_prompt, "suffix": arguments.prompt_suffix},
             "image": {}, "rows": writer.rows, "errors": len(errors), "saturated": writer.saturated,
             "engine": {"transformers": transformers.__version__, "torch": torch.__version__, "dtype": arguments.dtype}}
    (folder / "_superneurons.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    if errors:
        (folder / "_errors").mkdir()
        schema = pa.schema([(name, pa.string()) for name in ERROR_COLUMNS])
        pq.write_table(pa.Table.from_pylist(errors, schema=schema), folder / "_errors" / "part-00000.parquet")


def text_of(row, answer):
    return {name: (str(row[name]) if row.get(name) is not None else None) for name in TEXT_COLUMNS} | {
        "task": str(row.get("task") or "default"), "answer": answer}


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS)
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True, type=Path)
    parser.add_argument("--dtype", choices=["float32", "bfloat16", "float16"], default="float32", help="of the computation")
    parser.add_argument("--store-dtype", choices=["float16", "float32"], default="float16")
    parser.add_argument("--rows", type=int, help="only the first N")
    parser.add_argument("--threads", type=int, help="of PyTorch; its own choice if not given")
    parser.add_argument("--batch-size", type=int, default=1, help="padded on the left")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--attention", default="sdpa", choices=["sdpa", "eager"])
    parser.add_argument("--answer", type=int, default=0, metavar="N", help="also the model's own greedy answer of at most N tokens")
    parser.add_argument("--system-prompt", default="")
    parser.add_argument("--prompt-suffix", default="", help="appended to every question")
    parser.add_argument("--warmup", type=int, default=1, metavar="N", help="run the first batch N times before the clock starts")
    return parser.parse_args()


def main():
    arguments = parse()
    if arguments.output.exists():
        sys.exit(f"{arguments.output} exists: give a new folder")
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    rows = read_manifest(arguments.input, arguments.rows)
    start = time.perf_counter()
    model = load_model(arguments.model, getattr(torch, arguments.dtype), arguments.attention)
    processor = load_processor(arguments.model)
    phases = Phases()
    runner = Runner(model, processor, arguments.device, arguments.system_prompt, arguments.prompt_suffix, arguments.answer, phases)
    loading = time.perf_counter() - start

    pa.array([b""])        # Arrow's first conversion looks for pandas: not a cost of writing
    batches = [rows[at:at + arguments.batch_size] for at in range(0, len(rows), arguments.batch_size)]
    for _ in range(arguments.warmup if batches else 0):
        good, images = open_images(batches[0], [], phases)
        if good:
            runner.run(images, good)
    phases.seconds.clear()

    arguments.output.mkdir(parents=True)
    writer, errors = None, []
    start = time.perf_counter()
    for batch in batches:
        good, images = open_images(batch, errors, phases)
        if not good:
            continue
        vectors, answers = runner.run(images, good)
        with phases("write"):
            if writer is None:
                widths = {site: len(vectors[0][0, site]) for site in SITES}
                writer = ActivationWriter(arguments.output, widths, len(text_layers(model)), arguments.store_dtype)
            for row, values, answer in zip(good, vectors, answers):
                writer.add(text_of(row, answer), values)
    if writer is None:
        sys.exit("no row could be run")
    with phases("write"):
        writer.close()
        write_about(arguments.output, arguments, model, writer, errors)
    seconds = time.perf_counter() - start

    print(f"{writer.rows} rows, {len(errors)} errors, {seconds:.3f} s, {writer.rows / seconds:.3f} rows/s; loaded in {loading:.3f} s")
    for name, spent in phases.seconds.items():
        print(f"  {name:8} {spent:9.3f} s  {1000 * spent / writer.rows:9.2f} ms a row")
    print(json.dumps({"rows": writer.rows, "errors": len(errors), "seconds": round(seconds, 6),
                      "rows_per_second": round(writer.rows / seconds, 6), "load_seconds": round(loading, 6),
                      "phases": {name: round(spent, 6) for name, spent in phases.seconds.items()}, "dtype": arguments.dtype,
                      "threads": torch.get_num_threads(), "batch_size": arguments.batch_size, "device": arguments.device}))


if __name__ == "__main__":
    main()
