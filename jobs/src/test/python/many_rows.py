"""Many tiny rows for a label run, some of them broken, and the check that none was lost.

    many_rows.py write DIR [--rows 100000] [--task shape]
    many_rows.py check DIR PREDICTIONS [--most-files 12]

`write` leaves DIR/manifest.jsonl and DIR/images: pictures of the demo, each row's with bytes of its own. Of a hundred
rows one is broken, in turn: cut short, empty, text, no file, no JSON. `check` counts predictions and error rows, each
id once, and the files.
"""
import argparse
import json
import pathlib
import struct
import zlib

import pyarrow.parquet as pq

ROOT = pathlib.Path(__file__).resolve().parents[4]
BREAKS = ("cut", "empty", "text", "missing", "no_json")
EVERY = 100


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(original, number):
    """The same picture with a comment of its own."""
    end = original.rindex(b"IEND") - 4
    return original[:end] + chunk(b"tEXt", b"number\0%d" % number) + original[end:]


def broken(number):
    return BREAKS[number // EVERY % len(BREAKS)] if number % EVERY == EVERY - 1 else None


def write(arguments):
    folder = arguments.folder / "images"
    folder.mkdir(parents=True)
    originals = [path.read_bytes() for path in sorted((ROOT / "demo" / "data" / "images").glob("*.png"))]
    with open(arguments.folder / "manifest.jsonl", "w", encoding="utf-8") as manifest:
        for number in range(arguments.rows):
            how = broken(number)
            content = picture(originals[number % len(originals)], number)
            content = {"cut": content[:100], "empty": b"", "text": b"no picture"}.get(how, content)
            if how != "missing":
                (folder / f"{number}.png").write_bytes(content)
            row = json.dumps({"id": f"row-{number}", "image": f"images/{number}.png", "task": arguments.task})
            manifest.write((row[:20] if how == "no_json" else row) + "\n")


def check(arguments):
    rows = sum(1 for _ in open(arguments.folder / "manifest.jsonl", encoding="utf-8"))
    files = sorted(arguments.predictions.glob("*.parquet"))
    table = pq.read_table(files, columns=["id", "prediction", "error"]).to_pydict()
    failed = [i for i, error in enumerate(table["error"]) if error]
    expected_errors = sum(1 for number in range(rows) if broken(number))
    unparsed = {f"row-{number}" for number in range(rows) if broken(number) == "no_json"}
    found = {
        "rows": len(table["id"]), "distinct_ids": len(set(table["id"])), "errors": len(failed), "files": len(files),
        "labelled": sum(1 for prediction in table["prediction"] if prediction is not None),
    }
    print(json.dumps({"input": rows, "expected_errors": expected_errors, **found}))
    assert found["rows"] == found["distinct_ids"] == rows
    assert found["errors"] == expected_errors and found["labelled"] == rows - expected_errors
    assert {f"row-{number}" for number in range(rows)} - set(table["id"]) == unparsed
    assert found["files"] <= arguments.most_files


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    writing = commands.add_parser("write")
    writing.add_argument("folder", type=pathlib.Path)
    writing.add_argument("--rows", type=int, default=100_000)
    writing.add_argument("--task", default="shape")
    writing.set_defaults(run=write)
    checking = commands.add_parser("check")
    checking.add_argument("folder", type=pathlib.Path)
    checking.add_argument("predictions", type=pathlib.Path)
    checking.add_argument("--most-files", type=int, default=12)
    checking.set_defaults(run=check)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
