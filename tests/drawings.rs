//! The SVG files in reports/shared/drawings are drawn by drawings.typ, whose geometry the press takes directly.
//! After a change there: `GOLDEN=write cargo test --test drawings`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "the only way to hand a wish to a test")]

mod common;

use std::fs;
use std::path::Path;

use common::Shop;
use gen_report::typeset::Variant;
use typst::foundations::{Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;

const TEMPLATE: &str = r#"
#import "../shared/drawings.typ": drawings, svg
#for name in drawings.keys() [#metadata((name, svg(name))) <drawing>]
"#;

#[test]
fn the_files_are_what_the_geometry_draws() {
    let shop = Shop::new().file("reports/drawing/edition.typ.hbs", TEMPLATE);
    let (works, job) = common::works(shop.path().to_str().unwrap(), "en", "drawing", None, Variant::default());
    let drawn = works.with_pages(&job, |_, _, pages| {
        let label = Selector::Label(Label::new(PicoStr::intern("drawing")).unwrap());
        let found = pages.document.introspector().query(&label);
        Ok(found.iter().map(|it| it.to_packed::<MetadataElem>().unwrap().value.clone()).collect::<Vec<_>>())
    });
    let drawn = drawn.unwrap_or_else(|e| panic!("{}", e[0]));
    assert!(!drawn.is_empty());
    for value in drawn {
        let Value::Array(pair) = value else { panic!("{value:?}") };
        let [Value::Str(name), Value::Str(svg)] = pair.as_slice() else { panic!("{pair:?}") };
        let path = Path::new("reports/shared/drawings").join(format!("{name}.svg"));
        if std::env::var("GOLDEN").is_ok_and(|wish| wish == "write") {
            fs::write(&path, svg.as_str()).unwrap();
        }
        assert!(
            fs::read_to_string(&path).unwrap_or_default() == svg.as_str(),
            "{name}.svg is not what drawings.typ draws"
        );
    }
}
