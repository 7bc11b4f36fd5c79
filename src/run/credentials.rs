//! Writes only the credentials of certificates, without building the PDFs.

use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

use super::engine::{self, Concurrency};
use super::{Builder, Job};
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::document::{DocumentId, Format};
use crate::store::{Key, Store};

/// Writes the credentials of all documents of the plan. Returns how many there were.
///
/// `on_stored` is called with the document and the key of each credential that is in the store.
///
/// # Errors
/// A template or the store fails, or no document has a credential. Credentials written before the error stay in the store.
pub fn write_credentials(
    builder: &Builder,
    store: &dyn Store,
    concurrency: Concurrency,
    interrupt: &AtomicBool,
    mut on_stored: impl FnMut(&DocumentId, &Key),
) -> Result<usize, Problems> {
    let (mut count, mut problems) = (0, Problems::new());
    let write = |job: &Job, credentials: Result<Vec<(String, String)>, Problems>| {
        let credentials = credentials?;
        let is_pair = credentials.len() > 1;
        let write_one = |(language, token): (String, String)| {
            let mut key = job.id.key(Format::Credential);
            if is_pair {
                key.file = format!("{}-{language}.{}", job.id.stem(), Format::Credential.extension());
            }
            store.put(&key, token.as_bytes()).map(|()| key).map_err(Problems::from)
        };
        credentials.into_iter().map(write_one).collect::<Result<Vec<Key>, Problems>>()
    };
    engine::run(
        builder.project.jobs(&builder.plan),
        concurrency,
        interrupt,
        |job| builder.credentials(job),
        |job, credentials| {
            let written = write(job, credentials);
            let flow = if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
            (written, flow)
        },
        |ready| {
            for delivery in ready {
                match delivery {
                    Ok((job, Ok(keys))) => {
                        count += keys.len();
                        keys.iter().for_each(|key| on_stored(&job.id, key));
                    }
                    Ok((_, Err(found))) | Err(found) => problems.extend(found),
                }
            }
            ControlFlow::Continue(())
        },
    );
    if problems.is_empty() && count == 0 {
        problems.push(
            Diagnostic::error(code::NO_DOCUMENTS, "no document of the selection has a credential")
                .help("select certificates; a template of your own needs `credential: {{credential}}`"),
        );
    }
    problems.into_result(count)
}
