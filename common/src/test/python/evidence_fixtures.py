"""Writes the fixture of votes by naive Bayes and by ridge; scikit-learn's CategoricalNB and Ridge are the reference.

Usage: python evidence_fixtures.py (from anywhere; writes ../resources/neuron/evidence.json).
"""

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.naive_bayes import CategoricalNB
from sklearn.preprocessing import StandardScaler

TARGET = Path(__file__).resolve().parent.parent / "resources" / "neuron" / "evidence.json"
ROWS, FIT, NEURONS = 80, 60, 7


def labels_of(rng: np.random.Generator, labels: int) -> np.ndarray:
    return np.concatenate([np.arange(labels), rng.choice(labels, ROWS - labels, p=rng.dirichlet(np.full(labels, 4)))])


def naive_bayes(rng: np.random.Generator, labels: int, detectors: bool) -> dict:
    """Votes of neurons on rows that fit and some more; -1 is no vote, which only detectors give."""
    given = labels_of(rng, labels)
    said = []
    for neuron in range(NEURONS):
        sure = rng.random(labels) * 0.8 + 0.1  # how often rows of each label get the right vote
        if detectors:
            fires = np.where(given == neuron % labels, rng.random(ROWS) < sure[given], rng.random(ROWS) < 0.2)
            said.append(np.where(fires, neuron % labels, -1))
        else:
            said.append(np.where(rng.random(ROWS) < sure[given], given, rng.integers(labels, size=ROWS)))
    votes = np.array(said)
    features = (votes >= 0).astype(int).T if detectors else votes.T
    joint = {}
    for name, prior in (("accuracy", True), ("balanced_accuracy", False)):
        model = CategoricalNB(fit_prior=prior, min_categories=2 if detectors else labels)
        joint[name] = model.fit(features[:FIT], given[:FIT]).predict_joint_log_proba(features)
    return {
        "labels": labels,
        "detectors": detectors,
        "given": given.tolist(),
        "votes": votes.tolist(),
        # against the first label: only differences count
        "log_odds": {name: (j - j[:, :1]).round(9).tolist() for name, j in joint.items()},
    }


def ridge(rng: np.random.Generator, labels: int) -> dict:
    """Values of neurons of very different scales, one of them always the same."""
    given = labels_of(rng, labels)
    values = rng.normal(size=(ROWS, NEURONS)) + given[:, None] * rng.normal(size=NEURONS)
    values = (values * 10.0 ** rng.integers(-2, 3, NEURONS) + rng.normal(size=NEURONS)).astype(np.float32)
    values[:, 2] = 1.5
    scaler = StandardScaler().fit(values[:FIT].astype(float))
    targets = np.where(given[:FIT, None] == np.arange(labels), 1.0, -1.0)
    model = Ridge(alpha=0.1 * FIT).fit(scaler.transform(values[:FIT].astype(float)), targets)
    sums = model.predict(scaler.transform(values.astype(float)))
    return {"labels": labels, "given": given.tolist(), "values": values.T.tolist(), "sums": sums.tolist()}


def main() -> None:
    rng = np.random.default_rng(19)
    fixture = {
        "made_by": "evidence_fixtures.py",
        "naive_bayes": [naive_bayes(rng, 2, False), naive_bayes(rng, 4, False), naive_bayes(rng, 3, True)],
        "ridge": [ridge(rng, 2), ridge(rng, 3)],
    }
    TARGET.write_text(json.dumps(fixture) + "\n")


if __name__ == "__main__":
    main()
