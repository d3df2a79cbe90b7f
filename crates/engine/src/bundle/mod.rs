//! Knowledge, checked and compiled: the only thing that crosses from authors to the running product.

mod asking;
mod attributes;
mod compiled;
mod content;
mod evidence;
mod fact;
mod line_rule;
mod shipped;
mod table;
pub mod translation;

pub use asking::*;
pub use attributes::{PatientData, Publisher};
use compiled::Compiled;
pub use content::*;
pub use evidence::*;
pub use fact::*;
pub(crate) use line_rule::LineRules;
pub use line_rule::{LineFunction, LineRule};
use litemap::LiteMap;
pub use shipped::ShippedFor;
pub use table::*;
pub use translation::{Translated, Translation};

use crate::assess::{BREAST_CANCER, Shown};
use crate::cells::Cells;
use crate::chart::{Line, written};
use crate::constraints::Constraints;
use crate::wire;
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock};
use waymark_criteria::{Date, Diagnostic, FactIndex, NodeId, Plan, Program, Schema, SortedSet};

/// The fact that holds the day asked for; always known.
pub const AS_OF: &str = "as-of";

/// A compiled body of knowledge. It exists only when every criterion in it compiled without error.
#[derive(Clone, Debug)]
pub struct Bundle {
    content: Content,
    hash: String,
    schema: Schema,
    program: Program,
    regimens: Plan,
    constraint_nodes: Vec<NodeId>,
    as_of: FactIndex,
    medicines: LiteMap<String, usize>,
    tables: LiteMap<Decision, Table>,
    line_rules: LineRules,
    criteria: LiteMap<String, usize>,
    /// What the lines say that answers tell.
    lines: LiteMap<String, Line>,
    // Worked out when they are first asked for.
    attributes: OnceLock<Arc<wire::Attributes>>,
    shown: OnceLock<Shown>,
    due: OnceLock<Option<Date>>,
    cells: OnceLock<Cells>,
    constraints: OnceLock<Constraints>,
    of_scope: OnceLock<SortedSet<NodeId>>,
}

impl Bundle {
    /// Compiles the content.
    ///
    /// # Errors
    /// Every error of every criterion, with the entry as place and a span in that entry's criteria text. The place
    /// is the entry's id; `medicine ID` or `regimen ID` for these two kinds, which may share an id with others.
    pub fn new(content: Content) -> Result<Self, Vec<Diagnostic>> {
        let hash = format!("sha256:{}", hex(&Sha256::digest(canonical(&content))));
        let compiled = Compiled::of(&content)?;
        let mut bundle = Bundle::of(content, hash, compiled)?;
        bundle.lines = written::lines(bundle.content.questions.iter().flat_map(told), &bundle);
        Ok(bundle)
    }

    fn of(content: Content, hash: String, compiled: Compiled) -> Result<Self, Vec<Diagnostic>> {
        let Compiled {
            schema,
            as_of,
            program,
            constraints: constraint_nodes,
        } = compiled;
        let tables = compile_tables(&content)?;
        let regimens: Vec<NodeId> = content
            .regimens
            .iter()
            .filter_map(|regimen| program.root(&name::regimen(&regimen.id)))
            .collect();
        let regimens = program.plan(&regimens);
        let mut medicines = LiteMap::new_vec();
        for (position, medicine) in content.medicines.iter().enumerate() {
            medicines.insert(medicine.id.clone(), position);
            for product in &medicine.products {
                medicines.insert(product.id.clone(), position);
            }
        }
        let criteria = content.criteria.iter().enumerate();
        let criteria = criteria.map(|(position, it)| (it.id.clone(), position));
        Ok(Bundle {
            line_rules: LineRules::of(&content.line_rules),
            criteria: criteria.collect(),
            lines: LiteMap::new_vec(),
            content,
            hash,
            schema,
            program,
            regimens,
            constraint_nodes,
            as_of,
            medicines,
            tables,
            attributes: OnceLock::new(),
            shown: OnceLock::new(),
            due: OnceLock::new(),
            cells: OnceLock::new(),
            constraints: OnceLock::new(),
            of_scope: OnceLock::new(),
        })
    }

    /// Reads a bundle as [`Bundle::to_bytes`] wrote it.
    ///
    /// # Errors
    /// When the bytes are not a bundle of this format, or a criterion does not compile.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        Bundle::new(read(serde_json::from_slice(bytes))?)
    }

    /// The canonical bytes: the same content gives the same bytes, and the hash is taken of them.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        canonical(&self.content)
    }

    /// `sha256:` and 64 hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The entries.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The facts that criteria may read.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// All criteria, compiled.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The verdicts of all regimens, in their order, laid out for being evaluated again and again.
    #[must_use]
    pub fn regimen_verdicts(&self) -> &Plan {
        &self.regimens
    }

    /// Constraints between facts: none of these may be false.
    #[must_use]
    pub fn constraints(&self) -> &[NodeId] {
        &self.constraint_nodes
    }

    /// The values of every fact, cut at the constants of the rules.
    pub(crate) fn cells(&self) -> &Cells {
        self.cells.get_or_init(|| Cells::new(self))
    }

    /// What answers show of the knowledge alone.
    pub(crate) fn shown(&self) -> &Shown {
        self.shown.get_or_init(|| Shown::new(self))
    }

    /// The first day on which an entry is due for review.
    pub(crate) fn first_due(&self) -> Option<Date> {
        let dues = |reviews: Vec<(&str, &Review)>| {
            let dues = reviews.into_iter();
            dues.filter_map(|(_, review)| Date::parse(&review.due))
                .min()
        };
        *self.due.get_or_init(|| dues(self.reviews()))
    }

    /// The nodes that ask whether the cancer is one of the breast.
    pub(crate) fn nodes_of_scope(&self) -> &SortedSet<NodeId> {
        let reading = |fact| self.program.nodes_reading(fact);
        self.of_scope.get_or_init(|| {
            let scope = self.schema.find(BREAST_CANCER);
            scope.map_or_else(SortedSet::new, reading)
        })
    }

    /// All constraints, by the facts that they read.
    pub(crate) fn constraint_index(&self) -> &Constraints {
        self.constraints
            .get_or_init(|| Constraints::new(&self.program, &self.constraint_nodes))
    }

    /// The fact that holds the day asked for.
    #[must_use]
    pub fn as_of(&self) -> FactIndex {
        self.as_of
    }

    /// The entry of a fact.
    #[must_use]
    pub fn fact(&self, index: FactIndex) -> &FactEntry {
        // Schema and entries have the same order: `Schema::new` was given these entries, whose ids are distinct.
        &self.content.facts[index.position()]
    }

    /// A medicine by its own id or the id of one of its products.
    #[must_use]
    pub fn medicine(&self, id: &str) -> Option<&Medicine> {
        self.medicine_position(id)
            .map(|position| &self.content.medicines[position])
    }

    /// The place among the medicines of [`Bundle::medicine`].
    pub(crate) fn medicine_position(&self, id: &str) -> Option<usize> {
        self.medicines.get(id).copied()
    }

    /// A product and its medicine, by the product's id.
    #[must_use]
    pub fn product(&self, id: &str) -> Option<(&Medicine, &Product)> {
        let medicine = self.medicine(id)?;
        medicine
            .products
            .iter()
            .find(|product| product.id == id)
            .map(|product| (medicine, product))
    }

    /// The parameters of the rules of counting.
    pub(crate) fn line_rules(&self) -> &LineRules {
        &self.line_rules
    }

    /// The rule of counting that sets a function, by the function's word.
    #[must_use]
    pub fn line_rule(&self, function: &str) -> Option<&LineRule> {
        let rules = &self.content.line_rules;
        rules.iter().find(|rule| rule.rule.word() == function)
    }

    /// A regimen by id.
    #[must_use]
    pub fn regimen(&self, id: &str) -> Option<&Regimen> {
        self.content
            .regimens
            .iter()
            .find(|regimen| regimen.id == id)
    }

    /// A source by id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&SourceEntry> {
        self.content.sources.iter().find(|source| source.id == id)
    }

    /// Every entry that is reviewed, with its id, in the order of kinds and ids.
    #[must_use]
    pub fn reviews(&self) -> Vec<(&str, &Review)> {
        let content = &self.content;
        let mut reviews: Vec<(&str, &Review)> = Vec::new();
        reviews.extend(content.facts.iter().map(|it| (&*it.id, &it.review)));
        reviews.extend(content.tables.iter().map(|it| (&*it.id, &it.review)));
        reviews.extend(content.criteria.iter().map(|it| (&*it.id, &it.review)));
        reviews.extend(content.medicines.iter().map(|it| (&*it.id, &it.review)));
        reviews.extend(content.regimens.iter().map(|it| (&*it.id, &it.review)));
        reviews.extend(content.guidance.iter().map(|it| (&*it.id, &it.review)));
        reviews.extend(content.trials.iter().map(|it| (&*it.id, &it.review)));
        reviews.extend(content.terms.iter().map(|it| (&*it.id, &it.review)));
        reviews.extend(content.line_rules.iter().map(|it| (&*it.id, &it.review)));
        reviews.extend(content.questions.iter().map(|it| (&*it.id, &it.review)));
        reviews.extend(content.wordings.iter().map(|it| (&*it.id, &it.review)));
        reviews
    }

    /// The table of a decision, if the knowledge has one.
    #[must_use]
    pub fn table(&self, decision: Decision) -> Option<&Table> {
        self.tables.get(&decision)
    }

    /// What a line of a written chart says that an answer to a question tells; nothing where it is none, or cannot be read.
    #[must_use]
    pub fn line(&self, text: &str) -> Option<&Line> {
        self.lines.get(text)
    }

    /// A shared criterion by id.
    #[must_use]
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria
            .get(id)
            .map(|position| &self.content.criteria[*position])
    }
}

/// Names of compiled definitions beside those that authors write.
pub mod name {
    /// The in-force test of an indication, position, caution or piece of guidance.
    #[must_use]
    pub fn in_force(id: &str) -> String {
        format!("in force {id}")
    }

    /// The criteria of an indication or position and its in-force test.
    #[must_use]
    pub fn valid(id: &str) -> String {
        format!("valid {id}")
    }

    /// The verdict of a regimen: any of its indications that decide it. Criteria may refer to it.
    #[must_use]
    pub fn regimen(id: &str) -> String {
        format!("regimen {id}")
    }
}

/// The lines of a written chart that the answers to a question tell.
fn told(question: &Question) -> impl Iterator<Item = &String> {
    let answers = question.answers.iter().flat_map(|it| &it.chart);
    let together = question.together.iter().flat_map(|it| &it.chart);
    let alone = question
        .groups
        .iter()
        .filter_map(|it| it.kind_alone.as_ref());
    answers
        .chain(together)
        .chain(alone.flat_map(|it| &it.chart))
}

/// The tables by what they decide; the first of two wins, and authors are told of the second.
fn compile_tables(content: &Content) -> Result<LiteMap<Decision, Table>, Vec<Diagnostic>> {
    let mut tables = LiteMap::new_vec();
    let mut problems = Vec::new();
    for entry in &content.tables {
        match Table::new(entry) {
            Ok(table) => {
                tables.entry(entry.decides).or_insert(table);
            }
            Err(faults) => problems.extend(faults.into_iter().map(|fault| {
                Diagnostic::error("bad-table", fault.message)
                    .in_place(&entry.id)
                    .help(fault.help)
            })),
        }
    }
    if problems.is_empty() {
        Ok(tables)
    } else {
        Err(problems)
    }
}

/// The content as it was parsed, when it is of the format that this program reads.
fn read(parsed: serde_json::Result<Content>) -> Result<Content, Vec<Diagnostic>> {
    let content = parsed.map_err(|error| {
        vec![Diagnostic::error(
            "bundle-unreadable",
            format!("this is not a knowledge bundle of format {FORMAT}: {error}"),
        )]
    })?;
    if content.format != FORMAT {
        return Err(vec![Diagnostic::error(
            "bundle-format",
            format!(
                "the bundle has format {}, this program reads format {FORMAT}",
                content.format
            ),
        )]);
    }
    Ok(content)
}

/// Canonical JSON: fields in declaration order, entries in the order the compiler of knowledge sorted them.
fn canonical(content: &Content) -> Vec<u8> {
    // Serialising plain structs of strings and integers into memory cannot fail.
    serde_json::to_vec(content).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
