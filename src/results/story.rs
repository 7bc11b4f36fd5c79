//! The story: what a press release says, in its order.

use super::reading::read::Reader;
use super::reading::yaml::{Node, Value};
use crate::diagnostic::{Diagnostic, FileOrigin, Place, code};

/// The bodies of the two press releases.
#[derive(Debug, Default)]
pub struct Story {
    /// The press release of a city.
    pub city: Vec<Block>,
    /// The press release of the edition.
    pub edition: Vec<Block>,
}

/// A block of the body of a press release.
#[derive(Debug)]
pub enum Block {
    /// The message `heading-NAME`, printed if something follows it and the data has `required_fact`.
    Heading {
        name: String,
        required_fact: Option<(String, Place)>,
        place: Place,
    },
    Paragraph(Vec<Sentence>),
    Special(SpecialBlock),
}

/// A sentence of a paragraph: the message `sentence-NAME`.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub name: String,
    pub condition: Condition,
    pub place: Place,
}

/// When a sentence is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    Always,
    /// If the data has the fact with the name of the sentence.
    Fact,
    /// If the city that comes first has the fact, in the press release of the edition.
    FirstCity,
}

super::words! {
    /// A block of a press release that is not written sentence by sentence.
    SpecialBlock {
        KeyFigures = "key-figures", OtherFigures = "other-figures", Photo = "photo", Quotation = "quotation",
        Ranking = "ranking",
    }
}

impl Story {
    pub(super) fn read(r: &Reader, root: &Node) -> Self {
        let Some(f) = r.fields(root, "story") else { return Self::default() };
        let blocks = |node: Option<&Node>| node.and_then(|n| r.list(n, |n| Block::read(r, n))).unwrap_or_default();
        let story = Self { city: blocks(f.required("city")), edition: blocks(f.required("edition")) };
        f.finish();
        story
    }

    /// Returns the sentences of both press releases.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.city.iter().chain(&self.edition).flat_map(|block| match block {
            Block::Paragraph(sentences) => sentences.as_slice(),
            _ => &[],
        })
    }

    /// Returns whether the story comes from a file on disk, rather than from the program.
    pub fn is_from_disk(&self) -> bool {
        let places = self.sentences().map(|sentence| &sentence.place).chain(self.headings().map(|(_, place)| place));
        places.into_iter().any(|place| place.file.origin == FileOrigin::Disk)
    }

    /// Returns the names of all headings, with their places.
    pub fn headings(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.city.iter().chain(&self.edition).filter_map(|block| match block {
            Block::Heading { name, place, .. } => Some((name.as_str(), place)),
            _ => None,
        })
    }
}

impl Block {
    fn read(r: &Reader, node: &Node) -> Option<Self> {
        match &node.value {
            Value::List(_) => Some(Self::Paragraph(r.list(node, |n| Sentence::read(r, n))?)),
            Value::Map(_) => {
                let f = r.fields(node, "heading")?;
                let heading =
                    f.required("heading").and_then(|n| r.text(n)).filter(|t| r.check_identifier(&t.value, &t.span));
                let required_fact =
                    f.optional("if").and_then(|n| r.text(n)).map(|text| (text.value, r.place(&text.span)));
                f.finish();
                let heading = heading?;
                Some(Self::Heading { place: r.place(&heading.span), name: heading.value, required_fact })
            }
            _ => {
                let name = r.text(node)?;
                let special = SpecialBlock::parse(&name.value);
                if special.is_none() {
                    r.report(
                        Diagnostic::error(code::WRONG_VALUE, format!("unknown block `{}` in the story", name.value))
                            .place(r.place(&name.span))
                            .note("a sentence is written in the list of its paragraph: [first, second]")
                            .suggest(&name.value, SpecialBlock::WORDS.iter().copied()),
                    );
                }
                Some(Self::Special(special?))
            }
        }
    }
}

impl Sentence {
    fn read(r: &Reader, node: &Node) -> Option<Self> {
        let (text, condition) = match &node.value {
            Value::Map(_) => {
                let f = r.fields(node, "sentence")?;
                let name = f.required("always").and_then(|n| r.text(n));
                f.finish();
                (name?, Condition::Always)
            }
            _ => {
                let mut text = r.text(node)?;
                match text.value.strip_prefix("first/") {
                    Some(name) => {
                        text.value = name.to_owned();
                        (text, Condition::FirstCity)
                    }
                    None => (text, Condition::Fact),
                }
            }
        };
        let place = r.place(&text.span);
        r.check_identifier(&text.value, &text.span).then_some(Self { name: text.value, condition, place })
    }
}
