//! Surveys the colours of print pages: ink coverage, separations, and colours that are not inks.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::Object;

mod image;
mod report;
mod survey;

use crate::pdf::import::{ContentBlock, ContentVisitor};

/// The process inks, in the order of DeviceCMYK.
pub const PROCESS: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

/// Cyan, magenta, yellow and black in whole percent: Typst stores each in a byte, so more digits would mean nothing.
type InkMix = [u32; 4];

/// The colours of a run of pages, each with the first page that has it, counted from 0.
#[derive(Debug, Default)]
pub struct Inks {
    /// CMYK colours.
    mixes: BTreeMap<InkMix, usize>,
    /// CMYK images, by the pixel with the most ink.
    images: BTreeMap<InkMix, usize>,
    /// The smallest text in each mix of several inks.
    mixed_text: BTreeMap<InkMix, Smallest>,
    /// The thinnest line in each mix of several inks.
    mixed_lines: BTreeMap<InkMix, Smallest>,
    /// The thinnest line in each separation, by its name.
    spot_lines: BTreeMap<String, Smallest>,
    /// Descriptions of colours and images that are neither process nor spot colours.
    other: BTreeMap<String, usize>,
    /// The lowest resolution of a picture, in pixels per inch, and the first page that has it.
    lowest_resolution: Option<(f64, usize)>,
    /// Colour spaces of the separations, by name.
    pub spots: BTreeMap<String, Object>,
    /// The inks of each block of the content, in the order of the visits.
    blocks: Vec<BlockInks>,
    /// The blocks of each page.
    pages: Vec<BTreeSet<usize>>,
}

/// The inks of a block of the content.
#[derive(Debug, Default)]
struct BlockInks {
    /// Which process inks are used.
    process: [bool; 4],
    spots: BTreeSet<String>,
    /// CMYK colours and the heaviest pixels of images.
    mixes: BTreeSet<InkMix>,
    overprints: BTreeSet<Overprint>,
}

/// A colour that does not remove the inks below it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Overprint {
    /// Its process inks. Where one is 0, that of the colour below stays.
    mix: InkMix,
    /// The name of a spot ink, and its tint in percent.
    spot: Option<(String, u32)>,
}

/// The smallest size or width, in points, and the first page that has it.
#[derive(Clone, Copy, Debug)]
struct Smallest {
    points: f64,
    page: usize,
}

impl Smallest {
    /// Records a size.
    fn record<K: Ord>(all: &mut BTreeMap<K, Self>, key: K, points: f64, page: usize) {
        let smallest = all.entry(key).or_insert(Self { points, page });
        // Sizes are the same only up to rounding.
        if points < smallest.points - 0.01 {
            *smallest = Self { points, page };
        }
    }
}

impl ContentVisitor for Inks {
    fn record_use(&mut self, block: usize, page: usize) {
        if self.pages.len() <= page {
            self.pages.resize_with(page + 1, BTreeSet::new);
        }
        self.pages[page].insert(block);
    }

    fn visit(&mut self, block: &ContentBlock<'_>) {
        self.blocks.push(BlockInks::default());
        self.survey_content(block.document, block.content, block.resources, block.matrix, block.page, 0);
    }
}

impl Inks {
    fn record_mix(&mut self, inks: [f64; 4], page: usize) -> InkMix {
        let mix = inks.map(|ink| (ink.clamp(0.0, 1.0) * 100.0).round() as u32);
        self.record_process_inks(mix.map(|ink| ink > 0));
        self.mixes.entry(mix).or_insert(page);
        self.record_in_block(mix);
        mix
    }

    fn record_in_block(&mut self, mix: InkMix) {
        if let Some(block) = self.blocks.last_mut() {
            block.mixes.insert(mix);
        }
    }

    fn record_process_inks(&mut self, inks: [bool; 4]) {
        if let Some(block) = self.blocks.last_mut() {
            block.process.iter_mut().zip(inks).for_each(|(used, ink)| *used |= ink);
        }
    }

    /// Records the black ink, unless the grey is white (1). `None`: unknown, counts as used.
    fn record_grey(&mut self, grey: Option<[f64; 1]>) {
        self.record_process_inks([false, false, false, grey != Some([1.0])]);
    }

    fn record_other(&mut self, what: &str, page: usize) {
        self.other.entry(what.to_owned()).or_insert(page);
    }

    /// Returns the names of the plates, process inks first.
    pub fn plates(&self) -> Vec<String> {
        self.plates_of(0..self.pages.len())
    }

    /// Returns the names of the plates that some pages need, process inks first.
    pub fn plates_of(&self, pages: impl IntoIterator<Item = usize>) -> Vec<String> {
        let (mut process, mut spots) = ([false; 4], BTreeSet::new());
        let pages: BTreeSet<usize> = pages.into_iter().collect();
        let blocks: BTreeSet<usize> =
            pages.iter().filter_map(|page| self.pages.get(*page)).flatten().copied().collect();
        for block in blocks.into_iter().filter_map(|block| self.blocks.get(block)) {
            process.iter_mut().zip(block.process).for_each(|(used, ink)| *used |= ink);
            spots.extend(block.spots.iter().cloned());
        }
        let process = PROCESS.into_iter().zip(process).filter(|(_, used)| *used);
        process.map(|(name, _)| name.to_owned()).chain(spots).collect()
    }
}

/// Returns whether several inks are needed.
fn is_mixed(mix: &InkMix) -> bool {
    mix.iter().filter(|ink| **ink > 0).count() > 1
}
