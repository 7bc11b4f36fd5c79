//! What identifies a document: its report, its languages, its city and its format.

use std::fmt;

use crate::diagnostic::{Diagnostic, code};
use crate::store::Key;

/// The languages of one document: a single one, or a pair that is set together on its pages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Languages {
    first: String,
    second: Option<String>,
}

impl Languages {
    /// Parses `fr`, or `zh+en` for a pair.
    ///
    /// # Errors
    /// More than two languages, or the same one twice.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let invalid = || {
            Diagnostic::error(code::NOT_IN_PROJECT, format!("`{text}` is not a pair of languages"))
                .help("join two different languages with a plus sign (for example `zh+en`)")
        };
        match text.split_once('+') {
            None => Ok(Self::one(text)),
            Some((first, second)) if first != second && !second.contains('+') => {
                Ok(Self { first: first.to_owned(), second: Some(second.to_owned()) })
            }
            Some(_) => Err(invalid()),
        }
    }

    pub fn one(language: &str) -> Self {
        Self { first: language.to_owned(), second: None }
    }

    /// Returns the first language, which texts outside the pages use, such as the title or a label.
    pub fn first(&self) -> &str {
        &self.first
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        [self.first.as_str()].into_iter().chain(self.second.as_deref())
    }

    pub fn is_pair(&self) -> bool {
        self.second.is_some()
    }

    pub fn contains(&self, language: &str) -> bool {
        self.iter().any(|own| own == language)
    }
}

impl fmt::Display for Languages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.first)?;
        self.second.as_ref().map_or(Ok(()), |second| write!(f, "+{second}"))
    }
}

impl serde::Serialize for Languages {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Languages {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|problem| serde::de::Error::custom(problem.message))
    }
}

/// What a report covers in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    City,
    Edition,
}

impl Scope {
    pub const ALL: [Self; 2] = [Self::City, Self::Edition];

    /// Returns the file name of its template in the folder of a report, without the extension.
    pub fn template_name(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Edition => "edition",
        }
    }

    /// Returns the name under which the template of a report is registered: `certificate/city`.
    pub fn template(self, report: &str) -> String {
        format!("{report}/{}", self.template_name())
    }

    /// Splits the name of a template into report and scope; `None` for a partial.
    pub fn of_template(template: &str) -> Option<(&str, Self)> {
        let (report, name) = template.rsplit_once('/')?;
        Some((report, Self::ALL.into_iter().find(|scope| scope.template_name() == name)?))
    }
}

/// The file format of a finished document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// PDF/A-3a and PDF/UA-1
    #[default]
    Pdf,
    /// An Open Badges credential, as a signed JSON Web Token
    Credential,
}

impl Format {
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Credential => "jwt",
        }
    }
}

/// Identifies one document of a project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DocumentId {
    pub report: String,
    pub languages: Languages,
    /// The id of the city; `None` for a document of the whole edition.
    pub city: Option<String>,
}

impl DocumentId {
    pub fn scope(&self) -> Scope {
        if self.city.is_some() { Scope::City } else { Scope::Edition }
    }

    pub fn template(&self) -> String {
        self.scope().template(&self.report)
    }

    /// Returns the name of the document without its languages: `certificate-beijing`.
    pub fn stem(&self) -> String {
        let report = file_stem(&self.report);
        self.city.as_ref().map_or_else(|| report.clone(), |city| format!("{report}-{city}"))
    }

    /// Returns the key under which a store keeps the document: `fr/certificate-beijing.pdf`.
    pub fn key(&self, format: Format) -> Key {
        Key {
            folder: self.languages.to_string(),
            group: file_stem(&self.report),
            file: format!("{}.{}", self.stem(), format.extension()),
        }
    }
}

/// Formats as “certificate-beijing in `fr`”.
impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.city {
            Some(city) => write!(f, "{}-{city} in `{}`", self.report, self.languages),
            None => write!(f, "{} in `{}`", self.report, self.languages),
        }
    }
}

/// Returns a report's name for use in file names. Reports may be in subfolders of `reports/`.
pub fn file_stem(report: &str) -> String {
    report.replace('/', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_one_or_a_pair_of_different_ones() {
        let pair = Languages::parse("zh+en").unwrap();
        assert_eq!((pair.first(), pair.iter().collect::<Vec<_>>()), ("zh", vec!["zh", "en"]));
        assert_eq!(pair.to_string(), "zh+en");
        assert_eq!(Languages::parse("fr").unwrap(), Languages::one("fr"));
        for wrong in ["fr+fr", "fr+en+zh"] {
            assert!(Languages::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_key_of_a_document_names_its_languages_report_and_city() {
        let mut id =
            DocumentId { report: "press/short".into(), languages: Languages::one("fr"), city: Some("lyon".into()) };
        assert_eq!(id.key(Format::Pdf).path(), "fr/press-short-lyon.pdf");
        id.city = None;
        assert_eq!(id.key(Format::Pdf).path(), "fr/press-short.pdf");
        assert_eq!(id.template(), "press/short/edition");
        assert_eq!(Scope::of_template("press/short/edition"), Some(("press/short", Scope::Edition)));
    }
}
