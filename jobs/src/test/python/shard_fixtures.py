"""Writes src/test/resources/shards: tar files as Python's tarfile, webdataset and img2dataset lay them out.

usage: python shard_fixtures.py (needs pyarrow)
"""

import gzip
import io
import json
import os
import struct
import subprocess
import tarfile
import tempfile
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

OUT = Path(__file__).parents[1] / "resources" / "shards"


def png(level):
    """A grey picture of 2 x 2 pixels."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    rows = bytes([0, level, level]) * 2
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def tar(name, members, form):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=form) as out:
        for member, content in members:
            info = tarfile.TarInfo(member)
            info.size = len(content)
            out.addfile(info, io.BytesIO(content))
    (OUT / name).write_bytes(data.getvalue())
    return data.getvalue()


def odd():
    """Members that are links or sparse, as GNU tar stores them, and a label that is null."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        for name, content in [("0.png", png(0)), ("0.cls", b"yes"), ("1.png", png(1)), ("3.png", png(3)), ("3.cls", b"yes")]:
            (at / name).write_bytes(content)
        (at / "3.json").write_text('{"label": null}')
        os.link(at / "0.cls", at / "1.cls")
        os.symlink("0.png", at / "2.png")
        with open(at / "4.png", "wb") as sparse:
            sparse.write(png(4))
            sparse.truncate(1 << 20)
        (at / "5.png").write_bytes(png(5))
        names = sorted(path.name for path in at.iterdir())
        fixed = ["--sort=none", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=644"]
        for form in ("gnu", "posix"):
            out = OUT / f"odd-{form}.tar"
            delete = "--pax-option=delete=atime,delete=ctime"
            subprocess.run(["tar", "-cSf", out, f"--format={form}", *([delete] if form == "posix" else []), *fixed, *names],
                           cwd=at, check=True)


def main():
    OUT.mkdir(exist_ok=True)
    long = "deep/" * 40 + "sample"
    webdataset = [
        ("._0.png", b"of a Mac"),
        ("0.png", png(0)),
        ("0.json", json.dumps({"question": "Is it black?", "label": "yes", "split": "train"}).encode()),
        ("0.npy", b"not read"),
        ("1.cls", b"no\n"),
        ("1.png", png(1)),
        ("1.txt", b"a caption"),
        ("a/b.seg.png", png(2)),
        ("a/b.jpg.png", png(3)),
        ("c.json", b"{\"label\": \"alone\"}"),
        ("d.json", b"{no json"),
        ("d.png", png(4)),
        (long + ".png", png(5)),
        (long + ".cls", b"7"),
    ]
    data = tar("web.tar", webdataset, tarfile.PAX_FORMAT)
    (OUT / "web.tar.gz").write_bytes(gzip.compress(data, mtime=0))
    for shard in range(2):
        keys = [f"{shard:05d}{i:04d}" for i in range(3)]
        members = []
        for i, key in enumerate(keys):
            members += [
                (key + ".png", png(10 * shard + i + 10)),
                (key + ".txt", b"a caption"),
                (key + ".json", json.dumps({"url": "http://x", "key": key, "caption": "a caption"}).encode()),
            ]
        tar(f"{shard:05d}.tar", members, tarfile.GNU_FORMAT)
        table = {
            "url": ["http://x"] * 3 + ["http://gone"],
            "key": keys + [f"{shard:05d}9999"],
            "status": ["success"] * 3 + ["failed_to_download"],
            "label": ["cat", "dog", "cat", "dog"],
            "width": [2] * 3 + [None],
        }
        pq.write_table(pa.table(table), OUT / f"{shard:05d}.parquet")
        (OUT / f"{shard:05d}_stats.json").write_text(json.dumps({"count": 4, "successes": 3}, indent=4))


if __name__ == "__main__":
    main()
    odd()
