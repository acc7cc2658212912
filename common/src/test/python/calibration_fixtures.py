"""Writes the fixture of the calibration of margins; scikit-learn is the reference.

Usage: python calibration_fixtures.py (from anywhere; writes ../resources/neuron/calibration.json).
"""

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

TARGET = Path(__file__).resolve().parent.parent / "resources" / "neuron" / "calibration.json"


def curve(margins: np.ndarray, right: np.ndarray, at: list[float]) -> list[float]:
    """Platt's curve with one more row, of margin 0 and right by half, by scikit-learn's logistic regression: a target
    between 0 and 1 is a row of each class, with weights that add up to one. Where its slope is negative, the curve is
    that of the same regression without margins."""
    wins = right.sum()
    targets = np.where(right == 1, (wins + 1) / (wins + 2), 1 / (len(right) - wins + 2))
    x = np.append(margins, 0.0)
    t = np.append(targets, 0.5)
    model = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000)
    classes = np.repeat([1, 0], len(x))
    weights = np.append(t, 1 - t)
    model.fit(np.append(x, x)[:, None], classes, sample_weight=weights)
    if model.coef_[0, 0] < 0:
        model.fit(np.zeros((2 * len(x), 1)), classes, sample_weight=weights)
    return model.predict_proba(np.array(at)[:, None])[:, 1].tolist()


def main() -> None:
    rng = np.random.default_rng(3)
    cases = []
    for rows, slope in [(8, 2.0), (60, 4.0), (300, 6.0), (60, -6.0)]:
        margins = np.floor(rng.random(rows) * 1000) / 1000
        right = (rng.random(rows) < 1 / (1 + np.exp(-(slope * margins - 0.5 * np.sign(slope))))).astype(int)
        at = [0.0, 0.25, 0.5, 1.0]
        cases.append(
            {
                "margins": margins.tolist(),
                "right": right.tolist(),
                "at": at,
                "probability": curve(margins, right, at),
            }
        )
    TARGET.write_text(json.dumps({"made_by": "calibration_fixtures.py", "cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
