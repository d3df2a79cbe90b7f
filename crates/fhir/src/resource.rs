//! The resource types that are read, with the elements that are used. Everything else in them is skipped. What is large and
//! rare is boxed, so that it takes no room in the others.

use crate::context::{in_error, modified, status_word};
use crate::datatype::{
    Annotation, Concept, Dosage, Extension, Identifier, Meta, Period, Quantity, Range, Ratio,
    Reference, Timing,
};
use crate::lenient::{Flag, Many, Number, Present, Text};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// A resource of a type that is read.
#[derive(Debug)]
pub(crate) enum Resource<'a> {
    Patient(Box<Patient<'a>>),
    Condition(Box<Condition<'a>>),
    Observation(Box<Observation<'a>>),
    /// MedicationRequest (before R4 MedicationOrder), MedicationStatement, MedicationAdministration or MedicationDispense.
    MedicationUse(Box<MedicationUse<'a>>),
    Medication(Box<Medication<'a>>),
    Procedure(Box<Procedure<'a>>),
    Specimen(Box<Specimen<'a>>),
    BodyStructure(Box<BodyStructure<'a>>),
    DiagnosticReport(Box<DiagnosticReport<'a>>),
    OperationOutcome(Box<OperationOutcome<'a>>),
    /// Of a type that is not read.
    Unread,
}

/// Reads a resource of the given type.
pub(crate) fn parse<'a>(kind: &str, text: &'a str) -> Result<Resource<'a>, serde_json::Error> {
    by_type(kind, &mut serde_json::Deserializer::from_str(text)).map(|(resource, _)| resource)
}

/// Reads the elements of a resource of the given type, and its id.
fn by_type<'a, D: Deserializer<'a>>(
    kind: &str,
    from: D,
) -> Result<(Resource<'a>, Option<Text<'a>>), D::Error> {
    #[derive(Default, Deserialize)]
    #[serde(default, bound(deserialize = "'de: 'a"))]
    struct Unread<'a> {
        id: Option<Text<'a>>,
    }
    macro_rules! read {
        ($kind:ident) => {{
            let mut read = Box::new($kind::deserialize(from)?);
            let id = read.id.take();
            (Resource::$kind(read), id)
        }};
    }
    Ok(match kind {
        "Patient" => read!(Patient),
        "Condition" => read!(Condition),
        "Observation" => read!(Observation),
        "MedicationRequest"
        | "MedicationStatement"
        | "MedicationAdministration"
        | "MedicationDispense"
        | "MedicationOrder" => read!(MedicationUse),
        "Medication" => read!(Medication),
        "Procedure" => read!(Procedure),
        "Specimen" => read!(Specimen),
        "BodyStructure" => read!(BodyStructure),
        "DiagnosticReport" => read!(DiagnosticReport),
        "OperationOutcome" => read!(OperationOutcome),
        _ => (Resource::Unread, Unread::deserialize(from)?.id),
    })
}

/// A resource that begins with its type, as nearly all are written: read in one pass. Anything else, a container of resources
/// included, is an error, and has to be looked at twice.
#[derive(Debug)]
pub(crate) struct TypeFirst<'a> {
    pub(crate) kind: Cow<'a, str>,
    pub(crate) id: Option<Cow<'a, str>>,
    pub(crate) resource: Resource<'a>,
}

impl<'de: 'a, 'a> Deserialize<'de> for TypeFirst<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByType;
        impl<'de> Visitor<'de> for ByType {
            type Value = TypeFirst<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a resource that begins with its type")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let first = map.next_key::<Text<'de>>()?;
                if first.is_none_or(|key| key.0 != "resourceType") {
                    return Err(A::Error::custom("it does not begin with its type"));
                }
                let kind = map.next_value::<Text<'de>>()?.0;
                if kind.trim().is_empty() || matches!(kind.as_ref(), "Bundle" | "Parameters") {
                    return Err(A::Error::custom("it is a container, or of no type"));
                }
                let (resource, id) = by_type(&kind, MapAccessDeserializer::new(map))?;
                let id = id.map(|id| id.0).filter(|id| !id.trim().is_empty());
                Ok(TypeFirst { kind, id, resource })
            }
        }
        deserializer.deserialize_map(ByType)
    }
}

impl Resource<'_> {
    /// The identifiers by which others may refer to it, with its type.
    pub(crate) fn identifiers(&self) -> Option<(&'static str, &[Identifier<'_>])> {
        Some(match self {
            Resource::Condition(it) => ("Condition", &it.identifier),
            Resource::Medication(it) => ("Medication", &it.identifier),
            Resource::Specimen(it) => ("Specimen", &it.identifier),
            Resource::BodyStructure(it) => ("BodyStructure", &it.identifier),
            Resource::Patient(it) => ("Patient", &it.identifier),
            Resource::Observation(_)
            | Resource::MedicationUse(_)
            | Resource::Procedure(_)
            | Resource::DiagnosticReport(_)
            | Resource::OperationOutcome(_)
            | Resource::Unread => return None,
        })
    }
}

impl Resource<'_> {
    /// Why a record gives no facts of its own that others may refer to.
    pub(crate) fn referred_to(&self) -> &'static str {
        let status = match self {
            Resource::Medication(it) => it.status.as_ref(),
            Resource::Specimen(it) => it.status.as_ref(),
            _ => None,
        };
        if in_error(status) {
            "status `entered-in-error`"
        } else {
            "read only through the records that refer to it"
        }
    }

    /// Whether facts are read from it itself, not only through the records that refer to it.
    pub(crate) fn is_read_for_facts(&self) -> bool {
        matches!(
            self,
            Resource::Condition(_)
                | Resource::Observation(_)
                | Resource::MedicationUse(_)
                | Resource::Procedure(_)
        )
    }

    /// The label by which a record that is read for facts says that something was left out of it.
    pub(crate) fn incomplete(&self) -> Option<&'static str> {
        match self {
            Resource::Condition(it) => it.meta.incomplete,
            Resource::Observation(it) => it.meta.incomplete,
            Resource::MedicationUse(it) => it.meta.incomplete,
            Resource::Procedure(it) => it.meta.incomplete,
            Resource::Patient(_)
            | Resource::Medication(_)
            | Resource::Specimen(_)
            | Resource::BodyStructure(_)
            | Resource::DiagnosticReport(_)
            | Resource::OperationOutcome(_)
            | Resource::Unread => None,
        }
    }
}

impl Resource<'_> {
    /// Why a record cannot be understood: what modifies it is not known here (R4 2.4.1.1, and `implicitRules` of Resource).
    pub(crate) fn not_understood(&self) -> Option<String> {
        let (rules, extensions) = match self {
            Resource::Patient(it) => (&it.implicit_rules, &it.modifier_extension),
            Resource::Condition(it) => (&it.implicit_rules, &it.modifier_extension),
            Resource::Observation(it) => (&it.implicit_rules, &it.modifier_extension),
            Resource::MedicationUse(it) => (&it.implicit_rules, &it.modifier_extension),
            Resource::Medication(it) => (&it.implicit_rules, &it.modifier_extension),
            Resource::Procedure(it) => (&it.implicit_rules, &it.modifier_extension),
            Resource::Specimen(it) => (&it.implicit_rules, &it.modifier_extension),
            Resource::BodyStructure(it) => (&it.implicit_rules, &it.modifier_extension),
            Resource::DiagnosticReport(it) => (&it.implicit_rules, &it.modifier_extension),
            Resource::OperationOutcome(_) | Resource::Unread => return None,
        };
        modified(rules.as_ref(), extensions)
    }
}

impl Specimen<'_> {
    /// Whether it tells of the tissue.
    pub(crate) fn is_usable(&self) -> bool {
        !in_error(self.status.as_ref())
            && modified(self.implicit_rules.as_ref(), &self.modifier_extension).is_none()
    }
}

impl BodyStructure<'_> {
    /// Whether it tells of a place: one that is not active was made in error (R4 BodyStructure.active).
    pub(crate) fn is_usable(&self) -> bool {
        self.active != Some(Flag(false))
            && modified(self.implicit_rules.as_ref(), &self.modifier_extension).is_none()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct Patient<'a> {
    pub(crate) id: Option<Text<'a>>,
    pub(crate) implicit_rules: Option<Text<'a>>,
    pub(crate) identifier: Many<Identifier<'a>>,
    pub(crate) extension: Many<Extension<'a>>,
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) birth_date: Option<Text<'a>>,
    pub(crate) gender: Option<Text<'a>>,
    pub(crate) active: Option<Flag>,
    pub(crate) deceased_boolean: Option<Flag>,
    pub(crate) deceased_date_time: Option<Text<'a>>,
    pub(crate) link: Many<PatientLink<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct PatientLink<'a> {
    pub(crate) other: Option<Reference<'a>>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct ConditionStage<'a> {
    #[serde(rename = "modifierExtension")]
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) summary: Option<Concept<'a>>,
    pub(crate) assessment: Many<Reference<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct Condition<'a> {
    pub(crate) id: Option<Text<'a>>,
    pub(crate) implicit_rules: Option<Text<'a>>,
    pub(crate) meta: Meta,
    pub(crate) identifier: Many<Identifier<'a>>,
    pub(crate) extension: Many<Extension<'a>>,
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) clinical_status: Option<Concept<'a>>,
    pub(crate) verification_status: Option<Concept<'a>>,
    pub(crate) code: Option<Concept<'a>>,
    pub(crate) body_site: Many<Concept<'a>>,
    pub(crate) subject: Option<Reference<'a>>,
    pub(crate) onset_date_time: Option<Text<'a>>,
    pub(crate) onset_period: Option<Box<Period<'a>>>,
    pub(crate) onset_age: Option<Box<Quantity<'a>>>,
    pub(crate) onset_range: Option<Box<Range<'a>>>,
    pub(crate) onset_string: Option<Text<'a>>,
    pub(crate) recorded_date: Option<Text<'a>>,
    /// That it ended; when is not asked.
    #[serde(
        rename = "abatementDateTime",
        alias = "abatementPeriod",
        alias = "abatementAge",
        alias = "abatementRange",
        alias = "abatementString"
    )]
    pub(crate) abatement: Present,
    pub(crate) stage: Many<ConditionStage<'a>>,
    /// `notes` in DSTU2.
    #[serde(alias = "notes")]
    pub(crate) note: Many<Annotation<'a>>,
    /// DSTU2.
    pub(crate) patient: Option<Reference<'a>>,
    /// DSTU2.
    pub(crate) date_recorded: Option<Text<'a>>,
    /// DSTU2.
    pub(crate) onset_quantity: Option<Box<Quantity<'a>>>,
    /// STU3.
    pub(crate) asserted_date: Option<Text<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct Observation<'a> {
    pub(crate) id: Option<Text<'a>>,
    pub(crate) implicit_rules: Option<Text<'a>>,
    pub(crate) meta: Meta,
    pub(crate) extension: Many<Extension<'a>>,
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) contained: Many<&'a RawValue>,
    pub(crate) status: Option<Text<'a>>,
    pub(crate) code: Option<Concept<'a>>,
    pub(crate) subject: Option<Reference<'a>>,
    pub(crate) focus: Many<Reference<'a>>,
    pub(crate) effective_date_time: Option<Text<'a>>,
    pub(crate) effective_instant: Option<Text<'a>>,
    pub(crate) effective_period: Option<Box<Period<'a>>>,
    pub(crate) effective_timing: Option<Box<Timing<'a>>>,
    pub(crate) issued: Option<Text<'a>>,
    pub(crate) value_quantity: Option<Quantity<'a>>,
    pub(crate) value_codeable_concept: Option<Concept<'a>>,
    pub(crate) value_string: Option<Text<'a>>,
    pub(crate) value_integer: Option<Number<'a>>,
    pub(crate) value_boolean: Option<Flag>,
    pub(crate) value_ratio: Option<Box<Ratio<'a>>>,
    pub(crate) value_range: Option<Box<Range<'a>>>,
    pub(crate) data_absent_reason: Option<Box<Concept<'a>>>,
    pub(crate) interpretation: Many<Concept<'a>>,
    pub(crate) body_site: Option<Box<Concept<'a>>>,
    pub(crate) specimen: Option<Box<Reference<'a>>>,
    pub(crate) reference_range: Many<ReferenceRange<'a>>,
    pub(crate) component: Many<Component<'a>>,
    /// `comments` in DSTU2, `comment` in STU3.
    #[serde(alias = "comment", alias = "comments")]
    pub(crate) note: Many<Annotation<'a>>,
}

/// Observation.component, and the value of an Observation itself in the same shape.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct Component<'a> {
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) code: Option<Concept<'a>>,
    pub(crate) value_quantity: Option<Quantity<'a>>,
    pub(crate) value_codeable_concept: Option<Concept<'a>>,
    pub(crate) value_string: Option<Text<'a>>,
    pub(crate) value_integer: Option<Number<'a>>,
    pub(crate) value_boolean: Option<Flag>,
    pub(crate) value_ratio: Option<Box<Ratio<'a>>>,
    pub(crate) value_range: Option<Box<Range<'a>>>,
    pub(crate) data_absent_reason: Option<Box<Concept<'a>>>,
    pub(crate) interpretation: Many<Concept<'a>>,
}

impl<'a> Observation<'a> {
    /// Whether it has any value[x] of its own.
    pub(crate) fn has_value(&self) -> bool {
        self.value_quantity.is_some()
            || self.value_codeable_concept.is_some()
            || self.value_string.is_some()
            || self.value_integer.is_some()
            || self.value_boolean.is_some()
            || self.value_ratio.is_some()
            || self.value_range.is_some()
    }

    /// Its own code, values and interpretation.
    pub(crate) fn as_component(&self) -> Component<'a> {
        Component {
            modifier_extension: Many::default(),
            code: self.code.clone(),
            value_quantity: self.value_quantity.clone(),
            value_codeable_concept: self.value_codeable_concept.clone(),
            value_string: self.value_string.clone(),
            value_integer: self.value_integer,
            value_boolean: self.value_boolean,
            value_ratio: self.value_ratio.clone(),
            value_range: self.value_range.clone(),
            data_absent_reason: None,
            interpretation: self.interpretation.clone(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct ReferenceRange<'a> {
    #[serde(rename = "modifierExtension")]
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) high: Option<Quantity<'a>>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<Concept<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct MedicationUse<'a> {
    pub(crate) id: Option<Text<'a>>,
    pub(crate) implicit_rules: Option<Text<'a>>,
    pub(crate) meta: Meta,
    pub(crate) extension: Many<Extension<'a>>,
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) contained: Many<&'a RawValue>,
    pub(crate) status: Option<Text<'a>>,
    #[serde(alias = "statusReasonCodeableConcept")]
    pub(crate) status_reason: Many<Concept<'a>>,
    pub(crate) intent: Option<Text<'a>>,
    pub(crate) do_not_perform: Option<Flag>,
    pub(crate) category: Many<Concept<'a>>,
    pub(crate) medication_codeable_concept: Option<Concept<'a>>,
    pub(crate) medication_reference: Option<Box<Reference<'a>>>,
    pub(crate) subject: Option<Reference<'a>>,
    pub(crate) authored_on: Option<Text<'a>>,
    pub(crate) effective_date_time: Option<Text<'a>>,
    pub(crate) effective_period: Option<Box<Period<'a>>>,
    pub(crate) date_asserted: Option<Text<'a>>,
    pub(crate) when_handed_over: Option<Text<'a>>,
    pub(crate) when_prepared: Option<Text<'a>>,
    pub(crate) reason_code: Many<Concept<'a>>,
    pub(crate) reason_reference: Many<Reference<'a>>,
    pub(crate) dosage_instruction: Many<Dosage<'a>>,
    pub(crate) note: Many<Annotation<'a>>,
    /// DSTU2.
    pub(crate) patient: Option<Reference<'a>>,
    /// DSTU2.
    pub(crate) date_written: Option<Text<'a>>,
    /// DSTU2.
    pub(crate) date_ended: Option<Text<'a>>,
    /// DSTU2.
    pub(crate) reason_ended: Option<Box<Concept<'a>>>,
    /// DSTU2.
    pub(crate) reason_codeable_concept: Option<Box<Concept<'a>>>,
    /// DSTU2.
    pub(crate) reason_for_use_codeable_concept: Option<Box<Concept<'a>>>,
    /// DSTU2.
    pub(crate) was_not_taken: Option<Text<'a>>,
    /// STU3.
    pub(crate) taken: Option<Text<'a>>,
    /// STU3; `reasonNotGiven` before R4.
    #[serde(alias = "reasonNotGiven")]
    pub(crate) reason_not_taken: Many<Concept<'a>>,
    /// DSTU2.
    pub(crate) was_not_given: Option<Text<'a>>,
    /// STU3.
    pub(crate) not_given: Option<Text<'a>>,
    /// DSTU2.
    pub(crate) effective_time_date_time: Option<Text<'a>>,
    /// DSTU2.
    pub(crate) effective_time_period: Option<Box<Period<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct Medication<'a> {
    pub(crate) id: Option<Text<'a>>,
    pub(crate) implicit_rules: Option<Text<'a>>,
    pub(crate) status: Option<Text<'a>>,
    pub(crate) identifier: Many<Identifier<'a>>,
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) code: Option<Concept<'a>>,
    pub(crate) ingredient: Many<Ingredient<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct Ingredient<'a> {
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) is_active: Option<Flag>,
    pub(crate) item_codeable_concept: Option<Concept<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct Procedure<'a> {
    pub(crate) id: Option<Text<'a>>,
    pub(crate) implicit_rules: Option<Text<'a>>,
    pub(crate) meta: Meta,
    pub(crate) extension: Many<Extension<'a>>,
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) contained: Many<&'a RawValue>,
    pub(crate) status: Option<Text<'a>>,
    pub(crate) code: Option<Concept<'a>>,
    pub(crate) subject: Option<Reference<'a>>,
    pub(crate) performed_date_time: Option<Text<'a>>,
    pub(crate) performed_period: Option<Box<Period<'a>>>,
    pub(crate) performed_string: Option<Text<'a>>,
    pub(crate) outcome: Option<Box<Concept<'a>>>,
    /// `notes` in DSTU2.
    #[serde(alias = "notes")]
    pub(crate) note: Many<Annotation<'a>>,
    pub(crate) reason_code: Many<Concept<'a>>,
    pub(crate) reason_reference: Many<Reference<'a>>,
    pub(crate) body_site: Many<Concept<'a>>,
    /// STU3.
    pub(crate) not_done: Option<Text<'a>>,
    /// DSTU2.
    pub(crate) not_performed: Option<Text<'a>>,
    /// STU3; `reasonNotPerformed` in DSTU2.
    #[serde(alias = "reasonNotPerformed")]
    pub(crate) not_done_reason: Many<Concept<'a>>,
    /// DSTU2.
    pub(crate) reason_codeable_concept: Option<Box<Concept<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct Specimen<'a> {
    pub(crate) id: Option<Text<'a>>,
    pub(crate) implicit_rules: Option<Text<'a>>,
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) status: Option<Text<'a>>,
    pub(crate) identifier: Many<Identifier<'a>>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<Concept<'a>>,
    pub(crate) subject: Option<Reference<'a>>,
    pub(crate) collection: Option<Collection<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct Collection<'a> {
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) collected_date_time: Option<Text<'a>>,
    pub(crate) collected_period: Option<Period<'a>>,
    pub(crate) body_site: Option<Concept<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct BodyStructure<'a> {
    pub(crate) id: Option<Text<'a>>,
    pub(crate) implicit_rules: Option<Text<'a>>,
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) active: Option<Flag>,
    pub(crate) identifier: Many<Identifier<'a>>,
    pub(crate) location: Option<Concept<'a>>,
    pub(crate) location_qualifier: Many<Concept<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct DiagnosticReport<'a> {
    pub(crate) id: Option<Text<'a>>,
    pub(crate) implicit_rules: Option<Text<'a>>,
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) status: Option<Text<'a>>,
    pub(crate) subject: Option<Reference<'a>>,
    pub(crate) contained: Many<&'a RawValue>,
    pub(crate) result: Present,
}

impl DiagnosticReport<'_> {
    /// Why the results inside it do not hold, when they do not.
    pub(crate) fn taken_back(&self) -> Option<String> {
        let status = status_word(self.status.as_ref().map_or("", Text::as_str));
        if matches!(
            status.as_ref(),
            "entered-in-error" | "cancelled" | "unknown"
        ) {
            return Some(format!(
                "the report that holds it has the status `{status}`"
            ));
        }
        let why = modified(self.implicit_rules.as_ref(), &self.modifier_extension)?;
        Some(format!("the report that holds it has {why}"))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct OperationOutcome<'a> {
    pub(crate) id: Option<Text<'a>>,
    issue: Many<Issue<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Issue<'a> {
    severity: Option<Text<'a>>,
}

impl OperationOutcome<'_> {
    /// Whether a server says in it that something was not given: a search or an export that is not whole.
    pub(crate) fn is_failure(&self) -> bool {
        self.issue.iter().any(|issue| {
            let severity = issue.severity.as_ref().map(Text::as_str);
            matches!(severity, Some("error" | "fatal"))
        })
    }
}
