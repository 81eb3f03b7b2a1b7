"""Check that a corridor's layers stay apart for eyes that mix up colours.

Layer colours of the style file are changed as the three colour vision deficiencies
change them (Machado 2009, full severity) and compared as CIEDE2000 differences.
"""

from __future__ import annotations

import math
import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

DATA = Path(__file__).parents[2] / "data"
LAYERS = {
    "azerbaijan-iran": ("border-crossings", "bridges", "nakhchivan-link", "rasht-astara"),
    "north-south": ("western-branch", "caspian-branch", "eastern-branch", "common-legs"),
}
PAIRS = [(name, *pair) for name, layers in LAYERS.items() for pair in combinations(layers, 2)]
SMALLEST = 15.0
"""CIEDE2000 difference that two neighbouring signs need."""
MACHADO = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
D65 = (0.95047, 1.0, 1.08883)

Lab = tuple[float, float, float]


def lab_of(color: str, vision: str) -> Lab:
    """Return a hex colour as CIE L*a*b* the way `vision` sees it."""
    srgb = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(MACHADO[vision]) @ linear, 0.0, 1.0)
    ratio = (np.array(TO_XYZ) @ seen) / np.array(D65)
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return float(116 * y - 16), float(500 * (x - y)), float(200 * (y - z))


def hue(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360


def mean_hue(first: float, second: float) -> float:
    if abs(first - second) <= 180:
        return (first + second) / 2
    return ((first + second + 360) / 2) % 360


def ciede2000(one: Lab, two: Lab) -> float:
    """Return the CIEDE2000 difference of two colours (Sharma, Wu and Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean_c = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = hue(a1, b1), hue(a2, b2)
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    delta_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    mid_l, mid_c = (l1 + l2) / 2, (c1 + c2) / 2
    mid_h = math.radians(mean_hue(h1, h2) if c1 * c2 else h1 + h2)
    t = 1 - 0.17 * math.cos(mid_h - math.radians(30)) + 0.24 * math.cos(2 * mid_h)
    t += 0.32 * math.cos(3 * mid_h + math.radians(6))
    t -= 0.20 * math.cos(4 * mid_h - math.radians(63))
    s_l = 1 + 0.015 * (mid_l - 50) ** 2 / math.sqrt(20 + (mid_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mid_c, 1 + 0.015 * mid_c * t
    bend = 30 * math.exp(-(((math.degrees(mid_h) - 275) / 25) ** 2))
    r_t = -math.sin(math.radians(2 * bend)) * 2 * math.sqrt(mid_c**7 / (mid_c**7 + 25**7))
    light, chroma, tone = (l2 - l1) / s_l, (c2 - c1) / s_c, delta_h / s_h
    return math.sqrt(light**2 + chroma**2 + tone**2 + r_t * chroma * tone)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_agrees_with_published_pairs(one: Lab, two: Lab, expected: float) -> None:
    assert ciede2000(one, two) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("vision", MACHADO)
@pytest.mark.parametrize(("corridor", "first", "second"), PAIRS)
def test_two_layers_stay_apart(corridor: str, first: str, second: str, vision: str) -> None:
    path = DATA / corridor / "style.toml"
    style = tomllib.loads(path.read_text(encoding="utf-8"))["layer"]
    colours = [lab_of(style[layer]["color"], vision) for layer in (first, second)]
    assert ciede2000(*colours) > SMALLEST
