//! The body of a press release: the blocks of the story for which there are facts.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::{ContextBuilder, FigureEntry};
use crate::results::{Block, City, Condition, Figure, ProjectFact, ProjectFacts, Sentence, SpecialBlock};

impl<'a> ContextBuilder<'a> {
    /// Returns the blocks of a story for which there are facts.
    pub(super) fn story(&mut self, blocks: &'a [Block]) -> Json {
        let mut story: Vec<Json> = Vec::new();
        // A heading that is printed if something follows it.
        let mut heading = None;
        for block in blocks {
            let parts: Vec<Json> = match block {
                Block::Heading { name, required_fact, .. } => {
                    let is_printed = required_fact.as_ref().is_none_or(|(fact, _)| self.has_fact(fact, self.city));
                    heading = is_printed.then(|| story_block("heading", format!("heading-{name}").into()));
                    continue;
                }
                Block::Paragraph(sentences) => {
                    let sentences = self.sentences(sentences);
                    if sentences.is_empty() { Vec::new() } else { vec![story_block("sentences", sentences.into())] }
                }
                Block::Special(SpecialBlock::OtherFigures) => {
                    let sentences = self.other_sentences(blocks);
                    sentences.chunks(SENTENCES_IN_PARAGRAPH).map(|some| story_block("sentences", some.into())).collect()
                }
                Block::Special(part) => {
                    let has_part = match (part, self.city) {
                        (SpecialBlock::KeyFigures, Some(city)) => !city.key_figures.is_empty(),
                        (SpecialBlock::KeyFigures, None) => !self.edition().key_figures.is_empty(),
                        (SpecialBlock::Photo, city) => city.is_some_and(|city| city.photo.is_some()),
                        (SpecialBlock::Quotation, city) => city.is_some_and(|city| city.quotation.is_some()),
                        (SpecialBlock::Ranking, None) => self.city_count > 1,
                        _ => false,
                    };
                    if has_part { vec![story_block(part.word(), true.into())] } else { Vec::new() }
                }
            };
            if !parts.is_empty() {
                story.extend(heading.take());
                story.extend(parts);
            }
        }
        story.into()
    }

    /// Returns the sentences of a paragraph for which there are facts. Two figures share a sentence if the locale has one
    /// for both and if they agree in what it says about them.
    fn sentences(&mut self, sentences: &'a [Sentence]) -> Vec<Json> {
        let mut list = Vec::new();
        let mut rest = sentences.iter().filter(|sentence| self.has_its_fact(sentence)).peekable();
        let mut included = Vec::new();
        while let Some(sentence) = rest.next() {
            let figure = self.figure_of(sentence);
            let joined = figure.zip(rest.peek().copied()).and_then(|(first, next)| {
                let second = self.figure_of(next)?;
                let message = format!("sentence-{}.with-{}", sentence.name, next.name);
                let agree = first.figure.has_same_basis(second.figure) && sentence.condition == next.condition;
                (agree && self.locale.has(&message)).then_some((message, next))
            });
            match joined {
                Some((message, next)) => {
                    included.push((message, sentence, Some(next)));
                    rest.next();
                }
                None => included.push((format!("sentence-{}", sentence.name), sentence, None)),
            }
        }
        for (message, sentence, other) in included {
            let (first, second) = (self.figure_of(sentence), other.and_then(|other| self.figure_of(other)));
            list.push(self.sentence(&message, self.city_of(sentence), first, second));
        }
        list
    }

    /// Returns a sentence for each figure of the subject that the blocks do not name, in the order of the results.
    fn other_sentences(&mut self, blocks: &'a [Block]) -> Vec<Json> {
        let named: BTreeSet<&str> = blocks
            .iter()
            .flat_map(|block| match block {
                Block::Paragraph(sentences) => sentences.as_slice(),
                _ => &[],
            })
            .filter(|sentence| sentence.condition == Condition::Fact)
            .map(|sentence| sentence.name.as_str())
            .collect();
        let figures = self.city.map_or(&self.edition().figures, |city| &city.figures);
        let mut others: Vec<(&String, &Figure)> =
            figures.iter().filter(|(id, _)| !named.contains(id.as_str())).collect();
        others.sort_by_key(|(_, figure)| figure.span.start);
        let sentence = |(id, figure): (&'a String, &'a Figure)| {
            self.sentence(
                &format!("sentence-{id}"),
                self.city,
                Some(FigureEntry { id, figure, named_city: None }),
                None,
            )
        };
        others.into_iter().map(sentence).collect()
    }

    fn sentence(
        &mut self,
        message: &str,
        city: Option<&'a City>,
        figure: Option<FigureEntry<'a>>,
        other: Option<FigureEntry<'a>>,
    ) -> Json {
        let mut json = json!({ "message": message, "city": self.optional_text(city.map(|city| &city.name)) });
        for (name, entry) in [("figure", figure), ("other", other)] {
            json[name] = entry.map_or(Json::Null, |entry| {
                self.record_listed(entry);
                self.figure(entry.id, entry.figure, None)
            });
        }
        for field in ["nature", "hedge", "period"] {
            json[field] = json["figure"].get(field).cloned().unwrap_or_default();
        }
        json
    }

    /// Returns the city that a sentence is about.
    fn city_of(&self, sentence: &Sentence) -> Option<&'a City> {
        if sentence.condition == Condition::FirstCity { self.first } else { self.city }
    }

    fn has_its_fact(&self, sentence: &Sentence) -> bool {
        match sentence.condition {
            Condition::Always => true,
            Condition::Fact => self.has_fact(&sentence.name, self.city),
            Condition::FirstCity => self.first.is_some_and(|first| self.has_fact(&sentence.name, Some(first))),
        }
    }

    /// Returns the figure that a sentence is about: of its city, or else of the edition.
    fn figure_of(&self, sentence: &Sentence) -> Option<FigureEntry<'a>> {
        if sentence.condition == Condition::Always {
            return None;
        }
        self.find_figure(&sentence.name, self.city_of(sentence))
    }

    fn find_figure(&self, name: &str, city: Option<&'a City>) -> Option<FigureEntry<'a>> {
        let edition = self.edition();
        let in_facts = |facts: &'a ProjectFacts| match facts.get_key_value(name)? {
            (id, ProjectFact::Figure(figure)) => Some((id, figure)),
            _ => None,
        };
        let of_city = city.and_then(|city| city.figures.get_key_value(name).or_else(|| in_facts(&city.project_facts)));
        let of_edition = || edition.figures.get_key_value(name).or_else(|| in_facts(&edition.project_facts));
        // In a document about the edition, a figure of a city is listed with its name.
        let named_city = city.filter(|_| self.city.is_none());
        of_city
            .map(|(id, figure)| FigureEntry { id, figure, named_city })
            .or_else(|| of_edition().map(|(id, figure)| FigureEntry { id, figure, named_city: None }))
    }

    /// Returns whether the data has a fact: of the city, or else of the edition.
    fn has_fact(&self, name: &str, city: Option<&'a City>) -> bool {
        city.is_some_and(|city| city.project_facts.contains_key(name) || city.milestones.contains_key(name))
            || self.find_figure(name, city).is_some()
            || self.edition().project_facts.contains_key(name)
            || self.built_in_facts(city).has(name)
    }
}

/// Returns a block of a story: templates test which of its fields has a value.
fn story_block(field: &str, value: Json) -> Json {
    let mut block = json!({ "heading": null, "sentences": null });
    for part in SpecialBlock::WORDS {
        block[*part] = Json::Null;
    }
    block[field] = value;
    block
}

/// The most sentences in a paragraph of other figures.
const SENTENCES_IN_PARAGRAPH: usize = 3;
