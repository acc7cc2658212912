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
from sklearn.linear_model import Ridge

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
MASK = (1 << 64) - 1
SHUFFLINGS = 19
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


def balanced_accuracy(given, predicted) -> float:
    return float((np.mean(predicted[given == 1] == 1) + np.mean(predicted[given == 0] == 0)) / 2)


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
        target, score = (given == detected).astype(int), balanced_accuracy
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


def p_value(values, given, labels: int) -> float:
    """Each label's values against the others' by Mann and Whitney's test, times the number of tests.

    Where more than half of the values are one value: twice the smaller tail of who has it.
    """
    most = np.unique(values, return_counts=True)[1].max()
    tests = [1] if labels == 2 else range(labels)
    least = 1.0
    for label in tests:
        if 2 * most <= len(values):
            own, others = values[given == label], values[given != label]
            p = stats.mannwhitneyu(own.astype(np.float64), others.astype(np.float64), method="exact").pvalue
        else:
            distinct, counts = np.unique(values, return_counts=True)
            has = values == distinct[counts.argmax()]
            table = len(given), int(has.sum()), int(np.sum(given == label))
            hits = int(np.sum(has & (given == label)))
            p = 2 * min(stats.hypergeom.sf(hits - 1, *table), stats.hypergeom.cdf(hits, *table))
        least = min(least, float(p) * len(tests))
    return least


class Splittable:
    """java.util.SplittableRandom, whose sequence its documentation fixes."""

    def __init__(self, seed: int):
        self.seed = seed & MASK

    def next_int(self) -> int:
        self.seed = (self.seed + 0x9E3779B97F4A7C15) & MASK
        z = self.seed
        z = (z ^ (z >> 33)) * 0x62A9D9ED799705F5 & MASK
        z = ((z ^ (z >> 28)) * 0xCB24D0A5C88C35B3 & MASK) >> 32
        return z - (1 << 32) if z >> 31 else z

    def below(self, bound: int) -> int:
        if bound & (bound - 1) == 0:
            return self.next_int() & (bound - 1)
        while True:
            bits = (self.next_int() & 0xFFFFFFFF) >> 1
            if bits - bits % bound + bound - 1 < 1 << 31:
                return bits % bound

    def shuffle(self, values: list) -> list:
        values = list(values)
        for i in range(len(values) - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]
        return values


def folds(given, images, labels, seed=0):
    """Images dealt to five folds, each label's in turn, by the label of their first row."""
    fewest = min(len(set(images[given == label])) for label in range(labels))
    count = min(5, fewest)
    deal, dealt = {}, 0
    for label in range(labels):
        for row in Splittable(seed * 31 + label).shuffle(np.flatnonzero(given == label)):
            if images[row] not in deal:
                deal[images[row]] = dealt
                dealt += 1
    fold_of = np.array([deal[image] % count for image in images])
    return [(np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)) for fold in range(count)]


def shuffled(given, sets, seed):
    """Labels shuffled within each set; every image has one row here."""
    random, result = Splittable(seed), given.copy()
    for rows in sets:
        result[rows] = given[rows][random.shuffle(range(len(rows)))]
    return result


class Ranking:
    """One trial: all neurons fitted on some rows, and ways to make ensembles of the best."""

    def __init__(self, neurons, matrix, given, fit_rows, rules, labels):
        self.neurons, self.matrix, self.given, self.rows, self.labels = neurons, matrix, given, fit_rows, labels
        self.chance = np.bincount(given[fit_rows]).max() / len(fit_rows)
        self.votes, self.greedy, self.logarithms = {}, {}, {}
        self.orders = {rule: self.ranked(rule) for rule in rules}

    def ranked(self, rule):
        """The order in which neurons are taken: detectors of the labels take turns."""
        orders = []
        for detected in range(self.labels) if rule == "one_vs_rest" else [-1]:
            scored = []
            for n in range(len(self.neurons)):
                fitted = fit(rule, self.matrix[n, self.rows], self.given[self.rows], self.labels, detected)
                if fitted:
                    self.votes[rule, detected, n] = vote(fitted, self.matrix[n])
                    scored.append((score_votes(fitted, self.matrix[n, self.rows], self.given[self.rows]), n, fitted))
            orders.append(sorted(scored, key=lambda entry: (-entry[0], entry[1])))
        return orders

    def votes_of(self, entry):
        return self.votes[entry[2]["rule"], entry[2].get("detected", -1), entry[1]]

    def members(self, rule, exit_layer, kind, k):
        if kind == "greedy":
            if (rule, exit_layer) not in self.greedy:
                self.greedy[rule, exit_layer] = self.by_gain(self.members(rule, exit_layer, "top_k", 127))
            return self.greedy[rule, exit_layer][:k]
        allowed = [[e for e in order if self.neurons[e[1]][0] <= exit_layer] for order in self.orders[rule]]
        turns = [order[rank] for rank in range(k) for order in allowed if rank < len(order)]
        return turns[:k]

    def by_gain(self, pool):
        """Next is the neuron that leaves the votes least off, in squares, from a unanimous right vote."""
        given = self.given[self.rows]
        votes = np.stack([self.votes_of(entry)[self.rows] for entry in pool])
        one_hot = (votes[:, :, None] == np.arange(self.labels)).astype(int)
        tally, left, taken = np.zeros((len(given), self.labels), int), list(range(len(pool))), []
        while left and len(taken) < 31:
            with_each = tally + one_hot[left]
            right = np.take_along_axis(with_each, given[None, :, None], 2)[:, :, 0]
            wrong = np.where(np.arange(self.labels) == given[:, None], -1, with_each).max(2)
            off = ((len(taken) + 1 - (right - wrong)) ** 2).sum(1)
            best = left.pop(int(off.argmin()))
            taken.append(best)
            tally = tally + one_hot[best]
        return [pool[i] for i in taken]

    def weights(self, members, voting):
        if voting == "log_odds":
            return [snapped(self.log_odds(entry)) for entry in members]
        if voting == "naive_bayes":
            return list(self.tables(members))
        if voting == "ridge":
            return self.lines(members)
        weights = []
        for probe, _, fitted in members:
            base = 0.5 if fitted["rule"] == "one_vs_rest" else self.chance
            weights.append(1.0 if voting == "majority" else snapped(probe - base))
        if members and members[0][2]["rule"] == "one_vs_rest":
            total = {}
            for weight, (_, _, fitted) in zip(weights, members):
                total[fitted["detected"]] = total.get(fitted["detected"], 0) + weight
            weights = [snapped(w / total[fitted["detected"]]) for w, (_, _, fitted) in zip(weights, members)]
        return weights

    def log_odds(self, entry):
        votes, given = self.votes_of(entry)[self.rows], self.given[self.rows]
        if entry[2]["rule"] != "one_vs_rest":
            right = int((votes == given).sum())
            return np.log((right + 1) / (len(given) - right + 1)) + np.log(self.labels - 1)
        own, fires = given == entry[2]["detected"], votes >= 0
        return np.log((fires[own].sum() + 1) / (own.sum() + 2)) - np.log((fires[~own].sum() + 1) / ((~own).sum() + 2))

    def tables(self, members):
        """What votes add to each label, by naive Bayes with accuracy as metric: a row for each vote, -1 the last."""
        for entry in members:
            if self.key(entry) not in self.logarithms:
                self.logarithms[self.key(entry)] = self.logarithms_of(entry)
        shares = np.bincount(self.given[self.rows], minlength=self.labels) / len(self.rows)
        tables = np.stack([self.logarithms[self.key(entry)] for entry in members]) + np.log(shares) / len(members)
        return np.rint((tables - tables.min(2, keepdims=True)) * 2**10) / 2**10

    def key(self, entry):
        return entry[2]["rule"], entry[2].get("detected", -1), entry[1]

    def logarithms_of(self, entry):
        votes, given = self.votes_of(entry)[self.rows], self.given[self.rows]
        detects = entry[2]["rule"] == "one_vs_rest"
        possible = [entry[2]["detected"], -1] if detects else range(self.labels)
        table, counts = np.zeros((self.labels + 1, self.labels)), np.bincount(given, minlength=self.labels)
        for said in possible:
            cast = np.bincount(given[votes == said], minlength=self.labels)
            table[said] = np.log((cast + 1) / (counts + len(possible)))
        return table

    def lines(self, members):
        """What values add to each label: offsets and slopes [labels] of each member."""
        values = self.matrix[[n for _, n, _ in members]][:, self.rows].astype(np.float64).T
        means, deviations = values.mean(0), np.where(values.std(0) > 0, values.std(0), 1)
        targets = np.where(self.given[self.rows, None] == np.arange(self.labels), 1.0, -1.0)
        model = Ridge(alpha=0.1 * len(self.rows)).fit((values - means) / deviations, targets)
        slopes = model.coef_ / deviations
        offsets = model.intercept_[:, None] / len(members) - slopes * means
        return [(offsets[:, i], slopes[:, i]) for i in range(len(members))]

    def added(self, members, weights, rows):
        """What each member adds [members, rows, labels]."""
        votes = np.stack([self.votes_of(entry)[rows] for entry in members])
        if isinstance(weights[0], tuple):
            values = self.matrix[[n for _, n, _ in members]][:, rows].astype(np.float64)
            offsets, slopes = (np.stack(part)[:, None] for part in zip(*weights))
            return offsets + slopes * values[:, :, None]
        if isinstance(weights[0], np.ndarray):
            return np.stack(weights)[np.arange(len(members))[:, None], votes]
        return (votes[:, :, None] == np.arange(self.labels)) * np.array(weights)[:, None, None]

    def tallied(self, members, weights, rows):
        return self.added(members, weights, rows).sum(0)

    def winners(self, members, weights, rows):
        return decided(self.added(members, weights, rows))

    def ensemble(self, way):
        exit_layer, rule, voting, kind, k = way
        members = self.members(rule, exit_layer, kind, k)
        return members, self.weights(members, voting)


def decided(added):
    """The label with the most of what voters add [voters, rows, labels]; of equal ones the best voter that tells them
    apart decides; -1 where there is none."""
    tally = added.sum(0)
    left = tally == tally.max(1, keepdims=True)
    for by in added:
        if left.sum(1).max() == 1:
            break
        most = np.where(left, by, -np.inf).max(1, keepdims=True)
        left = np.where(left.sum(1, keepdims=True) > 1, left & (by == most), left)
    return np.where(left.sum(1) == 1, left.argmax(1), -1)


def weight_of(weight):
    """Of a table its largest number."""
    return float(np.max(weight))


def weights_of_lines(ranking, members, lines):
    """Shares of 2, by how far a deviation of the values moves labels apart."""
    deviations = ranking.matrix[[n for _, n, _ in members]][:, ranking.rows].astype(np.float64).std(1)
    spreads = np.array([np.ptp(slopes) * d for (_, slopes), d in zip(lines, deviations)])
    return (2 * spreads / spreads.sum()).tolist()


def snapped(weight):
    return max(1, np.rint(weight * 2**20)) / 2**20


VOTES = ("majority", "weighted", "log_odds", "naive_bayes", "ridge")
WAYS = [("top_k", k) for k in LADDER] + [("greedy", k) for k in LADDER if 1 < k <= 31]


def every_choice(neurons, matrix, given, probe, validation, rules, labels, folded):
    """Every way with its score on rows that did not rank, and on the probing rows."""
    main = None if folded else Ranking(neurons, matrix, given, probe, rules, labels)
    by_fold = [
        (Ranking(neurons, matrix, given, fit_rows, rules, labels), held)
        for fit_rows, held in (folds(given[: len(probe) + len(validation)], np.arange(len(probe) + len(validation)), labels) if folded else [])
    ]
    choices = []
    for exit_layer in range(LAYERS):
        for rule in rules:
            for voting in VOTES:
                for kind, k in WAYS:
                    if voting == "ridge" and (rule != rules[0] or k < LADDER[-3]):
                        continue
                    way = (exit_layer, rule, voting, kind, k)
                    if folded:
                        right = 0
                        for ranking, held in by_fold:
                            right += int((ranking.winners(*ranking.ensemble(way), held) == given[held]).sum())
                        value = probing = right / (len(probe) + len(validation))
                    else:
                        members, weights = main.ensemble(way)
                        value = accuracy(given[validation], main.winners(members, weights, validation))
                        probing = accuracy(given[probe], main.winners(members, weights, probe))
                    choices.append((way, value, probing))
    return choices


def best_first(choice) -> tuple:
    """The rows that choose, then probing rows, then the most neurons."""
    return -choice[1], -choice[2], -choice[0][4]


def choose(choices):
    """Without tolerance: of the best the earliest exit, then the simplest vote."""
    best = min(choices, key=best_first)
    as_good = [choice for choice in choices if choice[1] >= best[1] - 1e-12 and choice[2] >= best[2] - 1e-12]
    return min(as_good, key=lambda choice: (choice[0][0], VOTES.index(choice[0][2]), *best_first(choice)))


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
    added = np.stack([h[3][:, None] == np.arange(labels) for h in heads[:20]]).astype(float)
    return added.sum(0), decided(added)


def expect(rows: list[dict], task: str, folded: bool, both: bool) -> dict:
    """Chosen by folds or on validation rows; fitted in the end on both sets or on probing rows."""
    labels = TASKS[task][0]
    own = sorted((r for r in rows if r["task"] == task), key=lambda r: (SETS.index(r["split"]), r["id"]))
    given = np.array([labels.index(r["label"]) for r in own])
    in_set = {name: np.array([i for i, r in enumerate(own) if r["split"] == name], int) for name in SETS}
    in_set = {name: of for name, of in in_set.items() if len(of)}
    neurons = [(layer, site, index) for layer, site in columns() for index in range(SITES[site])]
    cells = [np.stack([np.frombuffer(r[f"l{l:02d}_{s}"], "<f2") for r in own]).astype(np.float32) for l, s in columns()]
    matrix = np.concatenate(cells, axis=1).T.copy()
    probe, validation = in_set["probe"], in_set.get("validation", np.array([], int))
    rules = ["midpoint", "best_cut", "zero"] if len(labels) == 2 else ["nearest_mean", "one_vs_rest"]
    choices = every_choice(neurons, matrix, given, probe, validation, rules, len(labels), folded)
    (way, value, _) = choose(choices)
    _, rule, voting, kind, k = way
    everything = np.arange(len(own))
    main = Ranking(neurons, matrix, given, probe, rules, len(labels))
    fitted_rows = np.concatenate([probe, validation]) if both else probe
    final = Ranking(neurons, matrix, given, fitted_rows, rules, len(labels)) if both else main
    members, weights = final.ensemble(way)
    final_tally = final.tallied(members, weights, everything)
    early = np.arange(len(own)) < len(probe) + len(validation)
    tally = np.where(early[:, None], main.tallied(*main.ensemble(way), everything), final_tally)
    final_predicted = final.winners(members, weights, everything)
    predicted = np.where(early, main.winners(*main.ensemble(way), everything), final_predicted)
    head_votes = [savs(neurons, matrix, given, of, len(labels)) for of in (probe, fitted_rows)]
    answer = np.array([labels.index(r["answer"].strip(" .").lower()) for r in own])
    majority = np.full(len(own), np.bincount(given[probe]).argmax())
    methods = {
        "super_neurons": (tally, predicted),
        "model_answer": (np.eye(len(labels))[answer], answer),
        "savs": (
            np.where(early[:, None], head_votes[0][0], head_votes[1][0]),
            np.where(early, head_votes[0][1], head_votes[1][1]),
        ),
        "majority": (np.eye(len(labels))[majority], majority),
    }

    def table(votes, prediction):
        """Of a method that says one label, that label has one vote."""
        ranking = votes - votes[:, ::-1] if len(labels) == 2 else votes
        return {
            name: {
                "accuracy": accuracy(given[of], prediction[of]),
                "balanced_accuracy": metrics.balanced_accuracy_score(given[of], prediction[of]),
                "macro_f1": metrics.f1_score(
                    given[of], prediction[of], labels=range(len(labels)), average="macro", zero_division=0
                ),
                "mcc": metrics.matthews_corrcoef(given[of], prediction[of]),
                "auc": mean_auc(given[of], len(labels), lambda label: ranking[of, label]),
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
            if not len(validation):
                continue
            p = p_value(matrix[n, fitted_rows], given[fitted_rows], len(labels))
            tried.append(p)
            check = score_votes(fitted, matrix[n, validation], given[validation])
            areas = [metrics.roc_auc_score(given[probe] == label, matrix[n, probe]) for label in range(len(labels))]
            area = areas[-1] if len(labels) == 2 else float(np.mean(np.maximum(areas, 1 - np.array(areas))))
            area = areas[fitted["detected"]] if of_rule == "one_vs_rest" else area
            scores.append((of_rule, [*neuron, fitted["polarity"], fitted["threshold"], max(probes), area, check, p]))
    # All rules of a neuron have its p-value, so that counting it for each changes nothing.
    q = iter(tried and stats.false_discovery_control(tried))
    q_of = [None if entry[-1] is None else float(next(q)) for _, entry in scores]
    table_of = [[*entry, value] for (of_rule, entry), value in zip(scores, q_of) if of_rule == rule]
    return {
        "task": task,
        "rule": rule,
        "vote": voting,
        "pick": {"kind": kind, "most": k},
        "score": value,
        "exit_plan": [
            [w[0], w[1], w[2], w[3], w[4], v]
            for w, v, _ in (choose([c for c in choices if c[0][0] == layer]) for layer in range(LAYERS))
        ],
        "best_anywhere": [list(neurons[n]) for _, n, _ in final.ensemble(min(choices, key=best_first)[0])[0]],
        "exit_layer": max(neurons[n][0] for _, n, _ in members),
        "neurons": [list(neurons[n]) for _, n, _ in members],
        "weights": [weight_of(w) for w in weights] if voting != "ridge" else weights_of_lines(final, members, weights),
        "predicted": {r["id"]: labels[label] if label >= 0 else None for r, label in zip(own, final_predicted)},
        "metrics": {name: table(*said) for name, said in methods.items()},
        "scores": table_of,
    }


def expect_shuffled(rows: list[dict], task: str) -> dict:
    """The whole procedure, by folds, on shuffled labels: how often luck does as well."""
    labels = TASKS[task][0]
    own = sorted((r for r in rows if r["task"] == task), key=lambda r: (SETS.index(r["split"]), r["id"]))
    own = [r for r in own if r["split"] != "test"]
    given = np.array([labels.index(r["label"]) for r in own])
    sets = [np.array([i for i, r in enumerate(own) if r["split"] == name], int) for name in SETS[:2]]
    neurons = [(layer, site, index) for layer, site in columns() for index in range(SITES[site])]
    cells = [np.stack([np.frombuffer(r[f"l{l:02d}_{s}"], "<f2") for r in own]).astype(np.float32) for l, s in columns()]
    matrix = np.concatenate(cells, axis=1).T.copy()
    rules = ["midpoint", "best_cut", "zero"]
    runs = []
    for shuffling in range(SHUFFLINGS + 1):
        labelled = given if shuffling == 0 else shuffled(given, sets, shuffling)
        choices = every_choice(neurons, matrix, labelled, *sets, rules, 2, True)
        best = max(order[0][0] for orders in Ranking(neurons, matrix, labelled, sets[0], rules, 2).orders.values() for order in orders)
        runs.append((choose(choices)[1], best))
    score, neuron = np.array(runs).T
    return {
        "task": task,
        "count": SHUFFLINGS,
        "score": score[0],
        "p_value": (np.sum(score[1:] >= score[0] - 1e-12) + 1) / (SHUFFLINGS + 1),
        "best_neuron_p_value": (np.sum(neuron[1:] >= neuron[0] - 1e-12) + 1) / (SHUFFLINGS + 1),
        "shuffled_mean": float(score[1:].mean()),
    }


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    rows, planted = make_rows()
    write_folder(rows)
    expected = {
        "made_by": "select_fixtures.py",
        "planted": planted,
        "tasks": [expect(rows, t, False, False) for t in ("dog", "land")],
        "folded": [expect(rows, t, True, TASKS[t][1][1] > 0) for t in TASKS],
        "shuffled": [expect_shuffled(rows, t) for t in ("dog", "small")],
    }
    (TARGET / "expected.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
