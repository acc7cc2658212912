"""Writes manifests as pandas and pyarrow write them, and what their rows are.

Usage: python manifest_fixtures.py (writes into ../resources/manifests).
"""

import base64
import csv
import hashlib
import io
import json
import shutil
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

TARGET = Path(__file__).resolve().parent.parent / "resources" / "manifests"
QUESTIONS = [
    'Is "Stop", in capitals, on the sign?',
    "First line\nsecond line; is there\ta tab?",
    "¿Hay un perro? 有狗吗？",
    "it's plain",
]
LABELS = ["yes", "no", "no", "yes"]


def png(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), (shade, 255 - shade, 7)).save(out, "PNG")
    return out.getvalue()


def row(image, content, question, label, row_id=None) -> dict:
    sha256 = hashlib.sha256(content).hexdigest() if content is not None else None
    return {"id": row_id, "image": image, "sha256": sha256, "question": question, "label": label}


def tables(expected: dict) -> None:
    """Text with everything that needs quotes; the columns have names of their own."""
    paths = [f"images/{i}, of 4.png" for i in range(4)]
    frame = pd.DataFrame({"prompt": QUESTIONS, "nr": range(10, 14), "file": paths, "label": LABELS})
    frame.to_csv(TARGET / "quoted.csv", index=False)
    frame.to_csv(TARGET / "excel.csv", index=False, encoding="utf-8-sig", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    frame.to_csv(TARGET / "quoted.tsv.gz", index=False, sep="\t", compression={"method": "gzip", "mtime": 0})
    rows = [row(p, None, q, label, str(10 + i)) for i, (p, q, label) in enumerate(zip(paths, QUESTIONS, LABELS))]
    expected["quoted.csv"] = expected["excel.csv"] = expected["quoted.tsv.gz"] = rows


def vlmevalkit(expected: dict) -> None:
    images = [png(i) for i in range(4)]
    frame = pd.DataFrame({
        "index": range(4),
        "image": [base64.b64encode(image).decode() for image in images],
        "image_path": [f"{i}.png" for i in range(4)],
        "question": QUESTIONS, "A": "cat", "B": "dog", "answer": ["A", "B", "B", "A"]})
    frame.to_csv(TARGET / "vlmevalkit.tsv", sep="\t", index=False)
    expected["vlmevalkit.tsv"] = [
        row(f"{i}.png", images[i], QUESTIONS[i], frame["answer"][i], str(i)) for i in range(4)]


def datasets(expected: dict) -> None:
    """Hugging Face datasets' image column, with bytes or path or both, over two row groups."""
    images = [{"bytes": png(10), "path": "a.png"}, {"bytes": png(11), "path": None}, {"bytes": None, "path": "b.png"}]
    table = pa.table({
        "image": pa.array(images, pa.struct([("bytes", pa.binary()), ("path", pa.string())])),
        "question": QUESTIONS[:3],
        "label": pa.array([1, 0, 1], pa.int64()),
        "objects": pa.array([[1, 2], [], None], pa.list_(pa.int32()))})
    pq.write_table(table, TARGET / "datasets.parquet", row_group_size=2)
    expected["datasets.parquet"] = [
        row(image["path"], image["bytes"], question, str(label))
        for image, question, label in zip(images, QUESTIONS, [1, 0, 1])]


def paged() -> None:
    """Row i holds i bytes of i; pages of a few rows, of which pyarrow writes no index, over three row groups."""
    images = [{"bytes": bytes([i]) * i, "path": f"{i}.png"} for i in range(100)]
    table = pa.table({"image": pa.array(images, pa.struct([("bytes", pa.binary()), ("path", pa.string())]))})
    for name, dictionary in {"paged.parquet": False, "paged-dictionary.parquet": True}.items():
        pq.write_table(
            table, TARGET / name, row_group_size=40, data_page_size=200, write_batch_size=2, use_dictionary=dictionary)


def brotli() -> None:
    """A codec that Parquet knows and Java lacks."""
    table = pa.table({"image": ["a.png"], "question": QUESTIONS[:1]})
    pq.write_table(table, TARGET / "brotli.parquet", compression="brotli")


def main() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    expected: dict = {}
    paged()
    tables(expected)
    vlmevalkit(expected)
    datasets(expected)
    brotli()
    (TARGET / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
