"""Label of a corpus in tar shards beside label of the same images as files: seconds in turn, and their ratio.

    shard_ratio.py write DIR [--images 3000] [--shards 20] [--size 48]
    shard_ratio.py run DIR --superneurons SELECTION [--model demo/model] [--tasks shape] [--rounds 2]

`write` makes different small PNG images, DIR/files/NNNNNN.png and, in webdataset's layout, DIR/tars/NN.tar. `run`
labels both, in turn, in as many rounds, and prints the rows per second of each run's summary, those of the whole command
from its start to its end, and the ratio of tars to files of the sums; beside them the seconds in which images were
read and prepared, the model ran and results were written. The rows of both must be the same: predictions are compared
by the image's name. On 2 cores, 3,000 images and the bundled model in two rounds end in under four minutes. Needs numpy,
pillow and pyarrow.
"""

import argparse
import io
import json
import pathlib
import shutil
import subprocess
import tarfile
import time

import numpy as np
import pyarrow.parquet as pq
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[4]


def write(folder, images, shards, size):
    files, tars = folder / "files", folder / "tars"
    files.mkdir(parents=True)
    tars.mkdir()
    random = np.random.default_rng(17)
    per_shard = -(-images // shards)
    for shard in range(shards):
        with tarfile.open(tars / f"{shard:02}.tar", "w") as tar:
            for number in range(shard * per_shard, min(images, (shard + 1) * per_shard)):
                coarse = random.integers(0, 256, (4, 4, 3), dtype=np.uint8)
                png = io.BytesIO()
                Image.fromarray(coarse).resize((size, size), Image.BILINEAR).save(png, "PNG")
                name = f"{number:06}.png"
                (files / name).write_bytes(png.getvalue())
                member = tarfile.TarInfo(name)
                member.size = len(png.getvalue())
                tar.addfile(member, io.BytesIO(png.getvalue()))


def label(options, source, output):
    shutil.rmtree(output, ignore_errors=True)
    started = time.monotonic()
    done = subprocess.run(
        [ROOT / "bin" / "superneurons", "label", "--model", options.model, "--superneurons", options.superneurons]
        + ["--tasks", options.tasks, "--input", source, "--output", output, "--batch-size", "32"],
        capture_output=True,
        text=True,
    )
    seconds = time.monotonic() - started
    if done.returncode != 0:
        raise SystemExit(f"label {source} failed:\n{done.stdout}\n{done.stderr}")
    summary = json.loads((output / "_summary.json").read_text())
    return summary["done"], summary["seconds"], seconds, summary["phase_seconds"]


def predictions(folder):
    rows = pq.read_table(folder, columns=["image", "prediction"]).to_pylist()
    return {row["image"].rsplit("/", 1)[-1]: row["prediction"] for row in rows}


def run(folder, options):
    work = folder / "out"
    sums = {"files": [0.0, 0.0], "tars": [0.0, 0.0]}
    phases = {"files": {}, "tars": {}}
    rows = 0
    for number in range(options.rounds):
        # turned in every other round, so that what comes first is neither
        for kind in list(sums)[:: 1 if number % 2 == 0 else -1]:
            rows, job, command, parts = label(options, folder / kind, work / kind)
            sums[kind][0] += job
            sums[kind][1] += command
            phases[kind] = {part: phases[kind].get(part, 0.0) + parts[part] for part in parts}
            print(f"{kind}: {rows:,} rows, {rows / job:.1f} rows/s of the run, {rows / command:.1f} of the command", flush=True)
    for kind, parts in phases.items():
        print(f"{kind}: seconds of all Spark tasks: " + ", ".join(f"{part} {parts[part]:.1f}" for part in parts))
    files, tars = predictions(work / "files"), predictions(work / "tars")
    differ = sum(files[name] != tars.get(name) for name in files)
    if differ or len(files) != len(tars):
        raise SystemExit(f"{len(files):,} rows as files, {len(tars):,} in tars, {differ} predicted otherwise")
    print(f"{len(files):,} rows both ways, all predicted alike")
    for at, what in enumerate(("run", "command")):
        print(f"rows per second of tars to those of files, {what}: {sums['files'][at] / sums['tars'][at]:.3f}")


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("folder", type=pathlib.Path)
    writing.add_argument("--images", type=int, default=3000)
    writing.add_argument("--shards", type=int, default=20)
    writing.add_argument("--size", type=int, default=48)
    running = commands.add_parser("run")
    running.add_argument("folder", type=pathlib.Path)
    running.add_argument("--superneurons", required=True)
    running.add_argument("--model", default=ROOT / "demo" / "model")
    running.add_argument("--tasks", default="shape")
    running.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    if options.command == "write":
        write(options.folder, options.images, options.shards, options.size)
    else:
        run(options.folder, options)


if __name__ == "__main__":
    main()
