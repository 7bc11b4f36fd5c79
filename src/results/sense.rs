//! What each part of the file may say alone, but not beside the others: ranks, dates, percentages.

use super::{City, Date, Figure, Nature, Period, Results, Status};
use crate::diagnostic::{Diagnostic, code};
use std::ops::Range;

pub fn check(results: &Results) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    ranks(results, &mut found);
    dates(results, &mut found);
    for city in &results.cities {
        found.extend(alone(results, city));
    }
    results.edition.figures.values().for_each(|figure| figure_alone(results, figure, &mut found));
    found
}

/// What a city may not say, whatever the others say.
pub fn alone(results: &Results, city: &City) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for figure in city.figures.values() {
        figure_alone(results, figure, &mut found);
    }
    for (name, period) in &city.milestones {
        if after(period, *results.edition.published) {
            let message = format!("the milestone `{name}` is later than the publication");
            found.push(wrong(results, &city.span, message, "a milestone is a date that has passed"));
        }
    }
    found
}

fn wrong(results: &Results, span: &Range<usize>, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::error(code::SENSE, message).place(results.place(span)).help(help)
}

/// Ranks begin at 1 and leave none out. Cities of equal rank count as one (1, 1, 2) or as many (1, 1, 3).
fn ranks(results: &Results, found: &mut Vec<Diagnostic>) {
    let mut cities: Vec<&City> = results.cities.iter().filter(|c| c.status == Status::Selected).collect();
    cities.sort_by_key(|c| c.rank);
    let mut previous = 0;
    for (before, city) in cities.iter().enumerate() {
        let next = [previous, previous + 1, before as u32 + 1];
        if !next.contains(&city.rank) || city.rank == 0 {
            let message = format!("no city has the rank {}, but this one has {}", previous + 1, city.rank);
            found.push(wrong(results, &city.rank_span, message, "ranks leave none out, unless cities share one"));
        }
        previous = city.rank;
    }
}

fn dates(results: &Results, found: &mut Vec<Diagnostic>) {
    let edition = &results.edition;
    if *results.programme.founded > *edition.announced {
        let message = "the programme is founded after its edition was announced";
        found.push(wrong(results, &results.programme.founded.span, message, "exchange the dates, or correct one"));
    }
    if *edition.announced > *edition.published {
        let message = "the documents are published before the edition was announced";
        found.push(wrong(results, &edition.published.span, message, "exchange the dates, or correct one"));
    }
    if let Some(embargo) = &results.embargo {
        let day = Date { time: None, ..*embargo.until };
        if day > *edition.announced {
            let message = "the embargo ends after the announcement, which has made everything known";
            let help = "let it end on the day of the announcement or before, or take it out";
            found.push(
                wrong(results, &embargo.until.span, message, help)
                    .place(results.place(&edition.announced.span).labelled("announced here")),
            );
        }
    }
}

fn figure_alone(results: &Results, figure: &Figure, found: &mut Vec<Diagnostic>) {
    let ends = figure.min.iter().chain([&figure.value]);
    if figure.unit == "percent" && ends.clone().any(|value| !share(value)) {
        let help = "correct it, or give a change its own unit: `measure-percent-change` in the locales";
        found.push(wrong(results, &figure.span, "a share in percent lies between 0 and 100", help));
    }
    if let (Some(Nature::Observed), Some(period)) = (figure.nature, &figure.period)
        && after(period, *results.edition.published)
    {
        let message = "what is observed cannot be later than the publication";
        found.push(wrong(results, &figure.span, message, "write `nature: forecast`, or correct the period"));
    }
}

fn share(value: &fixed_decimal::Decimal) -> bool {
    let [zero, hundred] = [0, 100].map(fixed_decimal::Decimal::from);
    !super::decimal::less(value, &zero) && !super::decimal::less(&hundred, value)
}

fn after(period: &Period, published: Date) -> bool {
    period.from > published
}
