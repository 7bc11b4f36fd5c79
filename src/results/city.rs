//! A city and everything that the results say about it.

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;

use super::reading::read::{Reader, Spanned};
use super::reading::yaml::Node;
use super::scalar::{Count, Identifier, Key, Serial};
use super::{
    Edition, Figure, FigureRef, Figures, Period, Photo, ProjectFact, ProjectFacts, Quotation, Route, Text, words,
};
use crate::diagnostic::code;
use crate::hash::Hash128;

/// No city has this id, because `certificate-all.zip` is the archive of all certificates.
const ARCHIVE: &str = "all";

/// A city that the committee considered.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
pub struct City {
    /// Names the city in file names and on the command line; no two cities share one.
    #[schemars(with = "Identifier")]
    pub id: String,
    #[schemars(skip)]
    pub span: Range<usize>,
    /// Hash of all facts of the city.
    #[schemars(skip)]
    pub hash: Hash128,
    pub name: Text,
    pub country: Text,
    pub status: Status,
    /// Counted from 1. Either every selected city has one, or none.
    #[schemars(with = "Option<Count>")]
    pub rank: Option<u32>,
    /// The place of the rank, or of the identifier if there is no rank.
    #[schemars(skip)]
    pub rank_span: Range<usize>,
    /// Replaces the serial number made from year, edition and rank, or from year, edition and identifier.
    #[schemars(with = "Option<Serial>")]
    pub serial: Option<Spanned<String>>,
    pub route: Option<Route>,
    /// Figures by identifier; the message `figure-IDENTIFIER` of the locales is the label of each.
    #[schemars(with = "Option<BTreeMap<Key, Figure>>")]
    pub figures: Figures,
    /// The figures in the strip of the city's press release: identifiers of its own figures.
    #[schemars(with = "Option<Vec<Identifier>>")]
    pub key_figures: Vec<FigureRef>,
    /// Dates that the text mentions, by identifier.
    #[schemars(with = "Option<BTreeMap<Key, Period>>")]
    pub milestones: BTreeMap<String, Spanned<Period>>,
    pub photo: Option<Photo>,
    pub quotation: Option<Quotation>,
    /// The facts that the project declares.
    #[schemars(skip)]
    pub project_facts: ProjectFacts,
}

words! {
    /// Only selected cities get documents.
    Status { Declined = "declined", Selected = "selected", Shortlisted = "shortlisted" }
}

impl City {
    /// The keys that a column of a table may name.
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

    /// Returns every text that may differ by language.
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts = vec![&self.name, &self.country];
        texts.extend(self.photo.iter().flat_map(|p| [&p.credit, &p.alt, &p.caption]));
        texts.extend(self.quotation.iter().flat_map(|q| [&q.text, &q.speaker, &q.role]));
        texts.extend(self.project_facts.values().flat_map(ProjectFact::texts));
        texts
    }

    /// Returns the serial number of the certificate: `serial` of the results; or year, edition and rank; or year, edition
    /// and identifier. The identifier, unlike a position in the list, stays the same when the list changes.
    pub fn serial(&self, edition: &Edition) -> String {
        self.serial.as_ref().map_or_else(|| self.original_serial(edition), |serial| serial.value.clone())
    }

    /// Returns the serial number of the certificate before the results gave it another one.
    pub fn original_serial(&self, edition: &Edition) -> String {
        let (year, number) = (edition.announced.year, edition.number);
        match self.rank {
            Some(rank) => format!("{year:04}-{number:02}-{rank:04}"),
            None => format!("{year:04}-{number:02}-{}", self.id.to_ascii_uppercase()),
        }
    }

    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let f = r.fields(node, "city")?;
        let id = f.required("id").and_then(|n| r.text(n)).filter(|id| r.check_identifier(&id.value, &id.span));
        if let Some(id) = id.as_ref().filter(|id| id.value == ARCHIVE) {
            r.report_invalid(
                code::WRONG_VALUE,
                &id.span,
                format!("the id `{ARCHIVE}` is reserved: the archive of all cities has this name"),
                "choose another id",
            );
        }
        let name = f.required_text("name");
        let country = f.required_text("country");
        let status = f.required("status").and_then(|n| r.word(n, "status", Status::parse, Status::WORDS));
        let rank = f.optional("rank").and_then(|n| r.count(n));
        let rank_span = f.optional("rank").map(|n| n.span.clone());
        let serial = f.optional("serial").and_then(|n| r.serial(n));
        let route = f.optional("route").and_then(|n| r.word(n, "route", Route::parse, Route::WORDS));
        let figures = f.optional("figures").and_then(|n| r.map_by_identifier(n, |n| Figure::read(r, n)));
        let key_figures = f.optional("key-figures").and_then(|n| r.list(n, |n| FigureRef::read(r, n)));
        let milestones = f.optional("milestones").and_then(|n| r.map_by_identifier(n, |n| r.placed(n, r.period(n))));
        let photo = f.optional("photo").and_then(|n| Photo::read(r, n));
        let quotation = f.optional("quotation").and_then(|n| Quotation::read(r, n));
        let project_facts = f.project_facts(&r.definitions.city);
        f.finish();
        let id = id?;
        Some(Self {
            rank_span: rank_span.unwrap_or_else(|| id.span.clone()),
            span: id.span,
            hash: node.hash(&[]),
            id: id.value,
            name: name?,
            country: country?,
            status: status?,
            rank,
            serial,
            route,
            figures: figures.unwrap_or_default(),
            key_figures: key_figures.unwrap_or_default(),
            milestones: milestones.unwrap_or_default(),
            photo,
            quotation,
            project_facts: project_facts?,
        })
    }
}
