"""Times the rule of a gated delta net beside transformers' plain torch path, on the same values in one process.

    python3 delta_ratio.py --tokens 256 1024 --threads 2

The shapes are Qwen3.5-2B's: 16 heads of keys and values of 128. Both compute in float32. Prints the medians, their
ratio (above 1: ours is faster) and the largest difference between both results.
"""
import argparse
import re
import statistics
import time
from pathlib import Path

import torch
from transformers.models.qwen3_5 import modeling_qwen3_5

HEADS, DIM = 16, 128
SCRIPT = Path(__file__).resolve().parents[2] / "main/resources/io/superneurons/model/decoder/delta.py"


def ours():
    """`delta_rule` of the engine's script, compiled as the engine compiles it."""
    source = re.search(r"^def delta_rule\(.*?(?=^def )", SCRIPT.read_text(), re.M | re.S).group()
    in_python = source.replace("self, ", "", 1).replace("annotate(", "torch.jit.annotate(").replace("torch.linalg_", "torch.linalg.")
    return torch.jit.CompilationUnit(in_python).delta_rule


def seconds(run, repetitions):
    run()
    run()
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def compare(rule, tokens, repetitions):
    random = torch.Generator().manual_seed(1)
    q, k, v = (torch.randn(1, tokens, HEADS, DIM, generator=random) for _ in range(3))
    q, k = (torch.nn.functional.normalize(x, dim=-1) for x in (q, k))
    written = torch.rand(1, tokens, HEADS, generator=random)
    fading = -torch.rand(1, tokens, HEADS, generator=random)
    state = torch.zeros(HEADS, DIM, DIM)

    def theirs():
        return modeling_qwen3_5.torch_chunk_gated_delta_rule(q, k, v, g=fading, beta=written, output_final_state=True)

    def engine():
        by_head = [x[0].transpose(0, 1) for x in (q * DIM ** -0.5, k, v, written, fading)]
        return rule(*by_head, state)

    expected, last = theirs()
    found, ended = engine()
    off = max((expected[0].transpose(0, 1) - found).abs().max().item(), (last[0] - ended).abs().max().item())
    a, b = seconds(engine, repetitions), seconds(theirs, repetitions)
    print(f"{tokens} tokens: engine {a * 1e3:.2f} ms, transformers {b * 1e3:.2f} ms, ratio {b / a:.2f}; "
          f"largest difference {off:.1e}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokens", type=int, nargs="+", default=[256, 1024])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repetitions", type=int, default=15)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    rule = ours()
    with torch.inference_mode():
        for tokens in arguments.tokens:
            compare(rule, tokens, arguments.repetitions)


if __name__ == "__main__":
    main()
