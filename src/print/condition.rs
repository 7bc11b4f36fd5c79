//! Printing conditions by name: their names in the registry of the ICC (www.color.org/registry), and their maximum total ink
//! coverage.

use super::profile::tag;

/// A printing condition for which a profile may be made.
#[derive(Debug, PartialEq, Eq)]
pub struct Condition {
    /// As given to `--condition`.
    pub name: &'static str,
    /// In the registry of the ICC, and in the output intent of a PDF.
    pub registered_name: &'static str,
    /// The maximum total ink coverage, in percent.
    pub max_ink: u32,
    /// Texts that identify the condition in the description of a profile.
    descriptions: &'static [&'static str],
    /// A profile for the condition, and who publishes it.
    pub profile: &'static str,
}

/// The ink limits are those of the profiles, as their publishers give them: Adobe (“ICC Profile Read Me”: CGATS TR 001 300 %,
/// JC200103 350 %), and the profile registry of the ICC (registry.color.org/profile-registry: FOGRA51 and FOGRA52 300 %,
/// CGATS21-2-CRPC6 320 %). ISO Coated v2 exists for 300 % and 330 %: the limit of FOGRA39 is the lower one.
pub const CONDITIONS: [Condition; 6] = [
    Condition {
        name: "FOGRA39",
        registered_name: "FOGRA39",
        max_ink: 300,
        descriptions: &["FOGRA39", "ISO Coated v2"],
        profile: "ISOcoated_v2_300_eci.icc, from eci.org",
    },
    Condition {
        name: "FOGRA51",
        registered_name: "FOGRA51",
        max_ink: 300,
        descriptions: &["FOGRA51", "PSO Coated v3"],
        profile: "PSOcoated_v3.icc, from eci.org",
    },
    Condition {
        name: "FOGRA52",
        registered_name: "FOGRA52",
        max_ink: 300,
        descriptions: &["FOGRA52", "PSO Uncoated v3"],
        profile: "PSOuncoated_v3_FOGRA52.icc, from eci.org",
    },
    Condition {
        name: "GRACoL2013",
        registered_name: "CGATS21-2-CRPC6",
        max_ink: 320,
        descriptions: &["CRPC6", "GRACoL2013", "GRACoL 2013"],
        profile: "GRACoL2013_CRPC6.icc, from idealliance.org",
    },
    Condition {
        name: "SWOP",
        registered_name: "CGATS TR 001",
        max_ink: 300,
        descriptions: &["TR001", "TR 001", "Web Coated (SWOP) v2"],
        profile: "USWebCoatedSWOP.icc, from adobe.com",
    },
    Condition {
        name: "JapanColor",
        registered_name: "JC200103",
        max_ink: 350,
        descriptions: &["JC200103", "Japan Color 2001 Coated"],
        profile: "JapanColor2001Coated.icc, from adobe.com",
    },
];

impl Condition {
    /// Returns the condition with this name; case does not matter.
    pub fn find(name: &str) -> Option<&'static Self> {
        CONDITIONS.iter().find(|condition| condition.name.eq_ignore_ascii_case(name))
    }

    /// Returns the condition that a profile was made for: by the name of the measurements in it, or else by its description.
    pub fn of_profile(bytes: &[u8], description: &str) -> Option<&'static Self> {
        // ICC rules for profiles from registered measurements: `targ` is “ICCHDAT ” and their name.
        let target =
            tag(bytes, b"targ").map(|data| String::from_utf8_lossy(data.get(8..).unwrap_or_default()).into_owned());
        let target = target.as_deref().and_then(|target| target.strip_prefix("ICCHDAT ")).map(|target| {
            let end = target.find(['\0', '\n', '\r']).unwrap_or(target.len());
            target[..end].trim().to_owned()
        });
        if let Some(target) = target {
            return CONDITIONS.iter().find(|condition| condition.registered_name == target);
        }
        let description = description.to_lowercase();
        let is_described = |part: &&str| description.contains(&part.to_lowercase());
        CONDITIONS.iter().find(|condition| condition.descriptions.iter().any(is_described))
    }
}
