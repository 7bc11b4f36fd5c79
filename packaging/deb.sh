#!/usr/bin/env bash
# Makes a Debian package of a program that is built already. Needs cargo-deb.
#     packaging/deb.sh PROGRAM FOLDER
set -euo pipefail
program=$(realpath "$1") folder=$(realpath -m "$2")
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# cargo-deb takes the files from where a release build would have put them.
mkdir -p "$work/release" "$folder"
cp "$program" "$work/release/gen-report"
packaging/pages.sh "$program" "$work/release/pages"
gzip -9n "$work"/release/pages/*.1
CARGO_TARGET_DIR=$work cargo deb --quiet --no-build --strip --no-dbgsym --output "$folder/"
