//! Checks values that are valid alone but contradict each other: ranks, dates, percentages.

use super::definitions::{Declarations, FACTS_PATH, ProjectFacts};
use super::{City, Date, Figure, Nature, Period, Results, Status};
use crate::diagnostic::{Diagnostic, Problems, code};
use std::ops::Range;

pub fn check(results: &Results) -> Problems {
    let mut found = Problems::new();
    check_ranks(results, &mut found);
    check_dates(results, &mut found);
    for city in &results.cities {
        found.extend(check_city(results, city));
    }
    results.edition.figures.values().for_each(|figure| check_figure(results, figure, &mut found));
    check_project_facts(results, &results.edition.project_facts, &results.definitions.edition, &mut found);
    found
}

/// Checks a city without regard to the others.
pub fn check_city(results: &Results, city: &City) -> Problems {
    let mut found = Problems::new();
    for figure in city.figures.values() {
        check_figure(results, figure, &mut found);
    }
    check_project_facts(results, &city.project_facts, &results.definitions.city, &mut found);
    for (name, period) in &city.milestones {
        if is_after(period, *results.edition.published) {
            let message = format!("the milestone `{name}` is later than the publication");
            found.push(contradiction(
                results,
                &period.span,
                message,
                "use a date before the publication: a milestone has already passed",
            ));
        }
    }
    found
}

/// Checks the figures and dates of project facts.
fn check_project_facts(results: &Results, facts: &ProjectFacts, declared: &Declarations, found: &mut Problems) {
    for (key, fact) in facts {
        fact.figures().into_iter().for_each(|figure| check_figure(results, figure, found));
        if declared.get(key).is_some_and(|declaration| declaration.future) {
            continue;
        }
        for date in fact.dates().into_iter().filter(|date| is_after(date, *results.edition.published)) {
            let message = format!("`{key}` is later than the publication");
            let help = format!("correct the date, or declare `{key}` with `future: true` in {FACTS_PATH}");
            found.push(contradiction(results, &date.span, message, &help));
        }
    }
}

fn contradiction(results: &Results, span: &Range<usize>, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::error(code::CONTRADICTION, message).place(results.place(span)).help(help)
}

/// Checks that either all selected cities have a rank or none, that ranks start at 1, and that they have no gaps. After
/// equal ranks, both 1, 1, 2 and 1, 1, 3 are valid.
fn check_ranks(results: &Results, found: &mut Problems) {
    let selected = || results.cities.iter().filter(|c| c.status == Status::Selected);
    let mut ranked: Vec<(u32, &City)> = selected().filter_map(|city| Some((city.rank?, city))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut previous = 0;
    for (before, (rank, city)) in ranked.iter().enumerate() {
        let next = [previous, previous + 1, before as u32 + 1];
        if !next.contains(rank) {
            let message = format!("rank {} is missing before rank {rank}", previous + 1);
            let help = "number the ranks from 1 without gaps; cities may share a rank";
            found.push(contradiction(results, &city.rank_span, message, help));
        }
        previous = *rank;
    }
    if let Some((_, other)) = ranked.first()
        && let Some(city) = selected().find(|city| city.rank.is_none())
    {
        let message = format!("the selected city `{}` has no rank, unlike others", city.id);
        let help = "add its `rank`, or remove the ranks of all cities";
        found.push(
            contradiction(results, &city.span, message, help)
                .place(results.place(&other.rank_span).labelled("a city with a rank")),
        );
    }
}

fn check_dates(results: &Results, found: &mut Problems) {
    let edition = &results.edition;
    if *results.programme.founded > *edition.announced {
        let message = "the programme was founded after its edition was announced";
        found.push(contradiction(results, &results.programme.founded.span, message, "swap the dates, or correct one"));
    }
    if *edition.announced > *edition.published {
        let message = "the documents are published before the edition is announced";
        found.push(contradiction(results, &edition.published.span, message, "swap the dates, or correct one"));
    }
    if let Some(expires) = edition.expires.as_ref().filter(|expires| ***expires < *edition.announced) {
        let message = "the certificates expire before they are announced";
        found.push(contradiction(results, &expires.span, message, "correct the date, or remove it"));
    }
    if let Some(embargo) = &results.embargo {
        let day = Date { time: None, ..*embargo.until };
        if day > *edition.announced {
            let message = "the embargo ends after the announcement, when everything is public";
            let help = "end it on the day of the announcement, or remove it";
            found.push(
                contradiction(results, &embargo.until.span, message, help)
                    .place(results.place(&edition.announced.span).labelled("announced here")),
            );
        } else if day < *edition.published {
            let message = "the embargo ends before the date of the press release";
            let help = "end it on the day of the press release, or remove it";
            found.push(
                contradiction(results, &embargo.until.span, message, help)
                    .place(results.place(&edition.published.span).labelled("the date of the press release")),
            );
        }
    }
}

fn check_figure(results: &Results, figure: &Figure, found: &mut Problems) {
    let ends = figure.min.iter().chain([&figure.value]);
    if figure.unit == "percent" && ends.clone().any(|value| !is_share(value)) {
        let help = "correct it, or give a change its own unit: `measure-percent-change` in the locales";
        found.push(contradiction(results, &figure.span, "a share in percent must be between 0 and 100", help));
    }
    if let (Some(Nature::Observed), Some(period)) = (figure.nature, &figure.period)
        && is_after(period, *results.edition.published)
    {
        let message = "an observed figure cannot be later than the publication";
        found.push(contradiction(results, &figure.span, message, "write `nature: forecast`, or correct the period"));
    }
}

fn is_share(value: &fixed_decimal::Decimal) -> bool {
    let [zero, hundred] = [0, 100].map(fixed_decimal::Decimal::from);
    !super::decimal::is_less(value, &zero) && !super::decimal::is_less(&hundred, value)
}

fn is_after(period: &Period, published: Date) -> bool {
    period.from > published
}
