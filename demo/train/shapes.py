"""Scenes of coloured shapes: how they are drawn, and which questions are asked about them.

A scene is a list of `Thing`s on a background. Coordinates are in units of a 64x64 picture; a picture of another
size shows the scene in its central square. Everything is drawn from a `random.Random`, so a seed names a picture.
The `Look` says how pictures are drawn: `TRAINED` for training and for the usual test, `SHIFTED` for the test of
robustness (other shades, textured and darker backgrounds, other sizes).
"""
from __future__ import annotations

import math
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

SIDE = 64
SHAPES = ("circle", "square", "triangle", "star")
COLORS = ("red", "green", "blue", "yellow", "purple", "orange")
COUNTS = ("one", "two", "three", "four")
ANSWERS = SHAPES + COLORS + COUNTS + ("left", "right", "top", "bottom", "yes", "no")
OVERSAMPLE = 4

RGB = tuple[int, int, int]


@dataclass(frozen=True)
class Look:
    """How pictures are drawn: shades of the colours, their spread, the background, and the sizes of shapes."""
    palette: dict[str, RGB]
    jitter: int
    grey: tuple[int, int]
    tint: int
    textured: float
    contrast: int
    single_radius: tuple[float, float]
    group_radius: tuple[float, float]


TRAINED = Look(
    palette={"red": (205, 40, 45), "green": (50, 155, 65), "blue": (50, 85, 205),
             "yellow": (235, 210, 60), "purple": (140, 65, 175), "orange": (235, 135, 35)},
    jitter=26, grey=(140, 250), tint=16, textured=0.0, contrast=0, single_radius=(5.5, 13.0),
    group_radius=(5.5, 10.0))

SHIFTED = Look(
    palette={"red": (165, 25, 60), "green": (95, 160, 30), "blue": (30, 60, 150),
             "yellow": (215, 190, 20), "purple": (110, 40, 130), "orange": (215, 110, 60)},
    jitter=26, grey=(115, 210), tint=24, textured=0.6, contrast=8, single_radius=(5.0, 15.0),
    group_radius=(5.0, 11.0))


@dataclass(frozen=True)
class Thing:
    """One shape: what it is, its colour word, its centre, the radius of its outer circle and its turn in radians."""
    shape: str
    color: str
    x: float
    y: float
    radius: float
    turn: float
    rgb: RGB


@dataclass(frozen=True)
class Scene:
    """Things on a background: its base colour, the strength of its gradient, and a texture (or "")."""
    things: tuple[Thing, ...]
    base: RGB
    slope: int
    texture: str
    period: int
    contrast: int


def _clip(value: int) -> int:
    return max(0, min(255, value))


def make_scene(rng: random.Random, look: Look, count: int, kinds: list[tuple[str, str]] | None = None) -> Scene:
    """Makes a scene of `count` shapes that do not touch; `kinds` fixes their (shape, colour) pairs.

    A lone shape keeps clear of both middle lines, so its side and its half are never in doubt.
    """
    if kinds is None:
        kinds = [(rng.choice(SHAPES), rng.choice(COLORS)) for _ in range(count)]
    low, high = look.single_radius if count == 1 else look.group_radius
    things: list[Thing] = []
    while len(things) < count:
        things.clear()
        for shape, color in kinds:
            radius = rng.uniform(low, high)
            for _ in range(30):
                x, y = (rng.uniform(radius + 1, SIDE - radius - 1) for _ in range(2))
                if count == 1 and min(abs(x - SIDE / 2), abs(y - SIDE / 2)) < 4:
                    continue
                if all(math.hypot(x - t.x, y - t.y) >= radius + t.radius + 1 for t in things):
                    break
            else:
                break
            rgb = tuple(_clip(c + rng.randint(-look.jitter, look.jitter)) for c in look.palette[color])
            things.append(Thing(shape, color, x, y, radius, _turn(rng, shape), rgb))
    grey = rng.randint(*look.grey)
    base = tuple(_clip(grey + rng.randint(-look.tint, look.tint)) for _ in range(3))
    texture = rng.choice(("stripes", "bars", "checks")) if rng.random() < look.textured else ""
    return Scene(tuple(things), base, rng.randint(-30, 30), texture, rng.choice((3, 4, 6)), look.contrast)


def _turn(rng: random.Random, shape: str) -> float:
    return 0.0 if shape == "circle" else rng.gauss(0.0, 0.16)


def _outline(thing: Thing) -> list[tuple[float, float]]:
    """The corners of a shape that is not a circle."""
    if thing.shape == "square":
        angles = [(math.pi / 4 + math.pi / 2 * i, 1.0) for i in range(4)]
    elif thing.shape == "triangle":
        angles = [(-math.pi / 2 + 2 * math.pi / 3 * i, 1.0) for i in range(3)]
    else:
        angles = [(-math.pi / 2 + math.pi / 5 * i, 1.0 if i % 2 == 0 else 0.45) for i in range(10)]
    return [(thing.x + thing.radius * r * math.cos(a + thing.turn),
             thing.y + thing.radius * r * math.sin(a + thing.turn)) for a, r in angles]


def _paint(draw: ImageDraw.ImageDraw, thing: Thing, scale: float, dx: float, dy: float, fill: RGB | int) -> None:
    if thing.shape == "circle":
        r = thing.radius * 0.9
        left, top = (thing.x - r) * scale + dx, (thing.y - r) * scale + dy
        draw.ellipse([left, top, left + 2 * r * scale, top + 2 * r * scale], fill=fill)
    else:
        draw.polygon([(x * scale + dx, y * scale + dy) for x, y in _outline(thing)], fill=fill)


def draw_scene(scene: Scene, size: tuple[int, int] = (SIDE, SIDE)) -> Image.Image:
    """Draws a scene as an RGB picture with smooth edges."""
    width, height = size
    rows, columns = np.mgrid[0:height, 0:width]
    shade = scene.slope * (rows / (height - 1) - 0.5)
    if scene.texture:
        a, b = columns // scene.period % 2, rows // scene.period % 2
        shade = shade + scene.contrast * {"stripes": b, "bars": a, "checks": a ^ b}[scene.texture]
    ground = np.clip(np.array(scene.base)[None, None, :] + shade.astype(int)[..., None], 0, 255).astype(np.uint8)
    image = Image.fromarray(ground)
    scale = min(width, height) / SIDE
    margin_x, margin_y = (width - min(size)) / 2, (height - min(size)) / 2
    for thing in scene.things:
        side = 2 * math.ceil(thing.radius * scale) + 4
        left, top = (int(at * scale + margin - side / 2) for at, margin in ((thing.x, margin_x), (thing.y, margin_y)))
        mask = Image.new("L", (side * OVERSAMPLE, side * OVERSAMPLE))
        dx, dy = margin_x - left, margin_y - top
        _paint(ImageDraw.Draw(mask), thing, scale * OVERSAMPLE, dx * OVERSAMPLE, dy * OVERSAMPLE, 255)
        image.paste(thing.rgb, (left, top, left + side, top + side), mask.reduce(OVERSAMPLE))
    return image


def patch_labels(scene: Scene, patch: int = 8) -> np.ndarray:
    """What each patch shows, in reading order: rows of (shape, colour, centre), 0 for none.

    A patch belongs to the thing that covers most of it, if that is at least an eighth of the patch.
    """
    grid = SIDE // patch
    canvas = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(canvas)
    for i, thing in enumerate(scene.things):
        _paint(draw, thing, 1.0, 0.0, 0.0, i + 1)
    cells = np.asarray(canvas).reshape(grid, patch, grid, patch).transpose(0, 2, 1, 3).reshape(grid * grid, -1)
    covered = np.stack([(cells == i + 1).sum(1) for i in range(len(scene.things))], 1)
    owner = np.where(covered.max(1) >= patch * patch // 8, covered.argmax(1) + 1, 0)
    kinds = np.array([(0, 0)] + [(SHAPES.index(t.shape) + 1, COLORS.index(t.color) + 1) for t in scene.things])
    labels = np.concatenate([kinds[owner], np.zeros((grid * grid, 1), int)], 1)
    for thing in scene.things:
        labels[int(thing.y // patch) * grid + int(thing.x // patch), 2] = 1
    return labels
