//! Files that are too large, that block, that are outside the project, or that are not text.

use std::fs::{self, File};

use super::{CERTIFICATES, RELEASE, assert_refused, with_photo_name};
use crate::support::{CERTIFICATE, EN, PIXEL, ProjectDir, RESULTS, RESULTS_FILE};

/// A file of zeros that takes no room on the disk.
fn huge(project: ProjectDir, path: &str, mebibytes: u64) -> ProjectDir {
    let project = project.file(path, "");
    File::options().write(true).open(project.path().join(path)).unwrap().set_len(mebibytes << 20).unwrap();
    project
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    assert_refused(&huge(ProjectDir::new(), RESULTS_FILE, 100), &[], &["E0001", RESULTS_FILE, "larger than 16 MiB"]);
    let project = huge(ProjectDir::new(), "elsewhere.yaml", 100);
    assert_refused(&project, &["--results", "elsewhere.yaml"], &["E0001", "`elsewhere.yaml`", "larger than 16 MiB"]);
    assert_refused(&huge(ProjectDir::new(), CERTIFICATE, 17), &[], &["E0001", CERTIFICATE, "larger than 16 MiB"]);
    assert_refused(&huge(ProjectDir::new(), "locales/en/text.ftl", 17), RELEASE, &["E0001", "text.ftl", "larger than 16 MiB"]);
    assert_refused(&huge(ProjectDir::new(), "reports/shared/press.typ", 17), RELEASE, &["E0401", "larger than 16 MiB"]);
    assert_refused(&huge(ProjectDir::new(), "fonts/large.otf", 300), &[], &["E0503", "large.otf", "larger than 256 MiB"]);
    assert_refused(&huge(with_photo_name("a.png"), "reports/a.png", 300), RELEASE, &["E0304", "larger than 256 MiB", RESULTS_FILE]);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_not_waited_for() {
    let pipe = |project: ProjectDir, path: &str| {
        let project = project.file(path, "");
        fs::remove_file(project.path().join(path)).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(project.path().join(path)).status().unwrap().success());
        project
    };
    assert_refused(&pipe(ProjectDir::new(), RESULTS_FILE), &[], &["E0001", RESULTS_FILE, "not a regular file"]);
    assert_refused(&pipe(ProjectDir::new(), "x.yaml"), &["--results", "x.yaml"], &["E0001", "not a regular file"]);
    assert_refused(&ProjectDir::new(), &["--results", "/dev/zero"], &["E0001", "not a regular file"]);
    assert_refused(&pipe(ProjectDir::new(), CERTIFICATE), &[], &["E0001", CERTIFICATE, "not a regular file"]);
    assert_refused(&pipe(ProjectDir::new(), "locales/en/text.ftl"), RELEASE, &["E0001", "text.ftl", "not a regular file"]);
    assert_refused(&pipe(ProjectDir::new(), "fonts/pipe.otf"), &[], &["E0503", "pipe.otf", "not a regular file"]);
    assert_refused(&pipe(with_photo_name("a.png"), "reports/a.png"), RELEASE, &["E0304", "not a regular file"]);
    assert_refused(&pipe(ProjectDir::new(), "reports/shared/press.typ"), RELEASE, &["E0401", "not a regular file"]);
}

#[test]
fn a_path_of_the_facts_stays_beside_them() {
    for file in [
        "../secret.png",
        "/etc/secret.png",
        "a/../../secret.png",
        "./../secret.png",
        "..\\secret.png",
        "C:\\a.png",
        "a\0.png",
    ] {
        let project = with_photo_name(file).file("secret.png", "x");
        let screen = project.run_failing(RELEASE);
        assert!(["E0304", "E0103", "E0101"].iter().any(|code| screen.contains(code)), "{file}: {screen}");
        assert!(screen.contains(RESULTS_FILE), "{file}: {screen}");
        assert_eq!(project.output_files(), Vec::<String>::new());
    }
}

#[test]
fn a_name_that_becomes_a_path_is_only_a_name() {
    for id in ["../up", "a/b", "..", "/etc", "con:1", "a b", "é"] {
        let project = ProjectDir::edited(&[("  - id: beijing", &format!("  - id: {id:?}"))]);
        assert_refused(&project, &[], &["E0103", "cannot be an identifier", RESULTS_FILE]);
    }
    let project = ProjectDir::new().file("reports/so called/city.typ.hbs", "x");
    assert_refused(&project, &[], &["E0603", "so called"]);
    // A folder of a language is named on the command line: the output stays below its folder.
    assert_refused(&ProjectDir::new(), &["-l", "../en"], &["E0002", "no language `../en`"]);
    assert_refused(&ProjectDir::new(), &["-r", "../certificate"], &["E0002"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leaves_the_project_is_assert_refused() {
    use std::os::unix::fs::symlink;
    let outside = ProjectDir::new()
        .file("results.yaml", RESULTS)
        .file("city.typ.hbs", "x")
        .file("text.ftl", "a = b\n")
        .file("a.png", PNG)
        .file("a.otf", "x")
        .file("press.typ", "#let release = 1");
    let linked = |project: ProjectDir, path: &str, to: &str| {
        let path = project.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(outside.path().join(to), path).unwrap();
        project
    };
    let leaves = "the link leaves the project";
    assert_refused(&linked(ProjectDir::new(), RESULTS_FILE, "results.yaml"), &[], &["E0001", RESULTS_FILE, leaves]);
    assert_refused(&linked(ProjectDir::new(), CERTIFICATE, "city.typ.hbs"), &[], &["E0001", CERTIFICATE, leaves]);
    assert_refused(&linked(ProjectDir::new(), "locales/en/text.ftl", "text.ftl"), RELEASE, &["E0001", "text.ftl", leaves]);
    assert_refused(&linked(ProjectDir::new(), "locales/en", ""), RELEASE, &["E0001", "locales/en", leaves]);
    assert_refused(&linked(with_photo_name("a.png"), "reports/a.png", "a.png"), RELEASE, &["E0304", leaves]);
    assert_refused(&linked(with_photo_name("b/a.png"), "reports/b", ""), RELEASE, &["E0304", leaves]);
    assert_refused(&linked(ProjectDir::new(), "fonts/a.otf", "a.otf"), &[], &["E0503", "a.otf", leaves]);
    assert_refused(&linked(ProjectDir::new(), "reports/shared/press.typ", "press.typ"), RELEASE, &["E0401", leaves]);
    // One that stays inside is a file like any other.
    let project = ProjectDir::new().file("old.yaml", RESULTS);
    fs::create_dir(project.path().join("reports")).unwrap();
    symlink("../old.yaml", project.path().join(RESULTS_FILE)).unwrap();
    assert_eq!(project.run(&["-l", "en", "-r", "certificate"]).2, 0);
}

#[test]
fn other_bytes_than_utf_8_are_told_with_their_line() {
    let latin = [RESULTS.as_bytes(), b"# caf\xe9\n"].concat();
    let line = RESULTS.lines().count() + 1;
    assert_refused(&ProjectDir::new().file(RESULTS_FILE, latin), &[], &["E0001", RESULTS_FILE, &format!("invalid bytes in line {line}")]);
    assert_refused(&ProjectDir::new().file(CERTIFICATE, b"a\n\xff"), &[], &["E0001", CERTIFICATE, "line 2"]);
    assert_refused(&ProjectDir::new().file("locales/en/text.ftl", b"a = \xc3\n"), RELEASE, &["E0001", "text.ftl", "line 1"]);
    let utf_16: Vec<u8> = RESULTS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_refused(&ProjectDir::new().file(RESULTS_FILE, [&[0xff, 0xfe][..], &utf_16].concat()), &[], &["E0001", "save the file as UTF-8"]);
}
