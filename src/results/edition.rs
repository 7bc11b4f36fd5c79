//! The edition: what was decided, where and when.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::reading::read::{Reader, Spanned};
use super::reading::yaml::Node;
use super::scalar::{Address, Count, Day, Key};
use super::{Date, Figure, FigureRef, Figures, ProjectFacts, Text, words};

/// What was decided, where and when.
#[derive(Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Edition {
    /// The number of the edition, counted from 1.
    #[schemars(with = "Count")]
    pub number: u32,
    /// When the cities were made public.
    #[schemars(with = "Day")]
    pub announced: Spanned<Date>,
    /// The date of the press release.
    #[schemars(with = "Day")]
    pub published: Spanned<Date>,
    /// The last day on which certificates are valid; without it, they do not expire.
    #[schemars(with = "Option<Day>")]
    pub expires: Option<Spanned<Date>>,
    /// The town of the dateline.
    pub place: Text,
    /// The convention during which the edition was announced.
    pub convention: Option<Text>,
    /// The conference at which the results were released.
    pub conference: Option<Text>,
    /// How cities could be proposed to the committee.
    #[schemars(with = "Option<Vec<Route>>")]
    pub routes: Vec<Route>,
    /// Figures of the edition as a whole, by identifier.
    #[schemars(with = "Option<BTreeMap<Key, Figure>>")]
    pub figures: Figures,
    /// The figures in the strip of the edition's press release.
    #[schemars(with = "Option<Vec<FigureRef>>")]
    pub key_figures: Vec<FigureRef>,
    /// The beginning of the web address in the QR code on a certificate; the serial number is appended.
    #[schemars(with = "Address")]
    pub verification: Spanned<String>,
    /// The facts that the project declares.
    #[schemars(skip)]
    pub project_facts: ProjectFacts,
}

words! {
    /// How a city was proposed to the committee.
    Route { Application = "application", Recommendation = "recommendation" }
}

impl Edition {
    /// The keys of an edition besides project facts.
    pub(super) const KEYS: &[&str] = &[
        "number",
        "announced",
        "published",
        "expires",
        "place",
        "convention",
        "conference",
        "routes",
        "figures",
        "key-figures",
        "verification",
    ];

    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let f = r.fields(node, "edition")?;
        let number = f.required("number").and_then(|n| r.count(n));
        let announced = f.required("announced").and_then(|n| r.placed(n, r.day(n)));
        let published = f.required("published").and_then(|n| r.placed(n, r.day(n)));
        let expires = f.optional("expires").map(|n| r.placed(n, r.day(n)));
        let place = f.required_text("place");
        let convention = f.optional("convention").and_then(|n| Text::read(r, n));
        let conference = f.optional("conference").and_then(|n| Text::read(r, n));
        let routes = f.optional("routes").and_then(|n| r.list(n, |n| r.word(n, "route", Route::parse, Route::WORDS)));
        let figures = f.optional("figures").and_then(|n| r.map_by_identifier(n, |n| Figure::read(r, n)));
        let key_figures = f.optional("key-figures").and_then(|n| r.list(n, |n| FigureRef::read(r, n)));
        let verification = f.required("verification").and_then(|n| r.address(n));
        let project_facts = f.project_facts(&r.definitions.edition);
        f.finish();
        Some(Self {
            number: number?,
            announced: announced?,
            published: published?,
            expires: expires.map_or(Some(None), |date| date.map(Some))?,
            place: place?,
            convention,
            conference,
            routes: routes.unwrap_or_default(),
            figures: figures.unwrap_or_default(),
            key_figures: key_figures.unwrap_or_default(),
            verification: verification?,
            project_facts: project_facts?,
        })
    }
}
