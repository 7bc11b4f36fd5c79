//! The ICC profile of the printing condition.

use std::path::Path;

use moxcms::{ColorProfile, DataColorSpace, ProfileClass, ProfileText};

use crate::diagnostic::{Diagnostic, code};
use crate::project::reason;

/// Sheetfed offset on coated paper. For its licence see icc/LICENSE-FOGRA39L_coated.txt.
static COATED: &[u8] = include_bytes!("icc/FOGRA39L_coated.icc");

/// Maximum size of a profile, in bytes.
const MAX_SIZE: u64 = 32 << 20;

/// A CMYK output profile.
#[derive(Clone, Debug)]
pub struct Profile {
    pub bytes: Vec<u8>,
    /// The description in the profile.
    pub name: String,
    /// The name of the printing condition in the ICC registry; `None` for a profile read from a file.
    pub registered_name: Option<&'static str>,
}

impl Default for Profile {
    fn default() -> Self {
        Self { bytes: COATED.to_vec(), name: "FOGRA39L Coated".to_owned(), registered_name: Some("FOGRA39") }
    }
}

impl Profile {
    /// Reads a profile from a file.
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        let path_name = path.display();
        let error =
            |why: String| Diagnostic::error(code::PROFILE, format!("cannot use the profile `{path_name}`: {why}"));
        let io_error = |io: &std::io::Error| error(reason(io)).help("give the path of a readable file to --icc");
        let size = std::fs::metadata(path).map_err(|io| io_error(&io))?.len();
        if size > MAX_SIZE {
            return Err(error("it is too large".to_owned()).help("use a profile of at most 32 MiB"));
        }
        let bytes = std::fs::read(path).map_err(|io| io_error(&io))?;
        let help =
            "ask the print shop for the ICC profile of its printing condition, or omit --icc to use FOGRA39L Coated";
        // The signature of an ICC profile (ICC.1:2022, 7.2.11).
        if bytes.get(36..40) != Some(b"acsp") {
            return Err(error("not an ICC profile".to_owned()).help(help));
        }
        let tag = |offset: usize| {
            String::from_utf8_lossy(bytes.get(offset..offset + 4).unwrap_or_default()).trim().to_owned()
        };
        let (class, space) = (tag(12), tag(16));
        let note = "an output profile in CMYK has the class `prtr` and the colour space `CMYK`";
        if class != "prtr" || space != "CMYK" {
            return Err(error(format!("it has the class `{class}` and the colour space `{space}`"))
                .note(note)
                .help(help));
        }
        let read =
            ColorProfile::new_from_slice(&bytes).map_err(|icc| error(format!("it is damaged ({icc})")).help(help))?;
        if read.profile_class != ProfileClass::OutputDevice || read.color_space != DataColorSpace::Cmyk {
            return Err(error("its header does not match its content".to_owned()).help(help));
        }
        let name = match read.description {
            Some(ProfileText::PlainString(text)) => text,
            Some(ProfileText::Localizable(texts)) => texts.into_iter().next().map(|t| t.value).unwrap_or_default(),
            Some(ProfileText::Description(text)) => text.ascii_string,
            None => String::new(),
        };
        let name = name.trim_end_matches('\0').trim().to_owned();
        let name = if name.is_empty() { "Custom".to_owned() } else { name };
        Ok(Self { bytes, name, registered_name: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Profile, Diagnostic> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        Profile::read(file.path())
    }

    #[test]
    fn only_output_profiles_in_cmyk_are_accepted() {
        let profile = read(COATED).unwrap();
        assert_eq!((profile.name.as_str(), profile.registered_name), ("FOGRA39L Coated", None));
        let changed = |at: usize, text: &[u8]| {
            let mut bytes = COATED.to_vec();
            bytes[at..at + text.len()].copy_from_slice(text);
            read(&bytes).unwrap_err().to_string()
        };
        assert!(changed(12, b"mntr").contains("the class `mntr` and the colour space `CMYK`"));
        assert!(changed(16, b"RGB ").contains("the class `prtr` and the colour space `RGB`"));
        assert!(changed(36, b"nope").contains("not an ICC profile"));
        assert!(read(b"").unwrap_err().to_string().contains("not an ICC profile"));
        assert!(read(&COATED[..3000]).unwrap_err().to_string().contains("it is damaged"));
    }
}
