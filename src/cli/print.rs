//! The options of `print`.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args};

use super::{CityArgs, SelectionArgs, SignArgs, parse_jobs, parse_seconds};
use crate::print::FileSplit;
use crate::print::copies::CopiesArg;
use crate::print::identity::SheetSelection;
use crate::print::imposition::{Duplex, Layout};

#[derive(Args, Debug)]
#[command(mut_arg("report", |arg| arg.help("Reports (for example press-release,certificate) [default: certificate]")))]
pub struct PrintArgs {
    #[command(flatten)]
    pub selection: SelectionArgs,
    #[command(flatten)]
    pub cities: CityArgs,
    /// Folder for the sheets and the job ticket
    #[arg(short, long, value_name = "DIR", default_value = "print")]
    pub out: PathBuf,
    /// Number of documents to build at the same time [default: number of cores]
    #[arg(short, long, value_name = "N", value_parser = parse_jobs)]
    pub jobs: Option<NonZeroUsize>,
    /// Time limit for one document, in seconds; if a document exceeds it, nothing is printed [default: no limit]
    #[arg(long, value_name = "SECONDS", value_parser = parse_seconds)]
    pub timeout: Option<Duration>,
    /// Treat text from a fallback locale as an error
    #[arg(long)]
    pub strict: bool,
    /// Sheet size: A4, SRA4, A3, SRA3, Letter, Tabloid, or WIDTHxHEIGHT in mm as it is fed [default: the smallest of A4 to
    /// SRA3 that holds pages and marks; the largest for n-up, step-repeat and cut-stack without --up]
    #[arg(long, value_name = "SIZE")]
    pub sheet: Option<String>,
    /// How to place pages on sheets [default: one-up; with --up: n-up]
    #[arg(long, value_name = "LAYOUT", value_enum)]
    pub layout: Option<Layout>,
    /// Columns and rows of pages on a sheet (for example 1x2), or auto for as many as fit [default: auto]
    #[arg(long, value_name = "COLSxROWS", value_parser = PageGrid::parse)]
    pub up: Option<PageGrid>,
    /// Print on both sides, turning the sheets in this way [default: one side; for booklets: sheetwise]
    #[arg(long, value_name = "HOW", value_enum)]
    pub duplex: Option<Duplex>,
    /// Distance between two pages on a sheet, in mm [default: twice the bleed]
    #[arg(long, value_name = "MM", allow_negative_numbers = true, value_parser = parse_millimetres)]
    pub gutter: Option<f64>,
    /// How far the innermost sheet of a folded booklet sticks out, in mm (requires --layout booklet)
    #[arg(long, value_name = "MM", default_value_t = 0.0, allow_negative_numbers = true, value_parser = parse_millimetres)]
    pub creep: f64,
    /// Bleed around each page, in mm
    #[arg(long, value_name = "MM", default_value_t = 3.0, allow_negative_numbers = true, value_parser = parse_millimetres)]
    pub bleed: f64,
    /// Outer part of the sheet that the press cannot print, in mm: marks stay out of it
    #[arg(long, value_name = "MM", default_value_t = 4.0, allow_negative_numbers = true, value_parser = parse_millimetres)]
    pub margin: f64,
    /// Part of the sheet that the press holds, along its lower edge, in mm (for example 10): nothing is printed there
    #[arg(long, value_name = "MM", default_value_t = 0.0, allow_negative_numbers = true, value_parser = parse_millimetres)]
    pub gripper: f64,
    /// Omit crop, fold and registration marks, colour bar and slug line
    #[arg(long)]
    pub no_marks: bool,
    /// Copies of each document, or of the documents of a city (for example 2,beijing=5) [default: 1]
    #[arg(long, value_name = "N|CITY=N", value_delimiter = ',', action = ArgAction::Append, value_parser = CopiesArg::parse)]
    pub copies: Vec<CopiesArg>,
    /// Finishes to print, each from a separate plate (for example foil,varnish)
    #[arg(long, value_name = "FINISH", value_delimiter = ',', action = ArgAction::Append)]
    pub finish: Vec<String>,
    /// Draw lines for a cutting machine: the cut of each page in the spot colour CutContour, the folds of booklets in Crease
    #[arg(long)]
    pub cut_contour: bool,
    /// Printing condition: FOGRA39, FOGRA51, FOGRA52, GRACoL2013, SWOP or JapanColor [default: that of the profile]
    #[arg(long, value_name = "NAME")]
    pub condition: Option<String>,
    /// ICC profile of the printing condition [default: FOGRA39L Coated]
    #[arg(long, value_name = "FILE")]
    pub icc: Option<PathBuf>,
    /// Maximum total ink coverage, in percent [default: that of the settings, or of the printing condition]
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true, value_parser = parse_percent)]
    pub max_ink: Option<u32>,
    /// Print only these sheets of the job again (for example 12,40-42), in files whose names end with -reprint
    #[arg(long, value_name = "LIST", value_parser = SheetSelection::parse)]
    pub only_sheets: Option<SheetSelection>,
    /// Number of the job, for the slug line and the ticket
    #[arg(long, value_name = "TEXT", value_parser = parse_label)]
    pub job_number: Option<String>,
    /// Paper to print on, for the ticket (for example "coated silk")
    #[arg(long, value_name = "TEXT", value_parser = parse_label)]
    pub paper: Option<String>,
    /// Weight of the paper, in grams per square metre, for the ticket
    #[arg(long, value_name = "GRAMS", allow_negative_numbers = true, value_parser = parse_weight)]
    pub weight: Option<u32>,
    /// Language of slug lines, cover and ticket (for example zh) [default: that of the documents]
    #[arg(long, value_name = "LANG")]
    pub shop_lang: Option<String>,
    /// How to split the output into files
    #[arg(long = "group", value_name = "WHAT", value_enum, default_value_t)]
    pub split: FileSplit,
    /// Begin each file with a cover sheet that lists its content
    #[arg(long)]
    pub cover: bool,
    #[command(flatten)]
    pub sign: SignArgs,
    #[command(flatten)]
    pub stock: StockArgs,
}

impl PrintArgs {
    /// Returns how to place pages on sheets: `--up` alone means n-up.
    pub fn layout(&self) -> Layout {
        self.layout.unwrap_or(if self.up.is_some() { Layout::NUp } else { Layout::OneUp })
    }
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Pre-printed stock")]
pub struct StockArgs {
    /// Print only the fields described in FILE, on pre-printed pages
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "report", "duplex", "creep", "bleed", "finish", "cut_contour", "max_ink", "split", "cover", "only_sheets", "paper", "weight",
        "timeout",
    ])]
    pub stock: Option<PathBuf>,
    /// Printer listed in the stock file, whose offset is applied
    #[arg(long, value_name = "NAME", requires = "stock")]
    pub printer: Option<String>,
    /// Move everything to the right, in mm (instead of the printer's offset)
    #[arg(long, value_name = "MM", requires = "stock", allow_negative_numbers = true, value_parser = parse_offset)]
    pub offset_x: Option<f64>,
    /// Move everything down, in mm (instead of the printer's offset)
    #[arg(long, value_name = "MM", requires = "stock", allow_negative_numbers = true, value_parser = parse_offset)]
    pub offset_y: Option<f64>,
    /// Write a page of rulers, crosshairs and field boxes, to find the printer's offset
    #[arg(long, requires = "stock", conflicts_with = "proof")]
    pub calibration: bool,
    /// Show the fields over the scan of the stock, without an offset
    #[arg(long, requires = "stock", conflicts_with_all = ["sheet", "up", "layout"])]
    pub proof: bool,
}

/// Columns and rows; `None` for as many as fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageGrid(pub Option<(usize, usize)>);

impl PageGrid {
    fn parse(text: &str) -> Result<Self, String> {
        if text == "auto" {
            return Ok(Self(None));
        }
        let number = |text: &str| text.parse().ok().filter(|n| (1..=100).contains(n));
        let counts = text.split_once(['x', 'X', '×']).map(|(columns, rows)| (number(columns), number(rows)));
        match counts {
            Some((Some(columns), Some(rows))) => Ok(Self(Some((columns, rows)))),
            _ => Err("expected columns and rows (for example 2x4), or auto".to_owned()),
        }
    }
}

/// Parses a text that must fit on a line of a ticket.
fn parse_label(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.chars().count() {
        1..=80 if !text.chars().any(char::is_control) => Ok(text.to_owned()),
        _ => Err("expected a line of 1 to 80 characters".to_owned()),
    }
}

fn parse_percent(text: &str) -> Result<u32, String> {
    let percent = text.parse().ok().filter(|percent| (100..=400).contains(percent));
    percent.ok_or_else(|| "expected percent from 100 to 400 (for example 280)".to_owned())
}

fn parse_weight(text: &str) -> Result<u32, String> {
    let grams = text.parse().ok().filter(|grams| (20..=2000).contains(grams));
    grams.ok_or_else(|| "expected grams per square metre from 20 to 2000 (for example 300)".to_owned())
}

fn parse_millimetres(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(mm) if (0.0..=100.0).contains(&mm) => Ok(mm),
        _ => Err("expected millimetres from 0 to 100 (for example 3 or 2.5)".to_owned()),
    }
}

fn parse_offset(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(mm) if mm.abs() <= 100.0 => Ok(mm),
        _ => Err("expected millimetres from -100 to 100 (for example -0.4)".to_owned()),
    }
}
