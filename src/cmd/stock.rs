//! `gen-report print --stock`: the fields of certificates on sheets that were printed beforehand.

use std::path::Path;

use serde_json::json;

use super::print::copies;
use super::{Voice, project, stop, workers};
use crate::cli::{CommonArgs, PrintArgs};
use crate::diagnostic::{Diagnostic, code};
use crate::edition::{Choice, Edition, Works};
use crate::exit;
use crate::print::folio::{Crew, each};
use crate::print::stock::{Stock, StockOutput as Kind, StockPrinter as Sheets};
use crate::results::City;
use crate::store::{Folder, Store};
use crate::typeset::Variant;

/// Makes the pages of each language.
pub fn print(file: &Path, args: &PrintArgs, common: &CommonArgs, voice: &mut Voice) -> Result<u8, Vec<Diagnostic>> {
    let mut edition = Edition::load(project(common)?)?;
    let stock = Stock::read(file, &edition.languages)?;
    let one = |problem| vec![problem];
    let printer = args.stock.printer.as_deref().map(|name| stock.printer(name)).transpose().map_err(one)?;
    let printer = printer.unwrap_or_default();
    // A proof shows where the fields shall come, not how a printer must be led there.
    let offset = match args.stock.proof {
        true => (0.0, 0.0),
        false => (args.stock.offset_x.unwrap_or(printer.0), args.stock.offset_y.unwrap_or(printer.1)),
    };
    if let Some(pair) = args.lang.iter().find(|l| l.contains('+')) {
        return Err(vec![
            Diagnostic::error(code::NOT_IN_PROJECT, format!("a stock is printed in one language, not in `{pair}`"))
                .help("name the languages with commas between them"),
        ]);
    }
    let mut problems = Vec::new();
    let copies = copies(args, &edition, &mut |problem| problems.push(problem));
    problems.extend(stock.compile(&mut edition).err().into_iter().flatten());
    if !problems.is_empty() {
        return Err(problems);
    }
    let kind = match (args.stock.calibration, args.stock.proof) {
        (true, _) => Kind::Calibration,
        (_, true) => Kind::Proof,
        _ => Kind::Print,
    };
    let choice = Choice { languages: args.lang.clone(), cities: args.city.clone(), ..Choice::default() };
    let plan = edition.plan(&choice)?;
    let languages = plan.languages.clone();
    let works = Works::prepare(edition, plan, args.strict, Variant::Press { bleed: 0.0, finishes: Vec::new() })?;
    let selected = works.edition.results.selected();
    let chosen = |city: &&City| args.city.is_empty() || args.city.contains(&city.id);
    let cities: Vec<&City> = selected.into_iter().filter(chosen).collect();
    let sheets = Sheets { stock: &stock, works: &works, output: kind, offset, copies };
    sheets.lend_scan(file).map_err(one)?;

    let (stop, workers) = (stop(), workers(args.jobs));
    let crew = Crew { workers, stop };
    let name = |language: &String| format!("{} in `{language}`", stock.name);
    let made = each(&languages, &crew, |language| sheets.make(language, &cities), name, || ());
    // What is wrong with the stock is wrong in every language.
    let Some(made) = made.map_err(once)? else { return Ok(exit::INTERRUPTED) };
    let suffix = match kind {
        Kind::Print => "",
        Kind::Proof => "-proof",
        Kind::Calibration => "-calibration",
    };
    let folder = Folder::new(&args.out);
    let mut shrunk = 0;
    let mut warnings = Vec::new();
    for (language, made) in languages.iter().zip(made) {
        let key = format!("{language}/stock-{}{suffix}.pdf", stock.name);
        folder.put(&key, &made.pdf).map_err(one)?;
        shrunk += made.shrunk;
        warnings.extend(made.warnings);
        let path = folder.shown(&key);
        let object = json!({ "type": "sheets", "lang": language, "stock": stock.name, "path": path,
                             "pages": made.pages, "bytes": made.pdf.len() });
        if !voice.quiet || voice.is_json() {
            voice.data(&object, &path);
        }
    }
    voice.tell_all(once(warnings));
    voice.tell_all(works.borrowed());
    match shrunk {
        0 => {}
        1 => voice.say("one text was set smaller to fit its field"),
        n => voice.say(&format!("{n} texts were set smaller to fit their fields")),
    }
    Ok(exit::OK)
}

/// Each finding but the first of its kind and place left out.
fn once(problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let new = |problem: &Diagnostic| {
        let key = problem.sort_key();
        let new = !told.contains(&key);
        told.push(key);
        new
    };
    problems.into_iter().filter(new).collect()
}
