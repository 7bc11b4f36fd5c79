//! Files that are too large, that block, that are outside the project, or that are not text.

use std::fs::{self, File};

use super::{CERTIFICATES, RELEASE, assert_refused, with_photo_name};
use crate::support::{CERTIFICATE, EN, PIXEL, ProjectDir, RESULTS, RESULTS_FILE};

/// A sparse file, which takes no space on the disk.
fn with_huge_file(project: ProjectDir, path: &str, mebibytes: u64) -> ProjectDir {
    let project = project.file(path, "");
    File::options().write(true).open(project.path().join(path)).unwrap().set_len(mebibytes << 20).unwrap();
    project
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    assert_refused(
        &with_huge_file(ProjectDir::new(), RESULTS_FILE, 100),
        &[],
        &["E0001", RESULTS_FILE, "larger than 16 MiB"],
    );
    let project = with_huge_file(ProjectDir::new(), "elsewhere.yaml", 100);
    assert_refused(&project, &["--results", "elsewhere.yaml"], &["E0001", "`elsewhere.yaml`", "larger than 16 MiB"]);
    assert_refused(
        &with_huge_file(ProjectDir::new(), CERTIFICATE, 17),
        &[],
        &["E0001", CERTIFICATE, "larger than 16 MiB"],
    );
    assert_refused(&with_huge_file(ProjectDir::new(), EN, 17), RELEASE, &["E0001", "text.ftl", "larger than 16 MiB"]);
    assert_refused(
        &with_huge_file(ProjectDir::new(), "reports/shared/press.typ", 17),
        RELEASE,
        &["E0401", "larger than 16 MiB"],
    );
    assert_refused(
        &with_huge_file(ProjectDir::new(), "fonts/large.otf", 300),
        &[],
        &["E0503", "large.otf", "larger than 256 MiB"],
    );
    assert_refused(
        &with_huge_file(with_photo_name("a.png"), "reports/a.png", 300),
        RELEASE,
        &["E0304", "larger than 256 MiB", RESULTS_FILE],
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_refused_and_does_not_block() {
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
    assert_refused(&pipe(ProjectDir::new(), EN), RELEASE, &["E0001", "text.ftl", "not a regular file"]);
    assert_refused(&pipe(ProjectDir::new(), "fonts/pipe.otf"), &[], &["E0503", "pipe.otf", "not a regular file"]);
    assert_refused(&pipe(with_photo_name("a.png"), "reports/a.png"), RELEASE, &["E0304", "not a regular file"]);
    assert_refused(&pipe(ProjectDir::new(), "reports/shared/press.typ"), RELEASE, &["E0401", "not a regular file"]);
}

#[test]
fn a_path_in_the_results_cannot_leave_their_folder() {
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
        let stderr = project.run_failing(RELEASE);
        assert!(["E0304", "E0103", "E0101"].iter().any(|code| stderr.contains(code)), "{file}: {stderr}");
        assert!(stderr.contains(RESULTS_FILE), "{file}: {stderr}");
        assert_eq!(project.output_files(), Vec::<String>::new());
    }
}

#[test]
fn names_that_become_paths_cannot_leave_the_output_folder() {
    for id in ["../up", "a/b", "..", "/etc", "con:1", "a b", "é"] {
        let project = ProjectDir::with_results(&[("  - id: beijing", &format!("  - id: {id:?}"))]);
        assert_refused(&project, &[], &["E0103", "cannot be an identifier", RESULTS_FILE]);
    }
    let project = ProjectDir::new().file("reports/so called/city.typ.hbs", "x");
    assert_refused(&project, &[], &["E0603", "so called"]);
    // Names on the command line become paths too.
    assert_refused(&ProjectDir::new(), &["-l", "../en"], &["E0002", "no language `../en`"]);
    assert_refused(&ProjectDir::new(), &["-r", "../certificate"], &["E0002"]);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_that_leaves_the_project_is_refused() {
    use std::os::unix::fs::symlink;
    let outside = ProjectDir::new()
        .file("results.yaml", RESULTS)
        .file("city.typ.hbs", "x")
        .file("text.ftl", "a = b\n")
        .file("a.png", PIXEL)
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
    assert_refused(&linked(ProjectDir::new(), EN, "text.ftl"), RELEASE, &["E0001", "text.ftl", leaves]);
    assert_refused(&linked(ProjectDir::new(), "locales/en", ""), RELEASE, &["E0001", "locales/en", leaves]);
    assert_refused(&linked(with_photo_name("a.png"), "reports/a.png", "a.png"), RELEASE, &["E0304", leaves]);
    assert_refused(&linked(with_photo_name("b/a.png"), "reports/b", ""), RELEASE, &["E0001", "reports/b", leaves]);
    assert_refused(&linked(ProjectDir::new(), "fonts/a.otf", "a.otf"), &[], &["E0503", "a.otf", leaves]);
    assert_refused(&linked(ProjectDir::new(), "reports/shared/press.typ", "press.typ"), RELEASE, &["E0401", leaves]);
    // A link inside the project is read like any file or folder.
    let project =
        ProjectDir::new().file("old.yaml", RESULTS).file("house/city.typ.hbs", "#set document(title: \"t\")\nMine");
    fs::create_dir(project.path().join("reports")).unwrap();
    symlink("../old.yaml", project.path().join(RESULTS_FILE)).unwrap();
    symlink("../house", project.path().join("reports/certificate")).unwrap();
    project.run_ok(CERTIFICATES);
    let (text, _) = project.documents("en").text("en", "certificate", Some("beijing"));
    assert_eq!(text, "Mine");
}

#[test]
fn text_that_is_not_utf_8_is_refused_with_its_line() {
    let latin = [RESULTS.as_bytes(), b"# caf\xe9\n"].concat();
    let line = RESULTS.lines().count() + 1;
    assert_refused(
        &ProjectDir::new().file(RESULTS_FILE, latin),
        &[],
        &["E0001", RESULTS_FILE, &format!("invalid bytes in line {line}")],
    );
    assert_refused(&ProjectDir::new().file(CERTIFICATE, b"a\n\xff"), &[], &["E0001", CERTIFICATE, "line 2"]);
    assert_refused(&ProjectDir::new().file(EN, b"a = \xc3\n"), RELEASE, &["E0001", "text.ftl", "line 1"]);
    let utf_16: Vec<u8> = RESULTS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_refused(
        &ProjectDir::new().file(RESULTS_FILE, [&[0xff, 0xfe][..], &utf_16].concat()),
        &[],
        &["E0001", "save the file as UTF-8"],
    );
}
