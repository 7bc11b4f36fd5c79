//! Documents in a bucket.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use snapbox::{assert_data_eq, str};

use super::project;
use crate::support::bucket::Bucket;
use crate::support::{ProjectDir, RESULTS_FILE, assert_contains, files_below};

const LANGUAGES: [&str; 3] = ["en", "fr", "zh"];

#[test]
fn a_bucket_gets_the_same_bytes_as_a_folder_and_one_manifest() {
    let (project, bucket) = (project(), Bucket::start());
    let (output, code) = bucket.run(&project, &["-o", "s3://press/edition-1"]);
    assert_eq!(code, 0, "{output}");
    project.run_ok(&["-q", "-r", "certificate"]);
    let contents = bucket.contents();
    // The parts of the manifest, which are uploaded during the run, are joined at its end.
    let expected = [
        "en/certificate-beijing.pdf",
        "fr/certificate-beijing.pdf",
        "manifest.jsonl",
        "modules.jsonl",
        "zh/certificate-beijing.pdf",
    ];
    assert!(contents.objects.keys().eq(expected.map(|name| format!("edition-1/{name}")).iter()));
    for (key, bytes) in &contents.objects {
        let file = key.strip_prefix("edition-1/").unwrap();
        assert!(project.read_bytes(&format!("out/{file}")) == *bytes, "{key} differs from the file");
    }
    // Every upload of a document asks the bucket not to replace an object.
    let uploads = contents.requests.iter().filter(|it| it.method == "PUT" && it.path.ends_with(".pdf"));
    assert_eq!(uploads.map(|it| it.if_none_match.as_str()).collect::<Vec<_>>(), ["*"; 3]);
}

#[test]
fn objects_of_others_are_not_replaced() {
    let (project, bucket) = (project(), Bucket::start());
    let build = |more: &[&str]| bucket.run(&project, &[&["-o", "s3://press/edition-1"], more].concat());
    assert_eq!(build(&[]).1, 0);
    // Finished documents are recognised: with `--resume` by the manifest, else by their bytes.
    assert_data_eq!(
        build(&["--resume"]).0,
        str![[r#"
built 0 documents in [..] s; 3 documents up to date

"#]]
    );
    assert_data_eq!(
        build(&[]).0,
        str![[r#"
s3://press/edition-1/en/certificate-beijing.pdf
s3://press/edition-1/fr/certificate-beijing.pdf
s3://press/edition-1/zh/certificate-beijing.pdf
built 3 documents in [..] s

"#]]
    );

    let key = "edition-1/fr/certificate-beijing.pdf";
    bucket.contents().objects.insert(key.to_owned(), b"of somebody else".to_vec());
    let (output, code) = build(&[]);
    assert_eq!(code, 1, "{output}");
    assert_contains(
        &output,
        &["E0611", "`s3://press/edition-1/fr/certificate-beijing.pdf` exists with different content"],
    );
    assert!(bucket.documents()[key] == b"of somebody else");
    assert_eq!(build(&["--overwrite"]).1, 0);
    assert!(bucket.documents()[key].starts_with(b"%PDF-"));
}

#[test]
fn stale_documents_in_a_bucket_can_be_removed() {
    for spread in [&[][..], &["--spread"]] {
        let (project, bucket) = (project(), Bucket::start());
        let prefix = if spread.is_empty() { "" } else { "??/" };
        let build = |project: &ProjectDir, more: &[&str]| {
            bucket.run(project, &[&["-o", "s3://press/edition-1", "--resume"], spread, more].concat())
        };
        assert_eq!(build(&project, &[]).1, 0);
        let mut before = bucket.documents().into_keys();
        assert!(before.all(|key| key.len() == "edition-1/fr/certificate-beijing.pdf".len() + prefix.len()));
        let foreign = "edition-1/fr/certificate-lyon.pdf";
        bucket.contents().objects.insert(foreign.to_owned(), b"of somebody else".to_vec());
        // The city has another id now.
        let project = project.edit_all(RESULTS_FILE, "beijing", "peking");
        let (output, code) = build(&project, &["--prune"]);
        assert_eq!(code, 0, "{output}");
        assert_contains(&output, &["fr/certificate-beijing.pdf\n", "built 3 documents in ", "; 3 documents removed\n"]);
        let left: Vec<String> = bucket.documents().into_keys().collect();
        assert_eq!(left.len(), 4, "{left:?}");
        assert!(left.iter().all(|key| key.contains("peking") || key == foreign), "{left:?}");
        let manifest = String::from_utf8(bucket.contents().objects["edition-1/manifest.jsonl"].clone()).unwrap();
        assert!(manifest.lines().count() == 3 && !manifest.contains("beijing"), "{manifest}");
        assert_contains(&build(&project, &["--prune"]).0, &["3 documents up to date\n"]);
    }
}

#[test]
fn uploads_to_a_busy_bucket_are_retried() {
    let (project, bucket) = (project(), Bucket::start());
    // 200: the document is stored, and only the answer is an error.
    // 0: half an answer. 409: another request for the same object is in the way.
    let conflict = (409, "ConditionalRequestConflict");
    bucket.contents().failures = vec![
        (503, "SlowDown"),
        (500, "InternalError"),
        (200, ""),
        conflict,
        (429, "TooManyRequests"),
        (0, ""),
        conflict,
    ];
    let (output, code) = bucket.run(&project, &["-o", "s3://press"]);
    assert_eq!(code, 0, "{output}");
    assert_eq!(bucket.documents().len(), 3);
    assert!(bucket.contents().failures.is_empty());
}

#[test]
fn a_conflict_that_does_not_end_is_a_temporary_failure() {
    let (project, bucket) = (project(), Bucket::start());
    bucket.contents().failures = vec![(409, "ConditionalRequestConflict"); 99];
    let (output, code) = bucket.run(&project, &["-l", "en", "-o", "s3://press", "--patience", "1"]);
    assert_eq!(code, 75, "{output}");
    assert_contains(&output, &["E0605", "run again with `--resume`"]);
    assert!(bucket.documents().is_empty());
}

#[test]
fn a_store_that_replaces_objects_silently_is_refused() {
    let (project, bucket) = (project(), Bucket::start());
    bucket.contents().ignores_conditions = true;
    let (output, code) = bucket.run(&project, &["-o", "s3://press"]);
    assert_eq!(code, 1, "{output}");
    assert_contains(&output, &["E0610", "`s3://press` replaces existing objects", "If-None-Match"]);
    assert!(bucket.contents().objects.is_empty());
    assert_eq!(bucket.run(&project, &["-o", "s3://press", "--overwrite"]).1, 0);
}

/// The end of a run joins the parts of its manifest, and deletes only those that it has read.
#[test]
fn the_lines_of_another_run_are_not_deleted() {
    let (project, bucket) = (project(), Bucket::start());
    let part = "manifest.jsonl.parts/000099";
    bucket.contents().written_by_another = Some((part.to_owned(), b"a line\n".to_vec()));
    assert_eq!(bucket.run(&project, &["-o", "s3://press"]).1, 0);
    assert_eq!(bucket.contents().objects.get(part).unwrap(), b"a line\n");
}

/// A request for each thousand documents, not for each.
#[test]
fn resume_asks_a_bucket_for_a_list() {
    let (project, bucket) = (project(), Bucket::start());
    for more in [&[][..], &["--spread"]] {
        let arguments = [&["-o", "s3://press/x"], more].concat();
        assert_eq!(bucket.run(&project, &arguments).1, 0);
        bucket.contents().requests.clear();
        let (output, _) = bucket.run(&project, &[&arguments[..], &["--resume"]].concat());
        assert_contains(&output, &["built 0 documents", "3 documents up to date"]);
        let about_documents = |request: &&crate::support::bucket::Request| request.path.ends_with(".pdf");
        assert_eq!(bucket.contents().requests.iter().filter(about_documents).count(), 0);
    }
}

#[test]
fn a_bucket_that_cannot_be_used_is_an_error_with_help() {
    let (project, bucket) = (project(), Bucket::start());
    bucket.contents().failures = vec![(403, "InvalidAccessKeyId"); 9];
    let (output, code) = bucket.run(&project, &["-l", "en", "-o", "s3://press", "--jobs", "1"]);
    assert_eq!(code, 1);
    assert_data_eq!(
        output,
        str![[r#"
error[E0610]: `s3://press` denies access: InvalidAccessKeyId
 = help: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN) to a key that may put, get, list and delete objects

built 0 documents in [..] s; 1 document failed

"#]]
    );
    let (output, code) = bucket.run(&project, &["-o", "s3://nowhere/x"]);
    assert_eq!(code, 1);
    assert_data_eq!(
        output,
        str![[r#"
error[E0610]: there is no bucket `s3://nowhere`
 = help: check its name, or create it; for a bucket of Amazon S3, also set AWS_REGION


"#]]
    );
    // 75: try again later (EX_TEMPFAIL).
    let (output, code) = Bucket::unreachable().run(&project, &["-o", "s3://press/x", "--patience", "0.1"]);
    assert_eq!(code, 75, "{output}");
    assert_contains(&output, &["E0605", "run again with `--resume`"]);
}

/// As in a container that has only the program.
#[cfg(target_os = "linux")]
#[test]
fn root_certificates_are_needed() {
    let project = project();
    let mut command = project.command();
    command.args(["-l", "fr", "-o", "s3://press/x"]).envs(Bucket::unreachable().settings());
    let output = command.env("SSL_CERT_FILE", "/nonexistent").env("SSL_CERT_DIR", "/nonexistent").output().unwrap();
    assert_data_eq!(
        String::from_utf8(output.stderr).unwrap(),
        str![[r#"
error[E0610]: `s3://press` cannot be opened: the system has no root certificates for encrypted connections
 = help: install the root certificates of the system (package ca-certificates), or name a file of them in SSL_CERT_FILE


"#]]
    );
}

#[test]
fn an_address_that_is_not_a_bucket_is_an_error() {
    let project = project();
    let messages = ["s3:///x", "s3://press/a//b"].map(|address| project.run_failing(&["-o", address]));
    assert_data_eq!(
        messages.concat(),
        str![[r#"
error[E0610]: `s3:///x` does not name a bucket
 = help: write it as s3://bucket/prefix

error[E0610]: `a//b` is not a valid prefix of object names
 = help: separate names by single slashes, without `.`, `..` and control characters


"#]]
    );
    let (_, stderr, code) = project.run(&["-o", "file://x"]);
    assert_eq!(code, 2);
    assert_contains(&stderr, &["not a folder on this machine: write file:///FOLDER, or the path without file://"]);
}

#[test]
fn names_can_be_spread_over_prefixes() {
    let (project, bucket) = (project(), Bucket::start());
    for shard in ["1/2", "2/2"] {
        let (output, code) = bucket.run(&project, &["-o", "s3://press/x", "--spread", "--shard", shard]);
        assert_eq!(code, 0, "{output}");
    }
    // The first two digits of SHA-256 of the name.
    let spread = |name: String| format!("x/{:02x}/{name}", Sha256::digest(&name)[0]);
    let names = LANGUAGES.map(|language| spread(format!("{language}/certificate-beijing.pdf")));
    assert_eq!(bucket.documents().into_keys().collect::<BTreeSet<_>>(), BTreeSet::from(names));
}

/// By its XML interface, which has other headers for the same conditions.
#[test]
fn a_bucket_of_google_works_like_one_of_s3() {
    let (project, bucket) = (project(), Bucket::start());
    let build = |more: &[&str]| bucket.run_google(&project, &[&["-o", "gs://press/edition-1"], more].concat());
    bucket.contents().failures = vec![(503, "SlowDown"), (200, ""), (429, "TooManyRequests"), (0, "")];
    let (output, code) = build(&[]);
    assert_eq!(code, 0, "{output}");
    project.run_ok(&["-q", "-r", "certificate"]);
    let objects = bucket.contents().objects.clone();
    let names = objects.keys().map(|key| key.strip_prefix("edition-1/").unwrap_or(key));
    assert!(names.eq(files_below(&project.path().join("out")).keys().filter(|name| !name.starts_with('.'))));
    for (key, bytes) in &objects {
        assert!(project.read_bytes(&key.replacen("edition-1", "out", 1)) == *bytes, "{key} differs from the file");
    }
    assert_contains(&build(&["--resume"]).0, &["built 0 documents", "3 documents up to date"]);
    let key = "edition-1/fr/certificate-beijing.pdf";
    bucket.contents().objects.insert(key.to_owned(), b"of somebody else".to_vec());
    let (output, code) = build(&[]);
    assert_eq!(code, 1, "{output}");
    assert_contains(
        &output,
        &["E0611", "`gs://press/edition-1/fr/certificate-beijing.pdf` exists with different content"],
    );
    assert!(bucket.documents()[key] == b"of somebody else");
}
