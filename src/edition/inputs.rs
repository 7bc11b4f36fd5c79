//! What each document is made of, as a sum: a document whose sum has not changed need not be made again.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::Edition;
use super::plan::{Job, Plan};
use crate::hash::{Hash128, finish};
use crate::locale::Locale;
use crate::template::SUFFIX;

/// What documents share, by template and language.
pub struct Inputs(BTreeMap<(String, String), Hash128>);

impl Inputs {
    pub fn of(edition: &Edition, plan: &Plan, locales: &[Locale]) -> Self {
        let mut all = Sha256::new();
        all.update(env!("CARGO_PKG_VERSION"));
        all.update(edition.results.digest);
        // Key figures of the edition may be figures of a city.
        for key in &edition.results.edition.key_figures {
            all.update(key.city.as_deref().and_then(|id| edition.results.city(id)).map_or([0; 16], |city| city.digest));
        }
        let project = &edition.project;
        project.list("fonts").iter().for_each(|path| all.update(project.hash(path)));
        let (reports, words) = (project.list("reports"), project.list("locales"));
        let below = |folder: &str, sum: &mut Sha256| {
            let prefix = format!("reports/{folder}/");
            for path in reports.iter().filter(|path| path.starts_with(&prefix)) {
                // Of a report's own templates, each document has one.
                if folder == "shared" || !path.ends_with(SUFFIX) {
                    sum.update(path);
                    sum.update(project.hash(path));
                }
            }
        };
        below("shared", &mut all);
        let mut sums = BTreeMap::new();
        for report in &plan.reports {
            for scope in ["city", "edition"] {
                let template = format!("{}/{scope}", report.name);
                let mut of_template = all.clone();
                below(&report.name, &mut of_template);
                of_template.update(project.hash(&format!("reports/{template}{SUFFIX}")));
                for language in &plan.languages {
                    let mut sum = of_template.clone();
                    sum.update(&template);
                    sum.update(language);
                    let spoken = locales.iter().filter(|locale| language.split('+').any(|l| l == locale.name));
                    for name in spoken.flat_map(Locale::chain) {
                        let prefix = format!("locales/{name}/");
                        for path in words.iter().filter(|path| path.starts_with(&prefix)) {
                            sum.update(project.hash(path));
                        }
                    }
                    sums.insert((template.clone(), language.clone()), finish(sum));
                }
            }
        }
        Self(sums)
    }

    pub fn sum(&self, edition: &Edition, job: &Job) -> Hash128 {
        let mut sum = Sha256::new();
        sum.update(self.0.get(&(job.template(), job.language.clone())).copied().unwrap_or_default());
        match job.facts(edition) {
            (_, Some(city)) => {
                sum.update(city.digest);
                if let Some(photo) = &city.photo {
                    sum.update(edition.project.asset(&photo.file.value).unwrap_or_default());
                }
            }
            (results, None) => {
                results.cities.iter().for_each(|city| sum.update(city.digest));
                let photos = results.cities.iter().filter_map(|city| city.photo.as_ref());
                photos.for_each(|photo| sum.update(edition.project.asset(&photo.file.value).unwrap_or_default()));
            }
        }
        finish(sum)
    }
}
