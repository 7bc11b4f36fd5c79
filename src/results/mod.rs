//! The facts: one YAML file that says what was decided, once, for all languages.

mod bulk;
mod date;
mod figure;
pub mod files;
mod load;
pub mod read;
mod schema;
mod sense;
pub mod yaml;

use std::collections::BTreeMap;
use std::ops::{Deref, Range};
use std::sync::Arc;

pub use bulk::{Bulk, Record, Survey};
pub use date::{Date, Period};
pub use figure::{Figure, Hedge, Nature, RANGE, decimal};
pub use load::{Beside, load, read as read_results};
pub use read::{Placed, forbidden};
pub use schema::schema;

use files::Files;

use crate::diagnostic::{Diagnostic, Place, Result, SourceFile, code};
use crate::hash::Hash128;

/// What is known for a document: the facts, and the files that they stand in.
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

/// Everything that a results file says.
#[derive(Debug)]
pub struct Facts {
    pub file: Arc<SourceFile>,
    /// Hash of all that is said, but for the cities.
    pub digest: Hash128,
    /// An example without official value; each page says so.
    pub specimen: bool,
    pub programme: Programme,
    pub organiser: Organiser,
    pub edition: Edition,
    pub embargo: Option<Embargo>,
    pub contact: Contact,
    pub signatories: Vec<Signatory>,
    pub sources: BTreeMap<String, Source>,
    pub cities: Vec<City>,
    /// Cities that are too many to stand here.
    pub bulk: Option<Bulk>,
    pub survey: Survey,
    by_id: BTreeMap<String, usize>,
}

impl Facts {
    /// One of the cities that stand in memory.
    pub fn city(&self, id: &str) -> Option<&City> {
        self.by_id.get(id).and_then(|at| self.cities.get(*at))
    }
}

impl Results {
    /// The cities that get documents, in the order of their rank.
    pub fn selected(&self) -> Vec<&City> {
        let mut cities: Vec<&City> = self.cities.iter().filter(|c| c.status == Status::Selected).collect();
        cities.sort_by_key(|c| (c.rank, c.span.start));
        cities
    }

    /// Every text that differs by language.
    pub fn texts(&self) -> Vec<&Text> {
        let (p, e) = (&self.programme, &self.edition);
        let mut texts = vec![&p.name, &p.short, &p.initials, &self.organiser.name, &self.organiser.acronym];
        texts.extend([&e.place, &e.convention, &e.conference, &self.contact.office]);
        texts.extend(self.embargo.iter().filter_map(|e| e.zone.as_ref()));
        texts.extend(self.signatories.iter().flat_map(|s| [Some(&s.office), s.name.as_ref()]).flatten());
        texts.extend(self.sources.values().map(|s| &s.name));
        texts.extend(self.cities.iter().flat_map(City::texts));
        texts
    }

    pub fn place(&self, span: &Range<usize>) -> Place {
        self.files.place(span)
    }

    /// The cities that are too many to stand in memory, one after another.
    pub fn records(&self) -> Option<impl Iterator<Item = std::result::Result<Record, Vec<Diagnostic>>> + Send + use<>> {
        self.bulk.as_ref().map(|bulk| bulk.records(&self.facts))
    }

    /// Where a character stands, in the record of the document first.
    pub fn place_of_char(&self, c: char) -> Option<Place> {
        self.files.latest().find_map(|file| file.text.find(c).map(|at| Place::new(file, at..at + c.len_utf8())))
    }
}

#[derive(Debug)]
pub struct Programme {
    pub name: Text,
    /// The name as the seal and the boilerplate's heading have room for.
    pub short: Text,
    pub initials: Text,
    pub founded: Placed<Date>,
}

#[derive(Debug)]
pub struct Organiser {
    pub name: Text,
    pub acronym: Text,
}

#[derive(Debug)]
pub struct Edition {
    pub number: u32,
    pub announced: Placed<Date>,
    pub published: Placed<Date>,
    pub place: Text,
    pub convention: Text,
    pub conference: Text,
    pub routes: Vec<Route>,
    pub figures: Figures,
    pub key_figures: Vec<FigureRef>,
    /// Start of the address behind the code on a certificate; the serial number follows.
    pub verification: Placed<String>,
}

pub type Figures = BTreeMap<String, Figure>;

/// A figure of the edition, or of one of its cities.
#[derive(Clone, Debug)]
pub struct FigureRef {
    pub city: Option<String>,
    pub figure: String,
}

#[derive(Debug)]
pub struct Embargo {
    pub until: Placed<Date>,
    /// “Beijing time”; a clock time without its zone is no embargo.
    pub zone: Option<Text>,
}

#[derive(Debug)]
pub struct Contact {
    pub office: Text,
    pub website: Option<Placed<String>>,
    pub email: Option<Placed<String>>,
    pub phone: Option<Placed<String>>,
}

#[derive(Debug)]
pub struct Signatory {
    pub office: Text,
    pub name: Option<Text>,
}

#[derive(Debug)]
pub struct Source {
    pub name: Text,
    pub published: Option<Date>,
}

#[derive(Debug)]
pub struct City {
    /// Names the city in file names and on the command line.
    pub id: String,
    pub span: Range<usize>,
    /// Hash of all that is said of it.
    pub digest: Hash128,
    pub name: Text,
    pub country: Text,
    pub status: Status,
    /// Counted from 1; every selected city has one.
    pub rank: u32,
    /// Where the rank stands; the identifier's place without one.
    pub rank_span: Range<usize>,
    pub serial: Option<Placed<String>>,
    pub route: Option<Route>,
    pub figures: Figures,
    pub key_figures: Vec<FigureRef>,
    /// Dates that the prose speaks of, by name.
    pub milestones: BTreeMap<String, Period>,
    pub photo: Option<Photo>,
    pub quotation: Option<Quotation>,
}

impl City {
    pub const KEYS: &[&str] = &[
        "id",
        "name",
        "country",
        "status",
        "rank",
        "serial",
        "route",
        "figures",
        "key-figures",
        "milestones",
        "photo",
        "quotation",
    ];

    /// Every text that differs by language.
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts = vec![&self.name, &self.country];
        texts.extend(self.photo.iter().flat_map(|p| [&p.credit, &p.alt, &p.caption]));
        texts.extend(self.quotation.iter().flat_map(|q| [&q.text, &q.speaker, &q.role]));
        texts
    }

    /// The serial number of the certificate: the data's own, or year, edition and rank.
    pub fn serial(&self, edition: &Edition) -> String {
        match &self.serial {
            Some(serial) => serial.value.clone(),
            None => format!("{:04}-{:02}-{:04}", edition.announced.year, edition.number, self.rank),
        }
    }
}

figure::words! {
    Status { Declined = "declined", Selected = "selected", Shortlisted = "shortlisted" }
}

figure::words! {
    /// How a city came before the committee.
    Route { Application = "application", Recommendation = "recommendation" }
}

#[derive(Debug)]
pub struct Photo {
    /// Path from the folder of the results file.
    pub file: Placed<String>,
    pub credit: Text,
    pub alt: Text,
    pub caption: Text,
}

#[derive(Debug)]
pub struct Quotation {
    pub text: Text,
    pub speaker: Text,
    pub role: Text,
}

/// A text that differs by language, each with the forms that grammar asks for.
#[derive(Clone, Debug)]
pub struct Text {
    pub span: Range<usize>,
    /// `None` as language: the same in all of them.
    entries: BTreeMap<Option<String>, Arc<Forms>>,
}

/// One text in one language. `name` is its plain form; others, such as `of` (du Caire), are the data's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Forms {
    pub name: String,
    pub others: BTreeMap<String, String>,
    pub span: Range<usize>,
}

impl Text {
    pub fn get(&self, results: &Results, language: &str) -> Result<Arc<Forms>> {
        self.find(language).ok_or_else(|| {
            Diagnostic::error(code::MISSING_TEXT, format!("this text is not given in `{language}`"))
                .place(results.place(&self.span))
                .help(format!("add `{language}: …` beside the other languages"))
        })
    }

    pub fn find(&self, language: &str) -> Option<Arc<Forms>> {
        self.entries.get(&Some(language.to_owned())).or_else(|| self.entries.get(&None)).cloned()
    }
}
