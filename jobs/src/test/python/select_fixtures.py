"""Writes a small folder of activations with planted neurons, and what selection must make of it.

The folder is written by pyarrow, as another program would. The expected values come from a plain
NumPy, scikit-learn and SciPy program below, which shares no code with the job: it goes neuron by
neuron over the whole matrix. Usage: python select_fixtures.py (writes into ../resources/select).
"""

import json
import shutil
import warnings
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from scipy import stats
from sklearn import metrics

TARGET = Path(__file__).resolve().parent.parent / "resources" / "select"
LAYERS = 3
SITES = {"resid_post": 12, "attn_z": 16, "mlp_post": 20}
HEADS = 4
LADDER = [1, 3, 5, 9, 15, 31, 63, 127]
SETS = ["probe", "validation", "test"]
# task: labels, rows a set, planted neurons as (layer, site, index)
TASKS = {
    "dog": (["no", "yes"], (40, 40, 60), [(0, "mlp_post", 4), (1, "resid_post", 7), (1, "attn_z", 5), (2, "mlp_post", 0)]),
    "land": (["crop", "forest", "river", "sea"], (60, 60, 80), [(1, "mlp_post", 11), (1, "resid_post", 2), (2, "attn_z", 9)]),
    "small": (["left", "right"], (24, 0, 40), [(0, "resid_post", 3), (2, "resid_post", 10)]),
}
warnings.filterwarnings("ignore")


def columns() -> list[tuple[int, str]]:
    return [(layer, site) for layer in range(LAYERS) for site in SITES]


def make_rows() -> tuple[list[dict], dict]:
    rng = np.random.default_rng(5)
    rows, planted = [], {}
    for task, (labels, sizes, neurons) in TASKS.items():
        planted[task] = [[layer, site, index] for layer, site, index in neurons]
        for name, size in zip(SETS, sizes):
            for number in range(size):
                given = number % len(labels)
                values = {c: rng.normal(size=SITES[c[1]]) for c in columns()}
                for layer, site, index in neurons:
                    values[layer, site][index] += 2.2 * given * (-1 if index % 2 else 1)
                values[0, "resid_post"][0] = 1.5  # a constant neuron
                values[1, "mlp_post"][3] = np.round(values[1, "mlp_post"][3])  # with ties
                answer = labels[given] if rng.random() < 0.8 else labels[(given + 1) % len(labels)]
                rows.append(
                    {
                        "id": f"{task}-{name}-{rng.integers(1 << 40):x}",
                        "task": task,
                        "split": name,
                        "image": f"{task}-{name}-{number}.png",
                        "question": f"Which {task}?",
                        "label": labels[given],
                        "answer": f" {answer.capitalize()}.",
                        **{f"l{l:02d}_{s}": v.astype("<f2").tobytes() for (l, s), v in values.items()},
                    }
                )
    rows[2]["l02_mlp_post"] = np.where(np.arange(20) == 8, np.nan, 0.5).astype("<f2").tobytes()
    rng.shuffle(rows)
    return rows, planted


def write_folder(rows: list[dict]) -> None:
    folder = TARGET / "activations"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    half = len(rows) // 3
    for number, part in enumerate((rows[:half], rows[half:])):
        table = pa.Table.from_pylist(part)
        pq.write_table(table, folder / f"part-{number}.parquet", row_group_size=100, use_dictionary=False)
    metadata = {
        "format": "superneurons-activations",
        "version": 1,
        "model": {"name": "planted", "family": "llava", "fingerprint": "0123"},
        "layers": LAYERS,
        "sites": SITES,
        "attention_heads": HEADS,
        "dtype": "float16",
        "token": "last_prompt",
        "prompt": {"template": "USER: {question} ASSISTANT:"},
        "image": {"size": 64},
        "rows": len(rows),
        "errors": 0,
    }
    (folder / "_superneurons.json").write_text(json.dumps(metadata, indent=1) + "\n")


def accuracy(given, predicted) -> float:
    return float(np.mean(np.asarray(given) == np.asarray(predicted)))


def mean_auc(given, labels, numbers) -> float:
    """Each label against the rest; numbers of a label rank the rows for it."""
    return float(np.mean([metrics.roc_auc_score(given == label, numbers(label)) for label in range(labels)]))


def candidate_cuts(values: np.ndarray) -> list[tuple[float, float]]:
    distinct = np.unique(values).astype(np.float64)
    return [(low + (high - low) / 2, high - low) for low, high in zip(distinct, distinct[1:])]


def side(values, threshold, polarity):
    return (values > threshold) == (polarity > 0)


def fit(rule: str, values: np.ndarray, given: np.ndarray, labels: int, detected: int = -1) -> dict | None:
    if not np.all(np.isfinite(values)) or len(np.unique(values)) < 2:
        return None
    means = np.array([values[given == label].astype(np.float64).mean() for label in range(labels)])
    if rule == "nearest_mean":
        return {"rule": rule, "means": means, "polarity": 1, "threshold": None}
    target, score = given, accuracy
    if rule == "one_vs_rest":
        target, score = (given == detected).astype(int), metrics.balanced_accuracy_score
    if rule == "best_cut" or rule == "one_vs_rest":
        cuts = candidate_cuts(values)
    else:
        cuts = [((means[0] + means[1]) / 2 if rule == "midpoint" else 0.0, 0.0)]
    scored = [
        (round(score(target, side(values, t, p).astype(int)), 11), gap, -t, p) for t, gap in cuts for p in (1, -1)
    ]
    _, _, negative, polarity = max(scored)
    return {"rule": rule, "threshold": -negative, "polarity": polarity, "detected": detected, "means": means}


def vote(fitted: dict, values: np.ndarray) -> np.ndarray:
    if fitted["rule"] == "nearest_mean":
        return np.argmin(np.abs(values.astype(np.float64)[:, None] - fitted["means"]), axis=1)
    fires = side(values, fitted["threshold"], fitted["polarity"])
    return np.where(fires, fitted["detected"], -1) if fitted["rule"] == "one_vs_rest" else fires.astype(int)


def score_votes(fitted: dict, values, given) -> float:
    if fitted["rule"] == "one_vs_rest":
        wanted = (given == fitted["detected"]).astype(int)
        return metrics.balanced_accuracy_score(wanted, (vote(fitted, values) == fitted["detected"]).astype(int))
    return accuracy(given, vote(fitted, values))


def p_value(fitted: dict, values, given, labels: int) -> float:
    predicted = vote(fitted, values)
    if fitted["rule"] == "one_vs_rest":
        given, predicted, labels = (given == fitted["detected"]) * 1, (predicted == fitted["detected"]) * 1, 2
    if labels == 2:
        hits = int(np.sum((given == 1) & (predicted == 1)))
        return float(stats.hypergeom.sf(hits - 1, len(given), int(given.sum()), int(predicted.sum())))
    match = (given[:, None] == predicted[None, :]).astype(float)
    centred = match - match.mean(0) - match.mean(1)[:, None] + match.mean()
    variance = (centred**2).sum() / (len(given) - 1)
    return float(stats.norm.sf((np.trace(match) - 0.5 - match.sum() / len(given)) / np.sqrt(variance)))


def ranked(neurons, matrix, given, fit_rows, rule, labels):
    """The order in which neurons are taken: detectors of the labels take turns."""
    orders = []
    for detected in range(labels) if rule == "one_vs_rest" else [-1]:
        fitted = [(n, fit(rule, matrix[n, fit_rows], given[fit_rows], labels, detected)) for n in range(len(neurons))]
        scored = [(score_votes(f, matrix[n, fit_rows], given[fit_rows]), n, f) for n, f in fitted if f]
        orders.append(sorted(scored, key=lambda entry: (-entry[0], entry[1])))
    return orders


def take(orders, neurons, exit_layer, k):
    allowed = [[entry for entry in order if neurons[entry[1]][0] <= exit_layer] for order in orders]
    turns = [order[rank] for rank in range(k) for order in allowed if rank < len(order)]
    return turns[:k]


def ensemble(members, voting, chance):
    weights = []
    for probe, _, fitted in members:
        base = 0.5 if fitted["rule"] == "one_vs_rest" else chance
        weights.append(1.0 if voting == "majority" else max(1, np.rint((probe - base) * 2**20)) / 2**20)
    if members and members[0][2]["rule"] == "one_vs_rest":
        total = {}
        for weight, (_, _, fitted) in zip(weights, members):
            total[fitted["detected"]] = total.get(fitted["detected"], 0) + weight
        weights = [
            max(1, np.rint(weight / total[fitted["detected"]] * 2**20)) / 2**20
            for weight, (_, _, fitted) in zip(weights, members)
        ]
    return weights


def best_first(choice) -> tuple:
    """Validation, then probing rows, then the most neurons."""
    return -choice[4], -choice[5], -choice[3]


def predict(members, weights, matrix, rows, labels):
    tally = np.zeros((len(rows), labels))
    for weight, (_, n, fitted) in zip(weights, members):
        for position, label in enumerate(vote(fitted, matrix[n, rows])):
            if label >= 0:
                tally[position, label] += weight
    return tally.argmax(1)


def savs(neurons, matrix, given, probe, labels):
    heads = []
    for layer in range(LAYERS):
        width = SITES["attn_z"] // HEADS
        for head in range(HEADS):
            ids = [neurons.index((layer, "attn_z", head * width + d)) for d in range(width)]
            vectors = matrix[ids].T.astype(np.float64)
            centroids = np.stack([vectors[probe][given[probe] == label].mean(0) for label in range(labels)])
            cosine = vectors @ centroids.T / np.linalg.norm(centroids, axis=1)
            votes = cosine.argmax(1)
            heads.append((-accuracy(given[probe], votes[probe]), layer, head, votes))
    heads.sort(key=lambda entry: entry[:3])
    return np.stack([(np.stack([h[3] for h in heads[:20]]) == label).sum(0) for label in range(labels)]).argmax(0)


def expect(rows: list[dict], task: str) -> dict:
    labels = TASKS[task][0]
    own = sorted((r for r in rows if r["task"] == task), key=lambda r: (SETS.index(r["split"]), r["id"]))
    given = np.array([labels.index(r["label"]) for r in own])
    in_set = {name: np.array([i for i, r in enumerate(own) if r["split"] == name], int) for name in SETS}
    neurons = [(layer, site, index) for layer, site in columns() for index in range(SITES[site])]
    cells = [np.stack([np.frombuffer(r[f"l{l:02d}_{s}"], "<f2") for r in own]).astype(np.float32) for l, s in columns()]
    matrix = np.concatenate(cells, axis=1).T.copy()
    probe, validation = in_set["probe"], in_set["validation"]
    rules = ["midpoint", "best_cut", "zero"] if len(labels) == 2 else ["nearest_mean", "one_vs_rest"]
    chance = np.bincount(given[probe]).max() / len(probe)
    orders = {rule: ranked(neurons, matrix, given, probe, rule, len(labels)) for rule in rules}
    choices = []
    for exit_layer in range(LAYERS):
        for rule in rules:
            for voting in ("majority", "weighted"):
                for k in LADDER:
                    members = take(orders[rule], neurons, exit_layer, k)
                    weights = ensemble(members, voting, chance)
                    value = accuracy(given[validation], predict(members, weights, matrix, validation, len(labels)))
                    probing = accuracy(given[probe], predict(members, weights, matrix, probe, len(labels)))
                    choices.append((exit_layer, rule, voting, k, value, probing))
    best = min(choices, key=best_first)
    exit_layer = min(choice[0] for choice in choices if choice[4] >= best[4] - 1e-12 and choice[5] >= best[5] - 1e-12)
    at = [choice for choice in choices if choice[0] == exit_layer]
    _, rule, voting, k, _, _ = min(at, key=best_first)
    members = take(orders[rule], neurons, exit_layer, k)
    weights = ensemble(members, voting, chance)
    everything = np.arange(len(own))
    predicted = predict(members, weights, matrix, everything, len(labels))
    answer = np.array([labels.index(r["answer"].strip(" .").lower()) for r in own])
    methods = {"super_neurons": predicted, "model_answer": answer, "savs": savs(neurons, matrix, given, probe, len(labels))}
    methods["majority"] = np.full(len(own), np.bincount(given[probe]).argmax())

    def table(prediction):
        return {
            name: {
                "accuracy": accuracy(given[of], prediction[of]),
                "balanced_accuracy": metrics.balanced_accuracy_score(given[of], prediction[of]),
                "macro_f1": metrics.f1_score(given[of], prediction[of], average="macro", zero_division=0),
                "mcc": metrics.matthews_corrcoef(given[of], prediction[of]),
                "auc": mean_auc(given[of], len(labels), lambda label: prediction[of] == label),
            }
            for name, of in in_set.items()
        }

    # Every neuron by every rule; of a rule's detectors, the best, then the first label's.
    scores, tried = [], []
    for of_rule in rules:
        for n, neuron in enumerate(neurons):
            options = [
                fit(of_rule, matrix[n, probe], given[probe], len(labels), detected)
                for detected in (range(len(labels)) if of_rule == "one_vs_rest" else [-1])
            ]
            if options[0] is None:
                scores.append((of_rule, [*neuron, None, None, None, None, None, None]))
                continue
            probes = [score_votes(f, matrix[n, probe], given[probe]) for f in options]
            fitted = options[int(np.argmax(probes))]
            p = p_value(fitted, matrix[n, validation], given[validation], len(labels))
            tried.append(p)
            check = score_votes(fitted, matrix[n, validation], given[validation])
            areas = [metrics.roc_auc_score(given[probe] == label, matrix[n, probe]) for label in range(len(labels))]
            area = areas[-1] if len(labels) == 2 else float(np.mean(np.maximum(areas, 1 - np.array(areas))))
            area = areas[fitted["detected"]] if of_rule == "one_vs_rest" else area
            scores.append((of_rule, [*neuron, fitted["polarity"], fitted["threshold"], max(probes), area, check, p]))
    q = iter(stats.false_discovery_control(tried))
    q_of = [None if entry[-1] is None else float(next(q)) for _, entry in scores]
    table_of = [[*entry, value] for (of_rule, entry), value in zip(scores, q_of) if of_rule == rule]
    return {
        "task": task,
        "rule": rule,
        "vote": voting,
        "exit_layer": max(neurons[n][0] for _, n, _ in members),
        "neurons": [list(neurons[n]) for _, n, _ in members],
        "weights": [float(w) for w in weights],
        "predicted": {r["id"]: labels[label] for r, label in zip(own, predicted)},
        "metrics": {name: table(prediction) for name, prediction in methods.items()},
        "scores": table_of,
    }


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    rows, planted = make_rows()
    write_folder(rows)
    expected = {"made_by": "select_fixtures.py", "planted": planted, "tasks": [expect(rows, t) for t in ("dog", "land")]}
    (TARGET / "expected.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
