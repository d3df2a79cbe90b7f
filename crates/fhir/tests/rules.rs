//! Every rule of reading with a minimal record of its own, in `rules/*.md`: a heading names the rule, lines that begin
//! with a type, or with JSON, are the records, `=` lines are all the entries they give, `!` lines are what the report has
//! to say. A rule with a patient or a container of its own is read as it stands, any other one beside a patient `p`.

mod knowledge;

use knowledge::check;

const RULES: [(&str, &str); 10] = [
    ("her2", include_str!("rules/her2.md")),
    ("records", include_str!("rules/records.md")),
    ("references", include_str!("rules/references.md")),
    ("producers", include_str!("rules/producers.md")),
    ("open", include_str!("rules/open.md")),
    ("reversals", include_str!("rules/reversals.md")),
    ("tumours", include_str!("rules/tumours.md")),
    ("thresholds", include_str!("rules/thresholds.md")),
    ("patients", include_str!("rules/patients.md")),
    ("bundles", include_str!("rules/bundles.md")),
];

/// One rule as written.
#[derive(Default)]
struct Rule<'t> {
    name: &'t str,
    records: Vec<String>,
    entries: Vec<&'t str>,
    report: Vec<&'t str>,
}

fn rules(text: &str) -> Vec<Rule<'_>> {
    let mut rules: Vec<Rule<'_>> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            rules.push(Rule {
                name,
                ..Rule::default()
            });
        }
        let Some(rule) = rules.last_mut() else {
            continue;
        };
        if let Some(entry) = line.strip_prefix("= ") {
            rule.entries.push(entry);
        } else if let Some(said) = line.strip_prefix("! ") {
            rule.report.push(said);
        } else if line.starts_with(['[', '{']) {
            rule.records.push(line.to_owned());
        } else if let Some((kind, rest)) = line.split_once(" {")
            && kind.starts_with(char::is_uppercase)
        {
            rule.records
                .push(format!("{{\"resourceType\":\"{kind}\",{rest}"));
        }
    }
    rules
}

#[test]
fn every_rule_reads_its_record() {
    let mut wrong = Vec::new();
    for (file, text) in RULES {
        let rules = rules(text);
        assert!(rules.len() >= 10, "{file} holds {} rules", rules.len());
        for rule in rules {
            assert!(
                !rule.records.is_empty(),
                "{file}: `{}` has no record",
                rule.name
            );
            let records = rule.records.join("\n---\n");
            let tried = std::panic::catch_unwind(|| {
                check(&[(
                    records.as_str(),
                    rule.entries.as_slice(),
                    rule.report.as_slice(),
                )]);
            });
            if let Err(panic) = tried {
                let why = panic.downcast_ref::<String>().cloned().unwrap_or_default();
                wrong.push(format!("{file}: {}\n{why}", rule.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
