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

/// Shows one entry: its prose, its fields, its criteria.
pub(crate) fn run(dir: Option<&Path>, id: &str) -> Result<(), Failure> {
    let bundle = knowledge::bundle(dir)?;
    let Some(entry) = find(&bundle, id) else {
        let near: Vec<&str> = list::entries(&bundle)
            .iter()
            .map(|(_, known, _)| *known)
            .filter(|known| known.contains(id))
            .collect();
        let hint = if near.is_empty() {
            "`waymark kb list` lists them".to_owned()
        } else {
            format!("did you mean {}?", near.join(", "))
        };
        return Err(Failure::Usage(format!("there is no entry `{id}`; {hint}")));
    };
    let page = Page::of_terminal();
    let mut out = String::new();
    let field = |name: &str| entry[name].as_str().unwrap_or_default();
    let heading = ["title", "name", "label"]
        .iter()
        .map(|name| field(name))
        .find(|text| !text.is_empty());
    let _ = writeln!(
        out,
        "{}  {}",
        page.ink(Ink::Bold, heading.unwrap_or(id)),
        page.ink(Ink::Faint, id)
    );
    for paragraph in field("text")
        .split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
    {
        out += &page.wrap("", "", &paragraph.replace('\n', " "));
        out.push('\n');
    }
    if let Value::Object(fields) = &entry {
        for (name, value) in fields
            .iter()
            .filter(|(name, _)| !["title", "text", "cql", "id"].contains(&name.as_str()))
        {
            show(&mut out, name, value, 0, &page);
        }
    }
    if !field("cql").trim().is_empty() {
        let _ = writeln!(out, "\n{}", field("cql").trim());
    }
    std::io::stdout().lock().write_all(out.as_bytes())?;
    Ok(())
}

/// An entry of any kind as a tree of names and values.
fn find(bundle: &Bundle, id: &str) -> Option<Value> {
    let content = serde_json::to_value(bundle.content()).ok()?;
    let lists = content.as_object()?.values().filter_map(Value::as_array);
    let with_id = |entry: &&Value| entry["id"].as_str() == Some(id);
    let product = |entry: &Value| {
        entry["products"]
            .as_array()
            .is_some_and(|all| all.iter().any(|one| with_id(&one)))
    };
    let mut entries = lists.flatten();
    let exact = entries.find(with_id).cloned();
    exact.or_else(|| {
        content["medicines"]
            .as_array()?
            .iter()
            .find(|medicine| product(medicine))
            .cloned()
    })
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
