//! Templates that read files, call themselves, or nest without end.

use std::fs;

use super::{CERTIFICATES, assert_refused};
use crate::support::{CERTIFICATE, ProjectDir};

#[test]
fn a_template_cannot_read_outside_the_project() {
    let absolute = fs::canonicalize("Cargo.toml").unwrap().display().to_string();
    for typst in [
        "#read(\"/etc/passwd\")",
        "#read(\"../../../../../../etc/passwd\")",
        "#read(\"/../Cargo.toml\")",
        &format!("#read({absolute:?})"),
        "#import \"@preview/cetz:0.3.0\"",
        "#import \"@local/x:1.0.0\"",
        "#image(\"https://example.org/a.png\")",
        "#read(\"/locales/en/text.ftl\")",
        "#sys.inputs.at(\"HOME\")",
    ] {
        let project =
            ProjectDir::new().file(CERTIFICATE, format!("#set document(title: \"x\")\n{{{{city.name}}}}\n{typst}\n"));
        assert_refused(&project, CERTIFICATES, &["E0401", "city.typ.hbs:3"]);
    }
}

#[test]
fn recursive_and_deeply_nested_templates_are_refused() {
    let project =
        ProjectDir::new().file(CERTIFICATE, "{{> shared/a}}").file("reports/shared/a.typ.hbs", "{{> shared/a}}");
    assert_refused(&project, CERTIFICATES, &["E0301", "a.typ.hbs:1:1", "calls itself"]);
    let project = ProjectDir::new()
        .file("reports/shared/a.typ.hbs", "{{#if city}}{{> shared/b}}{{/if}}")
        .file("reports/shared/b.typ.hbs", "{{> shared/a}}");
    assert_refused(&project, CERTIFICATES, &["E0301", "`shared/a` calls itself"]);
    let project = ProjectDir::new()
        .file("reports/shared/a.typ.hbs", "{{#if specimen}}x{{else if city}}{{> shared/b}}{{/if}}")
        .file("reports/shared/b.typ.hbs", "{{> shared/a}}");
    assert_refused(&project, CERTIFICATES, &["E0301", "`shared/a` calls itself"]);
    for dynamic in
        ["{{> (lookup city \"name\")}}", "{{> @partial-block}}", "{{#> shared/a}}{{{city.name}}}{{/shared/a}}"]
    {
        assert_refused(&ProjectDir::new().file(CERTIFICATE, dynamic), CERTIFICATES, &["E0301", CERTIFICATE]);
    }
    let deep = "{{#if city}}".repeat(5000) + &"{{/if}}".repeat(5000);
    assert_refused(&ProjectDir::new().file(CERTIFICATE, deep), CERTIFICATES, &["E0301", CERTIFICATE]);
    let deep = format!("{{{{t {}}}}}", "(t ".repeat(5000));
    assert_refused(&ProjectDir::new().file(CERTIFICATE, deep), CERTIFICATES, &["E0301", CERTIFICATE]);
    let deep = format!("#set document(title: \"x\")\n{{{{city.name}}}}\n#{}", "(".repeat(20_000));
    assert_refused(&ProjectDir::new().file(CERTIFICATE, deep), CERTIFICATES, &["E0401", CERTIFICATE]);
}
