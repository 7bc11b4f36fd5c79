//! Hostile and unusual input: it is refused with a clear message, or does no harm. Nothing outside the project is read,
//! nothing blocks, nothing crashes, and no text becomes code.

mod corpus;
mod files;
mod fonts;
mod pictures;
mod templates;
mod text;
mod yaml;

use crate::support::{ProjectDir, RESULTS_FILE, assert_contains};

/// Builds the press release of the city in English: the document with a photo.
const RELEASE: &[&str] = &["-l", "en", "-c", "beijing", "-r", "press-release"];

/// Builds the certificate in English.
const CERTIFICATES: &[&str] = &["-l", "en", "-r", "certificate"];

/// The program fails with a message that contains all parts, and writes no document.
#[track_caller]
fn assert_refused(project: &ProjectDir, arguments: &[&str], parts: &[&str]) {
    let stderr = project.run_failing(arguments);
    assert_contains(&stderr, parts);
    // A mistake in a project is never reported as a fault of the program.
    assert!(!stderr.contains("E0403") && !stderr.contains("panicked"), "{stderr}");
    assert_eq!(project.output_files(), Vec::<String>::new());
}

/// A project whose press release has a photo.
fn with_photo(file: &str, bytes: &[u8]) -> ProjectDir {
    with_photo_name(file).file(&format!("reports/{file}"), bytes)
}

/// The same without the file.
fn with_photo_name(file: &str) -> ProjectDir {
    let photo = format!("    photo: {{file: {file:?}, credit: A, alt: B, caption: C}}\n    milestones:");
    ProjectDir::new().edit(RESULTS_FILE, "    milestones:", &photo)
}
