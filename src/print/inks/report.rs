//! Compares the surveyed inks with the limits of the press.

use std::collections::BTreeMap;

use super::{InkMix, Inks, Overprint, Smallest};
use crate::design::PrintLimits;
use crate::diagnostic::{Diagnostic, Problems, code};
use crate::print::preflight::Preflight;
use crate::print::processing_step::ProcessingStep;
use crate::print::sheet::{format_decimal, round_to_hundredths};
use crate::print::text_line::MM_PER_POINT;

impl Inks {
    /// Reports ink coverage over `max_ink` percent, small text in several inks, and colours that are not inks.
    /// `document_name` returns the name of the document that a page belongs to.
    pub fn problems(&self, max_ink: u32, limits: &PrintLimits, document_name: impl Fn(usize) -> String) -> Problems {
        let mut problems = Problems::new();
        let help = "reduce the inks in the style module's palette, or raise the limit with --max-ink";
        let overprint = self.heaviest_overprint();
        let overprint = overprint.iter().map(|(sum, inks, page)| ("overprinted inks", *sum, inks.clone(), *page));
        let mixes = [("a colour", &self.mixes), ("an image", &self.images)].into_iter();
        let mixes = mixes.flat_map(|(what, mixes)| {
            mixes.iter().map(move |(mix, page)| (what, mix.iter().sum(), format_mix(mix), *page))
        });
        for (what, sum, inks, page) in mixes.chain(overprint).filter(|(_, sum, ..)| *sum > max_ink) {
            let verb = if what == "overprinted inks" { "have up to" } else { "has" };
            let message = format!("{what} of {} {verb} {sum} % ink coverage ({inks})", document_name(page));
            let message = format!("{message}; the limit is {max_ink} %");
            problems.push(Diagnostic::error(code::INK, message).help(help));
        }
        let one_ink = "use one ink, such as black alone, cmyk(0%, 0%, 0%, 100%): plates are never in perfect register";
        let is_small = |(_, text): &(&InkMix, &Smallest)| text.points < limits.small_text;
        for (mix, Smallest { points, page }) in self.mixed_text.iter().filter(is_small) {
            let (size, mix) = (format_decimal(*points), format_mix(mix));
            let message = format!("text of {size} pt in {} is printed in several inks, {mix}", document_name(*page));
            problems.push(Diagnostic::warning(code::SMALL_TEXT, message).help(one_ink));
        }
        let is_thin = |(_, line): &(&InkMix, &Smallest)| line.points < limits.thin_line;
        for (mix, Smallest { points, page }) in self.mixed_lines.iter().filter(is_thin) {
            let (width, mix) = (format_decimal(*points), format_mix(mix));
            let message = format!("lines of {width} pt in {} are printed in several inks, {mix}", document_name(*page));
            problems.push(Diagnostic::warning(code::THIN_LINE, message).help(one_ink));
        }
        let is_foil = |plate: &str| ProcessingStep::of_separation(plate) == Some(ProcessingStep::FoilStamping);
        for (plate, Smallest { points, page }) in self.spot_lines.iter().filter(|(plate, _)| is_foil(plate)) {
            let width = points * MM_PER_POINT;
            if width < limits.foil_line - 0.005 {
                let message = format!("lines of {width:.2} mm in {} are on the plate {plate}", document_name(*page));
                let message = format!("{message}, which needs {} mm", format_decimal(limits.foil_line));
                let problem = Diagnostic::warning(code::THIN_LINE, message);
                problems.push(problem.help("draw thicker lines for this finish: foil does not hold on thinner ones"));
            }
        }
        for (what, page) in &self.other {
            problems.push(
                Diagnostic::warning(code::RGB, format!("the print pages of {} contain {what}", document_name(*page)))
                    .help("use CMYK colours in the style module, or save the image as CMYK"),
            );
        }
        problems
    }

    /// Returns what a print shop checks before it makes plates; the fonts are not known here.
    pub fn preflight(&self, max_ink: u32, limits: &PrintLimits, document_name: impl Fn(usize) -> String) -> Preflight {
        let mixes = self.mixes.iter().chain(&self.images);
        let mixes = mixes.map(|(mix, page)| (mix.iter().sum::<u32>(), format_mix(mix), *page));
        let most = mixes.chain(self.heaviest_overprint()).reduce(|a, b| if b.0 > a.0 { b } else { a });
        let least = |all: &BTreeMap<InkMix, Smallest>| {
            let least = all.iter().min_by(|(_, a), (_, b)| a.points.total_cmp(&b.points));
            least.map(|(mix, Smallest { points, page })| {
                (round_to_hundredths(*points), format_mix(mix), document_name(*page))
            })
        };
        let spot_lines = self.spot_lines.iter().map(|(plate, Smallest { points, page })| {
            (plate.clone(), round_to_hundredths(points * MM_PER_POINT), document_name(*page))
        });
        Preflight {
            most_ink: most.map(|(sum, inks, page)| (sum, inks, document_name(page))),
            smallest_text: least(&self.mixed_text),
            thinnest_line: least(&self.mixed_lines),
            spot_lines: spot_lines.collect(),
            lowest_resolution: self.lowest_resolution.map(|(ppi, page)| (ppi.floor() as u32, document_name(page))),
            not_inks: self.other.iter().map(|(what, page)| (what.clone(), document_name(*page))).collect(),
            fonts: Vec::new(),
            limits: limits.clone(),
            max_ink,
        }
    }

    /// Returns the highest total ink of an overprinting colour on another colour of the same page: percent, inks, page.
    /// Whether the two overlap is not checked.
    fn heaviest_overprint(&self) -> Option<(u32, String, usize)> {
        let on_page =
            |page: usize| self.pages.get(page).into_iter().flatten().filter_map(|block| self.blocks.get(*block));
        let pages = (0..self.pages.len()).filter(|page| on_page(*page).any(|block| !block.overprints.is_empty()));
        let sums = pages.flat_map(|page| {
            let below: Vec<&InkMix> = on_page(page).flat_map(|block| &block.mixes).collect();
            let overprints = on_page(page).flat_map(|block| &block.overprints);
            overprints.flat_map(move |above| {
                let sums = below.iter().map(|mix| above.over(mix)).collect::<Vec<_>>();
                sums.into_iter().map(move |(sum, inks)| (sum, inks, page))
            })
        });
        sums.reduce(|a, b| if b.0 > a.0 { b } else { a })
    }
}

impl Overprint {
    /// Returns the total ink over a mix, and the inks.
    fn over(&self, mix: &InkMix) -> (u32, String) {
        let mut both = *mix;
        both.iter_mut().zip(self.mix).filter(|(_, above)| *above > 0).for_each(|(below, above)| *below = above);
        let mut inks = format_mix(&both);
        if let Some((spot, tint)) = &self.spot {
            inks = format!("{inks}, {spot} {tint}");
        }
        (both.iter().sum::<u32>() + self.spot.as_ref().map_or(0, |(_, tint)| *tint), inks)
    }
}

/// Formats a mix, for example `C 60, K 100`.
fn format_mix(mix: &InkMix) -> String {
    let inks = ["C", "M", "Y", "K"].iter().zip(mix).filter(|(_, ink)| **ink > 0);
    inks.map(|(name, ink)| format!("{name} {ink}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, Object, dictionary};

    use super::*;
    use crate::pdf::import::{ContentBlock, ContentVisitor, NamedResources};
    use crate::pdf::matrix::Matrix;

    /// Surveys a page with the given operators. `Over` is a graphics state with overprint; `Spot`, `Varnish` and `K` are
    /// separations, `N` has two inks.
    fn survey(content: &str) -> Inks {
        let document = Document::new();
        let over = dictionary! { "op" => true, "OP" => true, "OPM" => 1 };
        let mut resources = NamedResources::from([((b"ExtGState".to_vec(), b"Over".to_vec()), over.into())]);
        for (name, separation) in [("Spot", "Gold"), ("Varnish", "Varnish"), ("K", "Black")] {
            let space: Vec<Object> = vec!["Separation".into(), separation.into(), "DeviceCMYK".into()];
            resources.insert((b"ColorSpace".to_vec(), name.into()), space.into());
        }
        let names = Object::Array(vec!["Gold".into(), "Black".into()]);
        let device_n: Vec<Object> = vec!["DeviceN".into(), names, "DeviceCMYK".into()];
        resources.insert((b"ColorSpace".to_vec(), b"N".to_vec()), device_n.into());
        let mut inks = Inks::default();
        let (content, matrix) = (content.as_bytes(), Matrix::IDENTITY);
        inks.visit(&ContentBlock { document: &document, content, resources: &resources, matrix, page: 0 });
        inks.record_use(0, 0);
        inks
    }

    #[test]
    fn inks_that_overprint_are_added_to_those_below() {
        let photo = "1 1 0.8 0 k 0 0 9 9 re f ";
        for (above, sum) in [
            ("0 0 0 1 k 0 0 9 9 re f", None),
            ("/Over gs 0 0 0 1 k 0 0 9 9 re f", Some((380, "C 100, M 100, Y 80, K 100"))),
            // Cyan replaces the cyan below it, and zeros leave what is there.
            ("/Over gs 0.2 0 0 1 k 0 0 9 9 re f", Some((300, "C 20, M 100, Y 80, K 100"))),
            ("/Over gs /K CS 0.5 SCN 0 0 m 9 9 l S", Some((330, "C 100, M 100, Y 80, K 50"))),
            ("/Over gs /Spot cs 1 scn BT /F 9 Tf (a) Tj ET", Some((380, "C 100, M 100, Y 80, Gold 100"))),
            ("/Over gs /Varnish cs 1 scn 0 0 9 9 re f", None),
            ("q /Over gs Q 0 0 0 1 k 0 0 9 9 re f", None),
        ] {
            let found = survey(&format!("{photo}{above}"));
            let overprint = found.heaviest_overprint().map(|(sum, inks, _)| (sum, inks));
            assert_eq!(overprint, sum.map(|(sum, inks)| (sum, inks.to_owned())), "{above}");
            let problems = found.problems(310, &PrintLimits::default(), |_| "page".to_owned());
            let is_refused =
                problems.iter().any(|problem| problem.message.contains("overprinted inks of page have up to"));
            assert_eq!(is_refused, sum.is_some_and(|(sum, _)| sum > 310), "{above}");
        }
    }

    /// Which plate such a line is on is not known.
    #[test]
    fn a_line_in_several_inks_of_one_colour_space_is_on_no_plate_without_a_name() {
        let preflight =
            |content: &str| survey(content).preflight(310, &PrintLimits::default(), |_| "page".to_owned()).spot_lines;
        assert_eq!(preflight("/Spot CS 1 SCN 2 w 0 0 m 9 9 l S")[0].0, "Gold");
        assert_eq!(preflight("/N CS 1 1 SCN 2 w 0 0 m 9 9 l S"), []);
    }
}
