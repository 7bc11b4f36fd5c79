"""Draws reports/photos/lanternport.png, which stands in for a photo. Needs Pillow."""

import random
from pathlib import Path

from PIL import Image, ImageDraw

SCALE = 2  # drawn larger, then reduced, for smooth edges
WIDTH, HEIGHT = 1600, 900
NIGHT, DUSK, SEA, STONE, DARK, LIGHT, PAPER = (
    (23, 37, 67), (92, 96, 128), (31, 58, 92), (188, 168, 140), (58, 50, 58), (255, 216, 128), (240, 232, 214))

picture = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
draw = ImageDraw.Draw(picture, "RGBA")
scaled = lambda *points: [tuple(c * SCALE for c in point) for point in points]
box = lambda x, y, w, h, fill: draw.rectangle(scaled((x, y), (x + w, y + h)), fill=fill)
shape = lambda fill, *points: draw.polygon(scaled(*points), fill=fill)

for y in range(680):
    t = y / 680
    box(0, y, WIDTH, 1, tuple(round(a + (b - a) * t) for a, b in zip(NIGHT, DUSK)))
chance = random.Random(7)
for _ in range(90):
    x, y, size = chance.randrange(WIDTH), chance.randrange(360), chance.choice((2, 2, 3, 4))
    draw.ellipse(scaled((x, y), (x + size, y + size)), fill=PAPER)

# The beam, the lighthouse and its rock.
shape((255, 236, 180, 70), (310, 236), (1600, 60), (1600, 330))
shape(PAPER, (270, 280), (350, 280), (376, 660), (244, 660))
for top in (350, 470, 590):
    inset = (top - 280) * 26 / 380
    shape((163, 40, 31), (270 - inset, top), (350 + inset, top), (354 + inset, top + 54), (266 - inset, top + 54))
box(262, 268, 96, 14, DARK)
box(282, 208, 56, 60, LIGHT)
shape(DARK, (274, 208), (346, 208), (310, 168))
shape(DARK, (140, 680), (220, 640), (400, 640), (500, 680))

# The library: a gable, columns, and windows in which rows of books can be seen.
box(560, 420, 860, 250, STONE)
shape((204, 186, 158), (530, 420), (1450, 420), (990, 280))
draw.ellipse(scaled((955, 330), (1025, 400)), fill=LIGHT)
for column in range(5):
    x = 600 + column * 165
    box(x, 450, 110, 190, LIGHT)
    for shelf in range(3):
        y = 470 + shelf * 60
        left = x + 8
        while left < x + 96:
            width = chance.randrange(6, 14)
            tall = chance.randrange(26, 40)
            box(left, y + 40 - tall, width - 2, tall, chance.choice(((116, 86, 28), (163, 40, 31), (23, 37, 67), (86, 110, 90))))
            left += width
        box(x, y + 42, 110, 5, DARK)
for column in range(6):
    box(570 + column * 165 - 2, 430, 22, 230, (222, 206, 178))
box(540, 660, 900, 24, (160, 142, 118))

# The sea, with the reflected lights.
box(0, 680, WIDTH, 220, SEA)
for _ in range(260):
    x, y = chance.randrange(560, 1420), chance.randrange(690, 890)
    box(x, y, chance.randrange(14, 60), 3, (255, 216, 128, 70))
for _ in range(160):
    x, y = chance.randrange(WIDTH), chance.randrange(690, 895)
    box(x, y, chance.randrange(20, 90), 2, (140, 160, 190, 60))

picture = picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
picture.quantize(96, dither=Image.Dither.NONE).save(Path(__file__).parent / "reports/photos/lanternport.png", optimize=True)
