//! The results file read twice: by the program, and by serde_yaml, which shares no code with it. Every value of the
//! file is compared, and no key may be left over.

use gen_report::diagnostic::SourceFile;
use gen_report::results::{City, Date, Figure, FigureRef, Figures, Hedge, Period, Results, Route, Text, load};
use serde_yaml::{Mapping, Value as Yaml};

use crate::support::RESULTS;

#[test]
fn the_example_edition_is_read_as_serde_yaml_reads_it() {
    assert_same_facts(RESULTS);
}

#[test]
fn the_languages_project_is_read_as_serde_yaml_reads_it() {
    assert_same_facts(include_str!("../../languages/reports/results.yaml"));
}

fn assert_same_facts(text: &str) {
    let results: Results = load(&SourceFile::new("results.yaml", text)).unwrap_or_else(|e| panic!("{}", e[0]));
    let mut file = Keys::new("results.yaml", serde_yaml::from_str(text).unwrap());
    assert_eq!(Some(results.specimen), file.take("specimen").as_bool());

    file.nested("programme", |keys| {
        keys.text("name", Some(&results.programme.name));
        keys.text("short", Some(&results.programme.short));
        keys.text("initials", Some(&results.programme.initials));
        keys.word("founded", Some(date(&results.programme.founded)));
    });
    file.nested("organiser", |keys| {
        keys.text("name", Some(&results.organiser.name));
        keys.text("acronym", Some(&results.organiser.acronym));
    });
    file.nested("edition", |keys| {
        let edition = &results.edition;
        keys.word("number", Some(edition.number.to_string()));
        keys.word("announced", Some(date(&edition.announced)));
        keys.word("published", Some(date(&edition.published)));
        keys.text("place", Some(&edition.place));
        keys.text("convention", edition.convention.as_ref());
        keys.text("conference", edition.conference.as_ref());
        keys.words("routes", edition.routes.iter().map(|route| route.word().to_owned()));
        keys.figures(&edition.figures);
        keys.words("key-figures", edition.key_figures.iter().map(reference));
        keys.word("verification", Some(edition.verification.value.clone()));
    });
    file.nested("contact", |keys| {
        keys.text("office", Some(&results.contact.office));
        keys.word("website", results.contact.website.as_ref().map(|it| it.value.clone()));
        keys.word("email", results.contact.email.as_ref().map(|it| it.value.clone()));
        keys.word("phone", results.contact.phone.as_ref().map(|it| it.value.clone()));
    });
    file.list("signatories", &results.signatories, |keys, signatory| {
        keys.text("office", Some(&signatory.office));
        keys.text("name", signatory.name.as_ref());
    });
    file.nested("sources", |keys| {
        for (id, source) in &results.sources {
            keys.nested(id, |keys| {
                keys.text("name", Some(&source.name));
                keys.word("published", source.published.as_ref().map(date));
            });
        }
    });
    file.list("cities", &results.cities, same_city);
    assert!(results.embargo.is_none() && results.record_source.is_none());
    file.assert_empty();
}

fn same_city(keys: &mut Keys, city: &City) {
    keys.word("id", Some(city.id.clone()));
    keys.text("name", Some(&city.name));
    keys.text("country", Some(&city.country));
    keys.word("status", Some(city.status.word().to_owned()));
    keys.word("rank", city.rank.map(|rank| rank.to_string()));
    keys.word("serial", city.serial.as_ref().map(|serial| serial.value.clone()));
    keys.word("route", city.route.map(Route::word).map(str::to_owned));
    keys.figures(&city.figures);
    keys.words("key-figures", city.key_figures.iter().map(reference));
    match keys.take("milestones") {
        Yaml::Null => assert!(city.milestones.is_empty()),
        written => {
            let mut keys = Keys::new(&format!("milestones of {}", city.id), written);
            city.milestones.iter().for_each(|(id, when)| keys.word(id, Some(period(when))));
            keys.assert_empty();
        }
    }
    assert!(city.photo.is_none());
    match (keys.take("quotation"), &city.quotation) {
        (Yaml::Null, None) => {}
        (written, quotation) => {
            let quotation = quotation.as_ref().expect("the quotation is read");
            let mut keys = Keys::new(&format!("quotation of {}", city.id), written);
            keys.text("text", Some(&quotation.text));
            keys.text("speaker", Some(&quotation.speaker));
            keys.text("role", Some(&quotation.role));
            keys.assert_empty();
        }
    }
}

fn same_figure(keys: &mut Keys, figure: &Figure) {
    let upper = if figure.min.is_some() { "max" } else { "value" };
    let number = |number: &Yaml| scalar(number).replace('_', "").parse::<f64>().unwrap();
    let written = number(&keys.take(upper));
    assert_eq!(figure.value.to_string().parse(), Ok(written), "`{upper}` of {}", keys.path);
    if let Some(min) = &figure.min {
        assert_eq!(min.to_string().parse(), Ok(number(&keys.take("min"))), "`min` of {}", keys.path);
    }
    keys.word("unit", Some(figure.unit.clone()));
    let hedge = keys.take("hedge");
    assert_eq!(figure.hedge.word(), hedge.as_str().unwrap_or(Hedge::Exact.word()), "hedge of {}", keys.path);
    keys.word("nature", figure.nature.map(|nature| nature.word().to_owned()));
    keys.word("period", figure.period.as_ref().map(period));
    keys.word("source", figure.source.clone());
}

fn reference(figure: &FigureRef) -> String {
    match &figure.city {
        Some(city) => format!("{city}/{}", figure.figure),
        None => figure.figure.clone(),
    }
}

/// A date as results files write it.
fn date(date: &Date) -> String {
    let mut text = format!("{}{}", if date.end { "end of " } else { "" }, date.year);
    [date.month, date.day].into_iter().flatten().for_each(|part| text += &format!("-{part:02}"));
    if let Some((hour, minute)) = date.time {
        text += &format!("T{hour:02}:{minute:02}");
    }
    text
}

fn period(period: &Period) -> String {
    [Some(&period.from), period.to.as_ref()].into_iter().flatten().map(date).collect::<Vec<_>>().join("/")
}

fn scalar(value: &Yaml) -> String {
    match value {
        Yaml::String(text) => text.clone(),
        Yaml::Number(number) => number.to_string(),
        other => panic!("not a scalar: {other:?}"),
    }
}

/// The keys of a mapping that are not compared yet.
struct Keys {
    path: String,
    left: Mapping,
}

impl Keys {
    fn new(path: &str, mapping: Yaml) -> Self {
        let Yaml::Mapping(left) = mapping else { panic!("{path} is not a mapping: {mapping:?}") };
        Self { path: path.to_owned(), left }
    }

    /// Removes and returns the value of a key: null if the file does not give it.
    fn take(&mut self, key: &str) -> Yaml {
        self.left.remove(key).unwrap_or_default()
    }

    #[track_caller]
    fn assert_empty(&self) {
        assert!(self.left.is_empty(), "{} has more keys than the program reads: {:?}", self.path, self.left);
    }

    fn nested(&mut self, key: &str, compare: impl FnOnce(&mut Self)) {
        let mut keys = Self::new(&format!("{} › {key}", self.path), self.take(key));
        compare(&mut keys);
        keys.assert_empty();
    }

    fn list<T>(&mut self, key: &str, ours: &[T], compare: impl Fn(&mut Self, &T)) {
        let Yaml::Sequence(items) = self.take(key) else { panic!("{key} of {} is not a list", self.path) };
        assert_eq!(ours.len(), items.len(), "{key} of {}", self.path);
        for (number, (ours, item)) in ours.iter().zip(items).enumerate() {
            let mut keys = Self::new(&format!("{} › {key}[{number}]", self.path), item);
            compare(&mut keys, ours);
            keys.assert_empty();
        }
    }

    fn figures(&mut self, figures: &Figures) {
        self.nested("figures", |keys| {
            figures.iter().for_each(|(id, figure)| keys.nested(id, |keys| same_figure(keys, figure)));
        });
    }

    fn word(&mut self, key: &str, ours: Option<String>) {
        let written = Some(self.take(key)).filter(|value| !value.is_null());
        assert_eq!(ours, written.as_ref().map(scalar), "`{key}` of {}", self.path);
    }

    fn words(&mut self, key: &str, ours: impl Iterator<Item = String>) {
        let written = self.take(key);
        let written: Vec<String> = written.as_sequence().into_iter().flatten().map(scalar).collect();
        assert_eq!(ours.collect::<Vec<_>>(), written, "`{key}` of {}", self.path);
    }

    /// A text is one string for all languages, or a map of languages to strings or to maps of forms.
    fn text(&mut self, key: &str, ours: Option<&Text>) {
        let written = self.take(key);
        let Some(ours) = ours else { return assert!(written.is_null(), "`{key}` of {} is not read", self.path) };
        for language in ["ar", "en", "es", "fr", "ja", "ru", "uk", "zh"] {
            let written = if written.is_mapping() { &written[language] } else { &written };
            let read = ours.find(language);
            let place = format!("`{key}` of {} in `{language}`", self.path);
            match written {
                Yaml::Null => assert_eq!(read, None, "{place}"),
                Yaml::Mapping(forms) => {
                    let mut read = read.unwrap_or_else(|| panic!("{place} is not read")).as_ref().clone();
                    read.others.insert("name".to_owned(), read.name);
                    let written = forms.iter().map(|(form, text)| (scalar(form), scalar(text))).collect();
                    assert_eq!(read.others, written, "{place}");
                }
                written => {
                    let read = read.unwrap_or_else(|| panic!("{place} is not read"));
                    assert_eq!((&read.name, read.others.len()), (&scalar(written), 0), "{place}");
                }
            }
        }
    }
}
