//! The benchmarks have no code of their own in common.
