//! Replaces one text in a YAML or Fluent file, and leaves every other byte as it is.
//!
//! Nothing here reads or writes a file: [`super::edits`] does.

mod fluent;
mod yaml;

use std::ops::Range;
use std::sync::Arc;

use super::variants::{PrintedText, VariantPath};
use crate::diagnostic::{FileOrigin, Place, SourceFile};
use crate::results::is_forbidden;
use fluent::{find_pattern, find_printed_pattern};
use yaml::{find_printed_form, find_scalar};

/// A text in a file that can be replaced.
#[derive(Clone, Debug)]
pub struct EditableText {
    pub file: Arc<SourceFile>,
    /// The bytes that are replaced, with the quotes of a YAML value.
    pub range: Range<usize>,
    pub syntax: Syntax,
}

/// How a text is written in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// A number in YAML.
    Number,
    /// A YAML text without quotes.
    Plain,
    /// A YAML text in single quotes.
    SingleQuoted,
    /// A YAML text in double quotes, without escape sequences.
    DoubleQuoted,
    /// A YAML text in double quotes with escape sequences, which are edited as they are.
    Escaped,
    /// The pattern of a Fluent message, or of its attribute; or of one of its variants.
    Fluent { message: String, attribute: Option<String>, variant: VariantPath },
}

/// What can be edited at a place.
#[derive(Clone, Debug)]
pub struct Editable {
    pub text: EditableText,
    /// What the text is, if it is a part of the place: `the variant [one]`.
    pub part: Option<String>,
    /// The whole message, if the text is one of its variants.
    pub whole: Option<EditableText>,
    /// Why the text is not a smaller part of the place.
    pub note: Option<Reason>,
}

/// A file with its text replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedFile {
    pub text: String,
    /// Of the new text, with the quotes of a YAML value.
    pub range: Range<usize>,
}

/// Why a text cannot be edited or a new text cannot be written, as the page says it.
pub type Reason = String;

impl Syntax {
    /// Returns its name in the JSON for the page.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Plain | Self::SingleQuoted | Self::DoubleQuoted => "text",
            Self::Escaped => "escaped",
            Self::Fluent { .. } => "fluent",
        }
    }
}

impl Editable {
    /// Finds what printed a text at a place: a YAML value, or the form of a name; or the pattern of a message, and its variant
    /// if it has several. `name` is the identifier of the message.
    ///
    /// # Errors
    /// Why the text cannot be edited without a change of other bytes.
    pub fn find(place: &Place, name: &str, printed: Option<&PrintedText>) -> Result<Self, Reason> {
        match (place.file.origin != FileOrigin::Embedded).then(|| extension(&place.file)).flatten().as_deref() {
            Some("ftl") => find_printed_pattern(place, name, printed),
            Some("yaml" | "yml") => find_printed_form(place, printed),
            _ => EditableText::find(place, name).map(Self::from),
        }
    }
}

impl From<EditableText> for Editable {
    fn from(text: EditableText) -> Self {
        Self { text, part: None, whole: None, note: None }
    }
}

/// Returns the extension of a file in lower case.
fn extension(file: &SourceFile) -> Option<String> {
    file.path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

impl EditableText {
    /// Finds the text that a place refers to: a YAML value, or the pattern of a message. `name` is the identifier of the
    /// message, with its attribute if there is one; it may be empty.
    ///
    /// # Errors
    /// Why the text cannot be edited without a change of other bytes.
    pub fn find(place: &Place, name: &str) -> Result<Self, Reason> {
        let file = &place.file;
        if file.origin == FileOrigin::Embedded {
            return Err(
                "This text is in a file inside the program, not in your project. `gen-report init --eject` copies \
                        the file into the project, where it can be edited."
                    .to_owned(),
            );
        }
        match extension(file).as_deref() {
            Some("ftl") => find_pattern(file, place.range.start, name),
            Some("yaml" | "yml") => find_scalar(file, &place.range),
            _ => Err("This text is in a table or in a file of records. Edit it in the program that made the file."
                .to_owned()),
        }
    }

    /// Finds the text again in its file after it was replaced.
    ///
    /// # Errors
    /// See [`Self::find`].
    pub fn find_again(&self, edited: EditedFile) -> Result<Self, Reason> {
        let file = SourceFile::new(self.file.path.clone(), edited.text);
        match &self.syntax {
            Syntax::Fluent { message, attribute, variant } => {
                let name = attribute.as_ref().map_or(message.clone(), |attribute| format!("{message}.{attribute}"));
                find_pattern(&file, edited.range.start, &name)?.narrow(variant)
            }
            _ => Self::find(&Place::new(&file, edited.range), ""),
        }
    }

    /// Returns the text as it is edited: without the quotes of YAML, with line ends `\n`.
    pub fn text(&self) -> String {
        let written = &self.file.text[self.range.clone()];
        let inside = || written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
        match self.syntax {
            Syntax::Number | Syntax::Plain => written.to_owned(),
            Syntax::SingleQuoted => inside().replace("''", "'"),
            Syntax::DoubleQuoted | Syntax::Escaped => inside().to_owned(),
            Syntax::Fluent { .. } => written.replace("\r\n", "\n"),
        }
    }

    /// Replaces the text. The new file is parsed, and differs from the old one in this text only.
    ///
    /// # Errors
    /// Why the new text cannot be written here.
    pub fn replace(&self, new: &str) -> Result<EditedFile, Reason> {
        let new = new.replace("\r\n", "\n");
        if let Some(bad) = new.chars().find(|c| is_forbidden(*c)) {
            return Err(format!("The text contains U+{:04X}, which cannot be printed. Remove it.", bad as u32));
        }
        if new.trim().is_empty() {
            return Err("The text is empty. Write something, or remove it in an editor.".to_owned());
        }
        match &self.syntax {
            Syntax::Fluent { .. } => self.replace_pattern(&new),
            _ => self.replace_scalar(&new),
        }
    }

    /// Returns the file with these bytes in place of the text.
    fn splice(&self, written: &str) -> EditedFile {
        let Range { start, end } = self.range;
        let text = [&self.file.text[..start], written, &self.file.text[end..]].concat();
        EditedFile { text, range: start..start + written.len() }
    }
}
