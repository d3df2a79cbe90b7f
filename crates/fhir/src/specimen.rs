//! Where tested tissue came from.

use crate::context::{Context, in_error};
use crate::date;
use crate::lookup::{Lookup, fold};
use crate::naming;
use crate::resource::{Concept, Observation, Specimen};
use crate::wording;
use waymark_criteria::DateBounds;
use waymark_engine::chart::{Site, Tissue};

/// The tissue of a result, the specimen's identifier, and the specimen reference when it leads nowhere.
pub(crate) fn tissue(
    observation: &Observation<'_>,
    context: &Context<'_, '_, '_>,
) -> (Tissue, Option<String>, Option<String>) {
    let mut tissue = Tissue::Unstated;
    let mut identifier = None;
    let mut dangling = None;
    if let Some(reference) = &observation.specimen {
        identifier = reference
            .target()
            .map(str::to_owned)
            .or_else(|| {
                let value = reference.identifier.as_ref()?.value.as_ref()?;
                Some(value.as_str().to_owned())
            })
            .or_else(|| Some(reference.display.as_ref()?.as_str().to_owned()));
        if let Some(crate::reference::Target::Record(position)) =
            context.resolve(reference, &observation.contained, &["Specimen"])
        {
            identifier = Some(context.index.name(position).to_owned());
        }
        let found = context.specimen(reference, &observation.contained, |specimen| {
            Some(if in_error(specimen.status.as_ref()) {
                Tissue::Unstated
            } else {
                of_specimen(specimen, context)
            })
        });
        if let Some(found) = found {
            tissue = found;
        } else {
            if context.dangles(reference, &observation.contained, &["Specimen"]) {
                dangling = reference.target().map(str::to_owned);
            }
            tissue = reference
                .display
                .as_ref()
                .map_or(Tissue::Unstated, |display| {
                    in_words(context.lookup, display.as_str())
                });
        }
    }
    if tissue == Tissue::Unstated
        && let Some(site) = &observation.body_site
    {
        tissue = of_site(site, context);
    }
    if tissue == Tissue::Unstated {
        let lesions = observation
            .extension
            .iter()
            .filter(|extension| extension.is("mcode-related-condition"))
            .filter_map(|extension| extension.value_reference.as_ref());
        let of_metastasis = observation.focus.iter().chain(lesions).any(|reference| {
            context
                .condition(reference, &observation.contained, |condition| {
                    context
                        .lookup
                        .first(condition.code.as_ref()?, "metastasis.")
                })
                .is_some_and(|site| site != "nodes-regional" && site != "may-be-regional")
        });
        if of_metastasis {
            tissue = Tissue::Metastasis;
        }
    }
    (tissue, identifier, dangling)
}

/// When a specimen was taken.
pub(crate) fn collected(
    observation: &Observation<'_>,
    context: &Context<'_, '_, '_>,
) -> Option<DateBounds> {
    context.specimen(
        observation.specimen.as_ref()?,
        &observation.contained,
        |specimen| {
            let collection = specimen.collection.as_ref();
            let collection = collection.filter(|_| !in_error(specimen.status.as_ref()))?;
            date::of(collection.collected_date_time.as_ref())
                .or_else(|| date::within(collection.collected_period.as_ref()?))
        },
    )
}

fn of_specimen(specimen: &Specimen<'_>, context: &Context<'_, '_, '_>) -> Tissue {
    let site = specimen
        .collection
        .as_ref()
        .and_then(|collection| collection.body_site.as_ref())
        .map_or(Tissue::Unstated, |site| of_site(site, context));
    match site {
        Tissue::Unstated => specimen
            .kind
            .as_ref()
            .and_then(|kind| {
                kind.words()
                    .map(|words| in_words(context.lookup, words))
                    .find(|told| *told != Tissue::Unstated)
            })
            .unwrap_or(Tissue::Unstated),
        told => told,
    }
}

fn of_site(site: &Concept<'_>, context: &Context<'_, '_, '_>) -> Tissue {
    match context.lookup.first(site, "body.") {
        Some("breast") => return Tissue::Primary,
        Some(_) => return Tissue::Metastasis,
        None => {}
    }
    site.words()
        .map(|words| in_words(context.lookup, words))
        .find(|told| *told != Tissue::Unstated)
        .unwrap_or(Tissue::Unstated)
}

fn in_words(lookup: &Lookup<'_>, text: &str) -> Tissue {
    match wording::site(lookup, text) {
        Some(Site::RegionalNodes) => Tissue::Primary,
        Some(Site::MayBeRegional) => Tissue::Unstated,
        Some(_) => Tissue::Metastasis,
        None if naming::spread(lookup, text) == Some(true) => Tissue::Metastasis,
        None if naming::is_breast(lookup, text)
            || fold(text).contains(" primary tumor ")
            || fold(text).contains(" primary tumour ") =>
        {
            Tissue::Primary
        }
        None => Tissue::Unstated,
    }
}
