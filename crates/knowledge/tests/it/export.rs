//! The knowledge base as CQL and FHIR: whole, sourced, resolvable, and no order.

use crate::sample::{files, run};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;
use waymark_engine::Bundle;
use waymark_engine::bundle::{Scope, name};
use waymark_knowledge::export::{cql, fhir};
use waymark_knowledge::{Options, Tree, compile, read_dir};

/// The knowledge base, compiled once for all tests.
fn knowledge() -> &'static Bundle {
    static COMPILED: OnceLock<Bundle> = OnceLock::new();
    COMPILED.get_or_init(compiled)
}

fn compiled() -> Bundle {
    let kb = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kb");
    let tree = read_dir(&kb).unwrap();
    compile(&tree, &Options::default()).bundle.unwrap()
}

/// The names that a library defines, in the order of the text.
fn defined(library: &str) -> Vec<String> {
    let lines = library.lines();
    let names = lines.filter_map(|line| line.strip_prefix("define \"")?.split_once('"'));
    names.map(|(name, _)| name.to_owned()).collect()
}

fn resources(bundle: &Bundle) -> Vec<Value> {
    let files = fhir::files(bundle, fhir::BASE);
    let read = files.iter().map(|file| {
        let resource: Value = serde_json::from_str(&file.text).unwrap();
        let (kind, id) = (text(&resource, "resourceType"), text(&resource, "id"));
        assert_eq!(file.name, format!("{kind}-{id}.json"));
        resource
    });
    read.collect()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn of_kind<'v>(resources: &'v [Value], kind: &str) -> Vec<&'v Value> {
    let of = resources
        .iter()
        .filter(|it| text(it, "resourceType") == kind);
    of.collect()
}

/// Calls `see` with every member of every object.
fn visit(value: &Value, see: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                see(key, member);
                visit(member, see);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| visit(item, see)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_definition_is_exported_once() {
    let bundle = knowledge();
    let names = defined(&cql::library(bundle));
    let distinct: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(distinct.len(), names.len());
    let compiled: BTreeSet<&str> = bundle.program().roots().map(|(name, _)| name).collect();
    assert_eq!(distinct, compiled);
}

#[test]
fn the_same_knowledge_gives_the_same_bytes() {
    let (one, other) = (knowledge(), &compiled());
    assert_eq!(cql::files(one), cql::files(other));
    assert_eq!(fhir::files(one, "a"), fhir::files(other, "a"));
}

#[test]
fn what_is_withdrawn_is_null_and_says_why() {
    let mut files = files();
    let manifest = files.get_mut("knowledge.toml").unwrap();
    *manifest += "\n[[withdrawn]]\nid = \"marker-positive-disease\"\non = \"2026-01-02\"\nreason = \"a wrong threshold\"\n";
    let bundle = run(&Tree::new(files)).bundle.unwrap();
    let library = cql::library(&bundle);
    let said = "// Withdrawn on 2026-01-02: a wrong threshold. Nobody can tell.\n\
                define \"marker-positive-disease\": null as Boolean\n";
    assert!(library.contains(said), "{library}");
}

#[test]
fn every_resource_is_a_draft_with_a_name_of_its_own() {
    let bundle = knowledge();
    let resources = resources(bundle);
    let mut seen = BTreeSet::new();
    for resource in &resources {
        let (kind, id) = (text(resource, "resourceType"), text(resource, "id"));
        let plain = |next: char| next.is_ascii_alphanumeric() || next == '-' || next == '.';
        assert!(!id.is_empty() && id.len() <= fhir::LONGEST_ID, "{id}");
        assert!(id.chars().all(plain), "{id}");
        let name = text(resource, "name");
        assert!(
            name.starts_with(|next: char| next.is_ascii_uppercase()),
            "{name}"
        );
        assert!(
            name.chars().all(|next| next.is_ascii_alphanumeric()),
            "{name}"
        );
        assert_eq!(text(resource, "status"), "draft");
        assert_eq!(text(resource, "version"), bundle.content().version);
        assert_eq!(text(resource, "url"), format!("{}/{kind}/{id}", fhir::BASE));
        assert!(
            seen.insert((kind.to_owned(), id.to_owned())),
            "{kind}/{id} twice"
        );
    }
}

#[test]
fn every_reference_resolves() {
    let resources = resources(knowledge());
    let canonical = |it: &Value| format!("{}|{}", text(it, "url"), text(it, "version"));
    let known: BTreeSet<String> = resources.iter().map(canonical).collect();
    let mut checked = 0;
    for resource in &resources {
        visit(resource, &mut |key, member| {
            let named: Vec<&Value> = match key {
                "definitionCanonical" => vec![member],
                "library" => member.as_array().unwrap().iter().collect(),
                _ => return,
            };
            for reference in named {
                checked += 1;
                assert!(known.contains(reference.as_str().unwrap()), "{reference}");
            }
        });
    }
    assert!(checked > 30, "{checked}");
}

#[test]
fn the_library_holds_the_cql_and_every_condition_names_a_define_of_it() {
    let bundle = knowledge();
    let resources = resources(bundle);
    let libraries = of_kind(&resources, "Library");
    let [library] = libraries[..] else {
        panic!("{} libraries", libraries.len())
    };
    let content = &list(library, "content")[0];
    assert_eq!(text(content, "contentType"), "text/cql");
    let cql = decoded(text(content, "data"));
    assert_eq!(cql, cql::library(bundle));
    let defined: BTreeSet<String> = defined(&cql).into_iter().collect();
    let mut checked = 0;
    for resource in &resources {
        visit(resource, &mut |key, member| {
            if key == "expression" && member.is_object() {
                checked += 1;
                assert_eq!(text(member, "language"), "text/cql-identifier");
                let define = text(member, "expression");
                assert!(defined.contains(define), "`{define}` is not defined");
            }
        });
    }
    assert!(checked > 50, "{checked}");
    let parameters = list(library, "parameter").iter().map(|it| text(it, "name"));
    let declared: BTreeSet<&str> = cql
        .lines()
        .filter_map(|line| line.strip_prefix("parameter \"")?.split_once('"'))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(parameters.collect::<BTreeSet<&str>>(), declared);
}

#[test]
fn every_indication_that_decides_is_an_action_with_its_source() {
    let bundle = knowledge();
    let resources = resources(bundle);
    let rules: BTreeMap<&str, &Value> = of_kind(&resources, "PlanDefinition")
        .into_iter()
        .map(|it| (text(it, "id"), it))
        .collect();
    for regimen in &bundle.content().regimens {
        let actions = list(rules[regimen.id.as_str()], "action");
        let deciding = regimen
            .indications
            .iter()
            .filter(|it| it.scope == Scope::Metastatic)
            .filter(|it| bundle.program().root(&it.id).is_some());
        let expected: Vec<&str> = deciding.clone().map(|it| it.id.as_str()).collect();
        let found: Vec<&str> = actions.iter().map(|it| text(it, "id")).collect();
        assert_eq!(found, expected, "{}", regimen.id);
        for (indication, action) in deciding.zip(actions) {
            let sources: Vec<&str> = list(action, "documentation")
                .iter()
                .map(|it| text(it, "label"))
                .collect();
            assert_eq!(sources, [indication.source.as_str()]);
            let conditions = list(action, "condition");
            assert_eq!(conditions.len(), 1);
            let define = text(&conditions[0]["expression"], "expression");
            assert_eq!(define, name::valid(&indication.id));
        }
    }
    let guidance = list(rules["waymark-guidance"], "action");
    assert_eq!(guidance.len(), bundle.content().guidance.len());
    for action in guidance {
        assert_eq!(list(action, "documentation").len(), 1, "{action}");
    }
}

#[test]
fn nothing_orders() {
    let bundle = knowledge();
    let resources = resources(bundle);
    let activities = of_kind(&resources, "ActivityDefinition");
    assert_eq!(activities.len(), bundle.content().regimens.len());
    for activity in activities {
        assert_eq!(text(activity, "intent"), "option");
        assert_eq!(text(activity, "kind"), "MedicationRequest");
    }
    for resource in &resources {
        visit(resource, &mut |key, _| {
            assert!(
                !["dosage", "doNotPerform", "priority", "timingTiming"].contains(&key),
                "{key}"
            );
        });
    }
}

/// RFC 4648, section 4, read back.
fn decoded(data: &str) -> String {
    let digit = |next: u8| match next {
        b'A'..=b'Z' => next - b'A',
        b'a'..=b'z' => next - b'a' + 26,
        b'0'..=b'9' => next - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => panic!("{next} is no digit"),
    };
    let mut bytes = Vec::new();
    for four in data.as_bytes().chunks(4) {
        assert_eq!(four.len(), 4);
        let digits: Vec<u8> = four.iter().copied().filter(|next| *next != b'=').collect();
        let word = digits.iter().enumerate().fold(0u32, |word, (place, next)| {
            word | u32::from(digit(*next)) << (18 - 6 * place)
        });
        bytes.extend(&word.to_be_bytes()[1..digits.len()]);
    }
    String::from_utf8(bytes).unwrap()
}
