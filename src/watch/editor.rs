//! Opens a file in the user's editor.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use crate::diagnostic::{Diagnostic, FileOrigin, Place, code};
use crate::project::reason;

/// How to open a file: a URL that the browser opens, or a command. `{file}`, `{line}` and `{column}` are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Editor {
    /// For example `vscode://file/{file}:{line}:{column}`.
    Url(String),
    /// The program and its arguments, for example `code --goto {file}:{line}:{column}`.
    Command(Vec<String>),
}

impl Editor {
    /// Parses a pattern. It is a URL if it has a scheme followed by `:/`.
    pub fn parse(pattern: &str) -> Result<Self, String> {
        if !pattern.contains("{file}") {
            return Err(
                "write `{file}` where the path of the file belongs, as in `vscode://file/{file}:{line}:{column}`"
                    .to_owned(),
            );
        }
        let has_scheme = pattern.split_once(":/").is_some_and(|(scheme, _)| {
            scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        });
        match has_scheme {
            true if ["javascript", "data"].iter().any(|scheme| pattern.to_ascii_lowercase().starts_with(scheme)) => {
                Err("a URL with this scheme opens no editor".to_owned())
            }
            true => Ok(Self::Url(pattern.to_owned())),
            false => Ok(Self::Command(pattern.split_whitespace().map(str::to_owned).collect())),
        }
    }

    /// Returns the URL that opens a place; `None` if the editor is a command.
    pub fn url(&self, file: &Path, line: usize, column: usize) -> Option<String> {
        match self {
            Self::Url(pattern) => Some(fill(pattern, &encode(&file.to_string_lossy()), line, column)),
            Self::Command(_) => None,
        }
    }

    /// Adds to the JSON of a place how the page opens it: by a URL, or by asking this program.
    pub(super) fn add_to(&self, json: &mut Json, place: &Place) {
        let Some(path) = path_on_disk(place) else { return };
        let (line, column) = place.file.line_column(place.range.start);
        match self.url(&path, line, column) {
            Some(url) => json["url"] = url.into(),
            None => json["opens"] = true.into(),
        }
    }

    /// Starts the command that opens a place. Does nothing if the editor is a URL, or if the file of the place is not on disk.
    pub fn open(&self, place: &Place) -> Result<(), Diagnostic> {
        let (Self::Command(words), Some(file)) = (self, path_on_disk(place)) else { return Ok(()) };
        let (line, column) = place.file.line_column(place.range.start);
        let Some((program, arguments)) = words.split_first() else { return Ok(()) };
        let arguments = arguments.iter().map(|word| fill(word, &file.to_string_lossy(), line, column));
        run(Command::new(program).args(arguments)).map_err(|error| {
            Diagnostic::error(code::OUTPUT, format!("the editor `{program}` cannot be started: {}", reason(&error)))
                .help("check `--editor`")
        })
    }
}

/// Returns the absolute path of the file of a place; `None` if it is embedded in the program.
fn path_on_disk(place: &Place) -> Option<PathBuf> {
    let is_on_disk = place.file.origin == FileOrigin::Disk;
    is_on_disk.then(|| Path::new(&place.file.path).canonicalize().ok()).flatten()
}

/// Opens an address in the user's browser.
pub fn open_browser(address: &str) -> Result<(), Diagnostic> {
    let (program, arguments): (&str, &[&str]) = match () {
        () if cfg!(target_os = "macos") => ("open", &[]),
        () if cfg!(windows) => ("rundll32", &["url.dll,FileProtocolHandler"]),
        () => ("xdg-open", &[]),
    };
    run(Command::new(program).args(arguments).arg(address)).map_err(|error| {
        Diagnostic::warning(code::OUTPUT, format!("the browser cannot be opened: {}", reason(&error)))
            .help(format!("open this address yourself: {address}"))
    })
}

/// Starts a command that runs on its own.
fn run(command: &mut Command) -> std::io::Result<()> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // Otherwise, it would remain as a zombie until this program ends.
    let _ = std::thread::Builder::new().spawn(move || child.wait());
    Ok(())
}

fn fill(pattern: &str, file: &str, line: usize, column: usize) -> String {
    pattern.replace("{line}", &line.to_string()).replace("{column}", &column.to_string()).replace("{file}", file)
}

/// Escapes a path for a URL (RFC 3986). The slashes remain.
fn encode(path: &str) -> String {
    let path = path.replace('\\', "/");
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/:".contains(&b);
    path.bytes().map(|b| if is_plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
