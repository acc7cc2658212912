"""Writes the fixture of attention heads as baselines: HEC-V and CALM by the steps of their published code.

HEC-V: `ClassifierHEC_V` of github.com/AdhemarDeSenneville/HEC (src/fewshot/classifier.py; k 20, tau 10, cov_reg 1).
CALM: `calm_compute_posteriors_from_cache`, `calm_compute_reliability` and `calm_build_weights_from_r` of
github.com/mvideet/CALM (SAVs/src/calm.py; tau 0.07, margin_clamped, tau_w 1, all heads).

usage: python head_fixtures.py --hec CHECKOUT --calm CHECKOUT (writes ../resources/neuron/heads.json). It runs the
published functions themselves, on random heads.
"""

import argparse
import importlib.util
import json
import sys
import types
from pathlib import Path

import numpy as np
import torch

TARGET = Path(__file__).resolve().parent.parent / "resources" / "neuron" / "heads.json"
LAYERS, HEADS, WIDTH = 3, 8, 4


def source(path: Path, name: str, package: str) -> types.ModuleType:
    """A module of a checkout, without what it imports for other purposes."""
    for missing in ("baukit", "tqdm", "src", f"{package}.model", f"{package}.utils", f"{package}.prompt"):
        stub = types.ModuleType(missing)
        stub.__getattr__ = lambda attribute: object  # any name may be imported from it
        stub.__path__ = []
        sys.modules.setdefault(missing, stub)
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    module.__package__ = package
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def heads(rng: np.random.Generator, given: np.ndarray, labels: int) -> np.ndarray:
    """Vectors of every head; a few tell the labels apart [rows, layers, heads, width]."""
    vectors = rng.normal(size=(len(given), LAYERS, HEADS, WIDTH)) * rng.uniform(0.2, 5, (LAYERS, HEADS, 1))
    for layer, head in ((0, 1), (1, 4), (2, 0), (2, 7)):
        vectors[:, layer, head] += rng.normal(size=(labels, WIDTH))[given] * 1.5
    return vectors.round(3).astype(np.float32)


def case(rng: np.random.Generator, hec, calm, labels: int) -> dict:
    probe, validation, test = 30, 20, 20
    given = np.concatenate([np.arange(labels), rng.integers(labels, size=probe + validation + test - labels)])
    vectors = heads(rng, given, labels)
    y = torch.tensor(given)
    both = probe + validation
    flat = torch.tensor(vectors).reshape(len(given), -1, WIDTH).double()

    classifier = hec.ClassifierHEC_V()
    fitted = classifier.get_rank_scores(flat[:both], y[:both])
    order = torch.argsort(fitted["head_scores"], descending=True)[:20]
    z, _ = classifier.get_pred_labels(
        flat[both:, order], fitted["head_means"][order], fitted["head_cov_inv"][order], fitted["log_prior"]
    )

    prototypes = torch.stack([flat[:probe][y[:probe] == label].mean(0) for label in range(labels)])
    unit = calm._l2norm(flat, dim=2)
    cache = {"prototypes_n": calm._l2norm(prototypes, dim=2), "qacts_val_n": unit[probe:both], "qacts_test_n": unit}
    val = calm.calm_compute_posteriors_from_cache(cache, tau=0.07, split="val")
    every = calm.calm_compute_posteriors_from_cache(cache, tau=0.07, split="test")
    r, _ = calm.calm_compute_reliability(val, given[probe:both].tolist(), "margin_clamped")
    w = calm.calm_build_weights_from_r(r, "margin_clamped", tau_w=1.0)
    return {
        "labels": labels,
        "sets": [0, probe, both, len(given)],
        "given": given.tolist(),
        "vectors": vectors.reshape(len(given), -1).astype(float).round(3).tolist(),
        "layers": LAYERS,
        "heads": HEADS,
        "hec": {"scores": fitted["head_scores"].tolist(), "test": z.mean(1).numpy().round(12).tolist()},
        "calm": {"sums": (every * w[None]).sum(1).numpy().round(12).tolist()},
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--hec", type=Path, required=True)
    parser.add_argument("--calm", type=Path, required=True)
    args = parser.parse_args()
    hec = source(args.hec / "src/fewshot/classifier.py", "hec_classifier", "hec_published")
    calm = source(args.calm / "SAVs/src/calm.py", "calm_heads", "calm_published")
    rng = np.random.default_rng(25)
    cases = [case(rng, hec, calm, labels) for labels in (2, 3)]
    TARGET.write_text(json.dumps({"made_by": "head_fixtures.py", "cases": cases}) + "\n")


if __name__ == "__main__":
    main()
