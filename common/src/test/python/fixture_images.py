"""The pictures of the fixtures: smooth gradients with a few shapes, the same on every run."""
import random

import numpy as np
from PIL import Image, ImageDraw


def picture(seed, width, height):
    """An RGB picture of that size, its gradients, shapes and colours drawn from the seed."""
    rng = random.Random(seed)
    y, x = np.mgrid[0:height, 0:width]
    channels = []
    for _ in range(3):
        slope_x, slope_y, start = rng.uniform(-2, 2), rng.uniform(-2, 2), rng.uniform(60, 190)
        channels.append(np.clip(np.floor(start + slope_x * (x - width / 2) + slope_y * (y - height / 2)), 0, 255))
    image = Image.fromarray(np.stack(channels, axis=-1).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for shape in (draw.rectangle, draw.ellipse, draw.rectangle):
        left, top = rng.randrange(width * 2 // 3), rng.randrange(height * 2 // 3)
        box = (left, top, left + width // 3, top + height // 3)
        shape(box, fill=tuple(rng.randrange(256) for _ in range(3)))
    return image
