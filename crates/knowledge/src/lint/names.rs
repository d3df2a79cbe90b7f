//! A name stands for one medicine and one product: records are read by names, and of two that share one the first would
//! silently win.

use crate::base::{Base, shape};
use crate::entry::Entry;
use crate::head::Text;
use crate::kind::Kind;
use std::collections::BTreeMap;
use waymark_criteria::Diagnostic;

/// Where a name was seen.
struct Seen<'b> {
    entry: &'b Entry,
    text: &'b Text,
}

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    let mut names: BTreeMap<String, Vec<Seen<'_>>> = BTreeMap::new();
    for entry in base.of(Kind::Medicine) {
        for text in entry.head.texts.iter().filter(|text| is_name(text)) {
            let same = names.entry(text.value.trim().to_lowercase()).or_default();
            let seen = Seen { entry, text };
            if let Some(first) = same.iter().find(|first| first.is_another(&seen)) {
                let message = format!("the name `{}` is taken already", text.value);
                let problem = entry.error("duplicate-name", text.span, message);
                problems.push(problem.help(format!(
                    "it is also the {} of `{}` in {}",
                    first.what(),
                    first.owner(),
                    first.entry.path
                )));
            }
            same.push(seen);
        }
    }
}

fn is_name(text: &Text) -> bool {
    let shape = shape(&text.path);
    let own = shape.strip_prefix("products.*.").unwrap_or(&shape);
    matches!(own, "id" | "name" | "short" | "brand" | "names.*")
}

impl Seen<'_> {
    /// Whether both stand for different things. A name may be a medicine's and its products' alike, and products may
    /// share the name of their medicine or their proper name. Ids that repeat are reported as such.
    fn is_another(&self, other: &Seen<'_>) -> bool {
        if self.text.key == "id" && other.text.key == "id" {
            return false;
        }
        if self.entry.path != other.entry.path {
            return true;
        }
        let (Some(one), Some(another)) = (self.product(), other.product()) else {
            return false;
        };
        let proper = self.text.key == "name" && other.text.key == "name";
        one != another && !proper && !self.is_of_medicine()
    }

    /// Whether it is the very name of the medicine.
    fn is_of_medicine(&self) -> bool {
        let name = self.entry.head.text("name");
        name.is_some_and(|name| name.value.to_lowercase() == self.text.value.to_lowercase())
    }

    /// The path of the product that the name is of.
    fn product(&self) -> Option<&str> {
        let position = self.text.path.strip_prefix("products.")?;
        let end = position.find('.')?;
        self.text.path.get(..="products.".len() + end)
    }

    fn owner(&self) -> &str {
        let id = self.product().map(|product| format!("{product}id"));
        let id = id.and_then(|path| self.entry.head.text(&path));
        id.map_or(&self.entry.id, |id| &id.value)
    }

    fn what(&self) -> &'static str {
        match self.text.key.as_str() {
            "id" => "id",
            "brand" => "brand",
            "short" => "short name",
            _ => "name",
        }
    }
}
