//! The embargo on a press release.

use schemars::JsonSchema;

use super::reading::read::{Reader, Spanned};
use super::reading::yaml::Node;
use super::{Date, Text};
use crate::diagnostic::code;

/// The time before which nothing may be published: a date alone, or a date with a clock time and its zone.
#[derive(Debug, JsonSchema)]
#[schemars(
    deny_unknown_fields,
    example = serde_json::json!({"until": "2031-05-20T10:00", "zone": "Example time"}),
    extend(
        "if" = {"properties": {"until": {"type": "string", "pattern": "T"}}},
        "then" = {"required": ["zone"], "properties": {"zone": {"not": {"type": "null"}}}},
        "else" = {"properties": {"zone": {"type": "null"}}},
    ),
)]
pub struct Embargo {
    #[schemars(with = "Date")]
    pub until: Spanned<Date>,
    /// The time zone, such as “Beijing time”: required with a clock time in `until`, not allowed without one.
    pub zone: Option<Text>,
}

impl Embargo {
    pub(super) fn read(r: &Reader, node: &Node) -> Option<Self> {
        let f = r.fields(node, "embargo")?;
        let until = f.required("until").and_then(|n| r.placed(n, r.date(n)));
        let zone = f.optional("zone").and_then(|n| Text::read(r, n));
        let span = f.span.clone();
        f.finish();
        let until = until?;
        if until.time.is_some() != zone.is_some() {
            r.report_invalid(
                code::MISSING_KEY,
                &span,
                "an embargo needs both a clock time and a zone, or neither",
                "write `until: 2025-12-08T10:00` and `zone: {en: Beijing time, …}`",
            );
        }
        Some(Self { until, zone })
    }
}
