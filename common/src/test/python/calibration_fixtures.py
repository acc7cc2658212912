"""Writes the fixture of the calibration of margins; scikit-learn is the reference.

Usage: python calibration_fixtures.py (from anywhere; writes ../resources/neuron/calibration.json).
"""

import json
from pathlib import Path

import numpy as np
from sklearn.calibration import _sigmoid_calibration

TARGET = Path(__file__).resolve().parent.parent / "resources" / "neuron" / "calibration.json"


def main() -> None:
    rng = np.random.default_rng(3)
    cases = []
    for rows, slope in [(8, 2.0), (60, 4.0), (300, 6.0)]:
        margins = np.floor(rng.random(rows) * 1000) / 1000
        right = (rng.random(rows) < 1 / (1 + np.exp(-(slope * margins - 0.5)))).astype(int)
        a, b = _sigmoid_calibration(margins, right)
        at = [0.0, 0.25, 0.5, 1.0]
        cases.append(
            {
                "margins": margins.tolist(),
                "right": right.tolist(),
                "at": at,
                "probability": [float(1 / (1 + np.exp(a * x + b))) for x in at],
            }
        )
    TARGET.write_text(json.dumps({"made_by": "calibration_fixtures.py", "cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
