//! Which entries differ, field by field, and which of the differences can change a result.

use crate::kind::Kind;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use waymark_engine::bundle::Content;

/// Fields that only readers see. All others count as able to change a result.
const WORDING: [&str; 33] = [
    "about",
    "approval",
    "card",
    "carries",
    "caveat",
    "comment",
    "differs",
    "display",
    "for-readers",
    "how",
    "inferred",
    "kind-of-medicine",
    "label",
    "mechanism",
    "met",
    "not-met",
    "note",
    "pivotal",
    "purpose",
    "quality",
    "question",
    "review",
    "rules",
    "says",
    "source",
    "sources",
    "statement",
    "strength",
    "studied",
    "superseded-by",
    "text",
    "title",
    "unknown",
];

/// What happened to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It is no longer there.
    Removed,
    /// Some fields of it differ.
    Changed,
}

/// An entry that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryChange {
    /// The word of its kind; `withdrawn` and `manifest` for what the manifest says.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// What happened to it.
    pub change: Change,
    /// The fields that differ, for example `indications.ex-1.from`, each with whether it can change a result.
    pub fields: Vec<(String, bool)>,
    /// Whether it can change a result.
    pub star: bool,
}

impl EntryChange {
    /// Whether the entry decides, by its own criteria or dates, what a name stands for: a criterion, an indication.
    #[must_use]
    pub fn touches(&self, name: &str) -> bool {
        let part =
            |(path, star): &(String, bool)| *star && path.split('.').any(|part| part == name);
        self.star && (self.id == name || self.fields.iter().any(part))
    }
}

/// Every entry that differs, in the order of kinds and ids.
#[must_use]
pub fn entries(old: &Content, new: &Content) -> Vec<EntryChange> {
    let (old, new) = (json(old), json(new));
    let lists = [
        ("withdrawn", "withdrawn"),
        ("sources", Kind::Source.word()),
        ("facts", Kind::Fact.word()),
        ("tables", Kind::Table.word()),
        ("criteria", Kind::Criterion.word()),
        ("medicines", Kind::Medicine.word()),
        ("regimens", Kind::Regimen.word()),
        ("guidance", Kind::Guidance.word()),
        ("trials", Kind::Trial.word()),
        ("terms", Kind::Terms.word()),
        ("line_rules", Kind::LineRule.word()),
        ("questions", Kind::Question.word()),
        ("wordings", Kind::Wording.word()),
    ];
    let mut changes = Vec::new();
    for (list, kind) in lists {
        changes.extend(of_kind(kind, list_of(&old, list), list_of(&new, list)));
    }
    let rest = |content: &Map<String, Value>| {
        let mut rest = content.clone();
        let listed = |key: &str| lists.iter().any(|(list, _)| *list == key);
        rest.retain(|key, _| !listed(key) && key != "version");
        Value::Object(rest)
    };
    let mut fields = Vec::new();
    fields_of(&rest(&old), &rest(&new), "", &mut fields);
    if !fields.is_empty() {
        changes.push(EntryChange {
            kind: "manifest",
            id: "knowledge.toml".to_owned(),
            change: Change::Changed,
            // Publisher and list of data: they stand in every result, and decide none.
            fields: fields.into_iter().map(|path| (path, false)).collect(),
            star: false,
        });
    }
    changes
}

/// Whether an entry bears on how facts follow from a record: a cohort of facts does not show what that changes.
#[must_use]
pub fn feeds_facts(change: &EntryChange) -> bool {
    let identity = |(path, star): &(String, bool)| {
        let part = path.split('.').next().unwrap_or_default();
        *star
            && [
                "classes",
                "codes",
                "ingredients",
                "name",
                "names",
                "products",
                "short",
            ]
            .contains(&part)
    };
    change.star
        && match change.kind {
            "fact" | "table" | "terms" | "line-rule" => true,
            "medicine" => change.change != Change::Changed || change.fields.iter().any(identity),
            _ => false,
        }
}

fn of_kind(kind: &'static str, old: &[Value], new: &[Value]) -> Vec<EntryChange> {
    // What is cited and what trials found decides nothing.
    let decides = kind != Kind::Source.word() && kind != Kind::Trial.word();
    let ids: BTreeSet<&str> = old.iter().chain(new).filter_map(name_of).collect();
    let named =
        |list: &'_ [Value], id: &str| list.iter().position(|entry| name_of(entry) == Some(id));
    let mut changes = Vec::new();
    for id in ids {
        let (before, after) = (named(old, id), named(new, id));
        let (change, fields) = match (before, after) {
            (Some(before), Some(after)) => {
                let mut fields = Vec::new();
                fields_of(&old[before], &new[after], "", &mut fields);
                if fields.is_empty() {
                    continue;
                }
                (Change::Changed, fields)
            }
            (None, _) => (Change::Added, Vec::new()),
            (_, None) => (Change::Removed, Vec::new()),
        };
        let fields: Vec<(String, bool)> = fields
            .into_iter()
            .map(|path| {
                let star = decides && can_change_a_result(kind, &path);
                (path, star)
            })
            .collect();
        changes.push(EntryChange {
            kind,
            id: id.to_owned(),
            star: decides && (change != Change::Changed || fields.iter().any(|(_, star)| *star)),
            change,
            fields,
        });
    }
    changes
}

fn can_change_a_result(kind: &str, path: &str) -> bool {
    if kind == Kind::Criterion.word() && path == "of-course" {
        return false;
    }
    // What a person is asked, and what the page says around the answers, change none.
    if kind == Kind::Question.word() || kind == Kind::Wording.word() {
        return false;
    }
    let wording = path.split('.').any(|part| WORDING.contains(&part));
    // Guidance names the medicines that it is about, and is found by them; a regimen consists of them.
    let about = kind == Kind::Guidance.word() && matches!(path, "medicines" | "theme");
    !wording && !about
}

/// The paths at which two values differ. Members of lists are matched by their ids or codes.
fn fields_of(old: &Value, new: &Value, path: &str, found: &mut Vec<String>) {
    if old == new {
        return;
    }
    let inner = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for key in keys {
                match (old.get(key), new.get(key)) {
                    (Some(old), Some(new)) => fields_of(old, new, &inner(key), found),
                    (Some(Value::Array(members)), None) | (None, Some(Value::Array(members)))
                        if named(members) =>
                    {
                        found.extend(
                            members
                                .iter()
                                .filter_map(name_of)
                                .map(|name| inner(&format!("{key}.{name}"))),
                        );
                    }
                    (Some(_), None) | (None, Some(_)) | (None, None) => found.push(inner(key)),
                }
            }
        }
        (Value::Array(old), Value::Array(new)) if named(old) && named(new) => {
            let names: BTreeSet<&str> = old.iter().chain(new).filter_map(name_of).collect();
            let before = found.len();
            for name in names {
                let member =
                    |list: &'_ [Value]| list.iter().position(|it| name_of(it) == Some(name));
                match (member(old), member(new)) {
                    (Some(one), Some(other)) => {
                        fields_of(&old[one], &new[other], &inner(name), found)
                    }
                    (Some(_), None) | (None, Some(_)) | (None, None) => found.push(inner(name)),
                }
            }
            if found.len() == before {
                found.push(inner("order"));
            }
        }
        _ => found.push(path.to_owned()),
    }
}

/// Whether every member has a name of its own.
fn named(list: &[Value]) -> bool {
    let names: BTreeSet<&str> = list.iter().filter_map(name_of).collect();
    names.len() == list.len()
}

fn name_of(entry: &Value) -> Option<&str> {
    entry.get("id").or_else(|| entry.get("code"))?.as_str()
}

fn list_of<'v>(content: &'v Map<String, Value>, list: &str) -> &'v [Value] {
    content
        .get(list)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn json(content: &Content) -> Map<String, Value> {
    match serde_json::to_value(content) {
        Ok(Value::Object(fields)) => fields,
        // Content is a struct of texts, numbers and lists: it always becomes an object.
        Ok(_) | Err(_) => Map::new(),
    }
}
