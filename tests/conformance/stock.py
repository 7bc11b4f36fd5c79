"""Checks the text and the position of each field on stock, as read by pdftotext.

    stock.py DIR SHEETS    # DIR/LANG/stock-certificate.pdf of tests/stock/stock.yaml and the example edition;
                           # SHEETS: the same with --sheet SRA3 --up 1x2 --gutter 6 --copies 2
"""

import re
import subprocess
import sys

MM = 25.4 / 72
# Field, text, middle in mm from the left.
EXPECTED = {
    "fr": [("Beijing", 148.5), ("première ville de la première sélection", 148.5), ("Fait à Beijing, le 28 novembre 2025", 148.5), ("No 2025-01-0001", 52)],
    "zh": [("北京市", 148.5), ("首届评选名列第一", 148.5), ("2025 年 11 月 28 日于北京", 148.5), ("编号：2025-01-0001", 52)],
    "en": [("Beijing", 148.5), ("ranked first in the first selection", 148.5), ("Given in Beijing on November 28, 2025", 148.5), ("No. 2025-01-0001", 52)],
}
WORD = re.compile(r'<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">(.*)</word>')


def read(pdf, *options):
    return subprocess.run(["pdftotext", *options, pdf, "-"], check=True, capture_output=True, text=True).stdout


worst = 0
for language, fields in EXPECTED.items():
    pdf = f"{sys.argv[1]}/{language}/stock-certificate.pdf"
    lines = [line.replace("\u00a0", " ") for line in read(pdf).splitlines()]
    words = [(float(a), float(c), text.replace("\u00a0", " ")) for a, _, c, _, text in WORD.findall(read(pdf, "-bbox"))]
    for text, middle in fields:
        assert text in lines, f"{pdf}: no line {text!r} in {lines}"
        # The words that make up the line, one after the other.
        want = text.replace(" ", "")
        spans = []
        for at in range(len(words)):
            found, end = "", at
            while end < len(words) and want.startswith(found + words[end][2].replace(" ", "")) and found != want:
                found += words[end][2].replace(" ", "")
                end += 1
            if found == want:
                spans.append((words[at][0], words[end - 1][1]))
        off = min(abs((a + b) / 2 * MM - middle) for a, b in spans)
        worst = max(worst, off)
        assert off < 0.1, f"{pdf}: the middle of {text!r} is {off:.3f} mm from {middle} mm"

# Two on a sheet: the same words, moved to the corner of each piece, which are 6 mm apart in the middle of SRA3.
for language in EXPECTED:
    alone, sheet = (f"{folder}/{language}/stock-certificate.pdf" for folder in sys.argv[1:3])
    places = [(text, float(a) * MM, float(b) * MM) for a, b, _, _, text in WORD.findall(read(alone, "-bbox"))]
    found = [(text, float(a) * MM, float(b) * MM) for a, b, _, _, text in WORD.findall(read(sheet, "-bbox"))]
    for down in (0, 216):
        for text, x, y in places:
            distances = [max(abs(x + 11.5 - u), abs(y + 12 + down - v)) for other, u, v in found if other == text]
            assert distances and min(distances) < 0.02, f"{sheet}: {text!r} is not at its place: {distances}"
print(f"fields on stock: passed, at most {worst:.3f} mm from their position")
