//! The facts: one YAML file that states what was decided, once for all languages.
//!
//! Each entity has a file with its struct and its reader; the JSON Schema is derived from the same struct. A new fact
//! about a city needs a field, a line in its reader, an entry in `City::KEYS` and, if it is a text, one in `City::texts`, all in `city`. To
//! print it, add it to `template::context` and `template/full.yaml`.

mod built_in;
mod bulk;
mod city;
mod consistency;
mod contact;
mod date;
mod decimal;
mod definitions;
mod edition;
mod embargo;
mod facts;
mod figure;
mod load;
mod organiser;
mod photo;
mod programme;
mod quotation;
pub mod reading;
mod references;
mod register;
mod scalar;
mod signatory;
mod source;
mod story;
mod text;
mod words;

use std::ops::{Deref, Range};
use std::sync::Arc;

pub use built_in::{BuiltInFacts, BuiltInValue, ITEM_VARIABLES, built_in_names};
pub use bulk::{Record, RecordCounts, RecordSource};
pub use city::{City, Status};
pub use contact::Contact;
pub use date::{Date, Period};
pub use decimal::decimal;
pub use definitions::{Declarations, Definitions, FACTS_PATH, ProjectFact, ProjectFacts, STORY_PATH};
pub use edition::{Edition, Route};
pub use embargo::Embargo;
pub use facts::{Facts, schema};
pub use figure::{Figure, FigureRef, Figures, Hedge, Nature, RANGE};
pub use load::{FindNextToResults, ReadOptions, VisitRecord, load, read};
pub use organiser::Organiser;
pub use photo::Photo;
pub use programme::Programme;
pub use quotation::Quotation;
pub use reading::read::{Spanned, is_forbidden};
pub use register::{REGISTER_PATH, Register, RegisterEntry, Withdrawal};
pub use scalar::{SERIAL_RULE, is_serial};
pub use signatory::Signatory;
pub use source::Source;
pub use story::{Block, Condition, Sentence, SpecialBlock, Story};
pub use text::{NameForms, Text};

use reading::places::Files;
use words::words;

use crate::diagnostic::{Place, Problems};

/// The facts for a document, and the files that hold them.
#[derive(Clone, Debug)]
pub struct Results {
    pub facts: Arc<Facts>,
    files: Files,
}

impl Deref for Results {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

impl Results {
    /// Returns the cities that get documents, by rank, or else in the order of the file.
    pub fn selected(&self) -> Vec<&City> {
        let mut cities: Vec<&City> = self.cities.iter().filter(|c| c.status == Status::Selected).collect();
        cities.sort_by_key(|c| (c.rank.unwrap_or(u32::MAX), c.span.start));
        cities
    }

    /// Returns every text that may differ by language.
    pub fn texts(&self) -> Vec<&Text> {
        let (p, e) = (&self.programme, &self.edition);
        let mut texts = vec![&p.name, &p.short, &p.initials, &self.organiser.name, &self.organiser.acronym];
        texts.extend([&e.place, &self.contact.office]);
        texts.extend(e.convention.iter().chain(&e.conference));
        texts.extend(e.project_facts.values().flat_map(ProjectFact::texts));
        texts.extend(self.embargo.iter().filter_map(|e| e.zone.as_ref()));
        texts.extend(self.signatories.iter().flat_map(|s| [Some(&s.office), s.name.as_ref()]).flatten());
        texts.extend(self.sources.values().map(|s| &s.name));
        texts.extend(self.cities.iter().flat_map(City::texts));
        texts
    }

    /// Converts a span of the facts to a place.
    pub fn place(&self, span: &Range<usize>) -> Place {
        self.files.place(span)
    }

    /// Returns the cities that are not held in memory, read one at a time.
    pub fn records(&self) -> Option<impl Iterator<Item = Result<Record, Problems>> + Send + use<>> {
        self.record_source.as_ref().map(|record_source| record_source.records(&self.facts))
    }

    /// Returns the place of a character in the files; a record is searched first.
    pub fn place_of_char(&self, c: char) -> Option<Place> {
        self.files.latest().find_map(|file| file.text.find(c).map(|at| Place::new(file, at..at + c.len_utf8())))
    }
}
