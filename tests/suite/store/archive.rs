//! Many documents in one file: ZIP, or one PDF.

use std::fs;
use std::io::{Cursor, Read};

use lopdf::{Document, Object};

use super::{TEMPLATE, project};
use crate::support::{CERTIFICATE, ProjectDir, RESULTS_FILE, assert_contains, files_below};

const ENGLISH: [&str; 4] = ["-l", "en", "-r", "certificate"];

/// A project with three cities.
fn three_cities() -> ProjectDir {
    let city = |id: &str, rank: u32| {
        format!("\n  - id: {id}\n    name: {id}\n    country: Azuria\n    status: selected\n    rank: {rank}\n")
    };
    project().append(RESULTS_FILE, &(city("lumen", 2) + &city("arvo", 3)))
}

#[test]
fn a_zip_contains_the_documents_and_is_reproducible() {
    let project = three_cities();
    project.run_ok(&[&ENGLISH[..], &["--archive", "zip", "-o", "one"]].concat());
    project.run_ok(&[&ENGLISH[..], &["--archive", "zip", "-o", "two", "-j", "1"]].concat());
    project.run_ok(&ENGLISH);
    let bytes = project.read_bytes("one/en/certificate-all.zip");
    assert!(bytes == project.read_bytes("two/en/certificate-all.zip"));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names, ["certificate-arvo.pdf", "certificate-beijing.pdf", "certificate-lumen.pdf"]);
    for name in names {
        let mut bytes = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        assert!(bytes == project.read_bytes(&format!("out/en/{name}")), "{name} differs");
    }
}

#[test]
fn a_merged_pdf_has_an_outline_and_one_structure_tree() {
    let project = three_cities();
    for shard in ["1/2", "2/2"] {
        project.run_ok(&[&ENGLISH[..], &["--archive", "pdf", "--shard", shard, "-o", "parts"]].concat());
    }
    project.run_ok(&[&["merge"], &ENGLISH[..], &["--archive", "pdf", "parts"]].concat());
    project.run_ok(&[&ENGLISH[..], &["--archive", "pdf"]].concat());
    let whole = Document::load(project.path().join("out/en/certificate-all.pdf")).unwrap();
    assert_eq!(whole.get_pages().len(), 3);
    for (page, name) in [(1, "arvo"), (2, "Beijing"), (3, "lumen")] {
        let text = whole.extract_text(&[page]).unwrap();
        assert!(text.contains(name), "page {page}: {text}");
    }

    let catalog = whole.catalog().unwrap();
    let find = |dict: &lopdf::Dictionary, key: &[u8]| whole.get_dict_in_dict(dict, key).cloned().unwrap();
    let mut item = find(&find(catalog, b"Outlines"), b"First");
    let mut titles = Vec::new();
    loop {
        titles.push(lopdf::decode_text_string(item.get(b"Title").unwrap()).unwrap());
        if !item.has(b"Next") {
            break;
        }
        item = find(&item, b"Next");
    }
    assert_eq!(titles, ["arvo", "Beijing", "lumen"]);

    // Each page has a key in the parent tree, in order.
    let tree = find(&find(catalog, b"StructTreeRoot"), b"ParentTree");
    let kids = tree.get(b"Kids").and_then(Object::as_array).unwrap();
    let keys: Vec<i64> = kids
        .iter()
        .map(|kid| whole.get_dictionary(kid.as_reference().unwrap()).unwrap())
        .map(|leaf| leaf.get(b"Nums").and_then(Object::as_array).unwrap()[0].as_i64().unwrap())
        .collect();
    let pages: Vec<i64> = whole
        .get_pages()
        .values()
        .map(|page| whole.get_dictionary(*page).unwrap().get(b"StructParents").unwrap().as_i64().unwrap())
        .collect();
    assert_eq!(keys, pages);
}

#[test]
fn an_archive_is_written_only_if_all_documents_are_built() {
    let template = format!("{TEMPLATE}{{{{#if (eq city.id \"lumen\")}}}}#nothing{{{{/if}}}}\n");
    let project = three_cities().file(CERTIFICATE, template);
    let stderr = project.run_failing(&[&ENGLISH[..], &["--archive", "zip"]].concat());
    assert!(stderr.contains("no archive was written because some documents are missing"), "{stderr}");
    // No manifest claims that a document is finished.
    assert_eq!(project.output_files(), Vec::<String>::new());
    assert!(!project.path().join("out/manifest.jsonl").exists());
    let failed = project.read("out/failed.jsonl");
    assert_eq!(failed.lines().count(), 1, "{failed}");
    assert!(failed.contains("\"file\":\"en/certificate-lumen.pdf\""), "{failed}");
}

/// A merge reads the archives: their bytes are those that the shards wrote, and they hold today's documents.
#[test]
fn a_merge_refuses_archives_that_have_changed() {
    for format in ["zip", "pdf"] {
        let project = three_cities();
        let build = |project: &ProjectDir, shard: &str| {
            project.run_ok(&[&ENGLISH[..], &["--archive", format, "--shard", shard]].concat());
        };
        let merge = [&["merge"], &ENGLISH[..], &["--archive", format]].concat();
        build(&project, "1/2");
        build(&project, "2/2");
        project.run_ok(&merge);
        let archives = files_below(&project.path().join("out/en"));
        let (name, bytes) = archives.iter().next().unwrap();
        let path = format!("out/en/{name}");
        let refusal = "is not the archive that its shard wrote";
        // Emptied, then of the same length.
        let project = project.file(&path, "");
        assert_contains(&project.run_failing(&merge), &["E0609", &path, refusal]);
        let mut other = bytes.clone();
        let middle = other.len() / 2;
        other[middle] ^= 1;
        let project = project.file(&path, other);
        assert_contains(&project.run_failing(&merge), &["E0609", &path, refusal]);
        fs::remove_file(project.path().join(&path)).unwrap();
        assert_contains(&project.run_failing(&merge), &["E0607", &path, "does not exist"]);
        // The journal says what an archive is, and is kept when it is built again.
        build(&project, "1/2");
        build(&project, "2/2");
        project.run_ok(&merge);
        let journal = project.read("out/archives-1-of-2.jsonl");
        assert_eq!(journal.lines().count(), 1, "{journal}");
    }
}

/// `build` refuses `--resume` with `--archive`, and without `--archive` it would write single files.
#[test]
fn a_merge_of_archives_names_the_option_that_builds_them_again() {
    let project = three_cities();
    let build = |shard| project.run_ok(&[&ENGLISH[..], &["--archive", "zip", "--shard", shard]].concat());
    let merge = |more: &[&str]| project.run_failing(&[&["merge"], &ENGLISH[..], &["--archive", "zip"], more].concat());
    build("1/2");
    assert_contains(&merge(&[]), &["shard 2/2 has no manifest", "gen-report build --archive zip --shard 2/2"]);
    build("2/2");
    let missing = merge(&["-l", "fr"]);
    let help = "run its shard again with `--archive zip`, for the same languages";
    assert_contains(&missing, &["no shard built `fr/certificate-arvo.pdf`", help]);
    let project = project.edit(CERTIFICATE, "#set document", "#set text(fill: red)\n#set document");
    let changed = project.run_failing(&[&["merge"], &ENGLISH[..], &["--archive", "zip"]].concat());
    assert_contains(
        &changed,
        &["`en/certificate-beijing.pdf` is out of date", "build it again: gen-report build --archive zip --shard"],
    );
    assert!(!changed.contains("--resume"), "{changed}");
}

/// A document in an archive is not the file that an earlier run left beside it.
#[test]
fn resume_does_not_take_a_document_in_an_archive_for_a_file() {
    let project = three_cities();
    project.run_ok(&ENGLISH);
    let project = project.edit(CERTIFICATE, "#set document", "#set text(fill: red)\n#set document");
    project.run_ok(&[&ENGLISH[..], &["--archive", "zip"]].concat());
    let (_, stderr) = project.run_ok(&[&ENGLISH[..], &["--resume"]].concat());
    assert_contains(&stderr, &["built 3 documents"]);
}
