//! The type of a fact is what its derivation gives, and what the derivation names is there.

use crate::base::{Base, Target};
use crate::body::Body;
use crate::entry::Entry;
use crate::kind::Kind;
use waymark_criteria::Diagnostic;
use waymark_engine::bundle::{
    Changes, CnsAspect, Derivation, FactEntry, FactKind, Her2Aspect, MenopauseAspect, StatusAspect,
};

pub(super) fn check(base: &Base, problems: &mut Vec<Diagnostic>) {
    for entry in base.of(Kind::Fact) {
        let Some(Body::Fact(fact)) = &entry.body else {
            continue;
        };
        check_type(entry, fact, problems);
        check_parameters(base, entry, fact, problems);
        check_numbers(entry, fact, problems);
        let worded = fact.ty == FactKind::Word;
        if worded == fact.values.is_empty() {
            let message = if worded {
                "a worded fact lists its words"
            } else {
                "only a worded fact has a list of words"
            };
            problems.push(entry.error("fact-values", entry.head.span("values"), message));
        }
        if worded && fact.changes != Changes::default() {
            let message = "a worded fact follows others and does not say how it changes";
            problems.push(entry.error("fact-changes", entry.head.span("changes"), message));
        }
        if let Some(other) = &fact.asked_after
            && !base.has(Target::Fact, other)
        {
            let message = format!("nothing has the id `{other}`");
            problems.push(entry.error("unresolved", entry.head.span("asked-after"), message));
        }
        if let Some((low, high)) = fact.min.zip(fact.max)
            && low > high
        {
            let message = format!("no value lies from {low} to {high}");
            problems.push(entry.error("fact-range", entry.head.span("max"), message));
        }
    }
}

fn check_type(entry: &Entry, fact: &FactEntry, problems: &mut Vec<Diagnostic>) {
    let gives = gives(&fact.derivation);
    if gives.is_empty() || gives.contains(&fact.ty) {
        return;
    }
    let message = format!(
        "this derivation does not give a fact of type {}",
        type_word(fact.ty)
    );
    let words: Vec<&str> = gives.iter().map(|ty| type_word(*ty)).collect();
    let problem = entry.error("fact-type", entry.head.span("type"), message);
    problems.push(problem.help(format!("it gives: {}", words.join(" or "))));
}

fn type_word(ty: FactKind) -> &'static str {
    match ty {
        FactKind::Boolean => "boolean",
        FactKind::Integer => "integer",
        FactKind::Decimal => "decimal",
        FactKind::Date => "date",
        FactKind::Word => "word",
    }
}

/// The types that a derivation can fill; empty: any.
fn gives(derivation: &Derivation) -> &'static [FactKind] {
    match derivation {
        Derivation::Stated {} => &[],
        Derivation::AsOf {} | Derivation::MetastaticSince {} | Derivation::LastProgression {} => {
            &[FactKind::Date]
        }
        Derivation::Age {} | Derivation::PriorRegimens { .. } | Derivation::CurrentLine {} => {
            &[FactKind::Integer]
        }
        Derivation::Measurement { .. } => &[FactKind::Decimal, FactKind::Integer],
        Derivation::MeasurementBaseline { .. } | Derivation::MeasurementFall { .. } => {
            &[FactKind::Decimal]
        }
        Derivation::Disease {}
        | Derivation::Subtype {}
        | Derivation::Her2 {
            aspect: Her2Aspect::Status,
        }
        | Derivation::HormoneReceptors {
            aspect: StatusAspect::Status,
        }
        | Derivation::Cns {
            aspect: CnsAspect::State,
            ..
        }
        | Derivation::Menopause {
            aspect: MenopauseAspect::Status,
            ..
        } => &[FactKind::Word],
        Derivation::StatedOr { .. }
        | Derivation::BreastCancer {}
        | Derivation::Her2 { .. }
        | Derivation::HormoneReceptors {
            aspect: StatusAspect::Positive | StatusAspect::Differs,
        }
        | Derivation::Metastatic {}
        | Derivation::DeNovo { .. }
        | Derivation::Unresectable {}
        | Derivation::LocallyAdvanced {}
        | Derivation::MetastasisAt { .. }
        | Derivation::Cns {
            aspect: CnsAspect::Active,
            ..
        }
        | Derivation::PriorDrug { .. }
        | Derivation::EarlyRelapse { .. }
        | Derivation::ProgressedOn { .. }
        | Derivation::ProgressedSinceLatestRegimen { .. }
        | Derivation::InductionWithoutProgression { .. }
        | Derivation::Menopause {
            aspect: MenopauseAspect::Postmenopausal,
            ..
        }
        | Derivation::Condition { .. } => &[FactKind::Boolean],
    }
}

fn check_parameters(base: &Base, entry: &Entry, fact: &FactEntry, problems: &mut Vec<Diagnostic>) {
    let mut refuse = |key: &str, message: String, targets: &[Target], id: &str| {
        let span = entry.head.span(&format!("derivation.{key}"));
        let mut problem = entry.error("unresolved", span, message);
        if let Some(near) = base.nearest(targets, id) {
            problem = problem.help(format!("did you mean `{near}`?"));
        }
        problems.push(problem);
    };
    let drugs = [Target::Class, Target::Medicine];
    let is_drug = |id: &str| drugs.iter().any(|target| base.has(*target, id));
    match &fact.derivation {
        Derivation::PriorDrug { drug, .. }
        | Derivation::PriorRegimens { drug, .. }
        | Derivation::ProgressedOn { drug, .. }
        | Derivation::ProgressedSinceLatestRegimen { drug }
        | Derivation::InductionWithoutProgression { drug } => {
            if !is_drug(drug) {
                refuse(
                    "drug",
                    format!("no medicine has the class or id `{drug}`"),
                    &drugs,
                    drug,
                );
            }
        }
        Derivation::EarlyRelapse {
            drug, undecided, ..
        } => {
            for (key, drug) in [("drug", drug), ("undecided", undecided)] {
                if let Some(drug) = drug.as_ref().filter(|drug| !is_drug(drug)) {
                    refuse(
                        key,
                        format!("no medicine has the class or id `{drug}`"),
                        &drugs,
                        drug,
                    );
                }
            }
        }
        Derivation::StatedOr { fact: other, .. } => {
            let known = base.of(Kind::Fact).find(|known| known.id == *other);
            match known.map(|known| &known.body) {
                None => refuse(
                    "fact",
                    format!("there is no fact `{other}`"),
                    &[Target::Fact],
                    other,
                ),
                Some(Some(Body::Fact(known))) if known.ty != FactKind::Boolean => {
                    refuse(
                        "fact",
                        format!("the fact `{other}` is not a boolean"),
                        &[],
                        other,
                    );
                }
                Some(_) if *other == fact.id => {
                    refuse(
                        "fact",
                        "a fact cannot stand in for itself".to_owned(),
                        &[],
                        other,
                    );
                }
                Some(_) => {}
            }
        }
        Derivation::MetastasisAt { sites } => {
            for site in sites {
                let meaning = format!("metastasis.{site}");
                if !base.manifest.has_meaning(&meaning) {
                    refuse(
                        "sites",
                        format!("codes have no meaning `{meaning}`"),
                        &[],
                        site,
                    );
                }
            }
        }
        Derivation::Condition { condition, .. } => {
            check_meaning(base, entry, "condition", condition, problems);
        }
        Derivation::Measurement { quantity, .. } => {
            check_meaning(base, entry, "quantity", quantity, problems);
        }
        Derivation::MeasurementBaseline { quantity, drug }
        | Derivation::MeasurementFall { quantity, drug } => {
            if !is_drug(drug) {
                refuse(
                    "drug",
                    format!("no medicine has the class or id `{drug}`"),
                    &drugs,
                    drug,
                );
            }
            check_meaning(base, entry, "quantity", quantity, problems);
        }
        Derivation::AsOf {}
        | Derivation::Stated {}
        | Derivation::Age {}
        | Derivation::BreastCancer {}
        | Derivation::Disease {}
        | Derivation::Her2 { .. }
        | Derivation::HormoneReceptors { .. }
        | Derivation::Subtype {}
        | Derivation::Metastatic {}
        | Derivation::MetastaticSince {}
        | Derivation::DeNovo { .. }
        | Derivation::LastProgression {}
        | Derivation::Unresectable {}
        | Derivation::LocallyAdvanced {}
        | Derivation::Cns { .. }
        | Derivation::CurrentLine {}
        | Derivation::Menopause { .. } => {}
    }
}

/// A condition or quantity is one that codes may mean; that none does yet is worth a look.
fn check_meaning(base: &Base, entry: &Entry, key: &str, id: &str, problems: &mut Vec<Diagnostic>) {
    let family = if key == "condition" {
        "condition"
    } else {
        "observation"
    };
    let meaning = format!("{family}.{id}");
    let span = entry.head.span(&format!("derivation.{key}"));
    if !base.manifest.has_meaning(&meaning) {
        let message = format!("codes have no meaning `{meaning}`");
        let help = "the closed list of meanings stands in knowledge.toml";
        problems.push(entry.error("unresolved", span, message).help(help));
    } else if !base.has(Target::Meaning, &meaning) {
        let message = format!("no code means `{meaning}`: only a statement can give this fact");
        let warning = Diagnostic::warning("no-code", message).in_place(&entry.path);
        problems.push(warning.at(span));
    }
}

/// Windows are not negative, and an early relapse asks for at least one intent.
fn check_numbers(entry: &Entry, fact: &FactEntry, problems: &mut Vec<Diagnostic>) {
    let windows: &[(&str, i64)] = match &fact.derivation {
        Derivation::DeNovo { within_days } => &[("within-days", *within_days)],
        Derivation::EarlyRelapse {
            months, intents, ..
        } => {
            if intents.is_empty() {
                let span = entry.head.span("derivation.intents");
                let message = "no early-stage therapy would count";
                problems.push(entry.error("bad-window", span, message));
            }
            &[("months", *months)]
        }
        Derivation::Condition {
            holds_days: Some(days),
            ..
        } => &[("holds-days", *days)],
        Derivation::Menopause {
            holds_months: Some(months),
            ..
        }
        | Derivation::Cns {
            holds_months: Some(months),
            ..
        } => &[("holds-months", *months)],
        _ => &[],
    };
    for (key, length) in windows {
        if *length < 0 {
            let span = entry.head.span(&format!("derivation.{key}"));
            let message = format!("`{key}` is a length of time and cannot be {length}");
            problems.push(entry.error("bad-window", span, message));
        }
    }
}
