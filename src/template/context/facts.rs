//! The facts that every message can use as variables.

use std::borrow::Cow;
use std::sync::Arc;

use super::ContextBuilder;
use crate::locale::Value;
use crate::results::{BuiltInValue, Figures, ProjectFact, Text};

/// The facts that every message can use as variables, by name. A message receives those that it uses.
pub type MessageFacts = Vec<(Cow<'static, str>, Value)>;

impl<'a> ContextBuilder<'a> {
    /// Collects the facts that every message can use.
    pub(super) fn collect_facts(&mut self) {
        let (results, edition) = (self.results, self.edition());
        let text = |text: &Text| self.locale.forms(text, results).map_or(Value::None, Value::Name);
        let built_in = |value: BuiltInValue<'_>| match value {
            BuiltInValue::None => Value::None,
            BuiltInValue::Text(value) => text(value),
            BuiltInValue::Date(date) => Value::Date(date.into()),
            BuiltInValue::Number(number) => Value::Number(number.into()),
            BuiltInValue::Word(word) => Value::Text(word.to_owned()),
            BuiltInValue::Code(code) => Value::Code(code),
        };
        let mut facts: MessageFacts =
            self.built_in_facts(self.city).iter().map(|(name, value)| (Cow::Borrowed(name), built_in(value))).collect();
        let mut add = |key: &String, value: Value| {
            if facts.iter().all(|(name, _)| name != key) {
                facts.push((key.clone().into(), value));
            }
        };
        let project_fact = |fact: &ProjectFact| match fact {
            ProjectFact::Text(value) => text(value),
            ProjectFact::Date(date) => Value::Date(**date),
            ProjectFact::Figure(figure) => Value::Figure(Arc::new(figure.clone())),
            ProjectFact::Link(link) => Value::Code(link.value.clone()),
            ProjectFact::List(items) => {
                let forms =
                    items.iter().flat_map(ProjectFact::texts).filter_map(|t| self.locale.forms(t, results).ok());
                Value::List(forms.map(|forms| self.locale.apply_typography(&forms.name)).collect())
            }
        };
        let figures = |figures: &'a Figures| figures.iter().map(|(id, f)| (id, Value::Figure(Arc::new(f.clone()))));
        if let Some(city) = self.city {
            figures(&city.figures).for_each(|(id, value)| add(id, value));
            city.milestones.iter().for_each(|(id, when)| add(id, Value::Date(**when)));
            city.project_facts.iter().for_each(|(id, fact)| add(id, project_fact(fact)));
        }
        figures(&edition.figures).for_each(|(id, value)| add(id, value));
        edition.project_facts.iter().for_each(|(id, fact)| add(id, project_fact(fact)));
        // In the press release of the edition, milestones and project facts are also those of the first city, like `$rank`.
        if let Some(first) = self.first {
            first.milestones.iter().for_each(|(id, when)| add(id, Value::Date(**when)));
            first.project_facts.iter().for_each(|(id, fact)| add(id, project_fact(fact)));
        }
        let declared = results.definitions.city.keys().chain(results.definitions.edition.keys());
        declared.for_each(|id| add(id, Value::None));
        // What the locale has words for and this document has no fact for.
        self.locale.known_facts.iter().for_each(|key| add(key, Value::None));
        self.facts = facts;
    }
}
