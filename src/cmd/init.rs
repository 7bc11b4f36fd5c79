//! `gen-report init`: writes a new project, or embedded files to change.

use serde_json::json;

use crate::cli::InitArgs;
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::exit;
use crate::init;
use crate::ui::Console;

pub fn run(args: &InitArgs, console: &mut Console) -> Result<u8, Problems> {
    let mut files = collect_files(args)?;
    let existing = match args.eject[..] {
        [] => Vec::new(),
        _ => init::skip_existing(&args.dir, &mut files),
    };
    for path in init::write(&args.dir, &files)? {
        let path = path.display().to_string();
        console.report_file(&json!({ "type": "file", "path": path }), &path);
    }
    for path in existing {
        let path = path.display().to_string();
        console.write_event(&json!({ "type": "existing-file", "path": path }));
        console.write_remark(&format!("kept the existing file `{path}`"));
    }
    Ok(exit::OK)
}

/// Returns the files to write: those of `--eject`, or those of a new project.
fn collect_files(args: &InitArgs) -> Result<Vec<init::File>, Problems> {
    let mut problems = Problems::new();
    let mut files = Vec::new();
    for path in &args.eject {
        match init::eject(path) {
            Ok(found) => files.extend(found),
            Err(problem) => problems.push(problem),
        }
    }
    let known = init::languages();
    for language in args.lang.iter().filter(|l| !known.contains(&l.as_str())) {
        problems.push(
            Diagnostic::error(
                code::NOT_IN_PROJECT,
                format!("the language `{language}` is not embedded in the program"),
            )
            .note(format!("available: {}", known.join(", ")))
            .help("add a folder with its locale to locales/"),
        );
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if args.eject.is_empty() {
        let requested: Vec<&str> = args.lang.iter().map(String::as_str).collect();
        files = init::skeleton(if requested.is_empty() { &known } else { &requested });
    }
    // Two values of `--eject` may include the same file.
    files.sort();
    files.dedup();
    Ok(files)
}
