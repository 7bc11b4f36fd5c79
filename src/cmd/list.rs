//! `gen-report list`: lists the cities, reports and languages of the project.

use serde_json::json;

use super::open_project;
use crate::cli::CommonArgs;
use crate::diagnostic::Problems;
use crate::exit;
use crate::results::Status;
use crate::run::LoadedProject;
use crate::ui::Console;

pub fn run(args: &CommonArgs, console: &Console) -> Result<u8, Problems> {
    let project = LoadedProject::load(open_project(args)?)?;
    let defaults = project.default_languages();
    for city in &project.results.cities {
        let names: Vec<String> =
            defaults.iter().filter_map(|l| city.name.find(l)).map(|forms| forms.name.clone()).collect();
        let rank = city.rank.filter(|_| city.status == Status::Selected);
        let rank_text = rank.map_or_else(String::new, |rank| format!(" {rank}"));
        console.write_data(
            &json!({ "type": "city", "id": city.id, "status": city.status.word(), "rank": rank, "names": names }),
            &format!("city      {:<16} {}{rank_text:<5} {}", city.id, city.status.word(), names.join(" · ")),
        );
    }
    if let Some(record_source) = &project.results.record_source {
        let record_counts = project.results.record_counts;
        let from = record_source.path().display().to_string();
        console.write_data(
            &json!({ "type": "records", "from": from, "count": record_counts.records, "selected": record_counts.selected }),
            &format!("cities    {} in {from}, {} selected", record_counts.records, record_counts.selected),
        );
    }
    for report in project.reports() {
        let scope = match (report.has_city_documents, report.has_edition_documents) {
            (true, true) => "each city and the edition",
            (true, false) => "each city",
            _ => "the edition",
        };
        console.write_data(
            &json!({
                "type": "report", "id": report.name,
                "city": report.has_city_documents, "edition": report.has_edition_documents,
            }),
            &format!("report    {:<16} {scope}", report.name),
        );
    }
    for language in &project.languages {
        let is_default = defaults.contains(&language.as_str());
        let remark = if is_default { "used in the results file" } else { "not used in the results file" };
        console.write_data(
            &json!({ "type": "language", "id": language, "default": is_default }),
            &format!("language  {language:<16} {remark}"),
        );
    }
    Ok(exit::OK)
}
