//! Where `gen-report verify` finds what it checks: archives and buckets. Each file in one is answered as a file of a folder is.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use serde_json::Value as Json;

use super::{build_signed, command, issuer, run, verify_json};
use crate::support::ProjectDir;
use crate::support::bucket::Bucket;

/// The certificate of Beijing, signed, in French.
const CERTIFICATE: &str = "out/fr/certificate-beijing.pdf";

/// A project with one signed certificate.
fn signed() -> ProjectDir {
    let project = issuer(|p| p);
    build_signed(&project, "fr");
    project
}

/// The answers as “input: status”, and the reasons.
fn statuses(answers: &[Json]) -> (Vec<String>, Vec<String>) {
    let text = |answer: &Json, key: &str| answer[key].as_str().unwrap_or_default().to_owned();
    let status = |answer| format!("{}: {}", text(answer, "input"), text(answer, "status"));
    (answers.iter().map(status).collect(), answers.iter().map(|answer| text(answer, "reason")).collect())
}

/// A file of a ZIP archive.
struct Entry {
    name: String,
    /// As it is in the archive.
    packed: Vec<u8>,
    /// 0: stored, 8: deflated.
    method: u16,
    size: u32,
    crc: u32,
}

impl Entry {
    fn stored(name: &str, bytes: &[u8]) -> Self {
        let mut crc = Crc::new();
        crc.update(bytes);
        Self { name: name.into(), packed: bytes.to_vec(), method: 0, size: bytes.len() as u32, crc: crc.sum() }
    }

    fn deflated(name: &str, bytes: &[u8]) -> Self {
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes).unwrap();
        Self { packed: packed.finish().unwrap(), method: 8, ..Self::stored(name, bytes) }
    }

    /// The fields that are the same at the beginning of the file and in the list of files.
    fn header(&self) -> Vec<u8> {
        let packed = self.packed.len() as u32;
        let mut header = [20, 0x800, self.method, 0, 0x21].map(u16::to_le_bytes).concat();
        header.extend([self.crc, packed, self.size].map(u32::to_le_bytes).concat());
        header.extend([self.name.len() as u16, 0].map(u16::to_le_bytes).concat());
        header
    }
}

/// A ZIP archive (APPNOTE.TXT 6.3, 4.3).
fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut files, mut list) = (Vec::new(), Vec::new());
    for entry in entries {
        let start = files.len() as u32;
        files.extend([b"PK\x03\x04".to_vec(), entry.header(), entry.name.clone().into_bytes()].concat());
        files.extend(&entry.packed);
        list.extend([b"PK\x01\x02\x14\0".to_vec(), entry.header(), vec![0; 10]].concat());
        list.extend([start.to_le_bytes().as_slice(), entry.name.as_bytes()].concat());
    }
    let count = (entries.len() as u16).to_le_bytes();
    let end = [b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count].concat();
    let places = [list.len() as u32, files.len() as u32].map(u32::to_le_bytes).concat();
    [files, list, end, places, vec![0; 2]].concat()
}

#[test]
fn the_files_of_an_archive_are_checked_as_those_of_a_folder() {
    let project = signed();
    let sign =
        ["-q", "-l", "fr,zh", "-r", "certificate", "--sign", "./issuer.pem", "--archive", "zip", "-o", "archives"];
    assert_eq!(run(&project, &sign).2, 0);
    let (answers, code) = verify_json(&project, &["archives/fr/certificate-all.zip", "archives"]);
    let (statuses, _) = statuses(&answers);
    let genuine = |language| format!("archives/{language}/certificate-all.zip/certificate-beijing.pdf: genuine");
    assert_eq!((statuses, code), (vec![genuine("fr"), genuine("fr"), genuine("zh")], 0));
}

#[test]
fn an_archive_of_another_program_is_read() {
    let project = signed();
    let pdf = project.read_bytes(CERTIFICATE);
    let archive = zip(&[
        Entry::stored("city/b/", b""),
        Entry::deflated("city/b/certificate.PDF", &pdf),
        Entry::stored("city/a.pdf", &pdf[..100]),
        Entry::stored("__MACOSX/city/._a.pdf", b"attributes"),
        Entry::stored("city/readme.txt", b"read me"),
        Entry::stored("city/more.zip", &zip(&[Entry::stored("certificate.pdf", &pdf)])),
        Entry::stored("old.tar.gz", b""),
        Entry::stored("\u{1b}[2Jx.pdf: genuine\n.pdf", b"x"),
        Entry { method: 93, ..Entry::stored("z.pdf", b"x") },
    ]);
    let project = project.file("received.zip", &archive).file("other.tar", b"").file("none.zip", zip(&[]));
    let (answers, code) = verify_json(&project, &["received.zip", "other.tar", "none.zip"]);
    let (statuses, reasons) = statuses(&answers);
    assert_eq!(code, 1);
    assert_eq!(
        statuses,
        [
            "received.zip/\u{fffd}[2Jx.pdf: genuine\u{fffd}.pdf: unreadable",
            "received.zip/city/a.pdf: unreadable",
            "received.zip/city/b/certificate.PDF: genuine",
            "received.zip/city/more.zip: unreadable",
            "received.zip/old.tar.gz: unreadable",
            "received.zip/z.pdf: unreadable",
            "other.tar: unreadable",
            "none.zip: unreadable",
        ]
    );
    assert_eq!(
        reasons[3..],
        [
            "it is an archive in an archive, which is not opened: unpack it",
            "it is an archive in an archive, which is not opened: unpack it",
            "it is packed in a way that is not read: unpack the archive, and check the folder",
            "of archives, only .zip is opened: unpack it, and check the folder",
            "the archive has no PDF, PNG, JPEG or .jwt file",
        ]
    );
}

#[test]
fn a_damaged_archive_is_unreadable() {
    let project = signed();
    let pdf = project.read_bytes(CERTIFICATE);
    let whole = zip(&[Entry::stored("a.pdf", &pdf), Entry::deflated("b.pdf", &pdf)]);
    let reasons = |bytes: &[u8]| {
        std::fs::write(project.path().join("x.zip"), bytes).unwrap();
        let (statuses, reasons) = statuses(&verify_json(&project, &["x.zip"]).0);
        statuses.into_iter().zip(reasons).map(|(status, reason)| format!("{status}: {reason}")).collect::<Vec<_>>()
    };
    let incomplete = "x.zip: unreadable: the archive is damaged or incomplete: its list of files, which is at its end, cannot be read";
    for length in [0, 1, 30, pdf.len(), whole.len() - 60, whole.len() - 1] {
        assert_eq!(reasons(&whole[..length]), [incomplete], "{length} bytes");
    }
    let mut changed = whole.clone();
    changed[1000] ^= 1;
    let damaged = "x.zip/a.pdf: unreadable: it is damaged: its bytes are not those that were packed";
    assert_eq!(reasons(&changed), [damaged, "x.zip/b.pdf: genuine: "]);
    // The second file at the beginning and in the list has another name.
    let mut renamed = whole.clone();
    let at = whole.windows(5).rposition(|name| name == b"b.pdf").unwrap();
    renamed[at] = b'c';
    let contradiction =
        "x.zip: unreadable: the archive contradicts itself: programs differ in what they unpack from it";
    assert_eq!(reasons(&renamed), [contradiction]);
    // A file that the list leaves out.
    let hidden = [Entry::stored("a.pdf", &pdf), Entry::stored("b.pdf", b"x")];
    let mut unlisted = zip(&hidden);
    let list = unlisted.windows(4).position(|start| start == b"PK\x01\x02").unwrap();
    let second = unlisted.windows(4).rposition(|start| start == b"PK\x01\x02").unwrap();
    let end = unlisted.len() - 22;
    unlisted.drain(second..end);
    let end = unlisted.len() - 22;
    unlisted[end + 8..end + 12].copy_from_slice(&[1, 0, 1, 0]);
    unlisted[end + 12..end + 16].copy_from_slice(&((second - list) as u32).to_le_bytes());
    assert_eq!(reasons(&unlisted), [contradiction]);
    // Two files with one name.
    let twice = zip(&[Entry::stored("a.pdf", &pdf), Entry::stored("a.pdf", b"x")]);
    assert_eq!(
        reasons(&twice),
        ["x.zip: unreadable: two files in the archive have the same name: programs differ in which one they unpack"]
    );
}

/// Archives that are small, and would fill a disk or the memory.
#[test]
fn an_archive_that_unpacks_to_too_much_is_refused() {
    let project = signed();
    let bomb = Entry::deflated("a.pdf", &vec![b'0'; 10 << 20]);
    // It says that it is small.
    let liar = Entry { name: "b.pdf".into(), size: 1000, ..Entry::deflated("", &vec![b'0'; 10 << 20]) };
    let huge = Entry { name: "c.pdf".into(), size: 300 << 20, ..Entry::stored("", b"x") };
    let project = project.file("bomb.zip", zip(&[bomb, liar, huge]));
    let (statuses, reasons) = statuses(&verify_json(&project, &["bomb.zip"]).0);
    assert_eq!(
        reasons,
        [
            "it is packed to less than 1/200 of its size, as no certificate is",
            "it is damaged: its bytes are not those that were packed",
            "it is larger than 256 MiB",
        ],
        "{statuses:?}"
    );
    // A list of 1000 files, which are all the same bytes.
    let mut overlapping = zip(&[Entry::stored("0000.pdf", b"x")]);
    let at = overlapping.windows(4).position(|start| start == b"PK\x01\x02").unwrap();
    let end = overlapping.len() - 22;
    let item = overlapping[at..end].to_vec();
    let mut list = Vec::new();
    for number in 0..1000 {
        let mut item = item.clone();
        item[46..50].copy_from_slice(format!("{number:04}").as_bytes());
        list.extend(item);
    }
    let length = (list.len() as u32).to_le_bytes();
    overlapping.splice(at..end, list);
    let end = overlapping.len() - 22;
    overlapping[end + 8..end + 12].copy_from_slice(&[0xE8, 3, 0xE8, 3]);
    overlapping[end + 12..end + 16].copy_from_slice(&length);
    let project = project.file("overlapping.zip", overlapping);
    let (answers, _) = verify_json(&project, &["overlapping.zip"]);
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(answers[0]["status"], "unreadable", "{answers:?}");
}

#[test]
fn the_objects_of_a_bucket_are_checked() {
    let (project, bucket) = (signed(), Bucket::start());
    let verify = |inputs: &[&str]| {
        let options = ["verify", "--keys", "keys.json", "--patience", "1", "--message-format", "json"];
        let output = command(&project).args(options).args(inputs).envs(bucket.settings()).output().unwrap();
        let events = String::from_utf8(output.stdout).unwrap();
        let answers: Vec<Json> = events.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let answers: Vec<Json> = answers.into_iter().filter(|event| event["type"] == "verified").collect();
        (statuses(&answers), output.status.code().unwrap())
    };
    let pdf = project.read_bytes(CERTIFICATE);
    let put = |key: &str, bytes: &[u8]| drop(bucket.contents().objects.insert(key.to_owned(), bytes.to_vec()));
    put("2025/fr/certificate.pdf", &pdf);
    put("2025/manifest.jsonl", b"{}");
    put("2025/fr/all.zip", &zip(&[Entry::stored("certificate.pdf", &pdf)]));
    put("2026/short.pdf", &pdf[..500]);
    let genuine =
        ["s3://press/2025/fr/all.zip/certificate.pdf: genuine", "s3://press/2025/fr/certificate.pdf: genuine"];
    let ((answers, _), code) = verify(&["s3://press/2025"]);
    assert_eq!((answers, code), (genuine.map(str::to_owned).to_vec(), 0));
    // A single object, and everything.
    let ((answers, _), code) = verify(&["s3://press/2025/fr/certificate.pdf"]);
    assert_eq!((answers, code), (vec![genuine[1].to_owned()], 0));
    let ((answers, _), code) = verify(&["s3://press"]);
    assert_eq!(
        (answers.last().unwrap().as_str(), answers.len(), code),
        ("s3://press/2026/short.pdf: unreadable", 3, 1)
    );
    // Nothing there, and no bucket.
    let ((_, reasons), code) = verify(&["s3://press/2027"]);
    assert_eq!(
        (reasons, code),
        (vec!["below this prefix, the bucket has no PDF, PNG, JPEG or .jwt file".to_owned()], 1)
    );
    let ((_, reasons), code) = verify(&["s3://"]);
    let message = "`s3://` does not name a bucket; write it as s3://bucket/prefix";
    assert_eq!((reasons, code), (vec![message.to_owned()], 1));
}
