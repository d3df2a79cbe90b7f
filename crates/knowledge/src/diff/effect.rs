//! The clinical effect: how many of a population are judged otherwise by the new knowledge.

use crate::cohort::{Cohort, Shares};
use std::collections::BTreeMap;
use waymark_criteria::{
    BLOCK_LANES, Block, Date, Diagnostic, FactColumns, FactIndex, FactType, Plan, Planes,
};
use waymark_engine::Bundle;
use waymark_engine::bundle::{Caution, Content, FactEntry, name};

/// People whose facts are in memory at a time.
const CHUNK: u64 = 64 * BLOCK_LANES as u64;

/// What is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A regimen: whether it is indicated.
    Regimen,
    /// A caution: whether it is in force and holds.
    Caution,
    /// A piece of guidance: whether it is in force and holds.
    Guidance,
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Met.
    Met,
    /// Not met.
    NotMet,
    /// Cannot be told.
    Unknown,
    /// This knowledge has no such entry.
    Absent,
}

impl Standing {
    /// Every one.
    pub const ALL: [Standing; 4] = [
        Standing::Met,
        Standing::NotMet,
        Standing::Unknown,
        Standing::Absent,
    ];

    /// In words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Standing::Met => "met",
            Standing::NotMet => "not met",
            Standing::Unknown => "unknown",
            Standing::Absent => "absent",
        }
    }
}

/// How many people are judged otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// How many fact sets were judged.
    pub people: u64,
    /// For how many some regimen is now indicated that was not.
    pub gain: u64,
    /// For how many some regimen is no longer indicated that was.
    pub lose: u64,
    /// For how many the verdict of some regimen is another one.
    pub differ: u64,
    /// Regimens, cautions and guidance, in this order and by id.
    pub items: Vec<ItemEffect>,
}

/// How many people are judged otherwise as to one regimen, caution or piece of guidance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemEffect {
    /// What it is.
    pub role: Role,
    /// Its id.
    pub id: String,
    /// For how many it is met by the old knowledge.
    pub met_before: u64,
    /// For how many it is met by the new knowledge.
    pub met_after: u64,
    moves: [[u64; 4]; 4],
}

impl ItemEffect {
    /// How many went from one standing to another.
    #[must_use]
    pub fn moved(&self, from: Standing, to: Standing) -> u64 {
        self.moves[from as usize][to as usize]
    }

    /// Every move that someone made, the commonest first.
    #[must_use]
    pub fn moves(&self) -> Vec<(Standing, Standing, u64)> {
        let pairs = Standing::ALL
            .iter()
            .flat_map(|from| Standing::ALL.map(|to| (*from, to)));
        let mut moves: Vec<(Standing, Standing, u64)> = pairs
            .filter(|(from, to)| from != to)
            .map(|(from, to)| (from, to, self.moved(from, to)))
            .filter(|(_, _, people)| *people > 0)
            .collect();
        moves.sort_by_key(|(from, to, people)| (std::cmp::Reverse(*people), *from, *to));
        moves
    }
}

/// Two bundles, ready to judge the same facts.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The facts of both, with the constraints of the new one.
    facts: Bundle,
    old: Judge,
    new: Judge,
    items: Vec<Item>,
}

#[derive(Clone, Debug)]
struct Item {
    role: Role,
    id: String,
    /// The roots of each plan that must all hold; `None`: there is no such entry.
    old: Option<Vec<usize>>,
    new: Option<Vec<usize>>,
}

/// A bundle's plan, and which of the facts of both are its own.
#[derive(Clone, Debug)]
struct Judge {
    plan: Plan,
    bundle: Bundle,
    /// Its own fact and that of both; `None` where they are the same, so that the columns are too.
    renamed: Option<Vec<(FactIndex, FactIndex)>>,
}

impl Comparison {
    /// Prepares two bundles.
    ///
    /// # Errors
    /// When the facts of both do not compile together.
    pub fn new(old: &Bundle, new: &Bundle) -> Result<Self, Vec<Diagnostic>> {
        let facts = Bundle::new(facts_of_both(old, new)).or_else(|_| {
            // A constraint of the old one may read a fact that has become something else.
            let mut content = facts_of_both(old, new);
            for fact in content
                .facts
                .iter_mut()
                .filter(|fact| !has_fact(new, &fact.id))
            {
                fact.cql.clear();
            }
            Bundle::new(content)
        })?;
        let mut items: BTreeMap<(Role, String), Item> = BTreeMap::new();
        let (mut of_old, mut of_new) = (Roots::default(), Roots::default());
        for (role, id) in judged(old.content()) {
            let item = items
                .entry((role, id.clone()))
                .or_insert_with(|| Item::new(role, id));
            item.old = Some(of_old.add(old, role, &item.id));
        }
        for (role, id) in judged(new.content()) {
            let item = items
                .entry((role, id.clone()))
                .or_insert_with(|| Item::new(role, id));
            item.new = Some(of_new.add(new, role, &item.id));
        }
        Ok(Comparison {
            old: Judge::new(old, of_old, &facts),
            new: Judge::new(new, of_new, &facts),
            items: items.into_values().collect(),
            facts,
        })
    }

    /// The facts of both bundles, for a cohort.
    #[must_use]
    pub fn facts(&self) -> &Bundle {
        &self.facts
    }

    /// Judges so many people of a cohort.
    ///
    /// # Errors
    /// When no fact sets were found that keep the constraints.
    pub fn effect(
        &self,
        shares: &Shares,
        as_of: Date,
        seed: u64,
        people: u64,
    ) -> Result<Effect, Diagnostic> {
        let cohort = Cohort::new(&self.facts, shares, as_of, seed);
        let mut effect = self.nobody();
        let mut first = 0;
        while first < people {
            let here = CHUNK.min(people - first);
            let columns = cohort.columns(first, usize::try_from(here).unwrap_or(usize::MAX))?;
            self.judge(&columns, &mut effect);
            first += here;
        }
        Ok(effect)
    }

    /// The effect on nobody, to add to.
    #[must_use]
    pub fn nobody(&self) -> Effect {
        let items = self.items.iter().map(|item| ItemEffect {
            role: item.role,
            id: item.id.clone(),
            met_before: 0,
            met_after: 0,
            moves: [[0; 4]; 4],
        });
        Effect {
            people: 0,
            gain: 0,
            lose: 0,
            differ: 0,
            items: items.collect(),
        }
    }

    /// Judges columns of the facts of both bundles, and adds the people in them.
    pub fn judge(&self, columns: &FactColumns, effect: &mut Effect) {
        let (of_old, of_new) = (self.old.columns(columns), self.new.columns(columns));
        let (mut before, mut after) = (self.old.plan.planes(), self.new.plan.planes());
        for block in 0..columns.blocks() {
            self.old
                .fill(of_old.as_ref().unwrap_or(columns), block, &mut before);
            self.new
                .fill(of_new.as_ref().unwrap_or(columns), block, &mut after);
            let used = columns.used(block);
            let mut changes = Changes::default();
            for (item, count) in self.items.iter().zip(&mut effect.items) {
                let before = self.old.standings(&before, item.old.as_deref());
                let after = self.new.standings(&after, item.new.as_deref());
                count.add(&before, &after, &used);
                if item.role == Role::Regimen {
                    changes.add(&before, &after);
                }
            }
            effect.people += ones(&used, &used);
            effect.gain += ones(&changes.gain, &used);
            effect.lose += ones(&changes.lose, &used);
            effect.differ += ones(&changes.differ, &used);
        }
    }
}

impl Item {
    fn new(role: Role, id: String) -> Self {
        Item {
            role,
            id,
            old: None,
            new: None,
        }
    }
}

/// One plane for each standing; each lane is in one of them.
type Standings = [Block; 4];

/// The lanes in which some regimen is judged otherwise.
#[derive(Default)]
struct Changes {
    gain: Block,
    lose: Block,
    differ: Block,
}

impl Changes {
    fn add(&mut self, before: &Standings, after: &Standings) {
        for word in 0..self.gain.len() {
            let (was, is) = (
                before[Standing::Met as usize][word],
                after[Standing::Met as usize][word],
            );
            self.gain[word] |= is & !was;
            self.lose[word] |= was & !is;
            let same = before.iter().zip(after).fold(0, |same, (before, after)| {
                same | (before[word] & after[word])
            });
            self.differ[word] |= !same;
        }
    }
}

impl ItemEffect {
    fn add(&mut self, before: &Standings, after: &Standings, used: &Block) {
        self.met_before += ones(&before[Standing::Met as usize], used);
        self.met_after += ones(&after[Standing::Met as usize], used);
        if before == after {
            return;
        }
        for (from, before) in before.iter().enumerate() {
            for (to, after) in after.iter().enumerate() {
                if from != to {
                    let both = std::array::from_fn(|word| before[word] & after[word]);
                    self.moves[from][to] += ones(&both, used);
                }
            }
        }
    }
}

fn ones(lanes: &Block, used: &Block) -> u64 {
    let words = lanes.iter().zip(used);
    words
        .map(|(lanes, used)| u64::from((lanes & used).count_ones()))
        .sum()
}

impl Judge {
    fn new(bundle: &Bundle, roots: Roots, facts: &Bundle) -> Self {
        let (own, both) = (bundle.schema(), facts.schema());
        let renamed = own.indices().filter_map(|fact| {
            let of_both = both.find(&own.fact(fact).id)?;
            let same =
                both.fact(of_both).ty == own.fact(fact).ty && own.fact(fact).ty != FactType::Word;
            same.then_some((fact, of_both))
        });
        Judge {
            renamed: (own.facts() != both.facts()).then(|| renamed.collect()),
            plan: bundle.program().plan(&roots.nodes),
            bundle: bundle.clone(),
        }
    }

    /// The columns of its own facts; `None` where they are those of both.
    fn columns(&self, columns: &FactColumns) -> Option<FactColumns> {
        let renamed = self.renamed.as_ref()?;
        let mut own = FactColumns::unknown(self.bundle.schema(), columns.lanes());
        for lane in 0..columns.lanes() {
            for (fact, of_both) in renamed {
                own.set(lane, *fact, columns.value(lane, *of_both));
            }
        }
        Some(own)
    }

    fn fill(&self, columns: &FactColumns, block: usize, planes: &mut Planes) {
        self.plan.atom_planes(columns, block, planes);
        self.plan.evaluate_planes(planes);
    }

    /// Where all of these roots are true, one is false, neither can be told, or there is nothing to ask.
    fn standings(&self, planes: &Planes, roots: Option<&[usize]>) -> Standings {
        let nowhere: Block = [0; BLOCK_LANES / 64];
        let everywhere: Block = [u64::MAX; BLOCK_LANES / 64];
        let Some(roots) = roots else {
            return [nowhere, nowhere, nowhere, everywhere];
        };
        let (mut met, mut not_met) = (everywhere, nowhere);
        for root in roots {
            let lanes = self.plan.root_lanes(planes, *root);
            for word in 0..met.len() {
                met[word] &= lanes.is_true[word];
                not_met[word] |= lanes.is_known[word] & !lanes.is_true[word];
            }
        }
        let unknown = std::array::from_fn(|word| !met[word] & !not_met[word]);
        [met, not_met, unknown, nowhere]
    }
}

/// The roots of a plan while it is put together.
#[derive(Default)]
struct Roots {
    nodes: Vec<waymark_criteria::NodeId>,
}

impl Roots {
    fn add(&mut self, bundle: &Bundle, role: Role, id: &str) -> Vec<usize> {
        let names = match role {
            Role::Regimen => vec![name::regimen(id)],
            Role::Caution | Role::Guidance => vec![name::in_force(id), id.to_owned()],
        };
        let nodes = names.iter().filter_map(|name| bundle.program().root(name));
        nodes
            .map(|node| {
                self.nodes.push(node);
                self.nodes.len() - 1
            })
            .collect()
    }
}

fn judged(content: &Content) -> impl Iterator<Item = (Role, String)> {
    let of_medicines = content.medicines.iter().flat_map(|it| &it.cautions);
    let cautions = of_medicines.chain(content.regimens.iter().flat_map(|it| &it.cautions));
    let regimens = content
        .regimens
        .iter()
        .map(|it| (Role::Regimen, it.id.clone()));
    let cautions = cautions.map(|it: &Caution| (Role::Caution, it.id.clone()));
    let guidance = content
        .guidance
        .iter()
        .map(|it| (Role::Guidance, it.id.clone()));
    regimens.chain(cautions).chain(guidance)
}

/// The new knowledge with the facts that only the old one has.
fn facts_of_both(old: &Bundle, new: &Bundle) -> Content {
    let mut content = new.content().clone();
    let gone = old.content().facts.iter();
    let gone: Vec<FactEntry> = gone
        .filter(|fact| !has_fact(new, &fact.id))
        .cloned()
        .collect();
    content.facts.extend(gone);
    content.facts.sort_by(|one, other| one.id.cmp(&other.id));
    content
}

fn has_fact(bundle: &Bundle, id: &str) -> bool {
    bundle.schema().find(id).is_some()
}
