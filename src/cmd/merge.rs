//! `gen-report merge`: checks the documents of all shards and merges their manifests.

use serde_json::json;

use super::open_project;
use super::signing::set_signer;
use crate::cli::{CommonArgs, MergeArgs};
use crate::diagnostic::{Problems, count};
use crate::exit;
use crate::run::merge::{Merged, merge};
use crate::run::{Builder, LoadedProject};
use crate::typeset::Variant;
use crate::ui::Console;

pub fn run(args: &MergeArgs, common: &CommonArgs, console: &mut Console) -> Result<u8, Problems> {
    let mut project = LoadedProject::load(open_project(common)?)?;
    set_signer(&mut project, &args.seal, args.archive)?;
    let plan = project.plan(&args.selection.selection(&[]))?;
    let builder = Builder::new(project, plan, false, Variant::default())?;
    let store = args.out.open(args.store.options())?;
    let Merged { documents, shards } = merge(&builder, &*store, args.archive)?;
    console.write_event(&json!({ "type": "merged", "documents": documents, "shards": shards }));
    console.write_remark(&format!("merged {} of {}", count(documents, "document"), count(shards, "shard")));
    Ok(exit::OK)
}
