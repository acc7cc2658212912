"""What a label job takes beyond its model: Spark, reading and decoding of images, votes, Parquet.

    job_overhead.py --model DIR --work DIR [--images 34] [--questions 6] [--image-size 640x480] [--exit-layer 0]

DIR is a checkpoint, such as `superneurons bench --folder DIR` keeps. The rows are that many questions on each of that
many images, all different; the Super Neurons are eight of attn_z and eight of mlp_post of the exit layer, with
thresholds of zero: what they say means nothing. The job runs in one task slot. The model's seconds are those of
its passes, from the run's summary. The command's are those from its start to its end, and so have Java's and
Spark's own start in them, reading the manifest, the checks of the checkpoint and opening it; `start_seconds` is what a
command takes for one image, less its model's seconds, so that `beyond_start` tells what each further row costs.
"""
import argparse
import json
import math
import pathlib
import re
import shutil
import subprocess
import time

from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[4]
QUESTIONS = [f"Is there a {thing} in the image? Answer the question using a single word or phrase."
             for thing in ("dog", "bridge", "bus", "river", "tree", "boat")]


def superneurons(*arguments):
    done = subprocess.run([ROOT / "bin" / "superneurons", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{arguments[0]} failed:\n{done.stdout}\n{done.stderr}")
    return done


def picture(path, width, height, number):
    image = Image.new("RGB", (width, height))
    image.putdata([tuple(int(127.5 * (1 + math.sin(x / (9 + number % 13 + c)) * math.cos(y / (23.0 - c))))
                         for c in range(3)) for y in range(height) for x in range(width)])
    image.save(path)


def model_of(folder):
    """Name, family and fingerprint, and the widths of attn_z and mlp_post."""
    text = superneurons("inspect", "--model", folder).stdout
    found = {key: re.search(rf"^ *{key} +(\S+)$", text, re.M).group(1) for key in ("family", "fingerprint")}
    widths = {site: int(re.search(rf"{site} ([\d,]+)", text).group(1).replace(",", "")) for site in ("attn_z", "mlp_post")}
    return {"name": re.search(r"^inspect: (.+)$", text, re.M).group(1), **found}, widths


def selection(model, widths, layer):
    neurons = [{"layer": layer, "site": site, "index": i * width // 8, "polarity": 1, "thresholds": [0.0], "weight": 1.0}
               for site, width in widths.items() for i in range(8)]
    tasks = [{"task": f"t{i}", "question": question, "labels": ["no", "yes"], "exit_layer": layer, "rule": "zero",
              "vote": "majority", "neurons": neurons} for i, question in enumerate(QUESTIONS)]
    return {"format": "superneurons", "version": 1, "model": model, "dtype": "float16", "tasks": tasks}


def write_inputs(arguments, work, content, images):
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    width, height = map(int, arguments.image_size.split("x"))
    with open(work / "manifest.jsonl", "w", encoding="utf-8") as manifest:
        for number in range(images):
            picture(work / f"{number}.png", width, height, number)
            for task in range(arguments.questions):
                row = {"image": f"{number}.png", "task": f"t{task}", "question": QUESTIONS[task], "id": f"{number}-{task}"}
                manifest.write(json.dumps(row) + "\n")
    (work / "superneurons.json").write_text(content, encoding="utf-8")


def labelled(arguments, content, images):
    """Rows, and the seconds of the model and of the whole command."""
    work = arguments.work
    write_inputs(arguments, work, content, images)
    start = time.perf_counter()
    superneurons("label", "--master", "local[1]", "--model", arguments.model,
                 "--superneurons", work / "superneurons.json", "--input", work / "manifest.jsonl",
                 "--output", work / "predictions")
    seconds = time.perf_counter() - start
    summary = json.loads((work / "predictions" / "_summary.json").read_text(encoding="utf-8"))
    return {"rows": summary["done"], "model_seconds": summary["phase_seconds"]["model"], "command_seconds": seconds}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--images", type=int, default=34)
    parser.add_argument("--questions", type=int, default=6, choices=range(1, 7))
    parser.add_argument("--image-size", default="640x480")
    parser.add_argument("--exit-layer", type=int, default=0)
    arguments = parser.parse_args()
    model, widths = model_of(arguments.model)
    content = json.dumps(selection(model, widths, arguments.exit_layer))
    one = labelled(arguments, content, 1)
    all_rows = labelled(arguments, content, arguments.images)
    start = one["command_seconds"] - one["model_seconds"]
    beyond = all_rows["command_seconds"] - all_rows["model_seconds"] - start
    print(json.dumps({**all_rows, "start_seconds": start, "beyond_start_seconds": beyond,
                      "beyond_start_over_model": beyond / all_rows["model_seconds"],
                      "beyond_model_over_model": all_rows["command_seconds"] / all_rows["model_seconds"] - 1}, indent=2))


if __name__ == "__main__":
    main()
