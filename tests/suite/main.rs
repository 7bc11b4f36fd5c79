//! All integration tests, in one binary: Typst is linked once, and tests share what is expensive to prepare.
//!
//! | module | what it describes |
//! |---|---|
//! | `facts` | reading results.yaml, and its JSON Schema |
//! | `words` | how each language writes numbers, dates, names and lists; proofs and pseudo-locales |
//! | `pages` | what the documents say and how they look |
//! | `runs` | many documents: records in bulk, the manifest, resuming, shards, worker processes |
//! | `print` | sheets for the press, and fields on pre-printed stock |
//! | `safety` | hostile and unusual input |
//! | `store` | buckets and archives |
//! | `trust` | keys, signed codes, credentials, seals, time stamps, the status list, the website, and what `verify` answers |
//! | `watch` | what the page in the browser shows after each change, and where its texts come from |
//! | `commands` | `check`, `check --out`, `init`, the examples of the manual, and what each diagnostic looks like |
//!
//! Screens (tests/screens), golden documents (tests/golden) and drawings (reports/shared/drawings) are compared with
//! files. To accept a change: `SNAPSHOTS=overwrite cargo test --test suite`, then review the difference in git.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot continue has failed")]

mod commands;
mod facts;
mod pages;
mod print;
mod runs;
mod safety;
mod store;
mod support;
mod trust;
mod watch;
mod words;

// fuzz/bodies.rs, which `safety::corpus` includes, expects the parser under this name.
use typst::syntax;
