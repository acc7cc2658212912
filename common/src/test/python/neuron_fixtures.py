"""Writes the fixtures of the neuron arithmetic; scikit-learn and SciPy are the reference.

Usage: python neuron_fixtures.py (from anywhere; writes into ../resources/neuron).
"""

import json
import warnings
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn import metrics

TARGET = Path(__file__).resolve().parent.parent / "resources" / "neuron"
warnings.filterwarnings("ignore")


def scores(given: np.ndarray, predicted: np.ndarray) -> dict:
    return {
        "accuracy": metrics.accuracy_score(given, predicted),
        "balanced_accuracy": metrics.balanced_accuracy_score(given, predicted),
        "macro_f1": metrics.f1_score(given, predicted, average="macro", zero_division=0),
        "mcc": metrics.matthews_corrcoef(given, predicted),
        "auc": mean_auc(given, [predicted == label for label in range(max(given.max(), predicted.max()) + 1)]),
    }


def mean_auc(given: np.ndarray, numbers) -> float:
    """Each label against the rest, over the labels that some rows have and others have not."""
    labels = [label for label in range(len(numbers)) if 0 < np.sum(given == label) < len(given)]
    areas = [metrics.roc_auc_score(given == label, np.asarray(numbers[label], float)) for label in labels]
    return float(np.mean(areas)) if areas else 0.5


def metric_cases(rng: np.random.Generator) -> list[dict]:
    cases = []
    for labels, rows, agree in [(2, 40, 0.8), (2, 7, 0.5), (3, 30, 0.6), (5, 60, 0.3), (10, 200, 0.9), (2, 3, 1.0)]:
        for _ in range(4):
            given = rng.integers(0, labels, rows)
            predicted = np.where(rng.random(rows) < agree, given, rng.integers(0, labels, rows))
            cases.append((labels, given, predicted))
    one = np.ones(6, int)
    degenerate = [(2, one, one), (2, one, one * 0), (2, one * 0, one), (3, one, one * 2), (2, np.array([0]), np.array([1]))]
    degenerate += [(4, np.array([0, 0, 1, 2]), np.array([0, 0, 0, 0])), (2, np.array([0, 0, 0, 1]), np.array([0, 0, 0, 0]))]
    return [
        {
            "labels": labels,
            "given": given.tolist(),
            "predicted": predicted.tolist(),
            "metrics": scores(given, predicted),
        }
        for labels, given, predicted in [*cases, *degenerate]
    ]


def best_cut(values: np.ndarray, given: np.ndarray, metric: str) -> dict | None:
    """The widest gap, then the lowest cut, then polarity 1, of all cuts with the best score."""
    distinct = np.unique(values).astype(np.float64)
    best = None
    for low, high in zip(distinct, distinct[1:]):
        threshold = low + (high - low) / 2
        for polarity in (1, -1):
            predicted = ((values > threshold) == (polarity > 0)).astype(int)
            score = scores(given, predicted)[metric]
            key = (round(score, 11), high - low, -threshold, polarity)
            if best is None or key > best[0]:
                best = (key, {"threshold": threshold, "polarity": polarity, "score": score})
    if best and metric == "auc":
        best[1]["score"] = metrics.roc_auc_score(given, best[1]["polarity"] * values)
    return best and best[1]


def polarised(values: np.ndarray, given: np.ndarray, threshold: float, metric: str) -> dict:
    up = scores(given, (values > threshold).astype(int))[metric]
    down = scores(given, (values <= threshold).astype(int))[metric]
    polarity = -1 if down > up + 1e-12 else 1
    score = metrics.roc_auc_score(given, polarity * values) if metric == "auc" else max(up, down)
    return {"threshold": threshold, "polarity": polarity, "score": score}


def rule_cases(rng: np.random.Generator) -> list[dict]:
    cases = []
    for rows, shift, grain in [(12, 1.0, 0.5), (40, 0.5, 0.25), (10, 3.0, 1.0), (80, -0.7, 0.01), (25, 0.0, 2.0), (8, -5, 4)]:
        for _ in range(3):
            given = rng.permutation(np.arange(rows) % 3 == 0).astype(int)
            values = np.round((rng.normal(size=rows) + shift * given) / grain) * grain
            values = (values + 0.0).astype(np.float16).astype(np.float32)
            if len(np.unique(values)) < 2:
                continue
            means = [float(values[given == label].astype(np.float64).mean()) for label in (0, 1)]
            fitted = {
                metric: {
                    "zero": polarised(values, given, 0.0, metric),
                    "midpoint": polarised(values, given, (means[0] + means[1]) / 2, metric),
                    "best_cut": best_cut(values, given, metric),
                }
                for metric in ("accuracy", "balanced_accuracy", "macro_f1", "mcc", "auc")
            }
            cases.append({"values": values.tolist(), "given": given.tolist(), "means": means, "auc": metrics.roc_auc_score(given, values), "fitted": fitted})
    return cases


def detector_cases(rng: np.random.Generator) -> list[dict]:
    """Values of rows of many labels, and for each label its best cut against the rest."""
    cases = []
    for rows, labels, grain in [(12, 3, 0.5), (60, 4, 0.25), (90, 12, 0.03), (40, 3, 3.0), (300, 40, 0.2)]:
        for _ in range(3):
            given = rng.permutation(np.arange(rows) % labels)
            values = np.round((rng.normal(size=rows) + given % 3) / grain) * grain
            values = (values + 0.0).astype(np.float16).astype(np.float32)
            cuts = [best_cut(values, (given == label).astype(int), "balanced_accuracy") for label in range(labels)]
            areas = [metrics.roc_auc_score(given == label, values) for label in range(labels)]
            cases.append(
                {
                    "labels": labels,
                    "given": given.tolist(),
                    "values": values.tolist(),
                    "means": [float(values[given == label].astype(np.float64).mean()) for label in range(labels)],
                    "cuts": cuts,
                    "aucs": areas,
                    "mean_auc": float(np.mean(np.maximum(areas, 1 - np.array(areas)))),
                }
            )
    return cases


def vote_cases(rng: np.random.Generator) -> list[dict]:
    """Weights of votes with many ties, and the area under the margin's curve."""
    cases = []
    for rows, labels in [(30, 2), (9, 2), (50, 3), (80, 7)]:
        given = rng.integers(0, labels, rows)
        weights = rng.integers(0, 5, (rows, labels)) + 2.0 * (np.arange(labels) == given[:, None])
        if labels == 2:
            auc = metrics.roc_auc_score(given, weights[:, 1] - weights[:, 0])
        else:
            auc = mean_auc(given, weights.T)
        cases.append({"labels": labels, "given": given.tolist(), "weights": weights.tolist(), "auc": auc})
    return cases


def rank_test_cases(rng: np.random.Generator) -> list[dict]:
    """Mann and Whitney's test: exact with few rows, else normal without correction for ties."""
    cases = []
    for positives, others, grain in [(5, 5, 0), (1, 9, 0), (12, 20, 0.5), (15, 15, 0), (6, 60, 1.0), (150, 250, 0), (60, 900, 0.5)]:
        for shift in (0.0, 0.5, 2.0, -6.0):
            values = rng.normal(size=positives + others) + shift * (np.arange(positives + others) < positives)
            values = np.round(values / grain) * grain if grain else values
            x, y = values[:positives], values[positives:]
            few, many = min(positives, others), max(positives, others)
            exact = few * many <= 40_000 and few * few * many <= 300_000
            if exact:
                p = float(stats.mannwhitneyu(x, y, method="exact").pvalue)
            else:  # SciPy corrects the deviation for ties, so it is asked for ranks without any
                u = stats.mannwhitneyu(x, y).statistic
                u = max(u, positives * others - u)
                z = (u - positives * others / 2 - 0.5) / np.sqrt(positives * others * (positives + others + 1) / 12)
                p = float(min(1, 2 * stats.norm.sf(z)))
                if not grain:
                    assert np.isclose(p, stats.mannwhitneyu(x, y, method="asymptotic").pvalue, rtol=1e-12)
            auc = metrics.roc_auc_score(np.arange(positives + others) < positives, values)
            cases.append({"positives": positives, "others": others, "auc": float(auc), "p_value": p})
    return cases


def ballot_cases(rng: np.random.Generator) -> list[dict]:
    """Voters, best first, some silent: who wins, a tie by the best of its voters, and by how much."""
    cases = []
    for labels, voters, rows in [(2, 4, 60), (3, 5, 60), (4, 9, 80), (7, 12, 80)]:
        votes = rng.integers(-1, labels, (voters, rows))
        votes[:, :5] = -1
        weights = rng.integers(1, 4, voters) / 4
        counts = ((votes[:, :, None] == np.arange(labels)) * weights[:, None, None]).sum(0)
        ranked = np.sort(counts, axis=1)
        first = np.argmax((votes[:, :, None] == np.arange(labels)) & (counts == ranked[:, -1:]), axis=0)
        # Of the labels that have the most weight, that with the earliest voter.
        earliest = np.where((counts == ranked[:, -1:]) & (counts > 0), first, voters)
        winners = np.where(counts.max(1) > 0, earliest.argmin(1), -1)
        margins = (ranked[:, -1] - ranked[:, -2]) / weights.sum()
        assert np.sum(margins == 0) > 6
        cases.append(
            {
                "labels": labels,
                "votes": votes.tolist(),
                "weights": weights.tolist(),
                "winners": winners.tolist(),
                "margins": margins.tolist(),
            }
        )
    return cases


def paired_cases() -> list[dict]:
    """McNemar's exact test of counts of images on which one method gets more rows right."""
    cases = []
    for first, second in [(0, 0), (1, 0), (0, 5), (5, 0), (6, 0), (0, 6), (3, 3), (10, 2), (2, 10), (9, 3), (1, 2), (40, 60), (60, 40), (90, 60), (700, 600), (5, 900)]:
        p = float(stats.binomtest(first, first + second).pvalue) if first + second else 1.0
        verdict = "tie" if p > 0.05 else "better" if first > second else "worse"
        cases.append({"first": first, "second": second, "p_value": p, "verdict": verdict})
    return cases


def fisher_cases() -> list[dict]:
    cases = []
    for hits, draws, marked, rows in [(5, 5, 5, 10), (0, 5, 5, 10), (3, 10, 6, 30), (40, 60, 70, 120), (10, 10, 20, 200), (12, 190, 20, 200), (700, 1000, 900, 2000)]:
        tails = stats.hypergeom.sf(hits - 1, rows, marked, draws), stats.hypergeom.cdf(hits, rows, marked, draws)
        cases.append({"table": [hits, draws, marked, rows], "p_value": float(min(1, 2 * min(tails)))})
    return cases


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(20260310)
    fixture = {
        "made_by": "neuron_fixtures.py",
        "metrics": metric_cases(rng),
        "rules": rule_cases(rng),
        "detectors": detector_cases(rng),
        "votes": vote_cases(rng),
        "rank_tests": rank_test_cases(np.random.default_rng(7)),
        "fisher_tests": fisher_cases(),
        "ballots": ballot_cases(np.random.default_rng(11)),
        "paired_tests": paired_cases(),
        "normal_tail": [[z, float(stats.norm.sf(z))] for z in (-9.0, -3, -1, 0, 0.3, 1, 2.9, 3, 3.1, 6, 12, 30)],
    }
    (TARGET / "neuron.json").write_text(json.dumps(fixture, indent=1) + "\n")


if __name__ == "__main__":
    main()
