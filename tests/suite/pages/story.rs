//! The body of a press release is data: facts bring their sentences, a project declares facts of its own, and none is lost.

use crate::support::{CITY_RELEASE, ProjectDir, RESULTS_FILE, assert_contains};

const STORY: &str = "reports/story.yaml";
const VALUE_ADDED: &str =
    "{value: 2_200_000_000_000, unit: cny, hedge: over, nature: forecast, period: 2024, source: beijing-daily}";

/// The press release of Beijing in English, in one line.
#[track_caller]
fn release(project: &ProjectDir) -> String {
    let (text, _) = project.documents("en").text("en", "press-release", Some("beijing"));
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn figures_share_a_sentence_only_if_they_agree_in_period_nature_and_source() {
    let joined =
        "was forecast to exceed 2.2 trillion yuan in 2024, equal to more than 52% of local gross domestic product";
    assert!(release(&ProjectDir::with_results(&[])).contains(joined));
    for other in [
        VALUE_ADDED.replace("forecast", "observed"),
        VALUE_ADDED.replace("2024", "2023"),
        VALUE_ADDED.replace(", source: beijing-daily", ""),
    ] {
        let text = release(&ProjectDir::with_results(&[(VALUE_ADDED, &other)]));
        let share = "The digital economy was forecast to account for more than 52% of the city’s gross domestic product in 2024.";
        assert!(!text.contains("equal to") && text.contains(share), "{other}: {text}");
    }
}

#[test]
fn a_template_cannot_claim_a_period_for_a_figure_of_another() {
    let claim = "{{t \"sentence-digital-economy-share\" figure=city.figures.digital-economy-share nature=\"observed\" period=city.figures.digital-economy-share.period}}";
    let project = ProjectDir::new().edit(CITY_RELEASE, "{{t \"city-lede\"}}", claim);
    let stderr = project.run_failing(&["-l", "en", "-r", "press-release"]);
    assert_contains(&stderr, &["E0303", "receives a nature that differs from the nature of `$figure`"]);
}

#[test]
fn a_figure_that_the_story_does_not_name_is_still_printed() {
    let story = ProjectDir::new().edit(STORY, "  - [ai-enterprises, ai-core-revenue]\n", "");
    let text = release(&story);
    assert_contains(&text, &["The city has more than 2,400 enterprises", "brings in more than 300 billion yuan"]);
    // Without the other figures, `check` says what is lost.
    let story = story.edit_all(STORY, "  - other-figures\n", "");
    let stderr = story.run(&["check", "-l", "en"]).1;
    assert_contains(&stderr, &["warning[W0109]: no document shows the figure `ai-core-revenue`"]);
}

#[test]
fn unshown_figures_of_the_edition_and_of_a_city_with_the_same_name_are_reported_apart() {
    let project = ProjectDir::with_results(&[
        ("    committee-countries: {", "    closures: {value: 3, unit: month}\n    committee-countries: {"),
        ("      digital-enterprises:\n", "      closures: {value: 1, unit: month}\n      digital-enterprises:\n"),
    ])
    .edit_all(STORY, "  - other-figures\n", "");
    let stderr = project.run(&["check", "-l", "en"]).1;
    let lines: Vec<usize> = (1..)
        .zip(project.read("reports/results.yaml").lines())
        .filter_map(|(number, line)| line.contains("closures:").then_some(number))
        .collect();
    let [of_edition, of_city] = lines[..] else { panic!("{lines:?}") };
    for (what, at) in [
        ("no document shows the figure `closures` of the edition\n", format!("results.yaml:{of_edition}:23\n")),
        ("no document shows the figure `closures`\n", format!("results.yaml:{of_city}:25\n")),
    ] {
        let (_, place) = stderr.split_once(what).unwrap_or_else(|| panic!("no `{what}` in {stderr}"));
        assert_contains(place.split("\n\n").next().unwrap(), &[&at]);
    }
}

#[test]
fn only_dates_of_a_list_may_be_in_the_future() {
    let results = [("    milestones:\n", "    visits: [2031-05, 2030-01]\n    milestones:\n")];
    let check = |declaration: &str| {
        let facts = format!("city:\n  visits: {{type: list, {declaration}}}\n");
        ProjectDir::with_results(&results).file("reports/facts.yaml", facts).run(&["check", "-l", "en"]).1
    };
    assert_contains(&check("of: date, future: true"), &["found 0 errors"]);
    let stderr = check("of: date");
    assert_eq!(stderr.matches("error[E0108]: `visits` is later than the publication").count(), 2, "{stderr}");
    assert_contains(&stderr, &["declare `visits` with `future: true` in reports/facts.yaml"]);
    let stderr = check("of: name, future: true");
    assert_contains(
        &stderr,
        &["reports/facts.yaml:2:42", "`future` applies to dates, not to a name", "write `of: date`"],
    );
}

#[test]
fn a_project_declares_facts_of_its_own() {
    let declared = "city:\n  twin-city: {type: name, required: true}\n  opening: {type: date, future: true}\n  \
                    visitors: {type: figure}\nedition:\n  jury-page: {type: link}\n";
    let project = ProjectDir::with_results(&[
        ("    key-figures: [digital-economy-size", "    twin-city: {en: Lumen, fr: Lumen, zh: 光城}\n    opening: 2031-05\n    visitors: {value: 12, unit: month}\n    key-figures: [digital-economy-size"),
        ("  routes: [application", "  jury-page: https://example.org/jury\n  routes: [application"),
    ])
    .file("reports/facts.yaml", declared)
    .edit(STORY, "  - other-figures\n", "  - [twin-city, visitors, jury-page]\n  - other-figures\n")
    .append(
        crate::support::EN_PROGRAMME,
        "\nsentence-twin-city = Its twin city is { NAME($twin-city) }, from { DATE($opening) }.\nsentence-visitors = It \
         was closed for { MEASURE($figure) }.\nsentence-jury-page = The jury is on { $jury-page }.\n",
    );
    let text = release(&project);
    assert_contains(&text, &["Its twin city is Lumen, from May 2031. It was closed for 12 months."]);
    assert_contains(&text, &["The jury is on https://example.org/jury."]);
    let (schema, _) = project.run_ok(&["schema"]);
    assert_contains(&schema, &["\"twin-city\"", "\"jury-page\""]);

    for (from, to, code, message) in [
        ("    twin-city: {en", "    twin-cty: {en", "E0102", "did you mean `twin-city`?"),
        ("opening: 2031-05", "opening: May", "E0103", "`May`"),
        ("visitors: {value: 12", "visitors: {valu: 12", "E0102", "unknown key `valu`"),
        ("https://example.org/jury", "jury", "E0103", "`jury` is not a web address"),
    ] {
        let wrong = project.read("reports/results.yaml").replacen(from, to, 1);
        let wrong = ProjectDir::new().file("reports/facts.yaml", declared).file("reports/results.yaml", wrong);
        assert_contains(&wrong.run_failing(&["check", "-l", "en"]), &[code, message, "reports/results.yaml:"]);
    }
    let wrong = ProjectDir::new().file("reports/facts.yaml", "city:\n  rank: {type: text}\n  a: {type: nmae}\n");
    let stderr = wrong.run_failing(&["check", "-l", "en"]);
    assert_contains(&stderr, &["reports/facts.yaml:2:3", "`rank` already has a meaning", "did you mean `name`?"]);
}

#[test]
fn a_project_fact_that_no_document_shows_is_reported_at_its_value() {
    let declared = "city:\n  partners: {type: list, of: name}\nedition:\n  jury-page: {type: link}\n";
    let project = ProjectDir::with_results(&[
        ("    milestones:", "    partners: [Lumen]\n    milestones:"),
        ("  routes: [application", "  jury-page: https://example.org/jury\n  routes: [application"),
    ])
    .file("reports/facts.yaml", declared);
    let stderr = project.run(&["check", "-l", "en"]).1;
    let line = |key: &str| 1 + project.read("reports/results.yaml").lines().position(|l| l.contains(key)).unwrap();
    for (what, at) in [
        ("no document shows the fact `jury-page` of the edition", format!("results.yaml:{}:14", line("jury-page"))),
        ("no document shows the fact `partners`", format!("results.yaml:{}:15", line("partners"))),
    ] {
        assert_contains(&stderr, &[what, &at]);
    }
}

#[test]
fn a_sentence_may_be_about_any_built_in_fact() {
    let sentence = "sentence-route = { $route ->\n        [application] It applied.\n       *[recommendation] It was recommended.\n    }\n";
    let story = ProjectDir::new().edit(STORY, "  - [committee-countries, routes]", "  - [route, committee-countries]");
    let project = story.append(crate::support::EN_PROGRAMME, &format!("\n{sentence}"));
    // The data does not have the fact.
    assert!(!release(&project).contains("It applied"));
    let project = project.edit(RESULTS_FILE, "    # route: application", "    route: application\n    #");
    assert_contains(&release(&project), &["It applied."]);
}

#[test]
fn the_press_release_of_the_edition_states_own_facts_and_milestones_of_the_first_city() {
    let project = ProjectDir::with_results(&[("    milestones:\n", "    twin-city: Lumen\n    milestones:\n")])
        .file("reports/facts.yaml", "city:\n  twin-city: {type: name}\nedition:\n  jury-page: {type: link}\n")
        .append(STORY, "  - [first/twin-city, first/benchmark-ambition]\n")
        .append(crate::support::EN_PROGRAMME, "\nsentence-twin-city = Its twin city is { NAME($twin-city) }.\n");
    let (text, _) = project.documents("en").text("en", "press-release", None);
    let text = text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert_contains(&text, &["Its twin city is Lumen. Beijing announced in 2021 its ambition"]);
}

#[test]
fn a_programme_needs_neither_ranks_nor_a_convention() {
    let results = include_str!("../../../reports/results.yaml");
    let (start, end) = (results.find("  convention:").unwrap(), results.find("  conference:").unwrap());
    let facts = [&results[..start], &results[end..]].concat().replace("    rank: 1\n", "");
    let project = ProjectDir::new().file("reports/results.yaml", facts);
    assert_eq!(project.run(&["check"]).1.trim(), "no problems found");
    let text = release(&project);
    assert_contains(&text, &["Beijing is named a pilot city", "was announced in Beijing on Nov. 28, 2025.Key figures"]);
    // The identifier stands in for the rank in the serial number.
    let (text, _) = project.documents("en").text("en", "certificate", Some("beijing"));
    assert_contains(&text, &["2025-01-BEIJING"]);
}

#[test]
fn a_quotation_has_the_marks_of_its_language() {
    let quotation = "    quotation:\n      text: {fr: Une “méthode” pour tous, en: A «method» for all, zh: 一个\"方法\"}\n      speaker: Ada\n      role: Ada\n    milestones:\n";
    let project = ProjectDir::with_results(&[("    milestones:\n", quotation)]);
    for (language, expected) in
        [("fr", "« Une “méthode” pour tous »"), ("en", "“A ‘method’ for all”"), ("zh", "“一个‘方法’”")]
    {
        let text = project.documents(language).text(language, "press-release", Some("beijing")).0;
        let text = text.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains(expected), "{language}: {text}");
    }
}
