//! Checks values that are valid alone but contradict each other: ranks, dates, percentages.

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
    found
}

/// Checks a city without regard to the others.
pub fn check_city(results: &Results, city: &City) -> Problems {
    let mut found = Problems::new();
    for figure in city.figures.values() {
        check_figure(results, figure, &mut found);
    }
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

fn contradiction(results: &Results, span: &Range<usize>, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::error(code::CONTRADICTION, message).place(results.place(span)).help(help)
}

/// Checks that ranks start at 1 and have no gaps. After equal ranks, both 1, 1, 2 and 1, 1, 3 are valid.
fn check_ranks(results: &Results, found: &mut Problems) {
    let mut cities: Vec<&City> = results.cities.iter().filter(|c| c.status == Status::Selected).collect();
    cities.sort_by_key(|c| c.rank);
    let mut previous = 0;
    for (before, city) in cities.iter().enumerate() {
        let next = [previous, previous + 1, before as u32 + 1];
        if !next.contains(&city.rank) || city.rank == 0 {
            let message = match city.rank {
                0 => "ranks start at 1".to_owned(),
                rank => format!("rank {} is missing before rank {rank}", previous + 1),
            };
            found.push(contradiction(
                results,
                &city.rank_span,
                message,
                "number the ranks from 1 without gaps; cities may share a rank",
            ));
        }
        previous = city.rank;
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
    if let Some(embargo) = &results.embargo {
        let day = Date { time: None, ..*embargo.until };
        if day > *edition.announced {
            let message = "the embargo ends after the announcement, when everything is public";
            let help = "end it on the day of the announcement or before, or remove it";
            found.push(
                contradiction(results, &embargo.until.span, message, help)
                    .place(results.place(&edition.announced.span).labelled("announced here")),
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
