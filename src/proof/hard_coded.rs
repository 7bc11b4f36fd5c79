//! Finds text on the pages of a pseudo-locale that is neither in a message nor in the facts, and so in a template or a style
//! module: no translation can change it.

use std::collections::BTreeSet;

use typst::syntax::Span;

use super::jobs_in;
use super::locate::owners_by_span;
use super::page_text::{PageChar, letters_of, page_chars};
use crate::diagnostic::{Diagnostic, Location, Place, Problems, code};
use crate::locale::trace::ResolvedText;
use crate::locale::{Locale, Pseudo, text_marks};
use crate::run::{Builder, Job, catch_panic};

/// Returns a warning for each place in a template or a style module that prints text of its own on the pages of the plan in the
/// accented pseudo-locale. Without this language, there are none.
pub fn find_hard_coded_text(builder: &Builder) -> Problems {
    let is_accented = |locale: &&Locale| locale.pseudo == Some(Pseudo::Accented);
    let Some(locale) = builder.locales.iter().find(is_accented) else { return Problems::new() };
    let mut found = Problems::new();
    let mut known: BTreeSet<(Option<Location>, String)> = BTreeSet::new();
    // Errors of the project were reported when the documents were built.
    for job in jobs_in(builder, &locale.name).0 {
        let texts = catch_panic(&job.id.to_string(), || find_in_document(builder, &job));
        for (text, page, place) in texts.unwrap_or_default() {
            if known.insert((place.as_ref().map(Place::location), text.clone())) {
                let message = format!("“{text}” on page {page} of {} is neither in a message nor in the facts", job.id);
                let mut problem = Diagnostic::warning(code::HARD_CODED_TEXT, message);
                problem.places.extend(place);
                found
                    .push(problem.help("print a message there, as in {{t \"label\"}}, and define it in each language"));
            }
        }
    }
    found
}

/// A text of a template, its page (from 1), and its place.
type HardCodedText = (String, usize, Option<Place>);

fn find_in_document(builder: &Builder, job: &Job) -> Result<Vec<HardCodedText>, Problems> {
    let (marked, trace) = builder.render_in_detail(job);
    let marked = marked?;
    builder.with_pages(job, |layout_job, plain, pages| {
        let letters = page_chars(&pages.document);
        let owners = match plain.source == marked.source {
            true => owners_by_span(&letters, pages.source(), &marked),
            false => vec![None; letters.len()],
        };
        let is_known = explain(&letters, owners, &trace.texts);
        let texts = unexplained_texts(&letters, &is_known, &trace.texts);
        let with_place = |(text, page, span)| (text, page, layout_job.find_place_of(span, plain, &pages));
        Ok(texts.into_iter().map(with_place).collect())
    })
}

/// Returns for each letter whether a message or a fact printed it. A text may be on the pages any number of times.
fn explain(letters: &[PageChar], owners: Vec<Option<usize>>, texts: &[ResolvedText]) -> Vec<bool> {
    let mut is_known: Vec<bool> = owners.iter().map(Option::is_some).collect();
    let indexes: Vec<usize> = (0..letters.len()).filter(|index| letters[*index].c.is_alphanumeric()).collect();
    let words: Vec<char> = indexes.iter().map(|index| letters[*index].c).collect();
    let wanted: BTreeSet<Vec<char>> = texts.iter().map(|text| letters_of(&text_marks::strip(&text.text))).collect();
    for wanted in wanted.iter().filter(|wanted| wanted.len() > 1) {
        for at in (0..words.len()).filter(|at| words[*at..].starts_with(wanted)) {
            indexes[at..at + wanted.len()].iter().for_each(|index| is_known[*index] = true);
        }
    }
    is_known
}

/// Returns the runs of unexplained words, each with its page and its place in the source. A word that some text has, such as a
/// name that a style module divides, counts as explained.
fn unexplained_texts(letters: &[PageChar], is_known: &[bool], texts: &[ResolvedText]) -> Vec<(String, usize, Span)> {
    let words_of = |text: &ResolvedText| {
        let text = text_marks::strip(&text.text).into_owned();
        text.split(|c: char| c.is_whitespace()).map(letters_of).collect::<Vec<_>>()
    };
    let known: BTreeSet<Vec<char>> = texts.iter().flat_map(words_of).collect();
    // Each run with whether one of its words is unknown.
    let mut runs: Vec<((String, usize, Span), bool)> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let rest = letters[at + 1..].iter().take_while(|letter| letter.is_inside_word).count();
        let range = at..at + rest + 1;
        at = range.end;
        let word = &letters[range.clone()];
        if is_known[range].contains(&true) || !word.iter().any(|letter| letter.c.is_alphabetic()) {
            continue;
        }
        let is_unknown = !known.contains(&word.iter().map(|letter| letter.c).collect::<Vec<_>>());
        let (page, span) = (word[0].page + 1, word[0].span);
        let shown: String = word.iter().map(|letter| letter.shown).collect();
        match runs.last_mut().filter(|((_, last_page, last), _)| (*last_page, *last) == (page, span)) {
            Some(((text, ..), has_unknown)) => {
                *text = format!("{text} {shown}");
                *has_unknown |= is_unknown;
            }
            None => runs.push(((shown, page, span), is_unknown)),
        }
    }
    runs.into_iter().filter(|(_, has_unknown)| *has_unknown).map(|(run, _)| run).collect()
}
