//! Where tested tissue came from.

use crate::condition::told_of;
use crate::context::{Context, status_word};
use crate::datatype::{Concept, Identifier, Reference};
use crate::date;
use crate::lookup::{Lookup, fold};
use crate::naming;
use crate::resource::{BodyStructure, Observation, Resource, Specimen};
use crate::wording;
use waymark_criteria::DateBounds;
use waymark_engine::chart::{Side, Site, Tissue};

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
            Some(if specimen.is_usable() {
                of_specimen(specimen, context)
            } else {
                Tissue::Unstated
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
        let lesions = lesions_of(observation);
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

/// The side that the tissue of a result is from: by its specimen or the lesion that this was taken of, its body site, or
/// the cancer that it is tied to.
pub(crate) fn side(observation: &Observation<'_>, context: &Context<'_, '_, '_>) -> Option<Side> {
    let contained = &observation.contained;
    let of_specimen = || {
        let reference = observation.specimen.as_ref()?;
        context.specimen(reference, contained, |specimen| {
            let usable = specimen.is_usable();
            let collection = specimen.collection.as_ref().filter(|_| usable);
            let collection = collection.filter(|it| it.modifier_extension.is_empty());
            let site = collection.and_then(|it| it.body_site.as_ref());
            context
                .side(
                    site.into_iter()
                        .chain(specimen.kind.iter().filter(|_| usable)),
                )
                .or_else(|| {
                    let mut lesions = lesions(specimen, context).filter(|_| usable);
                    lesions.find_map(|lesion| {
                        context.side(
                            lesion
                                .location
                                .iter()
                                .chain(lesion.location_qualifier.iter()),
                        )
                    })
                })
        })
    };
    let of_cancer = || {
        let mut tied = observation.focus.iter().chain(lesions_of(observation));
        tied.find_map(|reference| {
            context.condition(reference, contained, |it| context.side(told_of(it)))
        })
    };
    of_specimen()
        .or_else(|| context.side(observation.body_site.iter().map(Box::as_ref)))
        .or_else(of_cancer)
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
            let collection = collection.filter(|_| specimen.is_usable())?;
            let collection = Some(collection).filter(|it| it.modifier_extension.is_empty())?;
            date::of(collection.collected_date_time.as_ref())
                .or_else(|| date::within(collection.collected_period.as_ref()?))
        },
    )
}

/// Whether the specimen of a result is said not to be fit for testing (R4 specimen-status).
pub(crate) fn is_unsatisfactory(
    observation: &Observation<'_>,
    context: &Context<'_, '_, '_>,
) -> bool {
    let Some(reference) = &observation.specimen else {
        return false;
    };
    let status = context.specimen(reference, &observation.contained, |specimen| {
        Some(status_word(specimen.status.as_ref()?.as_str()) == "unsatisfactory")
    });
    status == Some(true)
}

fn of_specimen(specimen: &Specimen<'_>, context: &Context<'_, '_, '_>) -> Tissue {
    let site = specimen
        .collection
        .as_ref()
        .filter(|collection| collection.modifier_extension.is_empty())
        .and_then(|collection| collection.body_site.as_ref())
        .map_or(Tissue::Unstated, |site| of_site(site, context));
    let site = match site {
        Tissue::Unstated => of_lesion(specimen, context),
        told => told,
    };
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

/// The conditions that an extension ties a result to.
fn lesions_of<'q, 'a>(observation: &'q Observation<'a>) -> impl Iterator<Item = &'q Reference<'a>> {
    let extensions = observation.extension.iter();
    extensions
        .filter(|extension| extension.is("mcode-related-condition"))
        .filter_map(|extension| extension.value_reference.as_ref())
}

/// The lesions that a specimen was taken of: mCODE gives both the same identifier.
fn lesions<'q, 'r>(
    specimen: &'q Specimen<'_>,
    context: &'q Context<'_, '_, 'r>,
) -> impl Iterator<Item = &'q BodyStructure<'r>> {
    // Nearly none has an identifier to look for.
    let identified = !specimen.identifier.is_empty();
    let resources = context.resources.iter().filter(move |_| identified);
    resources.filter_map(|resource| {
        let Some(Resource::BodyStructure(lesion)) = resource else {
            return None;
        };
        let one = |own: &Identifier<'_>| {
            let of_a_system = own.system.is_some();
            of_a_system
                && lesion
                    .identifier
                    .iter()
                    .any(|it| it.system.is_some() && own.is(it))
        };
        let same = lesion.is_usable() && specimen.identifier.iter().any(one);
        same.then_some(lesion.as_ref())
    })
}

/// The place of the lesion that a specimen was taken of.
fn of_lesion(specimen: &Specimen<'_>, context: &Context<'_, '_, '_>) -> Tissue {
    let lesions = lesions(specimen, context);
    let locations = lesions.filter_map(|lesion| lesion.location.as_ref());
    let mut lesions = locations.map(|location| of_site(location, context));
    let first = lesions.next().unwrap_or(Tissue::Unstated);
    if lesions.all(|other| other == first) {
        first
    } else {
        Tissue::Unstated
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
