"""The other side of `superneurons bench-select`: best cut and AUC of every neuron on every task.

Vectorised NumPy over blocks of neurons; pyarrow reads the same Parquet files, a column at a time.
Prints one line of JSON: what it took, and how far its numbers are from those of select.
"""

import argparse
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

BLOCK = 256  # neurons at a time, so that the arrays of a block stay in the cache
NAMES = ("threshold", "polarity", "probe", "auc", "validation")


def read_column(files: list[Path], column: str) -> np.ndarray:
    """All rows of a column of vectors: [rows, neurons] float16."""
    parts = []
    for file in files:
        for chunk in pq.read_table(file, columns=[column]).column(0).chunks:
            _, offsets, data = chunk.buffers()
            ends = np.frombuffer(offsets, "<i4")[chunk.offset : chunk.offset + len(chunk) + 1]
            values = np.frombuffer(data, "<f2", count=(ends[-1] - ends[0]) // 2, offset=ends[0])
            parts.append(values.reshape(len(chunk), -1))
    return np.concatenate(parts)


def score(x: np.ndarray, given: np.ndarray) -> dict[str, np.ndarray]:
    """Best cut by accuracy, with polarity, and AUC. x: [neurons, rows], given: [rows] of 0 and 1."""
    neurons, rows = x.shape
    order = np.argsort(x, axis=1)
    values = np.take_along_axis(x, order, axis=1)
    labels = given[order]
    positives_below = np.cumsum(labels, axis=1, dtype=np.int32)
    rank = np.arange(1, rows + 1, dtype=np.int32)
    positives = int(given.sum())
    negatives = rows - positives
    new = values[:, 1:] != values[:, :-1]
    # Right answers with label 1 above a cut after each row; below it is the rest of them.
    up = (rank - 2 * positives_below + positives)[:, :-1]
    best = np.where(new, np.maximum(up, rows - up), -1)
    most = best.max(axis=1)
    gap = np.where(best == most[:, None], values[:, 1:] - values[:, :-1], -1)
    at = gap.argmax(axis=1)
    pick = np.arange(neurons)
    low = values[pick, at].astype(np.float64)
    threshold = low + (values[pick, at + 1] - low) / 2
    polarity = np.where(up[pick, at] == most, 1, -1)
    # Mean ranks of ties, from the first and the last row of each run of equal values.
    first = np.zeros((neurons, rows), np.int32)
    first[:, 1:] = np.where(new, rank[:-1], 0)
    np.maximum.accumulate(first, axis=1, out=first)
    last = np.full((neurons, rows), rows, np.int32)
    last[:, :-1] = np.where(new, rank[:-1], rows)
    last = np.minimum.accumulate(last[:, ::-1], axis=1)[:, ::-1]
    twice_ranks = ((first + last + 1) * labels).sum(axis=1, dtype=np.int64)
    auc = (twice_ranks / 2 - positives * (positives + 1) / 2) / (positives * negatives)
    return {"threshold": threshold, "polarity": polarity, "probe": most / rows, "auc": auc}


def check(x: np.ndarray, given: np.ndarray, found: dict) -> np.ndarray:
    """Accuracy of those cuts on other rows. x: [neurons, rows]."""
    predicted = (x > found["threshold"][:, None]) == (found["polarity"][:, None] > 0)
    return (predicted == given.astype(bool)).mean(axis=1)


def score_block(matrix: np.ndarray, tasks: list, start: int) -> np.ndarray:
    """[tasks, names, neurons of the block]"""
    block = np.ascontiguousarray(matrix[:, start : start + BLOCK].T).astype(np.float32)
    results = []
    for (probe, probe_labels), (validation, validation_labels) in tasks:
        found = score(block[:, probe], probe_labels)
        found["validation"] = check(block[:, validation], validation_labels, found)
        results.append([found[name] for name in NAMES])
    return np.array(results)


def run(folder: Path, threads: int):
    files = sorted(folder.glob("*.parquet"))
    columns = [name for name in pq.read_schema(files[0]).names if re.fullmatch(r"l\d+_[a-z_]+", name)]
    rows = pa.concat_tables(pq.read_table(file, columns=["task", "split", "label"]) for file in files)
    task, split = (rows.column(name).to_numpy() for name in ("task", "split"))
    positive = (rows.column("label").to_numpy() == "yes").astype(np.int8)
    names = sorted(set(task))
    sets = [[np.flatnonzero((task == t) & (split == s)) for s in ("probe", "validation")] for t in names]
    tasks = [[(rows_of, positive[rows_of]) for rows_of in both] for both in sets]
    results, reading = {}, 0.0
    with ThreadPoolExecutor(threads) as pool:
        for column in columns:
            start = time.perf_counter()
            matrix = read_column(files, column)
            reading += time.perf_counter() - start
            blocks = range(0, matrix.shape[1], BLOCK)
            scored = pool.map(lambda begin, m=matrix: score_block(m, tasks, begin), blocks)
            results[column] = np.concatenate(list(scored), axis=2)
    return names, results, reading


def compare(scores: Path, names: list[str], results: dict) -> dict:
    table = pq.read_table(scores)
    columns = {name: table.column(name).to_numpy() for name in ("task", "layer", "site", "index")}
    threshold = table.column("thresholds").combine_chunks()
    own = {name: table.column(name).to_numpy() for name in ("polarity", "probe", "auc", "validation")}
    own["threshold"] = threshold.flatten().to_numpy()
    if len(own["threshold"]) != len(table):
        raise SystemExit("select left out neurons that have a cut")
    other = np.empty((len(NAMES), len(table)))
    position = {name: i for i, name in enumerate(names)}
    tasks = np.array([position[t] for t in columns["task"]])
    for column, values in results.items():
        layer, site = re.fullmatch(r"l(\d+)_(.*)", column).groups()
        here = (columns["layer"] == int(layer)) & (columns["site"] == site)
        other[:, here] = values[tasks[here], :, columns["index"][here]].T
    agreement = {"compared": len(table)}
    for i, name in enumerate(NAMES):
        agreement["max_difference_" + name] = float(np.max(np.abs(own[name] - other[i])))
    if any(value > 1e-9 for key, value in agreement.items() if key != "compared"):
        raise SystemExit(f"The two programs' numbers differ: {agreement}")
    return agreement


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--activations", type=Path, required=True)
    parser.add_argument("--scores", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    start = time.perf_counter()
    names, results, reading = run(arguments.activations, arguments.threads)
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {
                "seconds": seconds,
                "read_seconds": reading,
                "threads": arguments.threads,
                "versions": {"numpy": np.__version__, "pyarrow": pa.__version__},
                "agreement": compare(arguments.scores, names, results),
            }
        )
    )


if __name__ == "__main__":
    main()
