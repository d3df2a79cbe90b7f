//! The typed head of an entry, with its title, prose and criteria filled in.

use crate::head::Raw;
use crate::kind::Kind;
use serde::Deserialize;
use waymark_criteria::Diagnostic;
use waymark_engine::bundle::{
    Criterion, DecisionTable, FactEntry, Guidance, LineRule, Medicine, Question, Regimen,
    SourceEntry, TermTable, Trial, Wording,
};

/// An entry of any kind.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    Sources(Vec<SourceEntry>),
    Fact(Box<FactEntry>),
    Table(Box<DecisionTable>),
    Criterion(Box<Criterion>),
    Medicine(Box<Medicine>),
    Regimen(Box<Regimen>),
    Guidance(Box<Guidance>),
    Trial(Box<Trial>),
    Terms(Box<TermTable>),
    LineRule(Box<LineRule>),
    Question(Box<Question>),
    Wording(Box<Wording>),
}

/// What a file says below its head.
pub(crate) struct Below {
    pub title: String,
    pub text: String,
    pub cql: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SourceGroup {
    #[serde(default)]
    group: Option<String>,
    source: Vec<SourceEntry>,
}

impl Body {
    /// Gives a head the shape of its kind; `several`: it is a file of sources.
    pub(crate) fn read(
        kind: Kind,
        several: bool,
        raw: Raw<'_>,
        below: Below,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Body> {
        let Below { title, text, cql } = below;
        match kind {
            Kind::Source if several => raw.read::<SourceGroup>(problems).map(Body::grouped),
            Kind::Source => raw
                .read::<SourceEntry>(problems)
                .map(|source| Body::Sources(vec![source])),
            Kind::Fact => raw.read::<FactEntry>(problems).map(|fact| {
                Body::Fact(Box::new(FactEntry {
                    title,
                    text,
                    cql,
                    ..fact
                }))
            }),
            Kind::Table => raw.read::<DecisionTable>(problems).map(|table| {
                Body::Table(Box::new(DecisionTable {
                    title,
                    text,
                    ..table
                }))
            }),
            Kind::Criterion => raw.read::<Criterion>(problems).map(|criterion| {
                Body::Criterion(Box::new(Criterion {
                    title,
                    text,
                    cql,
                    ..criterion
                }))
            }),
            Kind::Medicine => raw.read::<Medicine>(problems).map(|medicine| {
                Body::Medicine(Box::new(Medicine {
                    title,
                    text,
                    cql,
                    ..medicine
                }))
            }),
            Kind::Regimen => raw.read::<Regimen>(problems).map(|regimen| {
                Body::Regimen(Box::new(Regimen {
                    title,
                    text,
                    cql,
                    ..regimen
                }))
            }),
            Kind::Guidance => raw.read::<Guidance>(problems).map(|guidance| {
                Body::Guidance(Box::new(Guidance {
                    title,
                    text,
                    cql,
                    ..guidance
                }))
            }),
            Kind::Trial => raw.read::<Trial>(problems).map(|trial| {
                Body::Trial(Box::new(Trial {
                    title,
                    text,
                    ..trial
                }))
            }),
            Kind::Terms => raw.read::<TermTable>(problems).map(|table| {
                Body::Terms(Box::new(TermTable {
                    title,
                    text,
                    ..table
                }))
            }),
            Kind::LineRule => raw.read::<LineRule>(problems).map(|rule| {
                Body::LineRule(Box::new(LineRule {
                    title,
                    text,
                    ..rule
                }))
            }),
            Kind::Question => raw.read::<Question>(problems).map(|question| {
                Body::Question(Box::new(Question {
                    title,
                    text,
                    ..question
                }))
            }),
            Kind::Wording => raw.read::<Wording>(problems).map(|wording| {
                Body::Wording(Box::new(Wording {
                    title,
                    text,
                    ..wording
                }))
            }),
        }
    }

    fn grouped(group: SourceGroup) -> Body {
        let SourceGroup { group, source } = group;
        let fill = |source: SourceEntry| SourceEntry {
            group: source.group.clone().or_else(|| group.clone()),
            ..source
        };
        Body::Sources(source.into_iter().map(fill).collect())
    }
}
