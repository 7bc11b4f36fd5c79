//! Cities in bulk: tables, JSON lines, YAML streams and folders.

use serde_json::Value as Json;
use snapbox::{assert_data_eq, str};

use super::{CERTIFICATES, build, project_with, project_with_table, table};
use crate::support::{ProjectDir, assert_contains, files_below};

#[test]
fn csv_json_and_yaml_give_the_same_documents() {
    let columns = "from: cities.csv\n  columns:\n    id: code\n    name: {fr: nom, en: name, zh: 名称}\n    rank: rang\n    figures: {size: {value: taille}}";
    let json = |n: u32| {
        let name = format!(r#"{{"fr": "Ville {n}", "en": "Town {n}", "zh": "云城{n}"}}"#);
        format!(r#"{{"id": "town-{n}", "name": {name}, "rank": {n}, "figures": {{"size": {{"value": {}}}}}}}"#, 100 + n)
    };
    let yaml = |n: u32| {
        format!(
            "id: town-{n}\nname: {{fr: Ville {n}, en: Town {n}, zh: 云城{n}}}\nrank: {n}\nfigures: {{size: {{value: {}}}}}\n",
            100 + n
        )
    };
    let excel = "\u{feff}code;nom;name;名称;rang;taille;remarque\r\ntown-1;\"Ville 1\";Town 1;云城1;1;101;\"a\nb\"\r\n\r\ntown-2;Ville 2;Town 2;云城2;2;102;\r\n";
    let projects = [
        project_with_table(2),
        project_with(columns, &[("cities.csv", excel)]),
        project_with("from: cities.jsonl", &[("cities.jsonl", &format!("{}\n\n{}", json(1), json(2)))]),
        project_with(
            "from: cities.yaml",
            &[("cities.yaml", &format!("# towns\n---\n{}---\n{}...\n", yaml(1), yaml(2)))],
        ),
        project_with(
            "from: cities",
            &[("cities/a.yaml", &yaml(1)), ("cities/b/b.yml", &yaml(2)), ("cities/.old.yaml", "x")],
        ),
    ];
    let mut first = None;
    for project in projects {
        build(&project, &[]);
        let files = files_below(&project.path().join("out"));
        assert_eq!(files.len(), 4 + 2, "four documents, the manifest and the modules: {:?}", files.keys());
        // The manifests are the same too, and so the hashes of the inputs.
        assert!(*first.get_or_insert_with(|| files.clone()) == files);
    }
    let (text, _) = project_with_table(2).documents("fr").text("fr", "certificate", Some("town-2"));
    assert_eq!(text.replace('\u{a0}', " "), "Ville 2, 2e plus de 102 entreprises");
}

/// If there are more than 1000 records.
#[test]
fn a_check_that_stops_says_so_at_the_end() {
    let rows: String = (1..=1001).map(|n| format!("{{\"id\": \"Town {n}\"}}\n")).collect();
    let project = project_with("from: cities.jsonl", &[("cities.jsonl", &rows)]);
    let problems = problems(&project);
    let last = problems.lines().last().unwrap();
    assert_contains(last, &["cities.jsonl:100:", "only the first 100 invalid records are reported"]);
    assert!(!problems.contains("`Town 101`"), "{problems}");
}

/// Place, code and message of each diagnostic, one per line.
fn problems(project: &ProjectDir) -> String {
    let (stdout, stderr, code) = project.run(&[&CERTIFICATES[..], &["--message-format", "json"]].concat());
    assert_eq!(code, 1, "{stdout}{stderr}");
    let diagnostics = stdout.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let mut lines = String::new();
    for diagnostic in diagnostics.filter(|line| line["type"] == "diagnostic") {
        assert!(diagnostic["help"].is_string(), "{diagnostic}");
        let place = &diagnostic["places"][0];
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        lines += &format!(
            "{}:{}:{} {} {}\n",
            text(&place["file"]),
            place["line"],
            place["column"],
            text(&diagnostic["code"]),
            text(&diagnostic["message"])
        );
    }
    lines
}

#[test]
fn a_mistake_in_a_table_is_reported_at_its_line_and_column() {
    let problems: String = [
        "id,name,rank\na,A,1\nb,B,x\n",
        "id;name;rank\n\n\"a\";\"A\n2\";1\nb;\"B\";\"x\"\n",
        "id,name,rank\na,A,1\nb,B\n",
        "id,name,rank\na,\"A\" b,1\n",
        "id,nome,rank\na,A,1\n",
        "id,name.fr,name.fr,rank\na,A,A,1\n",
        "id,name,rank\na,A,1\na,B,2\n",
        "id,name,rank\na,A,1\nb,B,1\n",
        "id,name,rank,figures.size.value\na,A,1,4-\n",
    ]
    .map(|text| problems(&project_with("from: c.csv", &[("c.csv", text)])))
    .concat();
    assert_data_eq!(
        problems,
        str![[r#"
reports/c.csv:3:5 E0103 `x` is not a whole number from 1 to 9999999
reports/c.csv:5:7 E0103 `x` is not a whole number from 1 to 9999999
reports/c.csv:3:1 E0103 this row has 2 cells, but the header has 3
reports/c.csv:2:6 E0103 misplaced quote in a cell
reports/c.csv:1:4 E0102 unknown key `nome` in a city
reports/c.csv:1:12 E0105 two columns set `name.fr`
reports/c.csv:3:1 E0105 two cities have the id `a`
reports/c.csv:3:1 E0105 two certificates would have the serial number `2025-01-0001`
reports/c.csv:2:7 E0103 `4-` is not a number that can be printed exactly

"#]]
    );
}

#[test]
fn a_mistake_in_json_or_yaml_records_is_reported_at_its_line_and_column() {
    let problems: String = [
        ("from: c.jsonl", "c.jsonl", "{\"id\": \"a\", \"name\": \"A\", \"rank\": 1}\n{\"id\": \"b\",\n"),
        ("from: c.jsonl", "c.jsonl", "{\"id\": \"a\", \"name\": \"A\", \"rank\": []}\n"),
        ("from: c.jsonl", "c.jsonl", "{\"id\": \"a\", \"id\": \"b\"}\n"),
        ("from: c.yaml", "c.yaml", "id: a\nname: A\nrank: 1\n---\nid: b\nname: B\nrank: none\n"),
        ("from: c.yaml", "c.yaml", "id: a\nname: A\nrank: 1\n--- {id: b, name: B, rang: 2}\n"),
        ("from: c", "c/b.yaml", "id: b\nname: B\n"),
    ]
    .map(|(cities, path, text)| problems(&project_with(cities, &[(path, text)])))
    .concat();
    assert_data_eq!(
        problems,
        str![[r#"
reports/c.jsonl:2:12 E0101 this is not valid JSON: expected a key in quotes
reports/c.jsonl:1:34 E0103 expected a text, found a list
reports/c.jsonl:1:13 E0105 the key `id` appears twice in the same object
reports/c.yaml:7:7 E0103 `none` is not a whole number from 1 to 9999999
reports/c.yaml:4:22 E0102 unknown key `rang` in the city
reports/certificate/city.typ.hbs:2:16 E0302 no `city.rank` in the data
reports/certificate/city.typ.hbs:2:16 E0302 no `city.rank` in the data

"#]]
    );
}

#[test]
fn records_that_cannot_be_found_are_reported_in_the_results() {
    let problems: String = [
        ("from: c.csv\n  columns: {id: code}", "c.csv", "id,name\na,A\n"),
        ("from: c.csv", "d.csv", ""),
        ("from: ../c.csv", "d.csv", ""),
        ("from: c.txt", "c.txt", ""),
        // A mistake beside a wrong path is reported too.
        ("from: c.csv\n  colums: {id: code}", "d.csv", ""),
        ("from: [c.csv]\n  colums: {id: code}", "c.csv", ""),
    ]
    .map(|(cities, path, text)| problems(&project_with(cities, &[(path, text)])))
    .concat();
    assert_data_eq!(
        problems,
        str![[r#"
reports/results.yaml:77:17 E0107 the table has no column `code`
reports/results.yaml:76:9 E0107 the cities cannot be read from `c.csv`: there is no such file or folder
reports/results.yaml:76:9 E0107 the cities cannot be read from `../c.csv`: the path leaves the project
reports/results.yaml:76:9 E0103 unsupported file format of `./reports/c.txt`
reports/results.yaml:76:9 E0107 the cities cannot be read from `c.csv`: there is no such file or folder
reports/results.yaml:77:3 E0102 unknown key `colums` in the list of cities
reports/results.yaml:76:9 E0103 expected a text, found a list
reports/results.yaml:77:3 E0102 unknown key `colums` in the list of cities

"#]]
    );
}

#[test]
fn text_that_is_not_utf_8_and_an_unclosed_quote_are_reported() {
    let project = project_with("from: c.csv", &[]).file("reports/c.csv", b"id,name,rank\na,\xc9vreux,1\n");
    let encoding = problems(&project);
    let unclosed = format!("id,name,rank\na,\"A,1\n{}", "b,B,2\n".repeat(200_000));
    let unclosed = problems(&project.file("reports/c.csv", unclosed));
    assert_data_eq!(
        encoding + &unclosed,
        str![[r#"
reports/c.csv:2:3 E0001 `reports/c.csv` is not UTF-8 text
reports/c.csv:174764:1 E0101 a record is larger than 1024 KiB

"#]]
    );
}

/// Up to a thousand records are read at once; more are streamed, with the same checks and the same documents.
#[test]
fn thousands_of_cities_are_checked_and_built_one_by_one() {
    let project = project_with_table(1200);
    let (stdout, _) = project.run_ok(&["--dry-run"]);
    assert_eq!(stdout.lines().count(), 3 * 1200 * 2);
    assert!(project.run_ok(&["list"]).0.contains("1200 in reports/cities.csv"));
    build(&project, &["-c", "town-7,town-1199"]);
    assert_eq!(project.output_files().len(), 4);
    let few = project_with_table(10);
    build(&few, &["-c", "town-7"]);
    let certificate = "out/fr/certificate-town-7.pdf";
    assert!(project.read_bytes(certificate) == few.read_bytes(certificate));
    // In a worker process too.
    build(&project, &["-c", "town-7", "--timeout", "600", "-o", "worker"]);
    assert!(project.read_bytes("worker/fr/certificate-town-7.pdf") == few.read_bytes(certificate));
    assert!(project.run_failing(&["-c", "town-1201"]).contains("no city `town-1201`"));

    let mistakes = table(1200).replace("\ntown-1100,", "\ntown-3,").replace(",900,", ",neuf cents,");
    assert_data_eq!(
        problems(&project.file("reports/cities.csv", mistakes)),
        str![[r#"
reports/cities.csv:901:35 E0103 `neuf cents` is not a whole number from 1 to 9999999
reports/cities.csv:1101:1 E0105 two cities have the id `town-3`

"#]]
    );
}

#[test]
fn the_command_line_can_name_the_records() {
    let project = project_with_table(2).file("others/towns.csv", table(3));
    build(&project, &["--records", "others/towns.csv"]);
    assert_eq!(project.output_files().len(), 6);
    let stderr = project.run_failing(&["--records", "others/none.csv"]);
    assert_contains(&stderr, &["`others/none.csv` cannot be read"]);
}
