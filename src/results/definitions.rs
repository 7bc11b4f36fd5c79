//! What a project adds to the shape of the results: facts of its own (`reports/facts.yaml`), and the order in which a
//! press release states them (`reports/story.yaml`).

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use schemars::{Schema, SchemaGenerator, json_schema};

use super::built_in::is_reserved;
use super::reading::places::Files;
use super::reading::read::{Fields, Reader, Spanned};
use super::reading::yaml::{Node, Value, parse};
use super::scalar::Address;
use super::{Figure, Period, Story, Text, words};
use crate::diagnostic::{Problems, SourceFile, code};

/// The file that declares the facts of a project.
pub const FACTS_PATH: &str = "reports/facts.yaml";
/// The file with the story of the press releases.
pub const STORY_PATH: &str = "reports/story.yaml";

/// Project facts and story of a project.
#[derive(Debug, Default)]
pub struct Definitions {
    /// The project facts of a city, by key.
    pub city: Declarations,
    /// The project facts of the edition, by key.
    pub edition: Declarations,
    pub story: Story,
}

/// The facts that a project declares, by key.
pub type Declarations = BTreeMap<String, Declaration>;

/// The declaration of a project fact.
#[derive(Clone, Debug)]
pub struct Declaration {
    pub kind: FactKind,
    /// The kind of each item of a list; otherwise the same as `kind`.
    pub item_kind: FactKind,
    pub required: bool,
    /// Whether a date may be later than the publication.
    pub future: bool,
}

words! {
    /// The type of a project fact.
    FactKind {
        Text = "text", Name = "name", Date = "date", Figure = "figure", Link = "link", List = "list",
    }
}

/// The value of a project fact.
#[derive(Clone, Debug)]
pub enum ProjectFact {
    /// A text, or a name with its forms.
    Text(Text),
    Date(Spanned<Period>),
    Figure(Figure),
    Link(Spanned<String>),
    List(Spanned<Vec<ProjectFact>>),
}

/// The project facts of a city or an edition, by key.
pub type ProjectFacts = BTreeMap<String, ProjectFact>;

impl Definitions {
    /// Reads the files that the project has.
    pub fn read(facts: Option<&Arc<SourceFile>>, story: Option<&Arc<SourceFile>>) -> Result<Arc<Self>, Problems> {
        let mut definitions = Self::default();
        let mut problems = Problems::new();
        let found = facts.map(|file| parse_file(file, |r, root| definitions.read_project_facts(r, root)));
        problems.extend(found.and_then(Result::err).into_iter().flatten());
        let found = story.map(|file| parse_file(file, |r, root| definitions.story = Story::read(r, root)));
        problems.extend(found.and_then(Result::err).into_iter().flatten());
        problems.into_result(definitions.into())
    }

    fn read_project_facts(&mut self, r: &Reader, root: &Node) {
        let Some(f) = r.fields(root, "file of project facts") else { return };
        let declare = |node: Option<&Node>| {
            let entries = node.and_then(|node| {
                r.entries(node, |key, value| {
                    let declaration = Declaration::read(r, value);
                    if !r.check_identifier(&key.name, &key.span) {
                        return None;
                    }
                    if is_reserved(&key.name) {
                        let message = format!("`{}` already has a meaning in every project", key.name);
                        r.report_invalid(code::WRONG_VALUE, &key.span, message, "choose another name");
                    }
                    Some((key.name.clone(), declaration?))
                })
            });
            entries.unwrap_or_default().into_iter().collect()
        };
        self.city = declare(f.optional("city"));
        self.edition = declare(f.optional("edition"));
        f.finish();
    }
}

/// Parses a file, and reads it with `read`.
fn parse_file(file: &Arc<SourceFile>, read: impl FnOnce(&Reader, &Node)) -> Result<(), Problems> {
    let root = parse(file)?;
    let reader = Reader::new(Files::new(file));
    if !matches!(root.value, Value::Null) {
        read(&reader, &root);
    }
    reader.into_problems().into_result(())
}

impl Declaration {
    fn read(r: &Reader, node: &Node) -> Option<Self> {
        let f = r.fields(node, "declaration of a fact")?;
        let word = |n: &Node| r.word(n, "type", FactKind::parse, FactKind::WORDS);
        let kind = f.required("type").and_then(word);
        let of = f.optional("of");
        let required = f.optional("required").and_then(|n| r.flag(n)).unwrap_or(false);
        let future = f.optional("future");
        let span = f.span.clone();
        f.finish();
        let kind = kind?;
        let item_kind = match (kind, of) {
            (FactKind::List, None) => {
                r.report_invalid(code::MISSING_KEY, &span, "a list needs the type of its items", "add `of: name`");
                return None;
            }
            (FactKind::List, Some(node)) => {
                let of = word(node)?;
                if of == FactKind::List {
                    r.report_invalid(
                        code::WRONG_VALUE,
                        &node.span,
                        "a list cannot hold lists",
                        "declare one fact for each list",
                    );
                    return None;
                }
                of
            }
            (_, Some(node)) => {
                r.report_invalid(
                    code::WRONG_VALUE,
                    &node.span,
                    format!("`of` belongs to a list, and this fact is a {}", kind.word()),
                    "write `type: list`, or remove `of`",
                );
                return None;
            }
            _ => kind,
        };
        if let Some(node) = future.filter(|_| item_kind != FactKind::Date) {
            let key = if kind == FactKind::List { "of" } else { "type" };
            r.report_invalid(
                code::WRONG_VALUE,
                &node.span,
                format!("`future` applies to dates, not to a {}", item_kind.word()),
                format!("write `{key}: date`, or remove `future`"),
            );
            return None;
        }
        let future = future.and_then(|n| r.flag(n)).unwrap_or(false);
        Some(Self { kind, item_kind, required, future })
    }

    /// Returns the JSON Schema of the values. An optional fact may be null.
    pub(super) fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        let item = match self.item_kind {
            FactKind::Text | FactKind::Name | FactKind::List => generator.subschema_for::<Text>(),
            FactKind::Date => generator.subschema_for::<Period>(),
            FactKind::Figure => generator.subschema_for::<Figure>(),
            FactKind::Link => generator.subschema_for::<Address>(),
        };
        let whole = if self.kind == FactKind::List { json_schema!({"type": "array", "items": item}) } else { item };
        if self.required { whole } else { json_schema!({"anyOf": [whole, {"type": "null"}]}) }
    }
}

impl ProjectFact {
    fn read(r: &Reader, node: &Node, kind: FactKind, item_kind: FactKind) -> Option<Self> {
        Some(match kind {
            FactKind::Text => {
                if let Value::Map(languages) = &node.value
                    && let Some((_, forms)) = languages.iter().find(|(_, text)| matches!(text.value, Value::Map(_)))
                {
                    let message = "a text has no grammatical forms";
                    let help = format!("write one text for each language, or declare `type: name` in {FACTS_PATH}");
                    r.report_invalid(code::WRONG_VALUE, &forms.span, message, help);
                    return None;
                }
                Self::Text(Text::read(r, node)?)
            }
            FactKind::Name => Self::Text(Text::read(r, node)?),
            FactKind::Date => Self::Date(r.placed(node, r.period(node))?),
            FactKind::Figure => Self::Figure(Figure::read(r, node)?),
            FactKind::Link => Self::Link(r.address(node)?),
            FactKind::List => {
                Self::List(r.placed(node, r.list(node, |item| Self::read(r, item, item_kind, item_kind)))?)
            }
        })
    }

    /// Returns where its value is in the files.
    pub fn span(&self) -> &Range<usize> {
        match self {
            Self::Text(text) => &text.span,
            Self::Date(date) => &date.span,
            Self::Figure(figure) => &figure.span,
            Self::Link(link) => &link.span,
            Self::List(items) => &items.span,
        }
    }

    /// Returns every text in it that may differ by language.
    pub fn texts(&self) -> Vec<&Text> {
        match self {
            Self::Text(text) => vec![text],
            Self::List(items) => items.iter().flat_map(Self::texts).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns every figure in it.
    pub fn figures(&self) -> Vec<&Figure> {
        match self {
            Self::Figure(figure) => vec![figure],
            Self::List(items) => items.iter().flat_map(Self::figures).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns every date in it.
    pub fn dates(&self) -> Vec<&Spanned<Period>> {
        match self {
            Self::Date(date) => vec![date],
            Self::List(items) => items.iter().flat_map(Self::dates).collect(),
            _ => Vec::new(),
        }
    }
}

impl<'n> Fields<'n> {
    /// Reads the project facts of an entity, as the project declares them.
    pub(super) fn project_facts(&self, declared: &'n Declarations) -> Option<ProjectFacts> {
        let mut facts = ProjectFacts::new();
        let mut is_complete = true;
        for (key, declaration) in declared {
            let node = if declaration.required { self.required(key) } else { self.optional(key) };
            match node.map(|node| ProjectFact::read(self.reader, node, declaration.kind, declaration.item_kind)) {
                Some(Some(fact)) => drop(facts.insert(key.clone(), fact)),
                Some(None) => is_complete = false,
                None => is_complete &= !declaration.required,
            }
        }
        is_complete.then_some(facts)
    }
}
