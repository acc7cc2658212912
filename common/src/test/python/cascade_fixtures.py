"""Writes the fixtures of the cascade's arithmetic; NumPy, row by row and threshold by threshold, is the reference.

Usage: python cascade_fixtures.py (from anywhere; writes ../resources/neuron/cascade.json).
"""

import itertools
import json
from pathlib import Path

import numpy as np

TARGET = Path(__file__).resolve().parent.parent / "resources" / "neuron" / "cascade.json"
NO_LABEL = -1


def rows_of(rng: np.random.Generator, rows: int, labels: int, levels: int, grain: float) -> dict:
    """Labels, each level's predictions and margins (surer where right), and the model's answers."""
    given = rng.integers(0, labels, rows)
    predicted, margins = [], []
    for level in range(levels):
        sure = rng.random(rows)
        right = rng.random(rows) < 0.45 + 0.1 * level + 0.5 * sure
        predicted.append(np.where(right, given, (given + 1) % labels))
        margins.append(np.clip(np.round(sure / grain) * grain if grain else sure, 0, 1))
    answers = np.where(rng.random(rows) < 0.9, given, rng.integers(NO_LABEL, labels, rows))
    return {"given": given, "predicted": predicted, "margins": margins, "answers": answers}


def run(case: dict, thresholds, layers: list[int], model: bool) -> dict:
    """What thresholds give: rows below one go on; the last level, or the model, decides the rest."""
    given, levels = case["given"], len(case["predicted"])
    verdicts = list(case["predicted"])
    if model:
        verdicts.append(np.where(case["answers"] == NO_LABEL, case["predicted"][-1], case["answers"]))
    rung = np.zeros(len(given), int)
    on = np.ones(len(given), bool)
    for level, threshold in enumerate(thresholds):
        on = on & (case["margins"][level] < threshold / 1000)
        rung[on] = level + 1
    chosen = np.choose(rung, verdicts)
    return {
        "thresholds": list(map(int, thresholds)),
        "decided": np.bincount(rung, minlength=levels + model).tolist(),
        "right": int(np.sum(chosen == given)),
        "layers": int(np.asarray(layers)[rung].sum()),
    }


def candidates(margins: np.ndarray) -> list[int]:
    """0, and the least whole thousandths above each margin."""
    above = [next(t for t in range(1002) if margin < t / 1000) for margin in np.unique(margins)]
    return sorted({0, *above})


def case_of(rng: np.random.Generator, rows: int, labels: int, levels: int, grain: float, model: bool) -> dict:
    case = rows_of(rng, rows, labels, levels, grain)
    layers = sorted(rng.choice(np.arange(1, 30), levels + model, replace=False).tolist())
    tried = [candidates(margins) for margins in case["margins"][: levels - 1 + model]]
    plans = [run(case, thresholds, layers, model) for thresholds in itertools.product(*tried)]
    most = max(plan["right"] for plan in plans)
    best = min((plan for plan in plans if plan["right"] == most), key=lambda plan: plan["layers"])
    targets = []
    for target in (0.5, 0.7, 0.8, 0.85, 0.9, most / rows, (most + 1) / rows):
        enough = [plan for plan in plans if plan["right"] >= target * rows - 1e-9]
        cheapest = min(enough, key=lambda plan: (plan["layers"], -plan["right"]), default=None)
        targets.append({"target": target, "layers": cheapest and cheapest["layers"], "right": cheapest and cheapest["right"]})
    curves = []
    for predicted, margins in zip(case["predicted"], case["margins"]):
        thousandths = np.array([next(t for t in range(1001, -1, -1) if t / 1000 <= margin) for margin in margins])
        points = []
        for threshold in np.unique(thousandths):
            answered = thousandths >= threshold
            accuracy = float((predicted == case["given"])[answered].mean())
            points.append([threshold / 1000, float(answered.mean()), accuracy])
        curves.append(points)
    return {
        "given": case["given"].tolist(),
        "predicted": [p.tolist() for p in case["predicted"]],
        "margins": [m.tolist() for m in case["margins"]],
        "answers": case["answers"].tolist(),
        "last_resort": "model" if model else "deepest",
        "layers": layers,
        "plans": [plans[i] for i in rng.choice(len(plans), min(12, len(plans)), replace=False)],
        "most_accurate": {"right": most, "layers": best["layers"]},
        "targets": targets,
        "curves": curves,
    }


def main() -> None:
    rng = np.random.default_rng(20260311)
    shapes = [
        (40, 2, 1, 0.1, True),
        (60, 3, 1, 0.0, True),
        (25, 2, 1, 0.1, False),
        (50, 2, 2, 0.2, True),
        (80, 4, 2, 0.0, False),
        (50, 2, 3, 0.2, True),
        (60, 3, 3, 0.1, False),
        (30, 2, 2, 1.0, True),
    ]
    cases = [case_of(rng, *shape) for shape in shapes]
    TARGET.write_text(json.dumps({"made_by": "cascade_fixtures.py", "cases": cases}) + "\n")


if __name__ == "__main__":
    main()
