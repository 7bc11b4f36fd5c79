#!/usr/bin/env bash
# Builds the fastest binary: first one with counters, then a typical run with it, then the binary optimised with the counts.
# Takes an hour on two cores, and needs rustup, for llvm-tools. The result is target/pgo/gen-report.
#     packaging/pgo.sh [PROFILE]     # of Cargo: dist (the default) or release
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${1:-dist}
host=$(rustc -vV | sed -n 's/^host: //p')
work=$PWD/target/pgo
rustup component add llvm-tools
rm -rf "$work/counts" "$work/out"

# Both builds use the same cargo profile: counts are found by symbol names, which contain its name.
build() { cargo build --profile "$profile" --locked --bin gen-report --target "$host" --target-dir "$work/$1"; }
RUSTFLAGS="-Cprofile-generate=$work/counts" build counters

program=$work/counters/$host/$profile/gen-report
python3 benches/cities.py 60 "$work/cities"
for language in en fr zh; do
  "$program" --quiet --project "$work/cities" --lang "$language" --jobs 1 --out "$work/out"
  "$program" --quiet --lang "$language" --out "$work/out/first"
done
"$(rustc --print sysroot)/lib/rustlib/$host/bin/llvm-profdata" merge -o "$work/profile" "$work/counts"

RUSTFLAGS="-Cprofile-use=$work/profile" build use
cp "$work/use/$host/$profile/gen-report" "$work/gen-report"
