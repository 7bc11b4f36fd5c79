# Build the example edition in French.
run:
    cargo run -- --lang fr

# Run all tests.
test:
    cargo test

# Run everything that CI runs.
ci:
    bash .ci/run

# Download the fonts and subset them again (see fonts/README.md).
fonts:
    fonts/cut.sh

# Build a faster binary, which takes longer to compile.
dist:
    cargo build --profile dist

# Build the fastest binary, optimised with a profile, in an hour: target/pgo/gen-report.
pgo:
    packaging/pgo.sh
