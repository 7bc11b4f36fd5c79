//! Where the elements of a template are in its file.

use std::sync::Arc;

use handlebars::template::TemplateMapping;

use crate::diagnostic::{Place, SourceFile};

/// Returns the offset of each element, to be zipped with the elements of the template. An `{{else if}}` has no position; it
/// gets that of the preceding element.
pub fn starts<'m>(mapping: &'m [TemplateMapping], file: &'m SourceFile) -> impl Iterator<Item = usize> + use<'m> {
    (0..).map(|index| {
        let position = mapping.get(index).or(mapping.last());
        position.map_or(0, |position| file.offset(position.0, position.1))
    })
}

/// Returns the place of the tag that begins at `start`. It is empty if the tag has no end.
pub fn tag_place(file: &Arc<SourceFile>, start: usize) -> Place {
    let end = file.text[start..].find("}}").map_or(start, |end| start + end + 2);
    Place::new(file, start..end)
}
