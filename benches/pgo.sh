#!/usr/bin/env bash
# The fastest binary: built with counters, run on the work it is for, and built again with what they showed. Half an hour
# on two cores. It wants rustup, for llvm-tools. The binary: target/pgo/use/HOST/release/gen-report.
set -euo pipefail
cd "$(dirname "$0")/.."
host=$(rustc -vV | sed -n 's/^host: //p')
work=$PWD/target/pgo
rustup component add llvm-tools
rm -rf "$work/counts" "$work/out"

# One profile for both builds: the counts are found by names in which it stands.
build() { cargo build --release --locked --bin gen-report --target "$host" --target-dir "$work/$1"; }
RUSTFLAGS="-Cprofile-generate=$work/counts" build counters

program=$work/counters/$host/release/gen-report
python3 benches/cities.py 60 "$work/cities"
for language in en fr zh; do
  "$program" --quiet --project "$work/cities" --lang "$language" --jobs 1 --out "$work/out"
  "$program" --quiet --lang "$language" --out "$work/out/first"
done
"$(rustc --print sysroot)/lib/rustlib/$host/bin/llvm-profdata" merge -o "$work/profile" "$work/counts"

RUSTFLAGS="-Cprofile-use=$work/profile" build use
