//! The printing condition that the inks are meant for: an ICC profile of a press.

use std::path::Path;

use moxcms::{ColorProfile, DataColorSpace, ProfileClass, ProfileText};

use crate::diagnostic::{Diagnostic, code};
use crate::project::reason;

/// Sheetfed offset on coated paper. Free: see LICENSE-FOGRA39L_coated.txt beside it.
static COATED: &[u8] = include_bytes!("icc/FOGRA39L_coated.icc");

/// The largest profile that is read.
const LARGEST: u64 = 32 << 20;

#[derive(Clone, Debug)]
pub struct Profile {
    pub bytes: Vec<u8>,
    /// What the profile calls itself.
    pub name: String,
    /// The name of the printing condition in the ICC's registry; `None` where a file was given.
    pub registered: Option<&'static str>,
}

impl Default for Profile {
    fn default() -> Self {
        Self { bytes: COATED.to_vec(), name: "FOGRA39L Coated".to_owned(), registered: Some("FOGRA39") }
    }
}

impl Profile {
    /// Reads a profile of a print shop.
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        let shown = path.display();
        let refused = |why: String| Diagnostic::error(code::PROFILE, format!("`{shown}` is no output profile: {why}"));
        let unread = |error: &std::io::Error| refused(reason(error)).help("name the file with --icc");
        let size = std::fs::metadata(path).map_err(|error| unread(&error))?.len();
        if size > LARGEST {
            return Err(refused("it is too large".to_owned()).help("a profile has a few megabytes at most"));
        }
        let bytes = std::fs::read(path).map_err(|error| unread(&error))?;
        let ask = "ask the print shop for the ICC profile of its printing condition, or leave --icc out: \
                   FOGRA39L Coated is used then";
        // The signature of every profile (ICC.1, 7.2.11).
        if bytes.get(36..40) != Some(b"acsp") {
            return Err(refused("it is no ICC profile".to_owned()).help(ask));
        }
        let kind = |at: usize| String::from_utf8_lossy(bytes.get(at..at + 4).unwrap_or_default()).trim().to_owned();
        let (class, space) = (kind(12), kind(16));
        let told = "an output profile in CMYK has the class `prtr` and the colour space `CMYK`";
        if class != "prtr" || space != "CMYK" {
            return Err(refused(format!("it is of the class `{class}` in {space}")).note(told).help(ask));
        }
        let read = ColorProfile::new_from_slice(&bytes)
            .map_err(|error| refused(format!("it is broken ({error})")).help(ask))?;
        if read.profile_class != ProfileClass::OutputDevice || read.color_space != DataColorSpace::Cmyk {
            return Err(refused("its header contradicts itself".to_owned()).help(ask));
        }
        let name = match read.description {
            Some(ProfileText::PlainString(text)) => text,
            Some(ProfileText::Localizable(texts)) => texts.into_iter().next().map(|t| t.value).unwrap_or_default(),
            Some(ProfileText::Description(text)) => text.ascii_string,
            None => String::new(),
        };
        let name = name.trim_end_matches('\0').trim().to_owned();
        let name = if name.is_empty() { "Custom".to_owned() } else { name };
        Ok(Self { bytes, name, registered: None })
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
    fn a_profile_is_of_a_press_in_cmyk() {
        let profile = read(COATED).unwrap();
        assert_eq!((profile.name.as_str(), profile.registered), ("FOGRA39L Coated", None));
        let changed = |at: usize, text: &[u8]| {
            let mut bytes = COATED.to_vec();
            bytes[at..at + text.len()].copy_from_slice(text);
            read(&bytes).unwrap_err().to_string()
        };
        assert!(changed(12, b"mntr").contains("it is of the class `mntr` in CMYK"));
        assert!(changed(16, b"RGB ").contains("it is of the class `prtr` in RGB"));
        assert!(changed(36, b"nope").contains("it is no ICC profile"));
        assert!(read(b"").unwrap_err().to_string().contains("it is no ICC profile"));
        assert!(read(&COATED[..3000]).unwrap_err().to_string().contains("it is broken"));
    }
}
