"""How planning grows with the rows: seconds, Spark jobs, shuffled bytes and the heap that stays in use.

    scale.py [--rows 100000 1000000] [--files 1] [--heap 3g] [--superneurons bin/superneurons]

Makes manifests of so many rows (metadata only: no image is there, none is opened) in a temporary folder, plans an
extract of each (`--dry-run`) on local cores, and prints a line per size. Driver and executor are one JVM, so the heap
is that of both.
"""
import argparse
import json
import os
import pathlib
import re
import resource
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[4]
QUESTIONS = ("Is there a dog?", "What color is the shape?")


def write(folder, rows, files):
    folder.mkdir()
    for number in range(files):
        with open(folder / f"part-{number:05d}.jsonl", "w", encoding="utf-8") as manifest:
            for row in range(number * rows // files, (number + 1) * rows // files):
                manifest.write(
                    f'{{"id": "row-{row:09d}", "image": "images/{row // 2:09d}.jpg",'
                    f' "question": "{QUESTIONS[row % 2]}", "label": "yes"}}\n')


def events(folder):
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(("appstatus", ".")):
            with open(path, encoding="utf-8") as lines:
                yield from map(json.loads, lines)


def heap(log):
    """Most MiB that were in use after a collection."""
    return max((int(after) for after in re.findall(r"\d+M->(\d+)M\(", log.read_text())), default=0)


def cpu_seconds():
    """What all programs took that were run so far, on all cores."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def measure(arguments, rows, folder):
    write(folder / "input", rows, arguments.files)
    (folder / "events").mkdir()
    log = folder / "gc.log"
    environment = dict(os.environ, JAVA_TOOL_OPTIONS=f"-Xlog:gc:file={log}")
    started, used = time.time(), cpu_seconds()
    subprocess.run(
        [arguments.superneurons, "extract", "--model", ROOT / "demo" / "model", "--input", folder / "input",
         "--output", folder / "output", "--dry-run", "--driver-memory", arguments.heap,
         "--conf", "spark.eventLog.enabled=true",
         "--conf", "spark.eventLog.compress=false", "--conf", f"spark.eventLog.dir=file:{folder / 'events'}"],
        check=True, env=environment)
    seconds, used = time.time() - started, cpu_seconds() - used
    found = list(events(folder / "events"))
    jobs = [event for event in found if event["Event"] == "SparkListenerJobStart"]
    tasks = [event.get("Task Metrics") or {} for event in found if event["Event"] == "SparkListenerTaskEnd"]
    shuffled = sum(task.get("Shuffle Write Metrics", {}).get("Shuffle Bytes Written", 0) for task in tasks)
    read = sum(path.stat().st_size for path in (folder / "input").iterdir())
    return {"rows": rows, "files": arguments.files, "input_mb": round(read / 1e6), "jobs": len(jobs),
            "tasks": len(tasks), "seconds": round(seconds, 1), "cpu_seconds": round(used, 1),
            "shuffled_mb": round(shuffled / 1e6), "heap_after_gc_mib": heap(log)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--files", type=int, default=1)
    parser.add_argument("--heap", default="3g")
    parser.add_argument("--superneurons", default=str(ROOT / "bin" / "superneurons"))
    arguments = parser.parse_args()
    for rows in arguments.rows:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measure(arguments, rows, pathlib.Path(folder))), flush=True)


if __name__ == "__main__":
    main()
