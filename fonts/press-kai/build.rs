//! Tells the build script of gen-report where the fonts are.

fn main() {
    println!("cargo::metadata=folder={}", env!("CARGO_MANIFEST_DIR"));
    println!("cargo::rerun-if-changed=build.rs");
}
