//! How far the cancer has spread, as Observations tell: stage, M category, history and places of metastasis.

use crate::answer::{answer, denies, values};
use crate::condition::{AtOdds, group};
use crate::context::Context;
use crate::datatype::Concept;
use crate::lenient::Text;
use crate::naming;
use crate::report::{Reading, Refusal};
use crate::resource::Observation;
use crate::staging;
use crate::wording;
use waymark_engine::chart::Site;

/// What is told; distant disease is left open where nothing is, and words may tell of it.
pub(crate) fn or_perhaps_spread(
    told: Reading,
    perhaps: Option<&str>,
    distant: impl FnOnce() -> Reading,
) -> Reading {
    match (told, perhaps) {
        (Err(refusal), Some(said)) if refusal.notes.is_empty() => {
            let said = format!("distant disease is left open: `{said}`");
            Ok(distant()?.in_doubt(("in-doubt", said)))
        }
        (told, _) => told,
    }
}

/// The stage group, and whether words alone tell it.
pub(crate) fn stage_group(
    observation: &Observation<'_>,
    context: &Context<'_, '_, '_>,
) -> Result<(u8, bool), Refusal> {
    let value = observation.value_codeable_concept.as_ref();
    let told = value.map_or(Ok(None), |value| group(value, context));
    let said = observation.value_string.as_ref();
    let said = said.and_then(|text| staging::stage_group(context.lookup, text.as_str()));
    match (told, said) {
        (Ok(Some((told, _))), Some(said)) if told != said => Err(AtOdds),
        (Ok(told), said) => Ok(told.or(said.map(|said| (said, true)))),
        (Err(AtOdds), _) => Err(AtOdds),
    }
    .map_err(|AtOdds| Refusal {
        reason: "its codes name different stages".to_owned(),
        notes: vec![(
            "contradictory-codes",
            "the codes of one stage disagree".to_owned(),
        )],
    })?
    .ok_or_else(|| "no stage group that is known".into())
}

/// Whether the M category tells distant metastasis, and whether words alone tell it.
pub(crate) fn m_category(
    observation: &Observation<'_>,
    context: &Context<'_, '_, '_>,
) -> Result<(bool, bool), Refusal> {
    let mut told: Vec<bool> = Vec::new();
    if let Some(value) = &observation.value_codeable_concept {
        for hit in context.lookup.hits(value) {
            match hit.meaning {
                "value.m0" => told.push(false),
                "value.m1" => told.push(true),
                _ => {}
            }
        }
    }
    let coded = !told.is_empty();
    told.extend(values(observation).filter_map(|words| staging::m_category(context.lookup, words)));
    if let Some(value) = &observation.value_codeable_concept {
        let codes = value
            .coding
            .iter()
            .filter_map(|coding| coding.code.as_ref());
        told.extend(codes.filter_map(|code| staging::m_category(context.lookup, code.as_str())));
    }
    told.dedup();
    match told[..] {
        [distant] => Ok((distant, !coded)),
        [] => Err("no M category that is known".into()),
        _ => Err(Refusal {
            reason: "its codes name different M categories".to_owned(),
            notes: vec![(
                "contradictory-codes",
                "the codes of one M category disagree".to_owned(),
            )],
        }),
    }
}

/// Whether there was metastasis, and whether words alone tell it; the note on an answer that cannot be read.
pub(crate) fn history_of_metastasis(
    observation: &Observation<'_>,
    context: &Context<'_, '_, '_>,
) -> Result<(bool, bool), (&'static str, String)> {
    let answer = answer(
        observation,
        context,
        |meaning| match meaning {
            "positive" | "present" | "detected" => Some(true),
            "negative" | "absent" | "not-detected" => Some(false),
            _ => None,
        },
        |words| match words.replace(" qualifier value ", " ").trim() {
            "yes" | "true" | "positive" | "present" | "detected" => Some(true),
            "no" | "false" | "negative" | "absent" | "not detected" | "none" => Some(false),
            _ => None,
        },
    );
    let denied = denies(observation, context);
    match answer {
        Ok(Some((true, _))) if denied => {}
        Ok(Some(answer)) => return Ok(answer),
        // The value may be left out and is then true (mCODE STU4, history of metastatic cancer).
        Ok(None) if !observation.has_value() => return Ok((!denied, false)),
        Ok(None) => {
            let why = "it decides nothing: its answer is neither yes nor no";
            return Err(("in-doubt", why.to_owned()));
        }
        Err(_) => {}
    }
    let why = "it decides nothing: it says yes and no";
    Err(("contradictory-result", why.to_owned()))
}

/// The place of metastasis that a result names, and how it is told.
pub(crate) fn metastasis_site(
    observation: &Observation<'_>,
    context: &Context<'_, '_, '_>,
) -> Result<(Site, Told), Refusal> {
    if denies(observation, context) {
        return Err("its answer denies the place that it names".into());
    }
    // German data give the place as the value, in older examples as the body site.
    let value = observation
        .value_codeable_concept
        .as_ref()
        .or(observation.body_site.as_deref());
    let coded = value.and_then(|value| {
        if let Some(site) = context.lookup.first(value, "metastasis.") {
            return Some(match site {
                "brain" => Site::Brain,
                "leptomeninges" => Site::Leptomeninges,
                "cns" => Site::OtherCns,
                "bone" => Site::Bone,
                "liver" => Site::Liver,
                "lung" => Site::Lung,
                "nodes-regional" => Site::RegionalNodes,
                "may-be-regional" => Site::MayBeRegional,
                _ => Site::Other(value.label().unwrap_or("unstated site").to_owned()),
            });
        }
        match context.lookup.first(value, "body.") {
            Some("brain") => Some(Site::Brain),
            _ => None,
        }
    });
    if let Some(site) = coded {
        return Ok((site, Told::ByCode));
    }
    value
        .into_iter()
        .flat_map(Concept::words)
        .chain(observation.value_string.iter().map(Text::as_str))
        .find_map(|words| {
            let site = wording::site(context.lookup, words)?;
            Some((site, naming::is_plainly_a_site(context.lookup, words)))
        })
        .map(|(site, plain)| (site, Told::InWords { plain }))
        .ok_or_else(|| "no site of metastasis that is known".into())
}

/// How a site was told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    ByCode,
    InWords { plain: bool },
}
