//! Pictures that exhaust memory, are broken, or refer to other files.

use std::io::Write;

use base64::Engine;

use super::{CERTIFICATES, RELEASE, assert_refused, with_photo};
use crate::support::{CERTIFICATE, PIXEL, RESULTS_FILE};

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"90\" height=\"60\"><rect width=\"9\" height=\"9\"/>{inside}</svg>"
    )
}

#[test]
fn a_picture_of_excessive_size_is_not_decoded() {
    // 60 000 by 60 000 pixels are 14 gibibytes.
    let mut bomb = PIXEL.to_vec();
    bomb[16..24].copy_from_slice(b"\0\0\xea\x60\0\0\xea\x60");
    // The checksum of the header covers its type and its thirteen bytes (PNG, 5.3).
    let mut checksum = flate2::Crc::new();
    checksum.update(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.sum().to_be_bytes());
    let words = ["E0304", RESULTS_FILE, "60000 × 60000 pixels"];
    assert_refused(&with_photo("a.png", &bomb), RELEASE, &words);
    // Whatever the extension of the file.
    assert_refused(&with_photo("a.jpg", &bomb), RELEASE, &words);
    let base64 = base64::engine::general_purpose::STANDARD.encode(&bomb);
    let inside = svg(&format!("<image width=\"9\" height=\"9\" href=\"data:image/png;base64,{base64}\"/>"));
    assert_refused(&with_photo("a.svg", inside.as_bytes()), RELEASE, &words);
    // However the XML is written: with a prefix, or with a letter escaped.
    let prefixed =
        inside.replace("<svg xmlns=", "<s:svg xmlns:s=").replace("</svg>", "</s:svg>").replace("<image", "<s:image");
    assert_refused(&with_photo("a.svg", prefixed.as_bytes()), RELEASE, &words);
    assert_refused(&with_photo("a.svg", inside.replace("base64,iV", "base64,&#105;V").as_bytes()), RELEASE, &words);
    assert_refused(&with_photo("a.svg", inside.replace("base64,iV", "base64,%69V").as_bytes()), RELEASE, &words);
    assert_refused(&with_photo("a.svg", b"\x1f\x8b\x08\0\0\0\0\0\0\x03"), RELEASE, &["E0304", "compressed"]);
    // Nor is it read by a template that draws it without the helper.
    let template = "#set document(title: \"x\")\n{{city.name}}\n#image(\"/reports/a.png\", alt: \"a\")";
    let project = with_photo("a.png", &bomb).file(CERTIFICATE, template);
    assert_refused(&project, CERTIFICATES, &["E0401", "60000 pixels", "city.typ.hbs:3"]);
}

/// A profile of a few kilobytes can unpack to gigabytes.
#[test]
fn a_colour_profile_of_excessive_size_is_not_unpacked() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![0; 17 << 20]).unwrap();
    let chunk = [b"iCCPp\0\0".as_slice(), &packed.finish().unwrap()].concat();
    let mut checksum = flate2::Crc::new();
    checksum.update(&chunk);
    let length = u32::try_from(chunk.len() - 4).unwrap().to_be_bytes();
    // After the signature and the header.
    let (head, rest) = PIXEL.split_at(33);
    let bomb = [head, &length, &chunk, &checksum.sum().to_be_bytes(), rest].concat();
    assert_refused(
        &with_photo("a.png", &bomb),
        RELEASE,
        &["E0304", RESULTS_FILE, "colour profile is larger than 16 MiB"],
    );
}

#[test]
fn a_broken_picture_is_refused_at_its_place_in_the_results() {
    for (file, bytes) in [
        ("a.png", &PIXEL[..40]),
        ("a.png", b"".as_slice()),
        ("a.png", b"GIF89a"),
        ("a.jpg", b"\xff\xd8\xff"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 "),
        ("a.gif", b"a text"),
        ("a.svg", b"<svg"),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"1e99\"/>"),
    ] {
        assert_refused(&with_photo(file, bytes), RELEASE, &["error[E0", RESULTS_FILE, &format!("file: \"{file}\"")]);
    }
}

#[test]
fn an_svg_that_refers_to_other_files_is_refused() {
    for inside in [
        "<image href=\"file:///etc/passwd\" width=\"9\" height=\"9\"/>",
        "<image xlink:href='/etc/passwd' width='9' height='9'/>",
        "<image href = \"../results.yaml\" width=\"9\" height=\"9\"/>",
        "<image href=\"http://example.org/a.png\" width=\"9\" height=\"9\"/>",
        "<image href=\"&#102;ile:///etc/passwd\" width=\"9\" height=\"9\"/>",
        "<use href=\"other.svg#a\"/>",
        "<filter id=\"f\"><feImage href=\"//example.org/a.png\"/></filter>",
        "<image href=\"data:image/svg+xml;base64,PHN2Zy8+\" width=\"9\" height=\"9\"/>",
    ] {
        assert_refused(&with_photo("a.svg", svg(inside).as_bytes()), RELEASE, &["E0304", RESULTS_FILE, "a.svg"]);
    }
    let entity = format!("<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}", svg("<text>&x;</text>"));
    assert_refused(&with_photo("a.svg", entity.as_bytes()), RELEASE, &["E0304", "entities"]);
    // References inside the file and links to web pages are allowed.
    let fine = svg(
        "<defs><rect id=\"r\" width=\"9\" height=\"9\"/></defs><use href=\"#r\"/><a href=\"https://example.org/\"><rect width=\"9\" height=\"9\"/></a>",
    );
    with_photo("a.svg", fine.as_bytes()).run_ok(RELEASE);
}
