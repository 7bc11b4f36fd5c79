//! Where documents go: buckets, and archives of many. The bucket is a server that knows enough of S3
//! (common/bucket.rs); tests/conformance/s3.py does the same on a real one.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "common/bucket.rs"]
mod bucket;
mod common;

use std::fs;
use std::io::Read;

use bucket::Bucket;
use common::Shop;
use lopdf::{Document, Object};

/// A certificate that takes no time.
const TEMPLATE: &str = "#set document(title: [{{city.name}}])\n#heading[Certificate]\n{{city.name}}\n";
const LANGUAGES: [&str; 3] = ["en", "fr", "zh"];

fn shop() -> Shop {
    Shop::new().file("reports/certificate/city.typ.hbs", TEMPLATE)
}

#[test]
fn a_bucket_gets_the_bytes_of_a_folder_and_nothing_is_replaced() {
    let (shop, bucket) = (shop(), Bucket::open());
    let (said, code) = bucket.run(&shop, &["-o", "s3://press/edition-1"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(shop.run(&["-q", "-r", "certificate"]).2, 0);
    let documents = bucket.documents();
    assert_eq!(documents.len(), LANGUAGES.len());
    for (key, bytes) in documents {
        let file = shop.path().join("out").join(key.strip_prefix("edition-1/").unwrap());
        assert!(fs::read(file).unwrap() == bytes, "{key} differs");
    }
    let seen = std::mem::take(&mut bucket.inside().seen);
    let puts = seen.iter().filter(|(method, path, _)| method == "PUT" && path.ends_with(".pdf"));
    assert!(puts.clone().count() == 3 && puts.clone().all(|(.., only_new)| only_new == "*"), "{seen:?}");
    // The journal's parts are joined into one manifest.
    let names: Vec<String> = bucket.inside().objects.keys().filter(|key| !key.ends_with(".pdf")).cloned().collect();
    assert_eq!(names, ["edition-1/manifest.jsonl"]);

    // What is made is made: by the manifest, and without it by the bytes that are there.
    let (said, _) = bucket.run(&shop, &["-o", "s3://press/edition-1", "--resume"]);
    assert!(said.contains("3 documents made before"), "{said}");
    assert_eq!(bucket.run(&shop, &["-o", "s3://press/edition-1"]).1, 0);

    bucket.inside().objects.insert("edition-1/fr/certificate-beijing.pdf".to_owned(), b"another's".to_vec());
    let (said, code) = bucket.run(&shop, &["-o", "s3://press/edition-1"]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("E0611") && said.contains("`s3://press/edition-1/fr/certificate-beijing.pdf` is there"),
        "{said}"
    );
    assert!(bucket.documents()["edition-1/fr/certificate-beijing.pdf"] == b"another's");
    assert_eq!(bucket.run(&shop, &["-o", "s3://press/edition-1", "--overwrite"]).1, 0);
    assert!(bucket.documents()["edition-1/fr/certificate-beijing.pdf"] != b"another's");
}

#[test]
fn a_busy_bucket_is_asked_again() {
    let (shop, bucket) = (shop(), Bucket::open());
    // 200: the document is stored, and only the answer is bad.
    bucket.inside().trouble = vec![(503, "SlowDown"), (500, "InternalError"), (200, ""), (503, "SlowDown")];
    let (said, code) = bucket.run(&shop, &["-o", "s3://press"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(bucket.documents().len(), 3);
    assert!(bucket.inside().trouble.is_empty());
}

#[test]
fn a_bucket_that_refuses_is_told_with_help() {
    let (shop, bucket) = (shop(), Bucket::open());
    bucket.inside().trouble = vec![(403, "InvalidAccessKeyId"); 9];
    let (said, code) = bucket.run(&shop, &["-o", "s3://press", "--jobs", "1"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("`s3://press` refuses: InvalidAccessKeyId") && said.contains("AWS_ACCESS_KEY_ID"), "{said}");
    let (said, code) = bucket.run(&shop, &["-o", "s3://nowhere/x"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("there is no bucket `s3://nowhere`") && said.matches("error").count() == 1, "{said}");
    let nobody = Bucket { port: 9, ..Bucket::open() };
    let (said, code) = nobody.run(&shop, &["-o", "s3://press/x", "--patience", "0.1"]);
    assert_eq!(code, 75, "{said}");
    assert!(said.contains("E0605") && said.contains("run again with --resume"), "{said}");
    for (address, why) in
        [("s3:///x", "names no bucket"), ("s3://press/a//b", "cannot begin"), ("file://x", "no folder")]
    {
        let said = shop.refused(&["-o", address]);
        assert!(said.contains("E0610") && said.contains(why), "{said}");
    }
}

#[test]
fn names_spread_over_prefixes() {
    let (shop, bucket) = (shop(), Bucket::open());
    for shard in ["1/2", "2/2"] {
        let (said, code) = bucket.run(&shop, &["-o", "s3://press/x", "--spread", "--shard", shard]);
        assert_eq!(code, 0, "{said}");
    }
    let names: Vec<String> = bucket.documents().into_keys().collect();
    assert_eq!(
        names,
        // The first two digits of SHA-256 of the name.
        LANGUAGES
            .iter()
            .map(|l| format!("{l}/certificate-beijing.pdf"))
            .map(|key| format!("x/{}/{key}", &gen_report::hash::hex(&gen_report::hash::hash(&key))[..2]))
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
}

/// A project with two cities more.
fn three_cities() -> Shop {
    let city = |id: &str, rank: u32| {
        format!("\n  - id: {id}\n    name: {id}\n    country: Azuria\n    status: selected\n    rank: {rank}\n")
    };
    let results = format!("{}{}{}", common::RESULTS, city("lumen", 2), city("arvo", 3));
    shop().file("reports/results.yaml", results)
}

#[test]
fn a_zip_holds_the_documents_and_is_the_same_each_time() {
    let shop = three_cities();
    let zip = ["-q", "-l", "en", "-r", "certificate", "--archive", "zip"];
    assert_eq!(shop.run(&[&zip[..], &["-o", "one"]].concat()).2, 0);
    assert_eq!(shop.run(&[&zip[..], &["-o", "two", "-j", "1"]].concat()).2, 0);
    assert_eq!(shop.run(&["-q", "-l", "en", "-r", "certificate"]).2, 0);
    let read = |path: &str| fs::read(shop.path().join(path)).unwrap();
    assert!(read("one/en/certificate-all.zip") == read("two/en/certificate-all.zip"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(read("one/en/certificate-all.zip"))).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names, ["certificate-arvo.pdf", "certificate-beijing.pdf", "certificate-lumen.pdf"]);
    for name in names {
        let mut bytes = Vec::new();
        archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        assert!(bytes == read(&format!("out/en/{name}")), "{name} differs");
    }
}

#[test]
fn a_merged_pdf_has_an_outline_and_one_structure_tree() {
    let shop = three_cities();
    for shard in ["1/2", "2/2"] {
        let (_, said, code) =
            shop.run(&["-l", "en", "-r", "certificate", "--archive", "pdf", "--shard", shard, "-o", "parts"]);
        assert_eq!(code, 0, "{said}");
    }
    let (_, said, code) = shop.run(&["merge", "-l", "en", "-r", "certificate", "--archive", "pdf", "parts"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(shop.run(&["-q", "-l", "en", "-r", "certificate", "--archive", "pdf"]).2, 0);
    let whole = Document::load(shop.path().join("out/en/certificate-all.pdf")).unwrap();
    assert_eq!(whole.get_pages().len(), 3);
    let text = |page| whole.extract_text(&[page]).unwrap();
    assert!(text(1).contains("arvo") && text(2).contains("Beijing") && text(3).contains("lumen"), "{}", text(1));

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

    // Each page's key in the parent tree leads to elements of its own document.
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
fn an_archive_is_whole_or_not_there() {
    let shop = three_cities().file(
        "reports/certificate/city.typ.hbs",
        format!("{TEMPLATE}{{{{#if (eq city.id \"lumen\")}}}}#nothing{{{{/if}}}}\n"),
    );
    let (_, said, code) = shop.run(&["-l", "en", "-r", "certificate", "--archive", "zip"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("not all documents were made: out/en/certificate-all.zip is not written"), "{said}");
    // Nothing says that a document is made.
    assert!(shop.made().is_empty() && !shop.path().join("out/manifest.jsonl").exists());
    assert!(fs::read_to_string(shop.path().join("out/failed.jsonl")).unwrap().contains("certificate-lumen"));
}
