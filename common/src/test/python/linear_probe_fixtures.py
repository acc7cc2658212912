"""What scikit-learn's RidgeClassifier makes of a few small sets of rows, as expected values.

Usage: python linear_probe_fixtures.py (writes ../resources/neuron/linear-probe.json).
"""

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import RidgeClassifier

TARGET = Path(__file__).resolve().parent.parent / "resources" / "neuron" / "linear-probe.json"


def case(seed: int, rows: int, features: int, labels: int, alpha: float) -> dict:
    rng = np.random.default_rng(seed)
    given = np.arange(rows) % labels
    x = rng.normal(loc=3, size=(rows + 10, features)).astype(np.float16).astype(np.float64)
    x[:rows, 0] += 0.7 * given
    x[:, features - 1] = 1.5  # a constant feature
    model = RidgeClassifier(alpha=alpha).fit(x[:rows], given)
    return {
        "labels": labels,
        "alpha": alpha,
        "fit": x[:rows].tolist(),
        "given": given.tolist(),
        "check": x[rows:].tolist(),
        "decisions": np.atleast_2d(model.decision_function(x[rows:]).T).T.tolist(),
        "predicted": model.predict(x[rows:]).tolist(),
    }


def main() -> None:
    cases = [
        case(1, 30, 7, 2, 1.0),  # more rows than features
        case(2, 9, 40, 2, 0.5),  # more features than rows
        case(3, 48, 6, 4, 10.0),
        case(4, 15, 33, 5, 1e-3),
        case(5, 13, 13, 3, 2.0),
    ]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps({"made_by": "linear_probe_fixtures.py", "cases": cases}) + "\n")


if __name__ == "__main__":
    main()
