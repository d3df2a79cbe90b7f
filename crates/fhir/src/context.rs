//! What a reader of one record may look at beside that record.

use crate::datatype::{Concept, Extension, Reference};
use crate::lenient::Text;
use crate::lookup::{Lookup, fold};
use crate::naming;
use crate::reference::{Index, Target};
use crate::resource::{BodyStructure, Condition, Resource, Specimen};
use crate::wording;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use waymark_criteria::DateBounds;
use waymark_engine::chart::{Cancer, Place, Side};

/// The knowledge, the other records, and the patient's date of birth.
#[derive(Debug)]
pub(crate) struct Context<'c, 'b, 'r> {
    pub(crate) lookup: &'c Lookup<'b>,
    pub(crate) index: &'c Index<'c>,
    pub(crate) resources: &'c [Option<Resource<'r>>],
    pub(crate) birth: DateBounds,
    /// Tests of which a final result is there, as [`crate::observation::finals`] names them.
    pub(crate) finals: &'c BTreeSet<String>,
    /// The cancers of the Conditions that were referred to, by position.
    pub(crate) cancers: Vec<OnceCell<Option<Cancer>>>,
}

/// The note on a record that is tied to a cancer which is not in the input.
pub(crate) const CANCER_NOT_THERE: (&str, &str) = (
    "dangling-reference",
    "the cancer that this is tied to is not in the input; it only takes certainty away",
);

impl Context<'_, '_, '_> {
    /// Looks at what a reference means; `None` when it leads nowhere in the input.
    pub(crate) fn look<'q, T>(
        &self,
        reference: &Reference<'q>,
        contained: &[&'q RawValue],
        types: &[&str],
        see: impl FnOnce(&Resource<'_>) -> Option<T>,
    ) -> Option<T> {
        match self.resolve(reference, contained, types)? {
            Target::Record(position) => see(self.resources.get(position)?.as_ref()?),
            Target::Contained(resource) => see(&resource),
            Target::Dangling => None,
        }
    }

    /// What a reference means: by its target, else by the identifier of the record that is meant.
    pub(crate) fn resolve<'q>(
        &self,
        reference: &Reference<'q>,
        contained: &[&'q RawValue],
        types: &[&str],
    ) -> Option<Target<'q>> {
        if reference.target().is_some() {
            return self.index.resolve(reference, contained, types);
        }
        let wanted = reference.identifier.as_ref()?;
        let found = self.resources.iter().position(|resource| {
            let identifiers = resource.as_ref().and_then(Resource::identifiers);
            identifiers.is_some_and(|(kind, own)| {
                types.contains(&kind) && own.iter().any(|own| own.is(wanted))
            })
        });
        Some(found.map_or(Target::Dangling, Target::Record))
    }

    /// Whether a reference has a target that is not in the input.
    pub(crate) fn dangles<'q>(
        &self,
        reference: &Reference<'q>,
        contained: &[&'q RawValue],
        types: &[&str],
    ) -> bool {
        matches!(
            self.resolve(reference, contained, types),
            Some(Target::Dangling)
        )
    }

    /// What a reference to a Condition tells of its cancer.
    pub(crate) fn condition<'q, T>(
        &self,
        reference: &Reference<'q>,
        contained: &[&'q RawValue],
        see: impl FnOnce(&Condition<'_>) -> Option<T>,
    ) -> Option<T> {
        self.look(reference, contained, &["Condition"], |found| match found {
            Resource::Condition(condition) => see(condition),
            _ => None,
        })
    }

    /// What a reference to a Specimen tells.
    pub(crate) fn specimen<'q, T>(
        &self,
        reference: &Reference<'q>,
        contained: &[&'q RawValue],
        see: impl FnOnce(&Specimen<'_>) -> Option<T>,
    ) -> Option<T> {
        self.look(reference, contained, &["Specimen"], |found| match found {
            Resource::Specimen(specimen) => see(specimen),
            _ => None,
        })
    }

    /// What a reference to a BodyStructure tells.
    pub(crate) fn body_structure<'q, T>(
        &self,
        reference: &Reference<'q>,
        contained: &[&'q RawValue],
        see: impl FnOnce(&BodyStructure<'_>) -> Option<T>,
    ) -> Option<T> {
        self.look(
            reference,
            contained,
            &["BodyStructure"],
            |found| match found {
                Resource::BodyStructure(structure) if structure.is_usable() => see(structure),
                _ => None,
            },
        )
    }

    /// The cancer that a concept names, by code or by words; `None` when it names none.
    pub(crate) fn cancer(&self, concept: &Concept<'_>) -> Option<NamedCancer> {
        let mut named: Option<NamedCancer> = None;
        let hits = self.lookup.hits(concept);
        for hit in &hits {
            let label = || concept.words().next().unwrap_or(hit.display).to_owned();
            let next = match hit.meaning {
                "cancer.breast" => NamedCancer::coded(Cancer::Breast, false),
                "cancer.breast-recurrent" => NamedCancer::coded(Cancer::Breast, true),
                "cancer.other" => NamedCancer::coded(Cancer::Other(label()), false),
                "cancer.unspecified" => NamedCancer::coded(Cancer::Unspecified, false),
                _ => continue,
            };
            // The more telling coding of one concept wins.
            named = Some(match named {
                None => next,
                Some(before) if before.cancer == Cancer::Unspecified => next,
                Some(before) => NamedCancer {
                    recurrence: before.recurrence || next.recurrence,
                    ..before
                },
            });
        }
        let by_icd = || {
            let mut categories = concept.coding.iter();
            let category = categories.find_map(|coding| self.lookup.icd10_category(coding))?;
            let cancer = match category.meaning.as_str() {
                "cancer.breast" => Cancer::Breast,
                "cancer.unspecified" => Cancer::Unspecified,
                "cancer.other" => {
                    Cancer::Other(concept.label().unwrap_or(&category.display).to_owned())
                }
                _ => return None,
            };
            Some(NamedCancer::coded(cancer, false))
        };
        let named = named.or_else(by_icd);
        match named {
            // "Malignant neoplastic disease" with the site only in the display.
            Some(unspecified) if unspecified.cancer == Cancer::Unspecified => {
                Some(self.cancer_in_words(concept).unwrap_or(unspecified))
            }
            Some(named) => Some(named),
            None if hits.is_empty() && self.lookup.not_used(concept).is_none() => {
                self.cancer_in_words(concept)
            }
            None => None,
        }
    }

    fn cancer_in_words(&self, concept: &Concept<'_>) -> Option<NamedCancer> {
        concept.words().find_map(|words| {
            if !naming::is_cancer(self.lookup, words) || naming::hedged(self.lookup, words) {
                return None;
            }
            let folded = crate::lookup::fold(words);
            if folded.contains(" secondary ") {
                return None;
            }
            let history = folded.contains(" history of ");
            let bare = folded.replace(" disorder ", " ").replace(" primary ", " ");
            let site_named = !self.lookup.is_word(bare.trim(), "words.site-not-said");
            let cancer = if naming::is_never_breast_cancer(self.lookup, words) {
                Cancer::Other(words.to_owned())
            } else if naming::spread_to_breast(self.lookup, words) {
                return None;
            } else if naming::is_breast(self.lookup, words) {
                Cancer::Breast
            } else if naming::is_metastatic(self.lookup, words) || !site_named || history {
                return None;
            } else {
                Cancer::Other(words.to_owned())
            };
            Some(NamedCancer {
                cancer,
                recurrence: folded.contains(" recurrent ") || folded.contains(" recurrence "),
                from_text: true,
            })
        })
    }

    /// The cancer that references and extensions tie a record to; breast cancer wins where several are named.
    pub(crate) fn tied<'q>(
        &self,
        references: &[Reference<'q>],
        extensions: &[Extension<'q>],
        contained: &[&'q RawValue],
    ) -> Option<Cancer> {
        let direct =
            references
                .iter()
                .chain(related(extensions))
                .filter_map(|reference| {
                    match self.resolve(reference, contained, &["Condition"])? {
                        Target::Record(position) => {
                            let cancer =
                                || self.of_condition(self.resources.get(position)?.as_ref()?);
                            self.cancers.get(position)?.get_or_init(cancer).clone()
                        }
                        Target::Contained(condition) => self.of_condition(&condition),
                        Target::Dangling => self.cancer_not_there(reference),
                    }
                });
        direct.min_by_key(rank)
    }

    /// The cancer of a Condition: its own, or the primary that a metastasis is tied to.
    fn of_condition(&self, resource: &Resource<'_>) -> Option<Cancer> {
        let own = |resource: &Resource<'_>| match resource {
            Resource::Condition(condition) => {
                let named = self.cancer(condition.code.as_ref()?)?;
                Some(self.at_site(named, &condition.body_site).cancer)
            }
            _ => None,
        };
        let Resource::Condition(condition) = resource else {
            return None;
        };
        own(resource).or_else(|| {
            related(&condition.extension).find_map(|primary| {
                if self.dangles(primary, &[], &["Condition"]) {
                    return self.cancer_not_there(primary);
                }
                self.look(primary, &[], &["Condition"], own)
            })
        })
    }

    /// The cancer of a Condition that is not in the input: what the reference itself calls it, else any.
    fn cancer_not_there(&self, reference: &Reference<'_>) -> Option<Cancer> {
        let target = reference.target().unwrap_or_default();
        let mut segments = target.split("/_history/").next()?.rsplit('/').skip(1);
        if segments.next().is_some_and(|kind| kind != "Condition") {
            return None;
        }
        let named = reference.display.as_ref().and_then(|words| {
            let concept = Concept {
                text: Some(Text(words.as_str().to_owned().into())),
                ..Concept::default()
            };
            self.cancer_in_words(&concept)
        });
        Some(named.map_or(Cancer::NotOnRecord, |named| named.cancer))
    }

    /// The name of the other cancer that a record is tied to.
    pub(crate) fn other_cancer<'q>(
        &self,
        references: &[Reference<'q>],
        extensions: &[Extension<'q>],
        contained: &[&'q RawValue],
    ) -> Option<String> {
        match self.tied(references, extensions, contained)? {
            Cancer::Other(name) => Some(name),
            Cancer::Breast | Cancer::Unspecified | Cancer::NotOnRecord => None,
        }
    }

    /// Where a code does not say of which organ a malignant tumour is, the body site may.
    pub(crate) fn at_site(&self, named: NamedCancer, sites: &[Concept<'_>]) -> NamedCancer {
        let breast = |site: &Concept<'_>| {
            self.lookup.first(site, "body.") == Some("breast")
                || site
                    .words()
                    .any(|words| naming::is_breast(self.lookup, words))
        };
        if named.cancer == Cancer::Unspecified && sites.iter().any(breast) {
            NamedCancer {
                cancer: Cancer::Breast,
                ..named
            }
        } else {
            named
        }
    }

    /// Of which breast concepts are, by their codes, their words, and the side that extends a body site (mCODE laterality
    /// qualifier); both where they name both.
    pub(crate) fn side<'q, 'a: 'q>(
        &self,
        concepts: impl IntoIterator<Item = &'q Concept<'a>>,
    ) -> Option<Side> {
        let names = |text: &str, meaning: &str| self.lookup.says(text, meaning);
        let (mut left, mut right) = (false, false);
        let mut look = |concept: &Concept<'_>| {
            let hits = self.lookup.hits(concept);
            for hit in &hits {
                left |= matches!(hit.meaning, "side.left" | "side.both");
                right |= matches!(hit.meaning, "side.right" | "side.both");
            }
            let meant = hits.iter().map(|hit| hit.display);
            for words in concept.words().chain(meant).map(fold) {
                let both = names(&words, "side.both");
                left |= both || names(&words, "side.left");
                right |= both || names(&words, "side.right");
            }
        };
        for concept in concepts {
            look(concept);
            let extensions = concept.extension.iter().flatten();
            let qualifiers = extensions
                .filter(|it| it.is("mcode-laterality-qualifier") || it.is("mcode-laterality"));
            qualifiers
                .filter_map(|it| it.value_codeable_concept.as_ref())
                .for_each(&mut look);
        }
        match (left, right) {
            (true, true) => Some(Side::Both),
            (true, false) => Some(Side::Left),
            (false, true) => Some(Side::Right),
            (false, false) => None,
        }
    }

    /// The place that body sites and volumes name.
    pub(crate) fn place(&self, sites: &[Concept<'_>]) -> Option<Place> {
        sites.iter().find_map(|site| {
            let by_code = self.lookup.first(site, "body.").map(|body| match body {
                "brain" => Place::Cns,
                "breast" => Place::Breast,
                _ => Place::Elsewhere,
            });
            by_code
                .or_else(|| {
                    site.words()
                        .find_map(|words| wording::place(self.lookup, words))
                })
                .or_else(|| (!site.is_empty()).then_some(Place::Elsewhere))
        })
    }
}

/// Breast cancer first, another cancer last.
pub(crate) fn rank(cancer: &Cancer) -> u8 {
    match cancer {
        Cancer::Breast => 0,
        Cancer::Unspecified => 1,
        Cancer::NotOnRecord => 2,
        Cancer::Other(_) => 3,
    }
}

fn related<'e, 'a>(extensions: &'e [Extension<'a>]) -> impl Iterator<Item = &'e Reference<'a>> {
    extensions
        .iter()
        .filter(|extension| {
            extension.is("mcode-related-condition")
                || extension.is("condition-related")
                || extension.is("mcode-related-primary-cancer-condition")
        })
        .filter_map(|extension| extension.value_reference.as_ref())
}

/// A cancer and how it was told.
#[derive(Clone, Debug)]
pub(crate) struct NamedCancer {
    pub(crate) cancer: Cancer,
    pub(crate) recurrence: bool,
    pub(crate) from_text: bool,
}

impl NamedCancer {
    fn coded(cancer: Cancer, recurrence: bool) -> Self {
        NamedCancer {
            cancer,
            recurrence,
            from_text: false,
        }
    }
}

/// A status as FHIR writes it, whatever the case, and with spaces or hyphens.
pub(crate) fn status_word(written: &str) -> Cow<'_, str> {
    let written = written.trim();
    let as_fhir = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    if written.bytes().all(as_fhir) {
        Cow::Borrowed(written)
    } else {
        Cow::Owned(written.to_lowercase().replace([' ', '_'], "-"))
    }
}

/// Whether a status takes its resource back.
pub(crate) fn in_error(status: Option<&Text<'_>>) -> bool {
    status.is_some_and(|status| status_word(status.as_str()) == "entered-in-error")
}

/// Why a resource with these `implicitRules` and this modifierExtension cannot be used (R4 2.4.1.1: one that is not
/// understood refuses it; `implicitRules` must be understood too).
pub(crate) fn modified(rules: Option<&Text<'_>>, extensions: &[Extension<'_>]) -> Option<String> {
    let by_rules = || {
        let rules = rules?.as_str();
        Some(format!(
            "rules that are not understood may change its meaning (`implicitRules`): {rules}"
        ))
    };
    let extension = extensions.first().map(|extension| {
        format!(
            "a modifier extension that is not understood may reverse its meaning: {}",
            extension.url()
        )
    });
    extension.or_else(by_rules)
}
