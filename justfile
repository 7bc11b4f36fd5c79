# Make the edition in French.
run:
    cargo run --release -- --lang fr

# All tests.
test:
    cargo test

# Accept changed screens, pages and drawings; review the difference in git.
accept:
    SNAPSHOTS=overwrite cargo test --test suite

# What CI runs.
ci:
    bash .ci/run

# Fetch the typefaces and cut them anew (see fonts/README.md).
fonts:
    fonts/cut.sh

# The fastest binary, slow to build.
dist:
    cargo build --profile dist

# The same with a profile of its work, half an hour: target/pgo/use/HOST/release/gen-report.
pgo:
    benches/pgo.sh
