"""Writes the float16 fixtures that the Java tests read: NumPy is the reference.

Usage: python activation_fixtures.py (from anywhere; writes into ../resources/activation).
"""

import hashlib
import json
from pathlib import Path

import numpy as np

TARGET = Path(__file__).resolve().parent.parent / "resources" / "activation"


def edge_values() -> np.ndarray:
    """Every half, the midpoints between neighbours and the float32 next to each midpoint."""
    halves = np.arange(0x7C00, dtype=np.uint16).view(np.float16).astype(np.float32)
    sample = np.sort(np.random.default_rng(0).choice(len(halves) - 1, 300, replace=False))
    sample = np.unique(np.concatenate([sample, [0, 1, 2, 1022, 1023, 1024, 1025, len(halves) - 2]]))
    middle = (halves[sample] + halves[sample + 1]) / np.float32(2)
    infinity = np.float32(np.inf)
    around = [halves[sample], middle, np.nextafter(middle, -infinity), np.nextafter(middle, infinity)]
    special = np.array([0, 65504, 65519.996, 65520, 65536, 1e30, np.inf, 1e-45, 2**-25, 2**-24], np.float32)
    nans = np.array([0x7FC00000, 0x7F800001, 0x7FFFFFFF, 0x7F802000], np.uint32).view(np.float32)
    values = np.concatenate([*around, special, nans])
    return np.concatenate([values, (values.view(np.uint32) ^ np.uint32(1 << 31)).view(np.float32)])


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    every_half = np.arange(0x10000, dtype=np.uint32).astype(np.uint16)
    as_float = every_half.view(np.float16).astype(np.float32)
    with np.errstate(over="ignore"):
        values = edge_values()
        halves = values.astype(np.float16)
    fixture = {
        "made_by": "activation_fixtures.py",
        "sha256_of_every_half_as_little_endian_float32": hashlib.sha256(as_float.astype("<f4").tobytes()).hexdigest(),
        "float32_bits": ["%08x" % bits for bits in values.view(np.uint32)],
        "float16_bits": ["%04x" % bits for bits in halves.view(np.uint16)],
    }
    (TARGET / "float16.json").write_text(json.dumps(fixture) + "\n")


if __name__ == "__main__":
    main()
