//! The Big List of Naughty Strings (npm `big-list-of-naughty-strings` 1.0.0, MIT), each as the name of a city: the
//! certificate bears that text, or is refused for a reason; nothing breaks, and nothing of it is markup.

use crate::support::{RESULTS, ProjectDir, locale, texts};
use gen_report::diagnostic::SourceFile;
use gen_report::run::{Selection, LoadedProject, Builder};
use gen_report::locale::marks;
use gen_report::project::Project;
use gen_report::results;
use gen_report::typeset::Variant;

/// What is printed may break lines where it likes, and joins what only white space parts.
fn squeezed(text: &str) -> String {
    // Characters that no page shows: joiners, marks of direction, variation selectors and the like.
    let unseen = |c: char| {
        c.is_whitespace()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{180e}' | '\u{61c}')
    };
    text.chars().filter(|c| !unseen(*c)).collect()
}

#[test]
fn any_text_is_printed_as_it_is_or_refused() {
    let strings: Vec<String> = serde_json::from_str(include_str!("../../naughty/blns.json")).unwrap();
    let english = locale("en");
    let plain = texts(".", "en", "certificate", Some("beijing"));
    let (mut printed, mut refused) = (0, 0);
    for string in &strings {
        // JSON is YAML: any text can be written so.
        let written = serde_json::to_string(string).unwrap();
        let yaml = RESULTS.replacen("      en: Beijing\n", &format!("      en: {written}\n"), 1);
        let facts = match results::load(&SourceFile::new("results.yaml", yaml.as_str())) {
            Ok(_) => ProjectDir::new().file("reports/results.yaml", &yaml),
            Err(problems) => {
                assert!(
                    problems.iter().all(|p| !p.places.is_empty() && p.help.is_some()),
                    "{string:?}: {}",
                    problems[0]
                );
                refused += 1;
                continue;
            }
        };
        let edition = LoadedProject::load(Project::open(facts.path(), None).unwrap()).unwrap_or_else(|e| panic!("{}", e[0]));
        let choice = Selection { languages: vec!["en".into()], reports: vec!["certificate".into()], cities: Vec::new() };
        let plan = edition.plan(&choice).unwrap_or_else(|e| panic!("{}", e[0]));
        let jobs = edition.jobs(&choice).unwrap_or_else(|e| panic!("{}", e[0]));
        let works = Builder::new(edition, plan, false, Variant::default()).unwrap_or_else(|e| panic!("{}", e[0]));
        let page = works.with_pages(&jobs[0], |_, _, pages| {
            assert_eq!(pages.document.pages().len(), 1, "{string:?}");
            Ok(support::runs(&pages.document).into_iter().map(|run| run.text).collect::<Vec<_>>())
        });
        match page {
            Ok(page) => {
                let expected = squeezed(&marks::strip(&english.finish(string)));
                let found = squeezed(&page.concat());
                assert!(found.contains(&expected), "{string:?} is printed as {found}");
                // The name stands alone: everything else is as it was.
                let others = |page: &[String]| page.iter().filter(|t| plain.contains(t)).count();
                assert!(others(&page) >= plain.len() - 1, "{string:?} changed the page");
                printed += 1;
            }
            Err(problems) => {
                let known = ["E0501", "E0401"];
                assert!(known.contains(&problems[0].code.0), "{string:?}: {}", problems[0]);
                assert!(problems[0].help.is_some());
                refused += 1;
            }
        }
    }
    assert_eq!(printed + refused, strings.len());
    assert!(printed > 250, "only {printed} of {} were printed", strings.len());
}
