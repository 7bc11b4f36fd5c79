//! A hash of everything that a document is built from: while it stays the same, the document is up to date.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::LoadedProject;
use super::plan::{Job, Plan};
use crate::document::{Languages, Scope};
use crate::hash::{Hash128, finish};
use crate::locale::Locale;
use crate::template::SUFFIX;

/// The hash of what several documents share, by template and languages.
pub struct Inputs(BTreeMap<(String, Languages), Hash128>);

impl Inputs {
    pub fn of(project: &LoadedProject, plan: &Plan, locales: &[Locale]) -> Self {
        let mut all = Sha256::new();
        all.update(env!("CARGO_PKG_VERSION"));
        all.update(project.results.digest);
        // Key figures of the edition may be figures of a city.
        for key in &project.results.edition.key_figures {
            all.update(key.city.as_deref().and_then(|id| project.results.city(id)).map_or([0; 16], |city| city.digest));
        }
        let files = &project.project;
        files.list("fonts").iter().for_each(|path| all.update(files.hash(path)));
        let (reports, words) = (files.list("reports"), files.list("locales"));
        let add_folder = |folder: &str, hash: &mut Sha256| {
            let prefix = format!("reports/{folder}/");
            for path in reports.iter().filter(|path| path.starts_with(&prefix)) {
                // A document is rendered from one of its report's templates, which is added below.
                if folder == "shared" || !path.ends_with(SUFFIX) {
                    hash.update(path);
                    hash.update(files.hash(path));
                }
            }
        };
        add_folder("shared", &mut all);
        let mut hashes = BTreeMap::new();
        for report in &plan.reports {
            for scope in Scope::ALL {
                let template = scope.template(&report.name);
                let mut of_template = all.clone();
                add_folder(&report.name, &mut of_template);
                of_template.update(files.hash(&format!("reports/{template}{SUFFIX}")));
                for languages in &plan.languages {
                    let mut hash = of_template.clone();
                    hash.update(&template);
                    hash.update(languages.to_string());
                    let used = locales.iter().filter(|locale| languages.contains(&locale.name));
                    for name in used.flat_map(Locale::chain) {
                        let prefix = format!("locales/{name}/");
                        for path in words.iter().filter(|path| path.starts_with(&prefix)) {
                            hash.update(files.hash(path));
                        }
                    }
                    hashes.insert((template.clone(), languages.clone()), finish(hash));
                }
            }
        }
        Self(hashes)
    }

    pub fn hash(&self, project: &LoadedProject, job: &Job) -> Hash128 {
        let mut hash = Sha256::new();
        hash.update(self.0.get(&(job.id.template(), job.id.languages.clone())).copied().unwrap_or_default());
        match job.facts(project) {
            (_, Some(city)) => {
                hash.update(city.digest);
                if let Some(photo) = &city.photo {
                    hash.update(project.project.asset(&photo.file.value).unwrap_or_default());
                }
            }
            (results, None) => {
                results.cities.iter().for_each(|city| hash.update(city.digest));
                let photos = results.cities.iter().filter_map(|city| city.photo.as_ref());
                photos.for_each(|photo| hash.update(project.project.asset(&photo.file.value).unwrap_or_default()));
            }
        }
        finish(hash)
    }
}
