//! Resolves every message with sample values: no message may fail or print Fluent syntax.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fluent_syntax::ast::InlineExpression;

use super::references::PARTS;
use super::tree::{Node, ParsedMessage, Tree, key, walk};
use super::{Requirements, ResolvedCall};
use crate::diagnostic::{Diagnostic, Place, Problems, code};
use crate::locale::cldr::CATEGORIES;
use crate::locale::functions::measure_ids;
use crate::locale::{Args, Locale, Value, split_id, text_marks};
use crate::results::{Figure, Hedge, NameForms, Period, decimal};

/// Sample values of figures: each plural category, each power of ten and negative numbers.
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "0", "1", "2", "3", "5", "7", "10", "11", "12", "20", "21", "22", "23", "25", "100", "101", "102", "103",
    "111", "0.5", "1.5", "2.25", "999.9", "1e3", "1234567.8", "1234.5", "1e4", "12345", "1e5", "999999", "1e6",
    "1.5e6", "2e6", "3e6", "11e6", "1e8", "1.2e8", "1e9", "2e9", "1.5e9", "1e12", "2.25e12", "1.5e12", "1e15",
    "-1", "-2", "-0.5", "-1e9",
];
/// Sample ranks.
const RANKS: &[&str] =
    &["1", "2", "3", "4", "5", "8", "10", "11", "12", "13", "21", "22", "23", "100", "101", "111", "1000"];
/// Sample ranges of figures.
const RANGES: &[&str] = &["1..2", "5..11", "200000..300000", "9e8..1.2e9", "2e11..3e11", "-2..1.5"];
/// Sample dates and periods of each precision.
const DATES: &[&str] = &[
    "2025-11-28",
    "2025-12-01",
    "2025-02",
    "2025",
    "end of 2024",
    "2025-12-08T10:00",
    "2025-12-08T09:05",
    "2021/2025",
    "2025-03/2025-06",
    "2024-11/2025-02",
    "2025-03-01/2025-03-15",
    "2025-03-01/2025-04-15",
    "2024-12-30/2025-01-02",
];

/// Resolves the messages for all units, and the messages that templates use.
pub fn check(
    tree: &Tree<'_>,
    locale: &Locale,
    calls: &[ResolvedCall],
    requirements: &Requirements,
    found: &mut Problems,
) {
    let reported: BTreeSet<(String, usize)> = found.iter().filter_map(first_position).collect();
    let faulty_messages = tree.find_faulty_messages(found);
    let mut trial = Trial { tree, locale, requirements, reported, faulty_messages, found: Problems::new() };
    trial.check_units();
    let mut tried = BTreeSet::new();
    for call in calls {
        for id in call.ids.iter().filter(|id| tree.find(id).is_some()) {
            if tried.insert(id) {
                trial.check_message(id, &tree.variables(id).into_keys().collect::<Vec<_>>());
            }
        }
    }
    found.extend(trial.found);
}

fn first_position(problem: &Diagnostic) -> Option<(String, usize)> {
    problem.places.first().map(|p| (p.file.path.clone(), p.range.start))
}

struct Trial<'t, 'a> {
    tree: &'t Tree<'a>,
    locale: &'t Locale,
    requirements: &'t Requirements,
    reported: BTreeSet<(String, usize)>,
    /// The messages in which other checks have found errors.
    faulty_messages: Vec<Place>,
    found: Problems,
}

impl Trial<'_, '_> {
    /// Adds a diagnostic about a message, unless another one at the same position exists, or an error in the message where
    /// it was found or in one that `id` refers to, which is the cause.
    fn report(&mut self, id: &str, problem: Diagnostic) {
        let mut places: Vec<Place> = self.tree.closure(id).iter().map(|(entry, _)| entry.place()).collect();
        places.extend(problem.places.first().cloned());
        let has_known_cause =
            self.faulty_messages.iter().any(|message| places.iter().any(|place| message.contains(place)));
        if !has_known_cause && first_position(&problem).is_none_or(|position| self.reported.insert(position)) {
            self.found.push(problem);
        }
    }

    /// Returns the text, or reports why it cannot be printed. `given` describes the sample values.
    fn check_text(&mut self, id: &str, given: &str, result: crate::diagnostic::Result<String>) -> Option<String> {
        let entry = self.tree.entries.get(split_id(id).0)?;
        match result {
            Ok(text) => {
                let residue = ["{", "}", "\u{2068}", "\u{2069}", "()"].into_iter().find(|r| text.contains(r));
                if let Some(residue) = residue {
                    self.report(
                        id,
                        Diagnostic::error(code::MESSAGE, format!("`{id}` prints “{residue}” with {given}: {text}"))
                            .place(entry.place())
                            .help("remove the braces or function names from the printed text"),
                    );
                    return None;
                }
                Some(text_marks::strip(&text).into_owned())
            }
            Err(problem) => {
                self.report(id, problem.note(format!("with {given}")));
                None
            }
        }
    }

    /// Formats each unit with all sample values, hedges and ranges. The parts of a figure must match the whole, and each
    /// hedge must be printed.
    fn check_units(&mut self) {
        let tree = self.tree;
        let units: Vec<&str> = tree.entries.keys().filter_map(|id| id.strip_prefix("measure-")).collect();
        for unit in units {
            let id = format!("measure-{unit}");
            let Some(entry) = tree.entries.get(&id) else { continue };
            // `xts` is the ISO 4217 code for tests, a currency without a specific message.
            let unit = if unit == "money" { "xts" } else { unit };
            let rank = unit == "rank";
            let values = if rank { RANKS } else { VALUES };
            let hedges: &[Hedge] =
                if rank { &[Hedge::Exact] } else { &[Hedge::Exact, Hedge::Over, Hedge::Almost, Hedge::About] };
            let mut figures: Vec<Figure> = values
                .iter()
                .flat_map(|value| hedges.iter().filter_map(|hedge| Figure::sample(value, unit, *hedge)))
                .collect();
            if !rank {
                figures.extend(RANGES.iter().filter_map(|range| Figure::sample(range, unit, Hedge::Exact)));
            }
            for figure in &figures {
                if !self.check_figure(entry, &id, figure) {
                    break;
                }
            }
            for (word, hedge) in hedges.iter().map(|h| (h.word(), *h)).filter(|(_, h)| *h != Hedge::Exact) {
                self.check_hedge(entry, &id, unit, word, hedge);
            }
        }
    }

    /// Formats one figure and its parts. Returns whether no problem was found.
    fn check_figure(&mut self, entry: &ParsedMessage<'_>, id: &str, figure: &Figure) -> bool {
        let given = describe(figure);
        let Some(whole) = self.check_text(id, &given, self.locale.measure(figure, None)) else { return false };
        if PARTS.iter().any(|part| entry.pattern(Some(part)).is_none()) {
            return true;
        }
        let mut parts = String::new();
        for part in PARTS {
            let id = format!("{id}.{part}");
            let Some(text) = self.check_text(&id, &given, self.locale.measure(figure, Some(part))) else {
                return false;
            };
            parts.push_str(&text);
        }
        let without_spaces = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        // A rank differs on purpose: a sentence prints “1st”, the strip of key figures “1st place”.
        if without_spaces(&whole) != without_spaces(&parts) && figure.unit != "rank" {
            self.report(
                id,
                Diagnostic::warning(code::PARTS, format!("the parts of `{id}` differ from the whole"))
                    .place(entry.place())
                    .note(format!("with {given}, the whole is “{whole}” and the parts are “{parts}”"))
                    .help("write the words of the message in .before, .number and .after, in the same order"),
            );
            return false;
        }
        true
    }

    /// Checks that a hedge such as “more than” changes the text.
    fn check_hedge(&mut self, entry: &ParsedMessage<'_>, id: &str, unit: &str, word: &str, hedge: Hedge) {
        let text = |hedge| {
            let text = self.locale.measure(&Figure::sample("2400", unit, hedge)?, None).ok();
            text.map(|text| text.split_whitespace().collect::<String>())
        };
        if text(Hedge::Exact).is_none() || text(Hedge::Exact) != text(hedge) {
            return;
        }
        // Points at the selector on other hedges, where the variant is missing.
        let mut place = entry.place();
        for (other, pattern) in self.tree.closure(id) {
            walk(pattern, &mut |node| {
                if let Node::Select(InlineExpression::VariableReference { id }, variants) = node
                    && id.name == "approx"
                    && variants.iter().any(|v| key(v) != "exact" && Hedge::parse(key(v)).is_some())
                {
                    place = other.at(id.name);
                }
            });
        }
        let used = self
            .requirements
            .hedges_by_unit
            .iter()
            .find_map(|(u, hedges)| measure_ids(u).iter().any(|i| i == id).then(|| hedges.get(word)).flatten());
        let mut problem = Diagnostic::error(code::VARIANT, format!("`{id}` does not print the hedge `{word}`"))
            .place(place)
            .help(format!("add a variant [{word}] to the selector on $approx"));
        problem.places.extend(used.map(|place| place.clone().labelled("a figure uses this hedge")));
        self.report(id, problem);
    }

    /// Resolves a message with samples for each variable, varying one variable at a time.
    fn check_message(&mut self, id: &str, variables: &[&str]) {
        let samples: Vec<(&str, Vec<(String, Value)>)> = variables.iter().map(|v| (*v, self.samples(id, v))).collect();
        let vary = |at: usize, pick: &(String, Value)| -> (Args<'static>, String) {
            let mut args: Args<'static> = Vec::new();
            for (index, (name, list)) in samples.iter().enumerate() {
                let value = if index == at { &pick.1 } else { &list[0].1 };
                args.push(((*name).to_owned().into(), value.clone()));
            }
            (args, samples.get(at).map_or("no variable".to_owned(), |(name, _)| format!("${name} = {}", pick.0)))
        };
        if samples.is_empty() {
            self.check_text(id, "no variable", self.locale.message(id, Vec::new()));
        }
        for (at, (_, list)) in samples.iter().enumerate() {
            for pick in list {
                let (args, given) = vary(at, pick);
                if self.check_text(id, &given, self.locale.message(id, args)).is_none() {
                    return;
                }
            }
        }
    }

    /// Returns sample values of a variable with their descriptions. Their type depends on how the message uses it.
    fn samples(&self, id: &str, variable: &str) -> Vec<(String, Value)> {
        let usage = self.usage(id, variable);
        let text = |t: &str| (format!("“{t}”"), Value::Text(t.to_owned()));
        let mut list: Vec<(String, Value)> = if usage.functions.contains("MEASURE") || usage.functions.contains("COUNT")
        {
            self.figures()
        } else if usage.functions.contains("DATE") {
            DATES.iter().filter_map(|d| Some(((*d).to_owned(), Value::Date(Period::parse(d)?)))).collect()
        } else if usage.functions.contains("LIST") {
            let names = ["Alba", "Ébora", "北川"].map(str::to_owned);
            (1..=3).map(|n| (format!("{n} names"), Value::List(names[..n].to_vec()))).collect()
        } else if ["NAME", "INITIAL", "FINAL", "ARTICLE", "REST"].iter().any(|f| usage.functions.contains(*f)) {
            ["Alba", "Ébora", "Le Havre d’Or", "Les Abymes", "Hanoï", "Ypres", "北川", "42"]
                .map(|n| (format!("“{n}”"), bare_name(n)))
                .into()
        } else if usage.functions.contains("ORDINAL") || usage.functions.contains("NUMBER") || usage.is_number {
            RANKS.iter().map(|r| ((*r).to_owned(), Value::Number(decimal(r).unwrap_or_default()))).collect()
        } else if usage.keys.is_empty() {
            vec![text("Alba")]
        } else {
            Vec::new()
        };
        let words = usage.keys.iter().filter(|k| !usage.is_number && !matches!(k.as_str(), "none" | "some" | "other"));
        list.extend(words.map(|k| text(k)));
        if list.is_empty() {
            list.push(text("Alba"));
        }
        if usage.keys.contains("none") {
            list.push(("no value".to_owned(), Value::None));
        }
        list
    }

    /// Returns sample figures of the units used in the results.
    fn figures(&self) -> Vec<(String, Value)> {
        let mut list = Vec::new();
        let units = self.requirements.hedges_by_unit.keys().filter(|u| self.locale.has_unit(u)).map(String::as_str);
        for unit in units {
            let values: &[&str] =
                if unit == "rank" { &["1", "2", "11"] } else { &["1", "2", "5", "21", "1e6", "2.25e12"] };
            for value in values {
                for hedge in [Hedge::Exact, Hedge::Over].into_iter().take(if unit == "rank" { 1 } else { 2 }) {
                    let Some(figure) = Figure::sample(value, unit, hedge) else { continue };
                    list.push((describe(&figure), Value::Figure(Arc::new(figure))));
                }
            }
        }
        if list.is_empty() {
            list.push(("nothing".to_owned(), Value::None));
        }
        list
    }

    /// Collects how a message and its references use a variable.
    fn usage(&self, id: &str, variable: &str) -> VariableUsage {
        let mut usage = VariableUsage::default();
        let is = |inline: &InlineExpression<&str>| matches!(inline, InlineExpression::VariableReference { id } if id.name == variable);
        for (_, pattern) in self.tree.closure(id) {
            walk(pattern, &mut |node| match node {
                Node::Function(name, arguments) if arguments.positional.iter().any(is) => {
                    usage.functions.insert(name.to_owned());
                }
                Node::Select(selector, variants) if is(selector) => {
                    let keys = variants.iter().map(key);
                    usage.is_number |= keys.clone().any(|k| {
                        (CATEGORIES.contains(&k) && k != "other") || k.starts_with(|c: char| c.is_ascii_digit())
                    });
                    usage.keys.extend(keys.map(str::to_owned));
                }
                _ => {}
            });
        }
        usage
    }
}

#[derive(Default)]
struct VariableUsage {
    /// The functions called with it.
    functions: BTreeSet<String>,
    /// The keys of the selectors on it.
    keys: BTreeSet<String>,
    /// Whether one of the keys is a number or a plural category.
    is_number: bool,
}

/// Returns a name without other forms.
fn bare_name(text: &str) -> Value {
    Value::Name(Arc::new(NameForms { name: text.to_owned(), others: BTreeMap::new(), span: 0..0 }))
}

/// Describes a figure for a diagnostic.
fn describe(figure: &Figure) -> String {
    let min = figure.min.as_ref().map(|min| format!("{min} to ")).unwrap_or_default();
    format!("{min}{} {}, {}", figure.value, figure.unit, figure.hedge_word())
}
