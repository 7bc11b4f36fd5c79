//! Files that everyone may read.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Result, code};
use crate::project::reason;

/// Writes a file, completely or not at all, and creates its folder. An existing file is replaced.
pub fn write_public_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut builder = tempfile::Builder::new();
        // Everyone may read it, as far as the umask of the user permits.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)
    };
    write().map(drop).map_err(|error| {
        Diagnostic::error(code::OUTPUT, format!("`{}` cannot be written: {}", path.display(), reason(&error)))
            .help("choose a folder that you may write to")
    })
}
