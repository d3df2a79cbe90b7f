//! `waymark kb show ID`

use super::list;
use crate::failure::Failure;
use crate::knowledge;
use crate::render::style::{Ink, Page};
use serde_json::Value;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use waymark_engine::Bundle;

/// Shows every entry of this id, or the entry that holds an indication, position, caution or product of it.
pub(crate) fn run(dir: Option<&Path>, id: &str) -> Result<(), Failure> {
    let bundle = knowledge::bundle(dir)?;
    let entries = find(&bundle, id);
    if entries.is_empty() {
        let all = list::entries(&bundle);
        let known = all.iter().map(|(_, known, _)| *known);
        let near: Vec<&str> = known.filter(|known| known.contains(id)).collect();
        let hint = if near.is_empty() {
            "`waymark kb list` lists them".to_owned()
        } else {
            format!("did you mean {}?", near.join(", "))
        };
        return Err(Failure::Usage(format!("there is no entry `{id}`; {hint}")));
    }
    let page = Page::of_terminal();
    let shown: Vec<String> = entries.iter().map(|entry| one(entry, &page)).collect();
    std::io::stdout()
        .lock()
        .write_all(shown.join("\n").as_bytes())?;
    Ok(())
}

fn one(entry: &Value, page: &Page) -> String {
    let mut out = String::new();
    let field = |name: &str| entry[name].as_str().unwrap_or_default();
    let heading = ["title", "name", "label"].iter().map(|name| field(name));
    let heading = heading.into_iter().find(|text| !text.is_empty());
    let title = page.ink(Ink::Bold, heading.unwrap_or_default());
    let _ = writeln!(out, "{title}  {}", page.ink(Ink::Faint, field("id")));
    for paragraph in field("text")
        .split("\n\n")
        .filter(|it| !it.trim().is_empty())
    {
        out += &page.wrap("", "", &paragraph.replace('\n', " "));
        out.push('\n');
    }
    if let Value::Object(fields) = entry {
        let told = ["title", "text", "cql", "id"];
        for (name, value) in fields
            .iter()
            .filter(|(name, _)| !told.contains(&name.as_str()))
        {
            show(&mut out, name, value, 0, page);
        }
    }
    if !field("cql").trim().is_empty() {
        let _ = writeln!(out, "\n{}", field("cql").trim());
    }
    out
}

/// Entries of any kind as trees of names and values.
fn find(bundle: &Bundle, id: &str) -> Vec<Value> {
    let content = serde_json::to_value(bundle.content()).unwrap_or_default();
    let is = |entry: &Value| entry["id"].as_str() == Some(id);
    let holds = |entry: &Value| {
        let lists = entry
            .as_object()
            .into_iter()
            .flat_map(|fields| fields.values());
        lists.filter_map(Value::as_array).flatten().any(is)
    };
    let entries = || {
        let lists = content
            .as_object()
            .into_iter()
            .flat_map(|fields| fields.values());
        lists.filter_map(Value::as_array).flatten()
    };
    let exact: Vec<Value> = entries().filter(|entry| is(entry)).cloned().collect();
    if exact.is_empty() {
        return entries().filter(|entry| holds(entry)).cloned().collect();
    }
    exact
}

fn show(out: &mut String, name: &str, value: &Value, indent: usize, page: &Page) {
    let lead = " ".repeat(indent);
    match value {
        Value::Object(fields) => {
            let _ = writeln!(out, "{lead}{name}");
            for (name, value) in fields {
                show(out, name, value, indent + 2, page);
            }
        }
        Value::Array(items)
            if items
                .iter()
                .all(|item| !item.is_object() && !item.is_array()) =>
        {
            let words: Vec<String> = items.iter().map(plain).collect();
            *out += &page.wrap(
                &format!("{lead}{name}: "),
                &format!("{lead}  "),
                &words.join(", "),
            );
        }
        Value::Array(items) => {
            for item in items {
                show(out, name, item, indent, page);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            *out += &page.wrap(
                &format!("{lead}{name}: "),
                &format!("{lead}  "),
                &plain(value),
            );
        }
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
