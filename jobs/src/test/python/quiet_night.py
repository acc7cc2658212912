"""A night of `label --incremental` on which little is new in a large corpus.

    quiet_night.py --superneurons DIR --work DIR [--model demo/model] [--images 250000] [--new 100]

Rows are the questions of the given Super Neurons' first four tasks with one question on every image; images are links
to the bundled ones. A first night labels the last rows, so that its table's columns are label's own; the others but the
first --new are then written into a table of earlier dates as if they had been labelled, 100,000 in a file. What is
timed is the command of the next night, which must find the new ones. Needs pyarrow.
"""
import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import time

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = pathlib.Path(__file__).resolve().parents[4]
FIRST_NIGHT = 40
ROWS_OF_A_FILE = 100_000


def tasks(superneurons):
    content = json.loads((superneurons / "superneurons.json").read_text())
    return [(task["task"], task["question"]) for task in content["tasks"] if "question" in task][:4]


def write_corpus(work, images, questions):
    shutil.rmtree(work, ignore_errors=True)
    bundled = work / "bundled"
    shutil.copytree(ROOT / "demo" / "data" / "images", bundled)
    sources = sorted(bundled.iterdir())
    with open(work / "manifest.jsonl", "w") as manifest:
        for i in range(images):
            source = sources[i % len(sources)]
            image = pathlib.Path("images") / f"{i // 5000:04d}" / f"{i:07d}{source.suffix}"
            (work / image).parent.mkdir(parents=True, exist_ok=True)
            os.link(source, work / image)
            for task, question in questions:
                row = {"id": f"{i:07d}-{task}", "image": str(image), "task": task, "question": question}
                manifest.write(json.dumps(row) + "\n")


def label(arguments, manifest, date):
    """Standard output, and seconds."""
    start = time.perf_counter()
    done = subprocess.run(
        [ROOT / "bin" / "superneurons", "label", "--model", arguments.model, "--superneurons", arguments.superneurons,
         "--input", manifest, "--output", arguments.work / "out", "--incremental", "--run-date", date],
        capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"label failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout, time.perf_counter() - start


def write_earlier(work, rows):
    """Rows as label writes them, in two files a date."""
    first = next((work / "out").glob("run_date=*/part-*.parquet"))
    schema = pq.read_schema(first).remove_metadata()
    sample = pq.read_table(first).slice(0, 1).to_pylist()[0]
    for number, start in enumerate(range(0, len(rows), ROWS_OF_A_FILE)):
        table = []
        for row in rows[start:start + ROWS_OF_A_FILE]:
            status = os.stat(work / row["image"])
            version = f"file:{status.st_size}-{status.st_mtime_ns // 1_000_000}"
            table.append(dict(sample, **row, image_version=version))
        date = work / "out" / f"run_date=2026-01-{number // 2 % 28 + 1:02d}"
        date.mkdir(exist_ok=True)
        pq.write_table(pa.Table.from_pylist(table, schema=schema), date / f"part-{number:05d}-00000.parquet")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--superneurons", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, default=ROOT / "demo" / "model")
    parser.add_argument("--images", type=int, default=250_000)
    parser.add_argument("--new", type=int, default=100)
    arguments = parser.parse_args()
    work = arguments.work
    write_corpus(work, arguments.images, tasks(arguments.superneurons))
    lines = (work / "manifest.jsonl").read_text().splitlines()
    (work / "first.jsonl").write_text("\n".join(lines[-FIRST_NIGHT:]) + "\n")
    label(arguments, work / "first.jsonl", "2026-02-01")
    write_earlier(work, [json.loads(line) for line in lines[arguments.new:-FIRST_NIGHT]])
    output, seconds = label(arguments, work / "manifest.jsonl", "2026-02-02")
    found = re.search(r"^label: ([\d,]+) rows? done", output, re.M).group(1)
    if int(found.replace(",", "")) != arguments.new:
        raise SystemExit(f"{found} rows were labelled, not {arguments.new}:\n{output}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    print(json.dumps({"rows": len(lines), "images": arguments.images, "new": arguments.new,
                      "seconds": round(seconds, 1), "resident_gib": round(peak, 2)}))


if __name__ == "__main__":
    main()
