#!/usr/bin/env bash
# Downloads the fonts of these tests and subsets the Japanese ones to the characters that the tests print.
# Run it in this folder. Needs npm and pip's fonttools.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in amiri@0.4.1 ibm-plex-sans-arabic@0.4.2 noto-serif-jp@0.4.3 noto-sans-jp@0.4.3; do
  npm pack --silent "@expo-google-fonts/$package" >/dev/null
  name=${package%@*}
  mkdir "$name"
  tar xzf expo-google-fonts-"$name"-*.tgz -C "$name" --strip-components=1
done
# Copied unchanged: the licence of IBM Plex reserves the name.
for weight in 400Regular 700Bold; do
  cp amiri/$weight/Amiri_$weight.ttf "$here/Amiri-${weight#[0-9]00}.ttf"
  cp ibm-plex-sans-arabic/$weight/IBMPlexSansArabic_$weight.ttf "$here/IBMPlexSansArabic-${weight#[0-9]00}.ttf"
  for face in Serif Sans; do
    lower=$(echo "$face" | tr 'S' 's')
    pyftsubset "noto-$lower-jp/$weight/Noto${face}JP_$weight.ttf" --no-hinting \
      --text-file=<(cat "$here"/../locales/ja/*.ftl "$here"/../reports/results.yaml) \
      --unicodes=20-7E,A0,2010-206F,3000-30FF,FF00-FFEF --layout-features='ccmp,liga,locl,calt,kern,palt,halt' \
      --output-file="$here/Noto${face}JP-${weight#[0-9]00}.ttf"
  done
done
cp amiri/LICENSE_FONT "$here/LICENSE-Amiri.txt"
cp ibm-plex-sans-arabic/LICENSE_FONT "$here/LICENSE-IBMPlexSansArabic.txt"
cp noto-serif-jp/LICENSE_FONT "$here/LICENSE-NotoSerifJP.txt"
cp noto-sans-jp/LICENSE_FONT "$here/LICENSE-NotoSansJP.txt"
