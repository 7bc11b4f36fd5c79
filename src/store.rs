//! Where documents go. A file is whole or not there: it is written aside, synced, then renamed.

use std::io::{self, Write};
use std::path::Path;
use std::{fs, io::ErrorKind};

use crate::diagnostic::{Diagnostic, Result, code};
use crate::project::reason;

pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    put(path, bytes).map_err(|error| {
        let problem =
            Diagnostic::error(code::OUTPUT, format!("`{}` cannot be written: {}", path.display(), reason(&error)));
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => problem.help("make room on the disk, then run again"),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                problem.help("name a folder that you may write to with --out")
            }
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists | ErrorKind::IsADirectory => {
                problem.help("something else has this name: move it away, or name another folder with --out")
            }
            _ => problem.help("check the folder given with --out"),
        }
    })
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gen-report-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any program would create it: the user's umask decides.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut aside = builder.tempfile_in(folder)?;
    aside.write_all(bytes)?;
    aside.as_file().sync_all()?;
    aside.persist(path).map_err(|e| e.error)?;
    Ok(())
}
