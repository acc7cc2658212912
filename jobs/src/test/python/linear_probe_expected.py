"""What the linear probe baseline must make of select's fixture, by scikit-learn's RidgeClassifier.

Layer and penalty are chosen on validation rows; the probe is fitted on probing rows. Reads the folder
that select_fixtures.py wrote. Usage: python linear_probe_expected.py (writes linear-probe.json).
"""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from sklearn.linear_model import RidgeClassifier

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "select"
PENALTIES = [10, 1, 0.1, 0.01, 0.001]  # of the mean squared distance of probing rows from their centre
LAYERS = 3


def main() -> None:
    rows = pq.read_table(FOLDER / "activations").to_pylist()
    expected = {}
    for task in ("dog", "land"):
        own = [row for row in rows if row["task"] == task]
        given = np.array([row["label"] for row in own])
        sets = {name: np.array([row["split"] == name for row in own]) for name in ("probe", "validation", "test")}
        best = None
        for layer in range(LAYERS):
            cells = [np.frombuffer(row[f"l{layer:02d}_resid_post"], "<f2") for row in own]
            x = np.stack(cells).astype(np.float64)
            fit = x[sets["probe"]]
            spread = ((fit - fit.mean(0)) ** 2).sum() / len(fit)
            for penalty in PENALTIES:
                model = RidgeClassifier(alpha=penalty * spread).fit(fit, given[sets["probe"]])
                predicted = model.predict(x)
                score = np.mean((predicted == given)[sets["validation"]])
                if best is None or score > best[0]:
                    best = (score, layer, predicted)
        _, layer, predicted = best
        accuracy = {name: float(np.mean((predicted == given)[of])) for name, of in sets.items()}
        expected[task] = {"layer": layer, "accuracy": accuracy}
    (FOLDER / "linear-probe.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
