"""Writes mean and deviation of every neuron on the probing rows of the folder of select_fixtures.py.

Usage: python profile_fixtures.py (after select_fixtures.py; writes into ../resources/select).
"""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

TARGET = Path(__file__).resolve().parent.parent / "resources" / "select"


def main() -> None:
    table = pq.read_table(TARGET / "activations")
    rows = table.select(["task", "split"]).to_pylist()
    profiles = {}
    for task in sorted({row["task"] for row in rows}):
        probing = [i for i, row in enumerate(rows) if row["task"] == task and row["split"] == "probe"]
        profiles[task] = {
            name: [
                [float(vector.mean()), float(vector.std())]
                for vector in np.stack([np.frombuffer(table[name][i].as_py(), "<f2") for i in probing]).T.astype(np.float64)
            ]
            for name in table.column_names
            if name.startswith("l0")
        }
    # JSON has no NaN: no chosen neuron is one
    text = json.dumps(profiles).replace("NaN", "null")
    (TARGET / "profiles.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
