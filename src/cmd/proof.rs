//! `gen-report proof`: makes proofs for translators.

use serde_json::json;

use super::open_project;
use crate::cli::{CommonArgs, ProofArgs};
use crate::diagnostic::{Problems, count};
use crate::exit;
use crate::proof::{self, Proof};
use crate::run::LoadedProject;
use crate::trust::write_public_file;
use crate::ui::Console;

pub fn run(args: &ProofArgs, common: &CommonArgs, console: &mut Console) -> Result<u8, Problems> {
    let project = LoadedProject::load_for(open_project(common)?, &args.selection.report)?;
    let mut selection = args.selection.selection(&args.cities.city);
    if args.pseudo {
        selection.languages = project.pseudo_languages();
    }
    let plan = project.plan(&selection)?;
    let builder = proof::builder(project, plan)?;
    for languages in &builder.plan.languages {
        let language = languages.first();
        let proof = Proof::new(&builder, language)?;
        let files = proof.build(&builder)?;
        for (extension, bytes) in [("pdf", files.pdf.as_slice()), ("html", files.web_page.as_bytes())] {
            let path = args.out.join(format!("{language}.{extension}"));
            write_public_file(&path, bytes)?;
            let path = path.display().to_string();
            console.write_data(&json!({ "type": "proof", "language": language, "path": path }), &path);
        }
        let on_pages = proof.list.entries.len() - proof.list.parts().count();
        console.write_remark(&format!(
            "`{language}`: {} on {}, {} inside other messages, {} not printed",
            count(on_pages, "message"),
            count(proof.documents.iter().map(|document| document.pages.len()).sum(), "page"),
            proof.list.parts().count(),
            proof.list.unprinted.len()
        ));
    }
    console.report_diagnostics(builder.fallback_uses());
    Ok(exit::OK)
}
