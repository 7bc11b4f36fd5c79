#!/usr/bin/env bash
# Downloads the fonts of these tests and subsets the Japanese and Korean ones to the characters that the tests print, and the
# Hebrew ones to Hebrew, digits and punctuation. Run it in this folder. Needs npm and pip's fonttools.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in amiri@0.4.1 ibm-plex-sans-arabic@0.4.2 noto-serif-jp@0.4.3 noto-sans-jp@0.4.3 noto-serif-kr@0.4.3 \
  noto-sans-kr@0.4.3 frank-ruhl-libre@0.4.1 assistant@0.4.1; do
  npm pack --silent "@expo-google-fonts/$package" >/dev/null
  name=${package%@*}
  mkdir "$name"
  tar xzf expo-google-fonts-"$name"-*.tgz -C "$name" --strip-components=1
done
cut() { # FILE, NAME, then options of pyftsubset
  pyftsubset "$1" --no-hinting --output-file="$here/$2" "${@:3}"
}
# Copied unchanged: the licence of IBM Plex reserves the name.
for weight in 400Regular 700Bold; do
  style=${weight#[0-9]00}
  cp amiri/$weight/Amiri_$weight.ttf "$here/Amiri-$style.ttf"
  cp ibm-plex-sans-arabic/$weight/IBMPlexSansArabic_$weight.ttf "$here/IBMPlexSansArabic-$style.ttf"
  for face in Serif Sans; do
    lower=${face,}
    cut "noto-$lower-jp/$weight/Noto${face}JP_$weight.ttf" "Noto${face}JP-$style.ttf" \
      --text-file=<(cat "$here"/../locales/ja/*.ftl "$here"/../reports/results.yaml) \
      --unicodes=20-7E,A0,2010-206F,3000-30FF,FF00-FFEF --layout-features='ccmp,liga,locl,calt,kern,palt,halt'
    # 및 joins the items of a list in CLDR.
    cut "noto-$lower-kr/$weight/Noto${face}KR_$weight.ttf" "Noto${face}KR-$style.ttf" \
      --text-file=<(cat "$here"/../locales/ko/*.ftl "$here"/../reports/results.yaml) --text=및 \
      --unicodes=20-7E,A0,B7,2010-206F,3000-303F --layout-features='ccmp,liga,locl,calt,kern'
  done
  # Without Latin letters, which come from the next family. Neither licence reserves a name of these fonts.
  for font in frank-ruhl-libre/$weight/FrankRuhlLibre assistant/$weight/Assistant; do
    cut "${font}_$weight.ttf" "${font##*/}-$style.ttf" --layout-features='ccmp,locl,mark,kern,liga' \
      --unicodes=20-40,5B-60,7B-7E,A0,AB,B7,BB,590-5FF,FB1D-FB4F,200E,200F,2010-2026,202F,20AA,20AC,2212
    # The no-break hyphen, which CLDR's Hebrew lists have before Latin letters, is a hyphen.
    python3 - "$here/${font##*/}-$style.ttf" <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1])
for table in font["cmap"].tables:
    table.cmap.setdefault(0x2011, table.cmap[ord("-")])
font.save(sys.argv[1])
PYTHON
  done
done
cp amiri/LICENSE_FONT "$here/LICENSE-Amiri.txt"
cp ibm-plex-sans-arabic/LICENSE_FONT "$here/LICENSE-IBMPlexSansArabic.txt"
cp noto-serif-jp/LICENSE_FONT "$here/LICENSE-NotoSerifJP.txt"
cp noto-sans-jp/LICENSE_FONT "$here/LICENSE-NotoSansJP.txt"
cp noto-serif-kr/LICENSE_FONT "$here/LICENSE-NotoSerifKR.txt"
cp noto-sans-kr/LICENSE_FONT "$here/LICENSE-NotoSansKR.txt"
cp frank-ruhl-libre/LICENSE_FONT "$here/LICENSE-FrankRuhlLibre.txt"
cp assistant/LICENSE_FONT "$here/LICENSE-Assistant.txt"
