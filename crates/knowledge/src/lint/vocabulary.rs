//! Words that come from a closed list: code systems, routes, topics of rules, classes of medicines, meanings of codes.

use crate::base::{Base, nearest, shape};
use crate::entry::Entry;
use crate::files::MANIFEST;
use crate::head::Text;
use crate::kind::Kind;
use std::collections::{BTreeMap, BTreeSet};
use waymark_criteria::Diagnostic;
use waymark_engine::bundle::PERHAPS;

const SYSTEMS: [&str; 6] = ["atc", "hcpcs", "ncit", "omop", "rxnorm", "snomed"];
const PRODUCT_KINDS: [&str; 5] = [
    "biosimilar",
    "fixed-dose",
    "generic",
    "reference",
    "subcutaneous",
];
const ROUTES: [&str; 3] = ["iv", "oral", "sc"];
const TOPICS: [&str; 13] = [
    "boxed-warning",
    "brain",
    "contraindication",
    "dose",
    "dose-reduction",
    "hepatic",
    "hold-or-stop",
    "interaction",
    "lactation",
    "monitoring",
    "other",
    "pregnancy",
    "renal",
];
const CLASSES: &str = "the closed list of classes stands in knowledge.toml";
const APPROVALS: [&str; 2] = ["accelerated", "regular"];

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    check_classes(base, problems);
    let mut medicines_by_code: BTreeMap<(String, String), &Entry> = BTreeMap::new();
    for entry in &base.entries {
        let Some(kind) = entry.kind else { continue };
        for text in &entry.head.texts {
            let shape = shape(&text.path);
            if let Some(words) = words(kind, &shape)
                && !words.contains(&text.value.as_str())
            {
                let message = format!("`{}` is not a word for `{}`", text.value, text.key);
                let problem = entry.error("unknown-word", text.span, message);
                problems.push(problem.help(format!("known: {}", words.join(", "))));
            }
            if kind == Kind::Terms
                && (shape == "terms.*.meaning" || shape == "lists.*.meaning")
                && !base.manifest.has_meaning(&text.value)
            {
                let message = format!("codes have no meaning `{}`", text.value);
                let help = "the closed list of meanings stands in knowledge.toml";
                problems.push(
                    entry
                        .error("unknown-meaning", text.span, message)
                        .help(help),
                );
            }
            if kind == Kind::Medicine && shape == "classes.*" {
                check_class(base, entry, text, problems);
            }
            if kind == Kind::Medicine && text.path.ends_with(".code") {
                check_medicine_code(entry, text, &mut medicines_by_code, problems);
            }
        }
        if kind == Kind::Terms {
            check_table(entry, problems);
        }
    }
}

fn words(kind: Kind, shape: &str) -> Option<&'static [&'static str]> {
    match (kind, shape) {
        (Kind::Medicine, "codes.*.system" | "products.*.codes.*.system") => Some(&SYSTEMS),
        (Kind::Medicine, "products.*.kind") => Some(&PRODUCT_KINDS),
        (Kind::Medicine, "products.*.route") => Some(&ROUTES),
        (Kind::Medicine | Kind::Regimen, "rules.*.topic") => Some(&TOPICS),
        (Kind::Regimen, "indications.*.approval") => Some(&APPROVALS),
        _ => None,
    }
}

/// Facts count by class, so a class that is nearly right would be counted by none.
fn check_class(base: &Base, entry: &Entry, text: &Text, problems: &mut Vec<Diagnostic>) {
    let classes = &base.manifest.classes;
    if classes.contains(&text.value) {
        return;
    }
    let message = format!("no medicine is of a class `{}`", text.value);
    let near = nearest(classes.iter().map(String::as_str), &text.value);
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{CLASSES}; README.md says what each one is for"),
    };
    problems.push(entry.error("unknown-class", text.span, message).help(help));
}

/// The closed list keeps what it promises: `perhaps-X` only beside `X`.
fn check_classes(base: &Base, problems: &mut Vec<Diagnostic>) {
    let classes = &base.manifest.classes;
    for class in classes {
        if let Some(settled) = class.strip_prefix(PERHAPS)
            && !classes.iter().any(|known| known == settled)
        {
            let message = format!("`{class}` stands for a class `{settled}` that is not listed");
            let mut problem = Diagnostic::error("unknown-class", message).in_place(MANIFEST);
            if let Some(near) = nearest(classes.iter().map(String::as_str), settled) {
                problem = problem.help(format!("did you mean `{PERHAPS}{near}`?"));
            }
            problems.push(problem);
        }
    }
}

/// A code that maps a record stands for one medicine.
fn check_medicine_code<'b>(
    entry: &'b Entry,
    code: &Text,
    seen: &mut BTreeMap<(String, String), &'b Entry>,
    problems: &mut Vec<Diagnostic>,
) {
    let beside = |key: &str| entry.head.text(&format!("{}{key}", code.parent()));
    let Some(system) = beside("system") else {
        return;
    };
    if beside("status").is_some_and(|status| status.value == "memory") {
        return;
    }
    let key = (system.value.clone(), code.value.clone());
    if let Some(first) = seen.get(&key) {
        if first.path != entry.path {
            let message = format!(
                "the {} code `{}` is another medicine's already",
                system.value, code.value
            );
            let problem = entry.error("duplicate-code", code.span, message);
            problems.push(problem.help(format!("it is also in {}", first.path)));
        }
        return;
    }
    seen.insert(key, entry);
}

/// A code has one meaning in a table; a word stands once in a list, in the form in which words are looked for.
fn check_table(entry: &Entry, problems: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, &Text> = BTreeMap::new();
    for code in entry
        .head
        .texts
        .iter()
        .filter(|text| shape(&text.path) == "terms.*.code")
    {
        if seen.insert(&code.value, code).is_some() {
            let message = format!("the code `{}` is in this table already", code.value);
            problems.push(entry.error("duplicate-code", code.span, message));
        }
    }
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    let texts = entry.head.texts.iter();
    for word in texts.filter(|text| shape(&text.path) == "lists.*.words.*") {
        if !seen.insert((word.parent(), &word.value)) {
            let message = format!("`{}` is in this list already", word.value);
            problems.push(entry.error("duplicate-word", word.span, message));
        }
        let looked_for = word.value.strip_suffix('*').unwrap_or(&word.value);
        let stands = |part: &str| {
            let mut letters = part.chars();
            !part.is_empty() && letters.all(|it| it.is_alphanumeric() && !it.is_uppercase())
        };
        if !looked_for.split(' ').all(stands) {
            let message = format!("no text has `{}` in it as texts are compared", word.value);
            let problem = entry.error("unfit-word", word.span, message);
            problems.push(problem.help("small letters, digits and single spaces, without signs"));
        }
    }
}
