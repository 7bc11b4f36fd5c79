//! The ICC profile of the printing condition.

use std::path::Path;

use moxcms::{ColorProfile, DataColorSpace, ProfileClass, ProfileText};

use super::condition::{CONDITIONS, Condition};
use crate::diagnostic::{Diagnostic, closest, code};
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
    /// The printing condition, if it has a name.
    pub condition: Option<&'static Condition>,
}

/// The maximum total ink coverage, in percent, if the printing condition has no name.
const DEFAULT_MAX_INK: u32 = 300;

impl Default for Profile {
    fn default() -> Self {
        let name = "FOGRA39L Coated";
        Self { bytes: COATED.to_vec(), name: name.to_owned(), condition: Condition::of_profile(COATED, name) }
    }
}

impl Profile {
    /// Returns the profile in a file, or the embedded one. With `condition`, checks that the profile can be for that printing
    /// condition.
    pub fn choose(condition: Option<&str>, path: Option<&Path>) -> Result<Self, Diagnostic> {
        let profile = path.map_or_else(|| Ok(Self::default()), Self::read)?;
        let Some(name) = condition else { return Ok(profile) };
        let names = CONDITIONS.iter().map(|condition| condition.name);
        let Some(wanted) = Condition::find(name) else {
            let message = format!("unknown printing condition `{name}`");
            let near = closest(&name.to_uppercase(), names.clone()).map(|near| format!("did you mean `{near}`? "));
            let known = names.collect::<Vec<_>>().join(", ");
            return Err(Diagnostic::error(code::PROFILE, message)
                .note("without --condition, the condition is taken from the profile")
                .help(format!("{}use one of {known}", near.unwrap_or_default())));
        };
        match profile.condition {
            Some(condition) if condition != wanted && path.is_none() => {
                let message = format!("the program has no profile for {}", wanted.name);
                Err(Diagnostic::error(code::PROFILE, message)
                    .note(format!("the embedded profile is for {}", condition.name))
                    .help(format!("give a profile with --icc ({})", wanted.profile)))
            }
            Some(condition) if condition != wanted => {
                let message =
                    format!("the profile “{}” is for {}, not for {}", profile.name, condition.name, wanted.name);
                let help = format!("give another profile with --icc ({})", wanted.profile);
                Err(Diagnostic::error(code::PROFILE, message).help(help))
            }
            _ => Ok(Self { condition: Some(wanted), ..profile }),
        }
    }

    /// Returns the total ink coverage that the printing condition takes, in percent.
    pub fn max_ink(&self) -> u32 {
        self.condition.map_or(DEFAULT_MAX_INK, |condition| condition.max_ink)
    }

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
        let condition = Condition::of_profile(&bytes, &name);
        Ok(Self { bytes, name, condition })
    }
}

/// Returns the data of a tag of a profile (ICC.1:2022, 7.3).
pub fn tag<'a>(profile: &'a [u8], signature: &[u8; 4]) -> Option<&'a [u8]> {
    let number = |at: usize| Some(u32::from_be_bytes(profile.get(at..at + 4)?.try_into().ok()?) as usize);
    let entries = (0..number(128)?.min(100)).map(|index| 132 + index * 12);
    let entry = entries.into_iter().find(|at| profile.get(*at..at + 4) == Some(signature))?;
    let start = number(entry + 4)?;
    profile.get(start..start.checked_add(number(entry + 8)?)?)
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
        assert_eq!((profile.name.as_str(), profile.condition), ("FOGRA39L Coated", Condition::find("fogra39")));
        assert_eq!(profile.condition, Profile::default().condition);
        let changed = |at: usize, text: &[u8]| {
            let mut bytes = COATED.to_vec();
            bytes[at..at + text.len()].copy_from_slice(text);
            read(&bytes).unwrap_err().to_string()
        };
        assert!(changed(12, b"mntr").contains("the class `mntr` and the colour space `CMYK`"));
        assert!(changed(16, b"RGB ").contains("the class `prtr` and the colour space `RGB`"));
        assert!(changed(36, b"nope").contains("not an ICC profile"));
        assert!(read(b"").unwrap_err().to_string().contains("not an ICC profile"));
        // The name of the measurements in a profile says more than its description. `targ` replaces the tag `cprt`.
        let mut bytes = COATED.to_vec();
        let entry = 132 + 12 * (0..).find(|n| &bytes[132 + 12 * n..136 + 12 * n] == b"cprt").unwrap();
        bytes[entry..entry + 4].copy_from_slice(b"targ");
        bytes[476..476 + 24].copy_from_slice(b"text\0\0\0\0ICCHDAT FOGRA52\0");
        assert_eq!(read(&bytes).unwrap().condition, Condition::find("FOGRA52"));
        assert!(read(&COATED[..3000]).unwrap_err().to_string().contains("it is damaged"));
    }
}
