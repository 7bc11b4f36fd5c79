//! `gen-report list`: the cities, reports and languages of the project.

use serde_json::json;

use super::{Voice, project};
use crate::cli::CommonArgs;
use crate::diagnostic::Diagnostic;
use crate::edition::Edition;
use crate::exit;
use crate::results::Status;

pub fn run(args: &CommonArgs) -> u8 {
    let mut voice = Voice::new(args);
    match list(args, &voice) {
        Ok(()) => exit::OK,
        Err(problems) => {
            voice.tell_all(problems);
            exit::FAILED
        }
    }
}

fn list(args: &CommonArgs, voice: &Voice) -> Result<(), Vec<Diagnostic>> {
    let edition = Edition::load(project(args)?)?;
    let spoken = edition.spoken();
    for city in &edition.results.cities {
        let names: Vec<String> =
            spoken.iter().filter_map(|l| city.name.find(l)).map(|forms| forms.name.clone()).collect();
        let rank = (city.status == Status::Selected).then_some(city.rank);
        let shown = rank.map_or_else(String::new, |rank| format!(" {rank}"));
        voice.data(
            &json!({ "type": "city", "id": city.id, "status": city.status.word(), "rank": rank, "names": names }),
            &format!("city      {:<16} {}{shown:<5} {}", city.id, city.status.word(), names.join(" · ")),
        );
    }
    if let Some(bulk) = &edition.results.bulk {
        let survey = edition.results.survey;
        let from = bulk.path().display().to_string();
        voice.data(
            &json!({ "type": "records", "from": from, "count": survey.records, "selected": survey.selected }),
            &format!("cities    {} of {from}, {} selected", survey.records, survey.selected),
        );
    }
    for report in edition.reports() {
        let scope = match (report.city, report.edition) {
            (true, true) => "each city, and the edition",
            (true, false) => "each city",
            _ => "the edition",
        };
        voice.data(
            &json!({ "type": "report", "id": report.name, "city": report.city, "edition": report.edition }),
            &format!("report    {:<16} {scope}", report.name),
        );
    }
    for language in &edition.languages {
        let default = spoken.contains(&language.as_str());
        let remark = if default { "in the results" } else { "not in the results" };
        voice.data(
            &json!({ "type": "language", "id": language, "default": default }),
            &format!("language  {language:<16} {remark}"),
        );
    }
    Ok(())
}
