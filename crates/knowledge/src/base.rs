//! All files together, and what may be referred to.

use crate::body::Body;
use crate::entry::Entry;
use crate::files::Tree;
use crate::kind::Kind;
use crate::manifest::Manifest;
use std::collections::{BTreeMap, BTreeSet};
use waymark_criteria::{Date, Diagnostic};
use waymark_engine::bundle::{Content, FORMAT, PERHAPS};

/// The knowledge base as read.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    pub manifest: Manifest,
    /// In order of their paths.
    pub entries: Vec<Entry>,
    /// Ids that may be cited, by what they are the ids of. Entries in error count too, so that one mistake is
    /// reported once.
    ids: BTreeMap<Target, BTreeSet<String>>,
}

/// What can be referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    Source,
    /// A source that itself rests on memory.
    SourceFromMemory,
    /// `source#statement`.
    Statement,
    Medicine,
    Class,
    Trial,
    Indication,
    Fact,
    Criterion,
    Meaning,
    Question,
}

impl Base {
    pub(crate) fn read(tree: &Tree, problems: &mut Vec<Diagnostic>) -> Base {
        let manifest = Manifest::read(tree, problems);
        let entries: Vec<Entry> = tree
            .entries()
            .map(|(path, text)| Entry::read(path, text, problems))
            .collect();
        let mut base = Base {
            manifest,
            entries,
            ids: BTreeMap::new(),
        };
        base.gather();
        base
    }

    fn gather(&mut self) {
        for entry in &self.entries {
            let Some(kind) = entry.kind else { continue };
            let mut add = |target, id: String| {
                self.ids.entry(target).or_default().insert(id);
            };
            match kind {
                Kind::Medicine => add(Target::Medicine, entry.id.clone()),
                Kind::Trial => add(Target::Trial, entry.id.clone()),
                Kind::Fact => add(Target::Fact, entry.id.clone()),
                Kind::Criterion => add(Target::Criterion, entry.id.clone()),
                Kind::Source
                | Kind::Table
                | Kind::Regimen
                | Kind::Guidance
                | Kind::Terms
                | Kind::LineRule
                | Kind::Wording => {}
                Kind::Question => add(Target::Question, entry.id.clone()),
            }
            for text in &entry.head.texts {
                let value = text.value.clone();
                match (kind, shape(&text.path).as_str()) {
                    (Kind::Source, "id" | "source.*.id") => add(Target::Source, value),
                    (Kind::Source, "status" | "source.*.status") if value == "memory" => {
                        let id = entry.head.text(&format!("{}id", text.parent()));
                        let id = id.map_or("", |id| &id.value);
                        add(Target::SourceFromMemory, id.to_owned());
                    }
                    (Kind::Source, "statements.*.id" | "source.*.statements.*.id") => {
                        let source = text.path.split("statements").next().unwrap_or("");
                        let source = entry.head.text(&format!("{source}id"));
                        let source = source.map_or("", |source| &source.value);
                        add(Target::Statement, format!("{source}#{value}"));
                    }
                    (Kind::Medicine, "products.*.id") => add(Target::Medicine, value),
                    (Kind::Medicine, "classes.*") if !value.starts_with(PERHAPS) => {
                        add(Target::Class, value);
                    }
                    (Kind::Regimen, "indications.*.id") => add(Target::Indication, value),
                    (Kind::Terms, "terms.*.meaning") => add(Target::Meaning, value),
                    _ => {}
                }
            }
        }
    }

    /// Whether there is one of this id.
    pub(crate) fn has(&self, target: Target, id: &str) -> bool {
        self.ids.get(&target).is_some_and(|ids| ids.contains(id))
    }

    /// The id among these that is most like this one, if any is near.
    pub(crate) fn nearest(&self, targets: &[Target], id: &str) -> Option<&str> {
        let ids = targets.iter().filter_map(|target| self.ids.get(target));
        nearest(ids.flatten().map(String::as_str), id)
    }

    /// Entries of a kind.
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &Entry> {
        self.entries
            .iter()
            .filter(move |entry| entry.kind == Some(kind))
    }

    /// Everything that could be read, in the canonical order: by kind, then by id. Of two entries with one id the
    /// first by path is kept.
    pub(crate) fn content(&self) -> Content {
        let mut content = Content {
            format: FORMAT,
            version: self.manifest.version.clone(),
            publisher: self.manifest.publisher.clone(),
            patient_data: self.manifest.patient_data.clone(),
            withdrawn: self.manifest.withdrawn.clone(),
            sources: Vec::new(),
            facts: Vec::new(),
            tables: Vec::new(),
            criteria: Vec::new(),
            medicines: Vec::new(),
            regimens: Vec::new(),
            guidance: Vec::new(),
            trials: Vec::new(),
            terms: Vec::new(),
            line_rules: Vec::new(),
            questions: Vec::new(),
            wordings: Vec::new(),
        };
        for body in self.entries.iter().filter_map(|entry| entry.body.clone()) {
            match body {
                Body::Sources(sources) => content.sources.extend(sources),
                Body::Fact(fact) => content.facts.push(*fact),
                Body::Table(table) => content.tables.push(*table),
                Body::Criterion(criterion) => content.criteria.push(*criterion),
                Body::Medicine(medicine) => content.medicines.push(*medicine),
                Body::Regimen(regimen) => content.regimens.push(*regimen),
                Body::Guidance(guidance) => content.guidance.push(*guidance),
                Body::Trial(trial) => content.trials.push(*trial),
                Body::Terms(table) => content.terms.push(*table),
                Body::LineRule(rule) => content.line_rules.push(*rule),
                Body::Question(question) => content.questions.push(*question),
                Body::Wording(wording) => content.wordings.push(*wording),
            }
        }
        sort(&mut content.sources, |entry| &entry.id);
        sort(&mut content.facts, |entry| &entry.id);
        sort(&mut content.tables, |entry| &entry.id);
        sort(&mut content.criteria, |entry| &entry.id);
        sort(&mut content.medicines, |entry| &entry.id);
        sort(&mut content.regimens, |entry| &entry.id);
        sort(&mut content.guidance, |entry| &entry.id);
        sort(&mut content.trials, |entry| &entry.id);
        sort(&mut content.terms, |entry| &entry.id);
        sort(&mut content.line_rules, |entry| &entry.id);
        sort(&mut content.questions, |entry| &entry.id);
        sort(&mut content.wordings, |entry| &entry.id);
        content
    }
}

fn sort<T>(entries: &mut Vec<T>, id: impl Fn(&T) -> &String) {
    entries.sort_by(|one, other| id(one).cmp(id(other)));
    entries.dedup_by(|later, earlier| id(later) == id(earlier));
}

impl Entry {
    /// The day of the last review.
    pub(crate) fn reviewed(&self) -> Option<Date> {
        let on = self.head.text("review.on")?;
        Date::parse(&on.value)
    }
}

/// A path with every position replaced by `*`: `indications.0.source` becomes `indications.*.source`.
pub(crate) fn shape(path: &str) -> String {
    let part = |part: &str| {
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            "*".to_owned()
        } else {
            part.to_owned()
        }
    };
    path.split('.').map(part).collect::<Vec<_>>().join(".")
}

/// The word that is most like this one, if any is near.
pub(crate) fn nearest<'w>(words: impl Iterator<Item = &'w str>, word: &str) -> Option<&'w str> {
    let near = words.map(|known| (distance(known, word), known)).min();
    let (distance, known) = near?;
    (distance <= word.len() / 3).then_some(known)
}

/// Number of single-character edits between two texts.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, left) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = line + 1;
        for (column, right) in other.iter().enumerate() {
            let replaced = corner + usize::from(left != *right);
            corner = row[column + 1];
            row[column + 1] = replaced.min(corner + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}
