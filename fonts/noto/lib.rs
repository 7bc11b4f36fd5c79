//! Fonts that gen-report embeds. The crate holds the files, and no code: crates.io limits a crate to 10 MiB.
