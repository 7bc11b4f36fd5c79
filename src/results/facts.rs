//! Everything that a results file holds.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::reading::read::Reader;
use super::reading::yaml::{Node, Value};
use super::scalar::Key;
use super::{
    City, Contact, Definitions, Edition, Embargo, Organiser, Programme, RecordCounts, RecordSource, Signatory, Source,
};
use crate::diagnostic::SourceFile;
use crate::hash::Hash128;

/// Facts of one edition for gen-report, written once for all languages.
#[derive(Debug, JsonSchema)]
#[schemars(title = "Results of an edition", deny_unknown_fields, rename_all = "kebab-case")]
pub struct Facts {
    #[schemars(skip)]
    pub file: Arc<SourceFile>,
    /// Hash of all facts except the cities.
    #[schemars(skip)]
    pub hash: Hash128,
    /// Whether this is an example without official value; if so, a line at the foot of every page says so.
    #[schemars(with = "Option<bool>")]
    pub specimen: bool,
    pub programme: Programme,
    pub organiser: Organiser,
    pub edition: Edition,
    pub embargo: Option<Embargo>,
    pub contact: Contact,
    /// The offices that sign a certificate.
    #[schemars(length(min = 1, max = 3))]
    pub signatories: Vec<Signatory>,
    /// Where figures come from, by identifier: a figure names one as its `source`.
    #[schemars(with = "Option<BTreeMap<Key, Source>>")]
    pub sources: BTreeMap<String, Source>,
    /// The cities, in any order; those that are selected get documents.
    #[schemars(with = "Cities")]
    pub cities: Vec<City>,
    /// Cities in files of records, if there are too many to hold in memory.
    #[schemars(skip)]
    pub record_source: Option<RecordSource>,
    #[schemars(skip)]
    pub record_counts: RecordCounts,
    #[schemars(skip)]
    pub definitions: Arc<Definitions>,
    /// Index in `cities` by identifier.
    #[schemars(skip)]
    pub(super) by_id: BTreeMap<String, usize>,
}

/// The cities, or the files that hold them.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only describes the shape of the file")]
enum Cities {
    Here(Vec<City>),
    Elsewhere(RecordSource),
}

/// Returns the JSON Schema (draft 2020-12) of the results file, with which editors complete and check it.
///
/// It comes from the types that the readers fill; tests/suite/facts/schema.rs proves that both accept the same files.
/// JSON Schema keywords apply only to values of their own type, so a number and its quoted form share one schema. YAML
/// converts to JSON in more than one way: the patterns cover what a YAML 1.2 parser reads as text (2_500_000,
/// 2025-11-28).
/// The project facts become properties of a city and of the edition.
pub fn schema(definitions: &Definitions) -> serde_json::Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.root_schema_for::<Facts>().to_value();
    for (entity, declared) in [("City", &definitions.city), ("Edition", &definitions.edition)] {
        for (key, declaration) in declared {
            let values = declaration.schema(&mut generator);
            let entity = &mut schema["$defs"][entity];
            entity["properties"][key] = values.to_value();
            if declaration.required {
                match entity["required"].as_array_mut() {
                    Some(required) => required.push(key.as_str().into()),
                    None => entity["required"] = serde_json::json!([key]),
                }
            }
        }
    }
    schema
}

impl Facts {
    /// Returns a city that is held in memory.
    pub fn city(&self, id: &str) -> Option<&City> {
        self.by_id.get(id).and_then(|at| self.cities.get(*at))
    }

    pub(super) fn read(r: &Reader, root: &Node, file: &Arc<SourceFile>) -> Option<Self> {
        let f = r.fields(root, "results file")?;
        let specimen = f.optional("specimen").and_then(|n| r.flag(n)).unwrap_or(false);
        let programme = f.required("programme").and_then(|n| Programme::read(r, n));
        let organiser = f.required("organiser").and_then(|n| Organiser::read(r, n));
        let edition = f.required("edition").and_then(|n| Edition::read(r, n));
        let embargo = f.optional("embargo").and_then(|n| Embargo::read(r, n));
        let contact = f.required("contact").and_then(|n| Contact::read(r, n));
        let signatories = f.required("signatories").and_then(|n| Signatory::read_list(r, n));
        let sources = f.optional("sources").and_then(|n| r.map_by_identifier(n, |n| Source::read(r, n)));
        let (cities, record_source) = match f.required("cities") {
            Some(node @ Node { value: Value::Map(_), .. }) => (Some(Vec::new()), RecordSource::read(r, node)),
            node => (node.and_then(|n| r.list(n, |n| City::read(r, n))), None),
        };
        f.finish();
        let cities = cities?;
        Some(Self {
            file: file.clone(),
            hash: root.hash(&["cities"]),
            // Reversed, so that the first of several cities with the same identifier is kept.
            by_id: cities.iter().enumerate().rev().map(|(at, city)| (city.id.clone(), at)).collect(),
            record_source,
            record_counts: RecordCounts::default(),
            definitions: r.definitions.clone(),
            specimen,
            programme: programme?,
            organiser: organiser?,
            edition: edition?,
            embargo,
            contact: contact?,
            signatories: signatories?,
            sources: sources.unwrap_or_default(),
            cities,
        })
    }
}
