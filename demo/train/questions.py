"""Questions about a scene and their one-word answers: the phrasings of training, and held-out ones."""
from __future__ import annotations

import random
from dataclasses import dataclass

from shapes import COLORS, COUNTS, SHAPES, SIDE, Scene

NOUNS = ("picture", "image", "photo", "drawing")
THINGS = ("shape", "object", "figure")

# {n} picture, {t} shape or another word for it, {o} another word for it; {x} shape word, {c} colour word with its
# article, {k} bare colour word
TRAINED: dict[str, tuple[str, ...]] = {
    "shape": ("What shape is in the {n}?", "Which shape does the {n} show?", "What shape is the {o}?",
              "Name the shape in the {n}.", "What is the shape of the {o}?", "What shape is this?"),
    "color": ("What color is the {t}?", "Which color does the {t} have?", "What is the color of the {t} in the {n}?",
              "Name the color of the {t}.", "What color is the {t} in the {n}?"),
    "count": ("How many {t}s are in the {n}?", "How many {t}s are there?", "Count the {t}s in the {n}.",
              "What is the number of {t}s?", "How many {t}s can you see in the {n}?"),
    "side": ("Is the {t} on the left or the right?", "Which side is the {t} on, left or right?",
             "On which side of the {n} is the {t}?", "Is the {t} in the left or the right half of the {n}?"),
    "half": ("Is the {t} in the top or the bottom half?", "Which half is the {t} in, top or bottom?",
             "Is the {t} at the top or the bottom of the {n}?",
             "Is the {t} in the top or the bottom half of the {n}?"),
    "exists_shape": ("Is there a {x} in the {n}?", "Does the {n} show a {x}?", "Can you see a {x}?",
                     "Is a {x} in the {n}?", "Does the {n} contain a {x}?", "Is one of the {t}s a {x}?"),
    "exists_color": ("Is there anything {k} in the {n}?", "Is there {c} {t} in the {n}?", "Can you see something {k}?",
                     "Does the {n} contain {c} {t}?", "Is one of the {t}s {k}?"),
    "contains": ("Does the {n} contain {c} {x}?", "Is there {c} {x} in the {n}?", "Can you see {c} {x}?",
                 "Does the {n} show {c} {x}?", "Is one of the {t}s {c} {x}?"),
}
HELD_OUT: dict[str, tuple[str, ...]] = {
    "shape": ("Please name the shape.",),
    "color": ("Please name the color of the {t}.",),
    "count": ("Count how many {t}s this {n} shows.",),
    "side": ("Does the {t} sit left or right?",),
    "half": ("Does the {t} sit at the top or at the bottom?",),
    "exists_shape": ("Do you see any {x} here?", "Look at the {n}: is a {x} there?",
                     "Tell me if the {n} has a {x}."),
    "exists_color": ("Do you see any {k} {t} here?", "Look at the {n}: is something {k}?"),
    "contains": ("Do you see {c} {x} here?", "Look at the {n}: is {c} {x} there?", "Tell me if the {n} has {c} {x}."),
}
YES_NO = ("exists_shape", "exists_color", "contains")
ALONE = ("shape", "color", "side", "half")
TASKS = tuple(TRAINED)


@dataclass(frozen=True)
class Ask:
    """A question about a scene, its one-word answer, and its kind (a key of `TRAINED`)."""
    kind: str
    question: str
    answer: str


def article(word: str) -> str:
    """The word with its indefinite article."""
    return ("an " if word[0] in "aeiou" else "a ") + word


def phrase(rng: random.Random, template: str, shape: str = "", color: str = "") -> str:
    """Fills a template."""
    colored = article(color) if color else ""
    return template.format(n=rng.choice(NOUNS), t=rng.choice(THINGS), o=rng.choice(THINGS[1:]), x=shape, c=colored,
                           k=color)


def fact(scene: Scene, kind: str) -> str:
    """The answer to a question that needs no choice of what to ask about."""
    thing = scene.things[0]
    return {"shape": thing.shape, "color": thing.color, "count": COUNTS[len(scene.things) - 1],
            "side": "left" if thing.x < SIDE / 2 else "right", "half": "top" if thing.y < SIDE / 2 else "bottom"}[kind]


def pick(rng: random.Random, scene: Scene, kind: str, present: bool) -> tuple[str, str] | None:
    """The (shape, colour) to ask about, so that the answer is yes or no as wanted; None where that cannot be.

    Most of the colour-and-shape pairs that are absent are near misses: the colour, the shape, or both, are there.
    """
    shapes, colors = {t.shape for t in scene.things}, {t.color for t in scene.things}
    pairs = {(t.shape, t.color) for t in scene.things}
    if kind == "exists_shape":
        options = [(s, "") for s in SHAPES if (s in shapes) == present]
    elif kind == "exists_color":
        options = [("", c) for c in COLORS if (c in colors) == present]
    elif present:
        options = sorted(pairs)
    else:
        absent = [(s, c) for s in SHAPES for c in COLORS if (s, c) not in pairs]
        both = [p for p in absent if p[0] in shapes and p[1] in colors]
        near = [p for p in absent if (p[0] in shapes) != (p[1] in colors)]
        roll = rng.random()
        options = both if both and roll < 0.6 else near if near and roll < 0.9 else absent
    return rng.choice(options) if options else None


def ask(rng: random.Random, scene: Scene, kind: str, templates: dict[str, tuple[str, ...]] = TRAINED,
        present: bool | None = None) -> Ask | None:
    """Asks one question of a kind; yes and no are equally likely unless `present` is given."""
    template = rng.choice(templates[kind])
    if kind not in YES_NO:
        return Ask(kind, phrase(rng, template), fact(scene, kind))
    if present is None:
        present = rng.random() < 0.5
    what = pick(rng, scene, kind, present)
    if what is None:
        present = not present
        what = pick(rng, scene, kind, present)
    return Ask(kind, phrase(rng, template, *what), "yes" if present else "no")


def training_questions(rng: random.Random, scene: Scene, number: int) -> list[Ask]:
    """`number` questions for one step of training; existence questions, which are harder, come most often."""
    alone = len(scene.things) == 1
    fixed = rng.sample(ALONE, 3) + ["count"] if alone else ["count"]
    hard = ["exists_shape", "exists_color", "contains"] * 3
    kinds = fixed + hard[:number - len(fixed)] if not alone else fixed + rng.sample(hard[:4], number - len(fixed))
    asks = [ask(rng, scene, kind) for kind in kinds]
    return [a if a.kind in YES_NO and rng.random() < 0.75 or rng.random() < 0.75 else suffix(a) for a in asks]


def suffix(a: Ask) -> Ask:
    """The same question with the usual instruction on how to answer."""
    tail = " Answer yes or no." if a.kind in YES_NO else " Answer with one word."
    return Ask(a.kind, a.question + tail, a.answer)
