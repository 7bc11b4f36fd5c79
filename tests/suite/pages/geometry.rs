//! The geometry of finished pages: text over other text or a rule, outside its area or too small, paragraphs that are badly
//! divided, and last pages that are nearly empty are reported with their cause.

use crate::support::{CERTIFICATE, LANGUAGES, ProjectDir, assert_contains};

const SENTENCE: &str = "Le comité a examiné les dossiers de toutes les villes candidates et les a classés selon des critères \
                        publics, connus de chacune avant la date de clôture.";

/// The warnings about a certificate whose template ends with some Typst.
fn warnings(typst: &str) -> String {
    let template = format!("#set document(title: \"x\")\n#set text(lang: \"fr\")\n{{{{city.name}}}}\n{typst}\n");
    ProjectDir::new().file(CERTIFICATE, template).run_ok(&["-l", "fr", "-r", "certificate"]).1
}

#[test]
fn a_text_over_another_one_is_reported_at_its_template_line() {
    let stderr = warnings("#place(top + left, dx: 2mm, dy: 60mm)[below]\n#place(top + left, dx: 3mm, dy: 61mm)[above]");
    assert_contains(
        &stderr,
        &["W0404", "“above” overlaps “below” on page 1 of certificate-beijing in `fr`", "city.typ.hbs:5"],
    );
}

/// Lines set tight, raised letters, text that is turned, and an overlap of white space are as they should be.
#[test]
fn what_only_touches_is_not_reported() {
    for typst in [
        "#set par(leading: 0.2em)\nÉtat \\ gypse \\ Âge",
        "le 1#super[er] décembre H#sub[2]O",
        "#place(top + left, dy: 60mm)[below]\n#place(top + left, dy: 60mm, rotate(30deg)[turned])",
        "#place(top + left, dy: 60mm)[below]\n#place(top + left, dy: 60mm)[#h(20mm)beside]",
    ] {
        let stderr = warnings(typst);
        assert!(!stderr.contains("W0404"), "{typst}: {stderr}");
    }
}

#[test]
fn a_text_that_is_too_small_to_read_is_reported() {
    assert_contains(&warnings("#text(4pt)[tiny]"), &["W0404", "“tiny” is set in 4.0 pt on page 1"]);
    assert_contains(&warnings("#scale(40%)[shrunk]"), &["“shrunk” is set in 4."]);
}

#[track_caller]
fn assert_silent(cases: &[&str]) {
    for typst in cases {
        let stderr = warnings(typst);
        assert!(!stderr.contains("W0404"), "{typst}: {stderr}");
    }
}

#[test]
fn a_rule_through_a_text_is_reported() {
    for rule in [
        "#place(top + left, dy: 61.5mm, line(length: 40mm))",
        "#place(top + left, dx: 8mm, dy: 50mm, line(length: 30mm, angle: 90deg))",
        "#place(top + left, dy: 50mm, line(length: 60mm, angle: 45deg))",
        "#place(top + left, dx: -5mm, dy: 58mm, rect(width: 15mm, height: 9mm, radius: 1mm, stroke: 1pt))",
        "#place(top + left, dy: 61mm, rect(width: 40mm, height: 1pt, fill: red))",
        "#place(top + left, dy: 61mm, curve(stroke: 1pt, curve.cubic((9mm, 1mm), (18mm, 1mm), (27mm, 0mm))))",
    ] {
        let stderr = warnings(&format!("{rule}\n#place(top + left, dy: 60mm)[{{{{t \"certificate\"}}}} crossed]"));
        assert_contains(
            &stderr,
            &[
                "W0404",
                "a line or a drawing crosses “Certificat crossed” on page 1 of certificate-beijing in `fr`",
                "city.typ.hbs:5",
                "message `certificate`",
            ],
        );
    }
}

#[test]
fn the_lines_that_belong_to_a_text_are_not_reported() {
    assert_silent(&[
        "#strike[a] #underline[word] #overline[b] #highlight[cc] #box(stroke: 1pt)[inside]",
        "#box[words#place(bottom + left, dy: 1pt, line(length: 30mm))]",
        "#table(columns: 2, [a], [b], table.hline(), [c \\ d], [e])",
        // A legend on a border, and text on a background.
        "#place(top + left, dy: 60mm, rect(width: 60mm, height: 20mm))
         #place(top + left, dx: 9mm, dy: 58mm, box(fill: white, inset: 3pt)[legend])",
        "#place(top + left, dy: 60mm, rect(width: 20mm, height: 20mm, fill: yellow))
         #place(top + left, dy: 65mm)[longer than the background]",
        "#block(fill: yellow, stroke: 1pt, inset: 4pt)[text]",
        "#place(top + left, dy: 61.5mm, line(length: 40mm, stroke: rgb(0, 0, 0, 0)))#place(top + left, dy: 60mm)[invisible]",
    ]);
}

#[test]
fn a_drawing_through_a_text_is_reported() {
    let import = "#import \"../shared/certificate-parts.typ\": drawing, gold, separator";
    for (drawing, dx, dy) in [("separator", 10.0, 58.5), ("drawing(\"seal\", gold)", -5.0, 75.0)] {
        let text = format!("#place(top + left, dx: {dx}mm, dy: {dy}mm)[office]");
        let stderr = warnings(&format!("{import}\n#place(top + left, dy: 60mm, {drawing})\n{text}"));
        assert_contains(&stderr, &["a line or a drawing crosses “office” on page 1"]);
    }
    let inside = "#place(top + left, dx: 14mm, dy: 75mm)[in]\n#place(top + left, dx: 2mm, dy: 96mm)[below the seal]";
    assert_silent(&[&format!("{import}\n#place(top + left, dy: 60mm, drawing(\"seal\", gold))\n{inside}")]);
}

#[test]
fn a_text_outside_the_area_that_the_style_module_states_is_reported() {
    let area = "#metadata((left: 25mm, right: 25mm, top: 25mm, bottom: 25mm)) <area>";
    for text in [
        "#place(top + left, dx: -10mm, dy: 60mm)[outside]",
        "#place(top + right, dx: 10mm, dy: 60mm)[outside]",
        "#place(top + left, dy: -9mm)[outside]",
        "#place(bottom + left, dy: 9mm)[outside]",
    ] {
        let stderr = warnings(&format!("{area}\n{text}"));
        assert_contains(&stderr, &["“outside” extends beyond the text area of page 1", "city.typ.hbs:5"]);
        assert_silent(&[text]);
    }
    let border = "#import \"../shared/certificate-parts.typ\": border\n#set page(width: 297mm, height: 210mm, background: border)";
    let stderr = warnings(&format!("{border}\n#place(top + left, dx: -12mm, dy: 60mm)[over the border]"));
    assert_contains(&stderr, &["“over the border” extends beyond the text area"]);
    assert_silent(&[
        // The head and the foot of a page are outside the area, and the masthead above it.
        &format!("#set page(header: [head], footer: [foot])\n{area}"),
        "#metadata((top: 25mm, masthead: 12mm)) <area>\n#place(top + left, dy: -9mm)[masthead]",
    ]);
}

#[test]
fn a_table_cell_over_another_one_is_reported() {
    let name = "Llanfairpwllgwyngyllgogerychwyrndrobwll";
    let table = |columns: &str| {
        format!("#table(columns: {columns}, stroke: none)[first \\ {name}][second column \\ ][last][row]")
    };
    let expected = "the table cells of “Llanfairpwllgwyngyllgogerychwyrndrobwll” and “second column” overlap on page 1";
    assert_contains(&warnings(&table("(30mm, 50mm)")), &[expected]);
    assert_silent(&[&table("2"), "#table(columns: 2)[#table(columns: 2)[a][b] c][d][e \\ f][g]"]);
}

#[test]
fn paragraphs_without_space_between_them_are_reported() {
    for typst in [
        format!("#par[{SENTENCE}]\n#v(-5mm)\n#par[Après cela]"),
        format!("#set par(spacing: 1pt)\n#par[{SENTENCE}]\n#par[Après cela]"),
        "#set text(top-edge: \"cap-height\", bottom-edge: \"baseline\")\n#set par(spacing: 0pt)\n#align(center)[#par[de \
         connus de chacune…]#par[Après cela]]"
            .to_owned(),
    ] {
        assert_contains(&warnings(&typst), &["there is no space between “", "connus de chacune…” and “Après cela” on page 1"]);
    }
    assert_silent(&[
        &format!("#set par(spacing: 0.65em)\n#par[{SENTENCE}]\n#par[{SENTENCE}]"),
        &format!("= Titre\n== Titre\n{SENTENCE}\n\n{SENTENCE}"),
        "#grid(columns: 2, par[a \\ b], par[a \\ b])",
    ]);
}

#[test]
fn a_short_word_alone_on_the_last_line_is_reported() {
    let at_widths = |text: &str| {
        format!("#for width in range(90, 160) {{ block(width: width * 1mm, par(linebreaks: \"simple\")[{text}]) }}")
    };
    let stderr = warnings(&at_widths(&format!("{SENTENCE} Fin.")));
    assert_contains(&stderr, &["the last line of a paragraph is only “Fin.” on page "]);
    let chinese =
        "委员会根据公开的标准审查了所有候选城市的材料并对其进行了排名各城市在截止日期之前均已知晓这些标准内容。";
    assert_contains(&warnings(&at_widths(chinese)), &["the last line of a paragraph is only “容。”"]);
    for text in [format!("{SENTENCE} \\ Fin."), format!("{SENTENCE} Finalement."), format!("{SENTENCE} À~la~fin.")] {
        let stderr = warnings(&at_widths(&text));
        assert!(!stderr.contains("the last line of a paragraph"), "{text}: {stderr}");
    }
}

#[test]
fn a_line_alone_on_a_page_is_reported() {
    let paragraphs = |settings: &str| {
        format!(
            "{settings}\n#for n in range(60) {{ pagebreak(weak: true); v(200mm + n * 1mm); par[{SENTENCE} {SENTENCE} {SENTENCE}] }}\n"
        )
    };
    let stderr = warnings(&paragraphs("#set text(costs: (widow: 0%, orphan: 0%))"));
    assert_contains(
        &stderr,
        &[
            ", the last line of a paragraph, is alone at the top of page ",
            "“Le comité a examiné les dossiers de…”, the first line of a paragraph, is alone at the bottom of page ",
            "of certificate-beijing in `fr`",
        ],
    );
    let stderr = warnings(&paragraphs(""));
    assert!(!stderr.contains("is alone at"), "{stderr}");
}

#[test]
fn a_nearly_empty_last_page_is_reported() {
    let area = "#metadata((top: 25mm, bottom: 25mm)) <area>";
    let second = |length: u32| format!("#pagebreak()\nend #v({length}mm) #line(length: 50mm)");
    let stderr = warnings(&format!("{area}\n{}", second(20)));
    assert_contains(
        &stderr,
        &["the last page of a text is only 11 % full: page 2 of certificate-beijing in `fr`", "city.typ.hbs:6"],
    );
    assert_contains(&warnings(&second(20)), &["page 2", "% full"]);
    // The first of two texts.
    assert_contains(&warnings(&format!("{area} {}\n#pagebreak()\n{area} second", second(20))), &["page 2", "% full"]);
    assert_silent(&[
        &format!("{area}\n{}", second(60)),
        &second(60),
        &format!("{} #pagebreak() {}", second(20), second(60)),
        // A single page may be short.
        &format!("{area} first #pagebreak() {area} second"),
    ]);
    // A foot does not fill the page.
    let foot = format!("#set page(footer: [foot])\n{area} first\n{}", second(20));
    assert_contains(&warnings(&foot), &["only 11 % full"]);
}

#[test]
fn the_example_edition_and_the_languages_project_have_no_flaws() {
    let pairs = "fr+en,zh+en,fr+zh";
    let (_, stderr) = ProjectDir::new().run_ok(&["-l", &format!("fr,en,zh,{pairs}")]);
    assert!(!stderr.contains("W0404"), "{stderr}");
    let (_, stderr, code) = ProjectDir::new().run_on(LANGUAGES, &["-l", "ar,es,he,ja,ko,pt,ru,uk,vi,ar+he,es+ru"]);
    assert!(code == 0 && !stderr.contains("W0404"), "{stderr}");
}

/// The press releases of a changed example edition, in three languages, have no text over another and none off the page.
fn assert_releases_hold(changes: &[(&str, &str)]) {
    let project = ProjectDir::with_results(changes);
    let (_, stderr) = project.run_ok(&["-l", "fr,en,zh", "-r", "press-release"]);
    assert!(!stderr.contains("W0404"), "{stderr}");
}

#[test]
fn long_key_figures_stay_in_their_column() {
    assert_releases_hold(&[
        ("{value: 200_000, unit: enterprise, hedge: over,", "{value: 12_345_678_912, unit: eur,"),
        (
            "{value: 2_500_000_000_000, unit: cny, hedge: over,",
            "{min: 412_300_000_000, max: 450_700_000_000, unit: cny,",
        ),
        ("    - beijing/digital-economy-share\n", "    - beijing/digital-enterprises\n"),
    ]);
}

#[test]
fn seven_key_figures_leave_the_text_and_the_foot_of_the_page_free() {
    let others = "ai-core-revenue, digital-manufacturers, digital-patents-rank]";
    assert_releases_hold(&[
        ("digital-enterprises, ai-enterprises]", &format!("digital-enterprises, ai-enterprises, {others}")),
        (
            "    - beijing/digital-economy-share\n",
            "    - beijing/digital-economy-share\n    - beijing/digital-enterprises\n    - beijing/ai-enterprises\n    \
             - beijing/digital-patents-rank\n",
        ),
    ]);
}

/// A name of 58 letters without a space, and a Chinese one that is wider than a quarter of the page.
#[test]
fn long_names_wrap_in_their_cell_of_the_ranking() {
    let name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
    let city = format!(
        "cities:\n  - id: second\n    name: {{fr: {name}, en: {name}, zh: 克孜勒苏柯尔克孜自治州}}\n    country: {{fr: \
         Royaume-Uni, en: United Kingdom, zh: 中国}}\n    status: selected\n    rank: 2\n"
    );
    let project = ProjectDir::with_results(&[("cities:\n", &city)]);
    for (language, country) in [("fr", "Royaume-Uni"), ("en", "United Kingdom"), ("zh", "中国")] {
        let documents = project.documents(language);
        let runs = documents.text_runs(language, "press-release", None);
        let row = runs.iter().position(|run| run.text.contains(&name[..6]) || run.text.contains("克孜")).unwrap();
        let second = runs[row..].iter().find(|run| run.text.contains(country)).unwrap();
        let end = runs[row].x + runs[row].width;
        assert!(end + 8.0 < second.x, "{language}: the name ends at {end}, the country begins at {}", second.x);
    }
}
