//! How commands treat wrong or unusual command lines.

use std::fs;

use crate::support::{ProjectDir, assert_contains};

/// The path of a project may contain what looks like the path of a locale.
#[test]
fn check_looks_at_the_language_and_not_at_the_path_of_the_project() {
    let folder = ProjectDir::new().file("locales/en/p/locales/fr/text.ftl", "wrong\n");
    let (_, stderr, code) = folder.run(&["check", "--project", "locales/en/p", "-l", "fr"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains(" locales/en/p/locales/fr/text.ftl:1:6\n"), "{stderr}");
    let (_, stderr, code) = folder.run(&["check", "--project", "locales/en/p", "-l", "en"]);
    assert!(code == 0 && !stderr.contains("text.ftl:1:6"), "{stderr}");
}

#[test]
fn an_option_of_build_before_another_command_is_an_error() {
    let folder = ProjectDir::new();
    for (arguments, message) in [
        (&["--archive", "zip", "list"][..], "error: `--archive` is an option of `build`, not of `list`\n"),
        (&["--spread", "list"], "error: `--spread` is an option of `build`, not of `list`\n"),
        (&["--lang", "fr", "print"], "error: write `--lang` after the command: gen-report print --lang …\n"),
        (&["--patience", "5", "merge"], "error: write `--patience` after the command: gen-report merge --patience …\n"),
    ] {
        let (_, stderr, code) = folder.run(arguments);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.starts_with(message), "{stderr}");
    }
}

#[test]
fn an_option_for_a_bucket_is_not_ignored_without_one() {
    let folder = ProjectDir::new();
    for option in [&["--spread"][..], &["--patience", "5"]] {
        let (_, stderr, code) = folder.run(&[&["check"], option].concat());
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains("--out <DIR|URL>"), "{stderr}");
    }
}

#[test]
fn an_audit_reads_a_store_by_its_url() {
    let folder = ProjectDir::new();
    assert_eq!(folder.run(&["-q", "-l", "fr", "-c", "beijing", "-r", "certificate"]).2, 0);
    let url = format!("file://{}/out", folder.path().display());
    let (_, stderr, code) = folder.run(&["check", "--out", &url, "-l", "fr"]);
    // The other documents of the language were not built.
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains("read 1 finished document\n"), "{stderr}");
    assert_contains(&stderr, &["error[E0704]", "press-release-beijing.pdf` and 1 more of this report cannot be read"]);
}

/// Every command, and for each the options that its help shows.
fn commands_and_options() -> Vec<(String, Vec<String>)> {
    let command = gen_report::cli::Cli::full_command();
    let options = |command: &clap::Command| {
        command
            .get_arguments()
            .filter(|arg| !arg.is_hide_set())
            .filter_map(|arg| arg.get_long().map(|long| format!("--{long}")))
            .collect()
    };
    command.get_subcommands().map(|sub| (sub.get_name().to_owned(), options(sub))).collect()
}

#[test]
fn completions_know_every_command_and_option() {
    let folder = ProjectDir::new();
    for shell in ["bash", "fish", "zsh", "elvish", "powershell"] {
        let (script, stderr, code) = folder.run(&["completions", shell]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        for (command, options) in commands_and_options() {
            // fish writes options without their hyphens.
            let is_known = |option: &String| script.contains(option) || script.contains(option.trim_start_matches('-'));
            assert!(script.contains(&command), "{shell}: {command}");
            assert_eq!(options.iter().find(|option| !is_known(option)), None, "{shell}: {command}");
        }
    }
    let (_, stderr, code) = folder.run(&["completions", "fisch"]);
    assert!(code == 2 && stderr.contains("tip: a similar value exists: 'fish'"), "{stderr}");
}

#[test]
fn each_command_has_a_page_of_the_manual() {
    let folder = ProjectDir::new();
    let (page, stderr, code) = folder.run(&["man"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(page.contains(".TH gen-report 1 ") && page.contains("gen\\-report\\-print(1)"), "{page}");
    for (command, options) in commands_and_options() {
        let page = folder.run(&["man", &command]).0;
        assert!(page.contains(&format!(".TH gen-report-{command} 1 ")), "{page}");
        let option = |option: &String| option.replace('-', "\\-");
        assert_eq!(options.iter().find(|o| !page.contains(&option(o))), None, "{command}");
    }
    let (_, stderr, code) = folder.run(&["man", "prnt"]);
    assert_eq!(
        (code, stderr.as_str()),
        (2, "error: unknown command `prnt`\n\nFor more information, try `gen-report --help`.\n")
    );
}

#[test]
fn the_manual_lists_every_option_of_each_command() {
    let manual = include_str!("../../../docs/src/reference/commands.md");
    let section = |title: &str| {
        // One section describes both commands that withdraw a certificate.
        let title = if ["revoke", "supersede"].contains(&title) { "revoke, supersede" } else { title };
        let (_, rest) = manual.split_once(&format!("\n## {title}\n")).unwrap_or_else(|| panic!("no section {title}"));
        rest.split("\n## ").next().unwrap_or_default()
    };
    // Only in tables: a sentence about an option does not explain it.
    let rows = |title: &str| -> Vec<&str> { section(title).lines().filter(|line| line.starts_with("| ")).collect() };
    let is_listed = |rows: &[&str], option: &str| {
        rows.iter().any(|row| {
            let names = row.split(" | ").next().unwrap_or_default();
            [" ", "`", "["].iter().any(|end| names.contains(&format!("`{option}{end}")))
        })
    };
    let common = rows("Common options");
    for (command, options) in commands_and_options() {
        let own = rows(&command);
        let missing: Vec<&String> =
            options.iter().filter(|option| !is_listed(&own, option) && !is_listed(&common, option)).collect();
        assert_eq!(missing, Vec::<&String>::new(), "{command}");
    }
}

#[test]
fn an_unknown_code_is_a_usage_error() {
    let (_, stderr, code) = ProjectDir::new().run(&["explain", "E9999"]);
    assert_eq!(code, 2);
    assert_eq!(stderr, "error: unknown diagnostic code `E9999`\n\nFor more information, try `gen-report explain`.\n");
}

/// A template that uses up the memory is not a bug of the program.
#[cfg(target_os = "linux")]
#[test]
fn a_document_that_runs_out_of_memory_has_a_code_of_its_own() {
    let template = "#let a = \"x\" * 1000000\n#for i in range(100000) { a = a + a }\n";
    let folder = ProjectDir::new().file("reports/certificate/city.typ.hbs", template);
    let (_, stderr, code) =
        folder.run(&["-l", "en", "-r", "certificate", "--timeout", "60", "--memory", "200", "--jobs", "1"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains("error[E0406]: the process that built certificate-beijing in `en` ended"), "{stderr}");
    let text = folder.run(&["explain", "E0406"]).0;
    assert!(text.contains("memory") && !text.contains("bug"), "{text}");
    drop(fs::remove_dir_all(folder.path().join("out")));
}
