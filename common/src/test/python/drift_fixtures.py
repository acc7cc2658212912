"""Writes the fixtures of the drift check; NumPy is the reference.

Where NumPy's own rounding would hide an error, values far from zero, Python's exact fractions are.
Usage: python drift_fixtures.py (from anywhere; writes into ../resources/neuron).
"""

import json
import statistics
from pathlib import Path

import numpy as np

TARGET = Path(__file__).resolve().parent.parent / "resources" / "neuron"


def votes(rule: dict, values: np.ndarray, labels: int) -> np.ndarray:
    """Label index a row, -1 where there is no vote."""
    if rule["rule"] == "nearest_mean":
        return np.argmin(np.abs(values[:, None] - np.array(rule["means"])), axis=1)
    fires = (values > rule["threshold"]) == (rule["polarity"] > 0)
    return np.where(fires, rule["label"], -1) if rule["rule"] == "one_vs_rest" else fires.astype(int)


def profile(rule: dict, values: np.ndarray, labels: int) -> dict:
    cast = votes(rule, values, labels)
    return {
        "mean": statistics.mean(map(float, values)),
        "deviation": statistics.pstdev(map(float, values)),
        "firing_rates": [float(np.mean(cast == label)) for label in range(labels)],
    }


def drift(before: dict, after: dict) -> dict:
    silent = [1 - sum(profile["firing_rates"]) for profile in (before, after)]
    rates = [np.array([*profile["firing_rates"], rest]) for profile, rest in zip((before, after), silent)]
    shift = (after["mean"] - before["mean"]) / before["deviation"]
    ratio = after["deviation"] / before["deviation"]
    change = np.abs(rates[1] - rates[0]).sum() / 2
    with np.errstate(divide="ignore"):
        doublings = min(abs(np.log2(ratio)), 10)
    return {
        "shift": shift,
        "deviation_ratio": ratio,
        "firing_change": change,
        "size": max(abs(shift), doublings, 2 * change),
    }


def rules(rng: np.random.Generator, values: np.ndarray, labels: int) -> list[dict]:
    middle = float(np.median(values))
    if labels == 2:
        return [{"rule": "midpoint", "threshold": middle, "polarity": p} for p in (1, -1)]
    means = np.sort(rng.choice(np.unique(values), labels, replace=False)).astype(float).tolist()
    high = {"rule": "one_vs_rest", "threshold": middle, "polarity": 1, "label": int(rng.integers(labels))}
    return [{"rule": "nearest_mean", "means": means}, high]


def cases(rng: np.random.Generator) -> list[dict]:
    found = []
    for rows, labels, mean, spread, shift, scale in [
        (40, 2, 0.0, 1.0, 0.0, 1.0),
        (60, 2, 12.0, 0.25, 0.4, 1.0),
        (64, 3, -3.0, 2.0, 0.0, 2.5),
        (100, 4, 0.0, 1e-4, 3e-4, 0.5),
        (50, 2, 60000.0, 100.0, 0.0, 1.0),
        (30, 2, 0.5, 0.5, 0.2, 0.0),
    ]:
        probing = rng.normal(mean, spread, rows).astype(np.float16).astype(np.float32)
        seen = (rng.normal(mean, spread, 2 * rows) - mean) * scale + mean + shift
        seen = seen.astype(np.float16).astype(np.float32)
        found += [case(rule, probing, seen, labels) for rule in rules(rng, probing, labels)]
    # float32 whose digits a running sum in double loses: a large mean, a small spread
    probing = (16_777_216 + rng.integers(0, 3, 500)).astype(np.float32)
    seen = np.concatenate([probing, np.float32([1e-30, -1e-30, 3e18, -3e18])])
    found.append(case({"rule": "midpoint", "threshold": 16_777_217.0, "polarity": 1}, probing, seen, 2))
    return found


def case(rule: dict, probing: np.ndarray, seen: np.ndarray, labels: int) -> dict:
    before, after = profile(rule, probing, labels), profile(rule, seen, labels)
    if np.abs(probing).max() < 1e6:
        for values, found in ((probing, before), (seen, after)):
            exact = values.astype(np.longdouble)
            np.testing.assert_allclose([found["mean"], found["deviation"]], [exact.mean(), exact.std()], rtol=1e-12)
    return {
        "labels": labels,
        "fitted": rule,
        "probing": probing.astype(float).tolist(),
        "seen": seen.astype(float).tolist(),
        "before": before,
        "after": after,
        "drift": drift(before, after),
    }


def main() -> None:
    rng = np.random.default_rng(20260311)
    fixture = {"made_by": "drift_fixtures.py", "cases": cases(rng)}
    (TARGET / "drift.json").write_text(json.dumps(fixture) + "\n")


if __name__ == "__main__":
    main()
