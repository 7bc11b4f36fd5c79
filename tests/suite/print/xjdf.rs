//! The ticket in XJDF. These tests check its structure against what the XJDF 2.1 schema of CIP4 says about the elements that we
//! write; the schema itself may not be shipped, so tests/conformance/print.py validates against it where it is at hand.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::sheets::{card, print, ticket, with_five_cities};
use crate::support::{CERTIFICATE, ProjectDir};

/// The elements, the attributes that they may have (`!` marks what is required), and their children in the order of the
/// schema. As in a DTD, `?` marks a child that may be there once, `*` and `+` one that may be there more often; one without a
/// mark is there once.
const SCHEMA: &[(&str, &str, &str)] = &[
    ("XJDF", "DescriptiveName JobID! Types! Version", "AuditPool? ProductList? ResourceSet*"),
    ("AuditPool", "", "AuditCreated"),
    ("AuditCreated", "", "Header"),
    ("Header", "AgentName AgentVersion DeviceID! Time!", ""),
    ("ProductList", "", "Product+"),
    ("Product", "Amount DescriptiveName ID IsRoot", "Intent*"),
    ("Intent", "Name!", "LayoutIntent? ColorIntent?"),
    ("LayoutIntent", "FinishedDimensions Sides", ""),
    ("ColorIntent", "", "SurfaceColor*"),
    ("SurfaceColor", "ColorsUsed Surface!", ""),
    ("ResourceSet", "Name! Usage", "Resource*"),
    (
        "Resource",
        "ID",
        "AmountPool? GeneralID* Part* Color? ColorantControl? Component? CustomerInfo? CuttingParams? FoldingParams? Layout? Media? NodeInfo? RunList? StitchingParams?",
    ),
    ("AmountPool", "", "PartAmount+"),
    ("PartAmount", "Amount", ""),
    ("GeneralID", "IDUsage! IDValue!", ""),
    ("Part", "SheetName Separation", ""),
    ("CustomerInfo", "CustomerJobName CustomerOrderID", ""),
    ("NodeInfo", "Status", ""),
    ("Media", "Dimension MediaQuality MediaType! MediaUnit Weight", ""),
    ("Layout", "PaperRef SurfaceContentsBox WorkStyle", "Position*"),
    ("Position", "AbsoluteBox Orientation", ""),
    ("RunList", "", "FileSpec?"),
    ("FileSpec", "MimeType URL", ""),
    ("ColorantControl", "ColorantOrder ProcessColorModel", ""),
    ("Color", "ActualColorName ColorType PrintStandard", ""),
    ("CuttingParams", "", "CutBlock*"),
    ("CutBlock", "BlockName! Box", ""),
    ("FoldingParams", "FoldCatalog", ""),
    ("StitchingParams", "", ""),
    ("Component", "MediaRef", ""),
];

/// Asserts that a value has the form that the schema gives its attribute.
fn assert_attribute(name: &str, value: &str) {
    let numbers = |count| value.split(' ').filter(|number| number.parse::<f64>().is_ok()).count() == count;
    let is_one_of = |words: &str| words.split(' ').any(|word| word == value);
    // The characters of names that validators differ about, or that no name has.
    let is_token =
        |token: &str| !token.is_empty() && !token.contains([' ', '/', '"', '(', '\'', '§', 'ª', 'º', '¹', '²', '³']);
    let is_right = match name {
        "JobID" | "DeviceID" | "SheetName" | "Separation" | "BlockName" | "Name" | "IDUsage" => is_token(value),
        "ColorantOrder" | "ColorsUsed" | "Types" => value.split(' ').all(is_token),
        "AbsoluteBox" | "Box" | "SurfaceContentsBox" => numbers(4),
        "FinishedDimensions" => numbers(3),
        "Dimension" => numbers(2),
        "Weight" => numbers(1),
        "Amount" => value.parse::<u32>().is_ok(),
        "IsRoot" => is_one_of("true false"),
        "Usage" => is_one_of("Input Output"),
        "Status" => is_one_of("Waiting"),
        "MediaUnit" => is_one_of("Sheet Roll"),
        "Surface" => is_one_of("Front Back"),
        "Sides" => is_one_of("OneSided OneSidedBack TwoSidedHeadToFoot TwoSidedHeadToHead"),
        "WorkStyle" => is_one_of("Perfecting Simplex WorkAndBack WorkAndTumble WorkAndTurn WorkAndTwist"),
        "Orientation" => is_one_of("Flip0 Flip90 Flip180 Flip270 Rotate0 Rotate90 Rotate180 Rotate270"),
        "ColorType" => is_one_of("DieLine Normal Opaque OpaqueIgnore Transparent"),
        "Time" => value.len() == "2025-01-31T00:00:00Z".len() && value.ends_with('Z'),
        _ => true,
    };
    assert!(is_right, "{name}: {value:?}");
}

/// Asserts that an element and its children are as the schema says.
fn assert_valid(node: Node<'_, '_>) {
    let name = node.tag_name().name();
    assert_eq!(node.tag_name().namespace(), Some("http://www.CIP4.org/JDFSchema_2_0"), "{name}");
    let (_, attributes, children) =
        SCHEMA.iter().find(|(known, ..)| *known == name).unwrap_or_else(|| panic!("{name}"));
    for attribute in node.attributes() {
        let is_known = attributes.split(' ').any(|known| known.trim_end_matches('!') == attribute.name());
        assert!(is_known, "{name}/@{}", attribute.name());
        assert_attribute(attribute.name(), attribute.value());
    }
    let required = attributes.split(' ').filter_map(|attribute| attribute.strip_suffix('!'));
    required.for_each(|attribute| assert!(node.has_attribute(attribute), "{name} lacks {attribute}"));
    let order: Vec<&str> = children.split(' ').map(|child| child.trim_end_matches(['?', '*', '+'])).collect();
    let elements: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
    let place = |element: &Node<'_, '_>| order.iter().position(|child| *child == element.tag_name().name());
    let places: Vec<usize> =
        elements.iter().map(|element| place(element).unwrap_or_else(|| panic!("{name}/{element:?}"))).collect();
    assert!(places.is_sorted(), "{name}: {places:?}");
    for (index, child) in children.split(' ').enumerate().filter(|(_, child)| !child.is_empty()) {
        let count = places.iter().filter(|place| **place == index).count();
        let is_allowed = match child.trim_start_matches(char::is_alphanumeric) {
            "?" => count <= 1,
            "*" => true,
            "+" => count >= 1,
            _ => count == 1,
        };
        assert!(is_allowed, "{name} has {count} of {child}");
    }
    elements.into_iter().for_each(assert_valid);
}

/// Prints, and returns the elements of a name in the XJDF with the given attribute.
fn values(project: &ProjectDir, element: &str, attribute: &str) -> Vec<String> {
    let xml = project.read("print/ticket.xjdf");
    let document = Document::parse(&xml).unwrap();
    assert_valid(document.root_element());
    // Each reference names an element.
    let ids: BTreeSet<&str> = document.descendants().filter_map(|node| node.attribute("ID")).collect();
    for reference in document.descendants().flat_map(|node| [node.attribute("MediaRef"), node.attribute("PaperRef")]) {
        assert!(reference.is_none_or(|id| ids.contains(id)), "{reference:?}");
    }
    let nodes = document.descendants().filter(|node| node.tag_name().name() == element);
    nodes.filter_map(|node| node.attribute(attribute).map(str::to_owned)).collect()
}

#[test]
fn the_ticket_in_xjdf_has_the_facts_of_the_ticket() {
    let project = with_five_cities(card(""));
    let order = ["--job-number", "K 4711/b", "--paper", "coated & \"silk\"", "--weight", "300"];
    let up = ["-l", "en,fr", "--layout", "n-up", "--up", "2x1", "--sheet", "200x80", "--copies", "3", "--cut-contour"];
    print(&project, &[&up[..], &order].concat());
    assert_eq!(values(&project, "XJDF", "JobID"), ["K_4711_b"]);
    assert_eq!(values(&project, "CustomerInfo", "CustomerOrderID"), ["K 4711/b"]);
    assert_eq!(values(&project, "Media", "MediaQuality"), ["coated & \"silk\"", "coated & \"silk\""]);
    assert_eq!(values(&project, "Media", "Weight"), ["300", "300"]);
    assert_eq!(values(&project, "Product", "Amount"), ["15", "15"]);
    assert_eq!(values(&project, "PartAmount", "Amount"), ["8", "8"]);
    assert_eq!(values(&project, "FileSpec", "URL"), ["certificate-en.pdf", "certificate-fr.pdf"]);
    let hashes: Vec<String> = ticket(&project)["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["sha256"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(values(&project, "GeneralID", "IDValue"), hashes);
    // 12 mm from the left, 12.5 mm from below; 85 × 55 mm.
    assert_eq!(values(&project, "Position", "AbsoluteBox")[0], "34.0157 35.4331 274.9606 191.3386");
    assert_eq!(values(&project, "CutBlock", "Box").len(), 4);
    assert_eq!(values(&project, "Color", "ActualColorName"), ["Black", "CutContour"]);
    assert_eq!(values(&project, "Color", "ColorType"), ["Normal", "DieLine"]);
    assert_eq!(values(&project, "Layout", "WorkStyle"), ["Simplex", "Simplex"]);
    // Without a number of the job, the identity of its first file.
    print(&project, &["-l", "en"]);
    let identity = ticket(&project)["files"][0]["identity"].as_str().unwrap().to_owned();
    assert_eq!(values(&project, "XJDF", "JobID"), [identity]);
}

#[test]
fn booklets_and_finishes_are_processes_of_xjdf() {
    let project = card("#pagebreak() #v(20mm) #rect(fill: color.spot(\"Foil\", cmyk(0%, 20%, 60%, 20%)).tint(100%))");
    print(&project, &["-l", "en", "--layout", "booklet", "--sheet", "A4"]);
    assert_eq!(values(&project, "XJDF", "Types"), ["ConventionalPrinting Embossing Cutting Folding Stitching"]);
    assert_eq!(values(&project, "FoldingParams", "FoldCatalog"), ["F4-1"]);
    assert_eq!(values(&project, "Layout", "WorkStyle"), ["WorkAndBack"]);
    assert_eq!(values(&project, "SurfaceColor", "Surface"), ["Front"], "foil is no ink");
    print(&project, &["-l", "en", "--duplex", "work-and-tumble", "--copies", "2"]);
    assert_eq!(values(&project, "Position", "Orientation"), ["Rotate0", "Rotate180"]);
}

#[test]
fn tokens_of_xjdf_have_letters_and_digits_only_and_an_empty_list_is_left_out() {
    let project = card("");
    print(&project, &["-l", "en", "--job-number", "Nº 12²/été 北京"]);
    assert_eq!(values(&project, "XJDF", "JobID"), ["N__12__été_北京"]);
    assert_eq!(values(&project, "CustomerInfo", "CustomerOrderID"), ["Nº 12²/été 北京"]);
    assert_eq!(values(&project, "ColorantControl", "ColorantOrder"), ["Black"]);
    // A file that only stamps foil has a plate, but no ink.
    let foil = "color.spot(\"Foil (gold)\", cmyk(0%, 20%, 60%, 20%)).tint(100%)";
    let stamped = ProjectDir::new().file(
        CERTIFICATE,
        format!(
            "#set page(width: 85mm, height: 55mm, bleed: 3mm)\n#hide[{{{{city.name}}}}] #place(rect(fill: {foil}))"
        ),
    );
    print(&stamped, &["-l", "en"]);
    assert_eq!(values(&stamped, "ColorantControl", "ColorantOrder"), ["Foil__gold_"]);
    assert_eq!(values(&stamped, "SurfaceColor", "ColorsUsed"), Vec::<String>::new());
}
