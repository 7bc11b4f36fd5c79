//! The shape of the results file as JSON Schema (draft 2020-12): editors complete and check by it.
//!
//! The types stand for the schema alone. Facts are read by `load`, which tells every mistake at its place;
//! tests/suite/facts/schema.rs proves that both accept the same files. Keywords of JSON Schema look only at values of their own
//! type, so a number and its quoted form share one schema. YAML has more than one way to JSON: what a YAML 1.2 reader
//! takes for a text (2_500_000, 2025-11-28) is found by the patterns.

#![expect(dead_code, reason = "no value of these types is ever made")]

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::read::MAX_CHARS;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

/// The schema of the results file.
pub fn schema() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Results>().to_value()
}

/// Facts of one edition for gen-report, written once for all languages.
#[derive(JsonSchema)]
#[schemars(title = "Results of an edition", deny_unknown_fields, rename_all = "kebab-case")]
struct Results {
    /// An example without official value: a line at the foot of every page says so.
    specimen: Option<bool>,
    programme: Programme,
    organiser: Organiser,
    edition: Edition,
    embargo: Option<Embargo>,
    contact: Contact,
    /// The offices that sign a certificate.
    #[schemars(length(min = 1, max = 3))]
    signatories: Vec<Signatory>,
    /// Where figures come from, by identifier: a figure names one as its `source`.
    sources: Option<BTreeMap<Key, Source>>,
    /// The cities, in any order; those that are selected get documents.
    cities: Cities,
}

/// The cities, or where they stand.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Cities {
    Here(Vec<City>),
    Elsewhere(Bulk),
}

/// Cities in bulk, which are read one after another.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Bulk {
    /// A .csv, .tsv, .jsonl or .yaml file, or a folder of such files: a path from the folder of this file.
    #[schemars(example = &"cities.csv")]
    from: Text,
    /// The shape of a city, with names of columns in place of values. Without it, the header of a table names keys: id,
    /// name.fr, figures.share.value.
    #[schemars(example = serde_json::json!({"id": "code", "name": "town", "rank": "place"}))]
    columns: Option<serde_json::Map<String, Value>>,
    /// What each city has that does not say otherwise, in the shape of a city.
    #[schemars(example = serde_json::json!({"status": "selected", "figures": {"share": {"unit": "percent"}}}))]
    every: Option<serde_json::Map<String, Value>>,
}

/// What the cities are chosen for.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Programme {
    name: LocalisedText,
    /// The name as the seal has room for.
    short: LocalisedText,
    /// Two to four letters in the middle of the seal.
    initials: LocalisedText,
    /// When the programme began.
    founded: Date,
}

/// Who runs the programme.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Organiser {
    name: LocalisedText,
    acronym: LocalisedText,
}

/// What was decided, where and when.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
struct Edition {
    /// Editions count from 1.
    number: Count,
    /// When the cities were made public.
    announced: Day,
    /// The date of the press release.
    published: Day,
    /// The town of the dateline.
    place: LocalisedText,
    convention: LocalisedText,
    conference: LocalisedText,
    /// The ways in which a city comes before the committee.
    routes: Option<Vec<Route>>,
    /// Figures of the edition as a whole, by identifier.
    figures: Option<BTreeMap<Key, Figure>>,
    /// The strip of the edition's press release.
    key_figures: Option<Vec<FigureRef>>,
    /// Start of the address behind the code on a certificate; the serial number follows.
    verification: Address,
}

/// Nothing may be published before then: a date alone, or a date with a clock time and its zone.
#[derive(JsonSchema)]
#[schemars(
    deny_unknown_fields,
    example = serde_json::json!({"until": "2031-05-20T10:00", "zone": "Example time"}),
    extend(
        "if" = {"properties": {"until": {"type": "string", "pattern": "T"}}},
        "then" = {"required": ["zone"], "properties": {"zone": {"not": {"type": "null"}}}},
        "else" = {"properties": {"zone": {"type": "null"}}},
    ),
)]
struct Embargo {
    until: Date,
    /// “Beijing time”: there where `until` has a clock time, and only there.
    zone: Option<LocalisedText>,
}

/// Where the press may ask.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Contact {
    office: LocalisedText,
    website: Option<Address>,
    email: Option<Text>,
    phone: Option<Text>,
}

/// One who signs. An office without a name leaves the line to the pen.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Signatory {
    office: LocalisedText,
    name: Option<LocalisedText>,
}

/// A publication that figures come from.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Source {
    name: LocalisedText,
    published: Option<Date>,
}

/// A city that came before the committee.
#[derive(JsonSchema)]
#[schemars(
    deny_unknown_fields,
    rename_all = "kebab-case",
    extend(
        "if" = {"properties": {"status": {"const": "selected"}}},
        "then" = {"required": ["rank"], "properties": {"rank": {"not": {"type": "null"}}}},
    ),
)]
struct City {
    /// Names the city in file names and on the command line; no two cities share one.
    id: Identifier,
    name: LocalisedText,
    country: LocalisedText,
    status: Status,
    /// Counted from 1; every selected city has one.
    rank: Option<Count>,
    /// In place of the serial number that year, edition and rank make.
    serial: Option<Serial>,
    route: Option<Route>,
    /// Figures by identifier; `figure-IDENTIFIER` in the locales says what each is.
    figures: Option<BTreeMap<Key, Figure>>,
    /// The strip of the city's press release: identifiers of its own figures.
    key_figures: Option<Vec<Identifier>>,
    /// Dates that sentences speak of, by identifier.
    milestones: Option<BTreeMap<Key, Period>>,
    photo: Option<Photo>,
    quotation: Option<Quotation>,
}

/// A figure, and how sure the source is of it: a `value`, or a range from `min` to `max`.
#[derive(JsonSchema)]
#[schemars(
    deny_unknown_fields,
    example = serde_json::json!({"value": "2_500_000", "unit": "eur", "hedge": "over", "nature": "observed", "period": 2030}),
    example = serde_json::json!({"min": 40, "max": 45, "unit": "percent", "period": "2029/2030"}),
    extend("oneOf" = [
        {
            "title": "A value",
            "required": ["value"],
            "properties": {"value": {"not": {"type": "null"}}, "min": {"type": "null"}, "max": {"type": "null"}},
        },
        {
            "title": "A range",
            "required": ["min", "max"],
            "properties": {
                "min": {"not": {"type": "null"}}, "max": {"not": {"type": "null"}},
                "value": {"type": "null"}, "hedge": {"type": "null"},
            },
        },
    ]),
)]
struct Figure {
    value: Option<Number>,
    /// How the source bounds the value.
    hedge: Option<Hedge>,
    /// The lower end of a range.
    min: Option<Number>,
    /// The upper end of a range, greater than `min`.
    max: Option<Number>,
    /// A message of the locales: `percent` is `measure-percent`. Any currency of ISO 4217, in small letters, will do.
    #[schemars(example = &"enterprise", example = &"percent", example = &"eur")]
    unit: Identifier,
    nature: Option<Nature>,
    /// What the value speaks of.
    period: Option<Period>,
    /// Identifier of one of the `sources`.
    source: Option<Identifier>,
}

/// A picture of a city.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Photo {
    /// PNG, JPEG, SVG, GIF or WebP: a path from the folder of this file.
    #[schemars(example = &"photos/port-azure.jpg")]
    file: Text,
    credit: LocalisedText,
    /// What the picture shows, for those who do not see it.
    alt: LocalisedText,
    caption: LocalisedText,
}

/// What somebody said, without quotation marks: each language adds its own.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Quotation {
    text: LocalisedText,
    speaker: LocalisedText,
    role: LocalisedText,
}

/// A text that is the same in all languages, or one for each: {en: Port Azure, es: Puerto Azul}.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum LocalisedText {
    Same(Text),
    /// By language, as in the folders of locales/.
    #[schemars(extend("minProperties" = 1))]
    ByLanguage(BTreeMap<String, InLanguage>),
}

/// The text in one language.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum InLanguage {
    Plain(Text),
    Forms(Forms),
}

/// The forms of a name that grammar asks for: {name: Le Mirage, of: du Mirage}.
#[derive(JsonSchema)]
#[schemars(example = serde_json::json!({"name": "Lumen", "full": "Lumen City"}))]
struct Forms {
    /// The plain form.
    name: Text,
    /// Other forms, by their name in the locale: `of` is `name-of`.
    #[schemars(flatten)]
    others: BTreeMap<String, Text>,
}

/// Values without parts: what a text or a number must look like.
macro_rules! scalars {
    ($($(#[doc = $doc:literal])+ $name:ident: $schema:tt;)+) => {$(
        struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let mut schema = json_schema!($schema);
                schema.insert("description".to_owned(), concat!($($doc),+).trim().into());
                schema
            }
        }
    )+};
}

scalars! {
    /// A text that is not empty.
    Text: {
        "type": ["string", "number"], "pattern": format!("^[^{BANNED}]*[^{BANNED}{BLANK}][^{BANNED}]*$"),
        "maxLength": MAX_CHARS,
    };

    /// An identifier, as a key.
    Key: {"type": "string", "pattern": format!("^{IDENTIFIER}$")};

    /// Up to 64 lower-case letters a–z, digits and hyphens.
    Identifier: {
        "type": ["string", "integer"], "pattern": format!("^{IDENTIFIER}$"), "minimum": 0, "examples": ["port-azure"],
    };

    /// A figure of the edition, or `city/figure` for one of a city.
    FigureRef: {
        "type": ["string", "integer"], "pattern": format!("^({IDENTIFIER}/)?{IDENTIFIER}$"), "minimum": 0,
        "examples": ["committee-countries", "port-azure/digital-economy-size"],
    };

    /// An exact number, without spaces: 2500000, 2_500_000 and 2.5e6 are the same.
    Number: {
        "type": ["number", "string"], "exclusiveMinimum": -1e28, "exclusiveMaximum": 1e28,
        "pattern": format!(r"^[+-]?({DIGITS}(\.{DIGITS})?|\.{DIGITS})([eE][+-]?{DIGITS})?$"),
        "examples": [600, 42.5, "2_500_000", 2.5e12],
    };

    /// A whole number from 1 up.
    Count: {
        "type": ["integer", "string"], "minimum": 1, "maximum": 9_999_999, "pattern": r"^\+?0*[1-9][0-9]{0,6}$",
    };

    /// A day, a month, a year, the end of a year, or a day with a clock time (ISO 8601).
    Date: {
        "type": ["string", "integer"], "minimum": 1000, "maximum": 9999,
        "pattern": format!("^(end of {YEAR}|{})$", dates().join("|")),
        "examples": ["2025-11-28", "2025-11", 2025, "end of 2024", "2025-12-08T10:00"],
    };

    /// A date that says the day.
    Day: {"type": "string", "pattern": format!("^({})$", dates()[2..].join("|")), "examples": ["2025-11-28"]};

    /// A date, or two of the same precision with a stroke between them, the later one behind (ISO 8601).
    Period: {
        "type": ["string", "integer"], "minimum": 1000, "maximum": 9999,
        "pattern": format!("^(end of {YEAR}|{})$", dates().map(|date| format!("{date}(/{date})?")).join("|")),
        "examples": [2025, "2025-03", "end of 2024", "2021/2025", "2025-03/2025-06"],
    };

    /// A web address, written whole.
    Address: {
        "type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[0-9A-Za-z\\[][!-~]*$", "maxLength": 200,
        "examples": ["https://example.org/"],
    };

    /// Up to 32 letters A–Z, digits, `-`, `.` and `/`.
    Serial: {"type": ["string", "number"], "pattern": "^[A-Za-z0-9./-]{1,32}$", "examples": ["2031-01-0001"]};

    /// Only selected cities get documents.
    Status: {"type": "string", "enum": super::Status::WORDS};

    /// How a city comes before the committee.
    Route: {"type": "string", "enum": super::Route::WORDS};

    /// Where the true value lies: over, almost at, about or exactly at the one given, which is meant by no hedge too.
    Hedge: {"type": "string", "enum": super::Hedge::WORDS};

    /// Whether the value was observed or is a forecast.
    Nature: {"type": "string", "enum": super::Nature::WORDS};
}

const IDENTIFIER: &str = "[a-z0-9][a-z0-9-]{0,63}";
const DIGITS: &str = "[0-9]+(_[0-9]+)*";
const YEAR: &str = "[0-9]{4}";

/// What `read::forbidden` forbids, up to U+FFFF: how a pattern names a later character differs by reader.
const BANNED: &str = r"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff";
/// White space (Unicode, White_Space) that is not banned.
const BLANK: &str = r"\u0009\u000a\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

/// A year, a month, a day, a day with a clock time.
fn dates() -> [String; 4] {
    let month = format!("{YEAR}-(0[1-9]|1[0-2])");
    let day = format!("{month}-(0[1-9]|[12][0-9]|3[01])");
    let time = format!("{day}T([01][0-9]|2[0-3]):[0-5][0-9]");
    [YEAR.to_owned(), month, day, time]
}
