//! Cargo wants a library or a program in each package. The benchmarks need neither.
