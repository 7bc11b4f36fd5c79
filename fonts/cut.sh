#!/usr/bin/env bash
# Downloads the fonts and subsets the Chinese ones, as README.md describes. Run it in this folder.
# Needs npm, pip's fonttools, and Debian's fonts-lxgw-wenkai and unicode-data.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

for package in source-serif-4@0.4.1 source-sans-3@0.4.1 noto-serif-sc@0.4.3 noto-sans-sc@0.4.3; do
  npm pack --silent "@expo-google-fonts/$package" >/dev/null
  name=${package%@*}
  mkdir "$name"
  tar xzf expo-google-fonts-"$name"-*.tgz -C "$name" --strip-components=1
done

# The Source fonts are copied unchanged: their licence reserves the name.
for weight in 300Light 400Regular 400Regular_Italic 600SemiBold 600SemiBold_Italic 700Bold; do
  cp source-serif-4/$weight/SourceSerif4_$weight.ttf "$here/source/SourceSerif4-${weight#[0-9]00}.ttf"
done
for weight in 400Regular 600SemiBold 700Bold; do
  cp source-sans-3/$weight/SourceSans3_$weight.ttf "$here/source/SourceSans3-${weight#[0-9]00}.ttf"
done

# 9422 characters: General Standard list, GB 2312, full-width forms and punctuation.
python3 - >chars.txt <<'PY'
import bz2, sys
chars = set(range(0x20, 0x7F)) | {0xA0, 0x2212}
for start, end in ((0x2010, 0x206F), (0x3000, 0x303F), (0xFE10, 0xFE4F), (0xFF00, 0xFFEF)):
    chars |= set(range(start, end + 1))
with bz2.open("/usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt") as unihan:
    chars |= {int(l.split("\t")[0][2:], 16) for l in unihan if "\tkTGH\t" in l}
for row in range(0xA1, 0xF8):
    for cell in range(0xA1, 0xFF):
        for encoding in ("gb2312", "gbk"):  # they map the middle dot and the dash differently: keep both
            try:
                chars.add(ord(bytes((row, cell)).decode(encoding)))
            except UnicodeDecodeError:
                pass
sys.stdout.write("".join(map(chr, sorted(chars))))
PY

cut() {
  pyftsubset "$1" --text-file=chars.txt --no-hinting --output-file="$2" \
    --layout-features='ccmp,liga,locl,vert,vrt2,calt,kern,palt,halt'
}
cut noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf "$here/noto/NotoSerifSC-Regular.ttf"
cut noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf "$here/noto/NotoSerifSC-Bold.ttf"
cut noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf "$here/noto/NotoSansSC-Regular.ttf"
cut noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf "$here/noto/NotoSansSC-Bold.ttf"
cut /usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf wenkai.ttf

# LXGW WenKai reserves "LXGW" and 霞鹜: the subset is a modified version and needs another name.
python3 - wenkai.ttf "$here/press-kai/PressKai-Regular.ttf" <<'PY'
import sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1], recalcTimestamp=False)
for record in list(font["name"].names):
    if record.platformID != 3 or record.langID != 0x409:
        font["name"].names.remove(record)
for name_id, text in ((1, "Press Kai"), (3, "1.250;Press Kai"), (4, "Press Kai"), (6, "PressKai-Regular"),
                      (16, None), (17, None)):
    font["name"].removeNames(nameID=name_id)
    if text:
        font["name"].setName(text, name_id, 3, 1, 0x409)
font.save(sys.argv[2])
PY

# Keep one of four character maps: the program reads all of them at startup.
python3 - "$here"/noto/*.ttf "$here/press-kai/PressKai-Regular.ttf" <<'PY'
import sys
from fontTools.ttLib import TTFont
for path in sys.argv[1:]:
    font = TTFont(path, recalcTimestamp=False)
    font["cmap"].tables = [table for table in font["cmap"].tables if (table.platformID, table.platEncID) == (3, 10)]
    font.save(path)
PY
