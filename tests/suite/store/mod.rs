//! Where documents are written: buckets, and archives of many documents. tests/conformance/s3.py repeats the tests of
//! buckets with another server.

mod archive;
mod buckets;

use crate::support::{CERTIFICATE, ProjectDir};

/// A certificate that takes almost no time.
const TEMPLATE: &str = "#set document(title: [{{city.name}}])\n#heading[Certificate]\n{{city.name}}\n";

fn project() -> ProjectDir {
    ProjectDir::new().file(CERTIFICATE, TEMPLATE)
}
