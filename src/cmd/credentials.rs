//! `gen-report build --credential-only`: writes the credentials of certificates, without building the PDFs.

use std::sync::atomic::Ordering;

use crate::cli::BuildArgs;
use crate::diagnostic::{Problems, count};
use crate::exit;
use crate::run::{self, Builder, Concurrency};
use crate::store::Store;
use crate::ui::{Console, document_event, install_interrupt_handler};

pub fn run(builder: &Builder, args: &BuildArgs, store: &dyn Store, console: &mut Console) -> Result<u8, Problems> {
    let interrupt = install_interrupt_handler();
    let written = run::write_credentials(builder, store, Concurrency::new(args.jobs), interrupt, |id, key| {
        let location = store.location(key);
        console.write_data(&document_event("credential", id, &location), &location);
    })?;
    console.report_diagnostics(builder.fallback_uses());
    console.write_remark(&format!("wrote {}", count(written, "credential")));
    Ok(if interrupt.load(Ordering::Relaxed) { exit::INTERRUPTED } else { exit::OK })
}
