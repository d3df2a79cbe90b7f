//! What an import is held against: the elements that it reads, typed and otherwise not looked at, in one pass.
//!
//! Shapes are strict, those of R4 (what only older versions have is left out), and nothing is made of them. A resource has
//! to begin with its type, as nearly all are written.

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Entries of a Bundle with a resource; an error where it is no Bundle of this form.
pub(crate) fn parse(bytes: &[u8]) -> Result<usize, serde_json::Error> {
    let bundle: Bundle<'_> = serde_json::from_slice(bytes)?;
    let resources = bundle.entry.iter().filter(|it| it.resource.is_some());
    Ok(resources.count())
}

/// Shapes of FHIR: every element may be missing, and everything borrows from the input.
macro_rules! shapes {
    ($($name:ident { $($field:ident: $ty:ty),* $(,)? })*) => {
        $(
            #[derive(Default, Deserialize)]
            #[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
            #[allow(dead_code, reason = "most are parsed and not used")]
            struct $name<'a> {
                $($field: $ty,)*
                #[serde(skip)]
                lifetime: std::marker::PhantomData<&'a ()>,
            }
        )*
    };
}

#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

shapes! {
    Bundle {
        r#type: Option<Text<'a>>,
        implicit_rules: Option<Text<'a>>,
        entry: Vec<Entry<'a>>,
        link: Vec<Link<'a>>,
        total: Option<&'a RawValue>,
        fhir_version: Option<Text<'a>>,
    }
    Link { relation: Option<Text<'a>>, url: Option<Text<'a>> }
    Entry {
        full_url: Option<Text<'a>>,
        resource: Option<Resource<'a>>,
        request: Option<Request<'a>>,
        response: Option<Response<'a>>,
        search: Option<Search<'a>>,
        modifier_extension: Vec<Extension<'a>>,
    }
    Request { method: Option<Text<'a>>, url: Option<Text<'a>> }
    Response { status: Option<Text<'a>>, last_modified: Option<Text<'a>> }
    Search { mode: Option<Text<'a>> }
    Coding { system: Option<Text<'a>>, code: Option<Text<'a>>, display: Option<Text<'a>> }
    Concept {
        extension: Vec<Extension<'a>>,
        coding: Vec<Coding<'a>>,
        text: Option<Text<'a>>,
    }
    Identifier { system: Option<Text<'a>>, value: Option<Text<'a>> }
    Reference {
        reference: Option<Text<'a>>,
        display: Option<Text<'a>>,
        identifier: Option<Identifier<'a>>,
    }
    Period { start: Option<Text<'a>>, end: Option<Text<'a>> }
    Quantity {
        value: Option<&'a RawValue>,
        comparator: Option<Text<'a>>,
        unit: Option<Text<'a>>,
        code: Option<Text<'a>>,
    }
    Ratio { numerator: Option<Quantity<'a>>, denominator: Option<Quantity<'a>> }
    Range { low: Option<Quantity<'a>>, high: Option<Quantity<'a>> }
    Extension {
        url: Option<Text<'a>>,
        extension: Vec<Extension<'a>>,
        value_codeable_concept: Option<Concept<'a>>,
        value_reference: Option<Reference<'a>>,
        value_code: Option<Text<'a>>,
        value_date_time: Option<Text<'a>>,
    }
    Meta { tag: Vec<Label<'a>>, security: Vec<Label<'a>> }
    Label { code: Option<Text<'a>> }
    Annotation { text: Option<Text<'a>> }
    Stage {
        modifier_extension: Vec<Extension<'a>>,
        summary: Option<Concept<'a>>,
        assessment: Vec<Reference<'a>>,
    }
    Component {
        modifier_extension: Vec<Extension<'a>>,
        code: Option<Concept<'a>>,
        value_quantity: Option<Quantity<'a>>,
        value_codeable_concept: Option<Concept<'a>>,
        value_string: Option<Text<'a>>,
        value_integer: Option<&'a RawValue>,
        value_boolean: Option<bool>,
        value_ratio: Option<Ratio<'a>>,
        value_range: Option<Range<'a>>,
        data_absent_reason: Option<Concept<'a>>,
        interpretation: Vec<Concept<'a>>,
    }
    ReferenceRange {
        modifier_extension: Vec<Extension<'a>>,
        high: Option<Quantity<'a>>,
        r#type: Option<Concept<'a>>,
    }
    Repeat { bounds_period: Option<Period<'a>> }
    Timing { event: Vec<Text<'a>>, repeat: Option<Repeat<'a>> }
    Dosage { modifier_extension: Vec<Extension<'a>>, timing: Option<Timing<'a>> }
    Ingredient {
        modifier_extension: Vec<Extension<'a>>,
        is_active: Option<bool>,
        item_codeable_concept: Option<Concept<'a>>,
    }
    Collection {
        modifier_extension: Vec<Extension<'a>>,
        collected_date_time: Option<Text<'a>>,
        collected_period: Option<Period<'a>>,
        body_site: Option<Concept<'a>>,
    }
    PatientLink { other: Option<Reference<'a>>, r#type: Option<Text<'a>> }
    Patient {
        id: Option<Text<'a>>,
        implicit_rules: Option<Text<'a>>,
        identifier: Vec<Identifier<'a>>,
        extension: Vec<Extension<'a>>,
        modifier_extension: Vec<Extension<'a>>,
        birth_date: Option<Text<'a>>,
        gender: Option<Text<'a>>,
        active: Option<bool>,
        deceased_boolean: Option<bool>,
        deceased_date_time: Option<Text<'a>>,
        link: Vec<PatientLink<'a>>,
    }
    Condition {
        id: Option<Text<'a>>,
        implicit_rules: Option<Text<'a>>,
        meta: Meta<'a>,
        identifier: Vec<Identifier<'a>>,
        extension: Vec<Extension<'a>>,
        modifier_extension: Vec<Extension<'a>>,
        clinical_status: Option<Concept<'a>>,
        verification_status: Option<Concept<'a>>,
        code: Option<Concept<'a>>,
        body_site: Vec<Concept<'a>>,
        subject: Option<Reference<'a>>,
        onset_date_time: Option<Text<'a>>,
        onset_period: Option<Period<'a>>,
        onset_age: Option<Quantity<'a>>,
        onset_range: Option<Range<'a>>,
        onset_string: Option<Text<'a>>,
        recorded_date: Option<Text<'a>>,
        abatement_date_time: IgnoredAny,
        abatement_period: IgnoredAny,
        abatement_age: IgnoredAny,
        abatement_range: IgnoredAny,
        abatement_string: IgnoredAny,
        stage: Vec<Stage<'a>>,
        note: Vec<Annotation<'a>>,
    }
    Observation {
        id: Option<Text<'a>>,
        implicit_rules: Option<Text<'a>>,
        meta: Meta<'a>,
        extension: Vec<Extension<'a>>,
        modifier_extension: Vec<Extension<'a>>,
        contained: Vec<&'a RawValue>,
        status: Option<Text<'a>>,
        code: Option<Concept<'a>>,
        subject: Option<Reference<'a>>,
        focus: Vec<Reference<'a>>,
        effective_date_time: Option<Text<'a>>,
        effective_instant: Option<Text<'a>>,
        effective_period: Option<Period<'a>>,
        effective_timing: Option<Timing<'a>>,
        issued: Option<Text<'a>>,
        value_quantity: Option<Quantity<'a>>,
        value_codeable_concept: Option<Concept<'a>>,
        value_string: Option<Text<'a>>,
        value_integer: Option<&'a RawValue>,
        value_boolean: Option<bool>,
        value_ratio: Option<Ratio<'a>>,
        value_range: Option<Range<'a>>,
        data_absent_reason: Option<Concept<'a>>,
        interpretation: Vec<Concept<'a>>,
        body_site: Option<Concept<'a>>,
        specimen: Option<Reference<'a>>,
        reference_range: Vec<ReferenceRange<'a>>,
        component: Vec<Component<'a>>,
        note: Vec<Annotation<'a>>,
    }
    MedicationRequest {
        id: Option<Text<'a>>,
        implicit_rules: Option<Text<'a>>,
        meta: Meta<'a>,
        extension: Vec<Extension<'a>>,
        modifier_extension: Vec<Extension<'a>>,
        contained: Vec<&'a RawValue>,
        status: Option<Text<'a>>,
        status_reason: Option<Concept<'a>>,
        intent: Option<Text<'a>>,
        do_not_perform: Option<bool>,
        category: Vec<Concept<'a>>,
        medication_codeable_concept: Option<Concept<'a>>,
        medication_reference: Option<Reference<'a>>,
        subject: Option<Reference<'a>>,
        authored_on: Option<Text<'a>>,
        reason_code: Vec<Concept<'a>>,
        reason_reference: Vec<Reference<'a>>,
        dosage_instruction: Vec<Dosage<'a>>,
        note: Vec<Annotation<'a>>,
    }
    MedicationUse {
        id: Option<Text<'a>>,
        implicit_rules: Option<Text<'a>>,
        meta: Meta<'a>,
        extension: Vec<Extension<'a>>,
        modifier_extension: Vec<Extension<'a>>,
        contained: Vec<&'a RawValue>,
        status: Option<Text<'a>>,
        status_reason: Vec<Concept<'a>>,
        status_reason_codeable_concept: Option<Concept<'a>>,
        category: Option<Concept<'a>>,
        medication_codeable_concept: Option<Concept<'a>>,
        medication_reference: Option<Reference<'a>>,
        subject: Option<Reference<'a>>,
        effective_date_time: Option<Text<'a>>,
        effective_period: Option<Period<'a>>,
        date_asserted: Option<Text<'a>>,
        when_handed_over: Option<Text<'a>>,
        when_prepared: Option<Text<'a>>,
        reason_code: Vec<Concept<'a>>,
        reason_reference: Vec<Reference<'a>>,
        dosage_instruction: Vec<Dosage<'a>>,
        note: Vec<Annotation<'a>>,
    }
    Medication {
        id: Option<Text<'a>>,
        implicit_rules: Option<Text<'a>>,
        status: Option<Text<'a>>,
        identifier: Vec<Identifier<'a>>,
        modifier_extension: Vec<Extension<'a>>,
        code: Option<Concept<'a>>,
        ingredient: Vec<Ingredient<'a>>,
    }
    Procedure {
        id: Option<Text<'a>>,
        implicit_rules: Option<Text<'a>>,
        meta: Meta<'a>,
        extension: Vec<Extension<'a>>,
        modifier_extension: Vec<Extension<'a>>,
        contained: Vec<&'a RawValue>,
        status: Option<Text<'a>>,
        code: Option<Concept<'a>>,
        subject: Option<Reference<'a>>,
        performed_date_time: Option<Text<'a>>,
        performed_period: Option<Period<'a>>,
        performed_string: Option<Text<'a>>,
        outcome: Option<Concept<'a>>,
        note: Vec<Annotation<'a>>,
        reason_code: Vec<Concept<'a>>,
        reason_reference: Vec<Reference<'a>>,
        body_site: Vec<Concept<'a>>,
    }
    Specimen {
        id: Option<Text<'a>>,
        implicit_rules: Option<Text<'a>>,
        modifier_extension: Vec<Extension<'a>>,
        status: Option<Text<'a>>,
        identifier: Vec<Identifier<'a>>,
        r#type: Option<Concept<'a>>,
        subject: Option<Reference<'a>>,
        collection: Option<Collection<'a>>,
    }
    BodyStructure {
        id: Option<Text<'a>>,
        implicit_rules: Option<Text<'a>>,
        modifier_extension: Vec<Extension<'a>>,
        active: Option<bool>,
        identifier: Vec<Identifier<'a>>,
        location: Option<Concept<'a>>,
        location_qualifier: Vec<Concept<'a>>,
    }
    DiagnosticReport {
        id: Option<Text<'a>>,
        implicit_rules: Option<Text<'a>>,
        modifier_extension: Vec<Extension<'a>>,
        status: Option<Text<'a>>,
        subject: Option<Reference<'a>>,
        contained: Vec<&'a RawValue>,
        result: IgnoredAny,
    }
    OperationOutcome { id: Option<Text<'a>>, issue: Vec<Issue<'a>> }
    Issue { severity: Option<Text<'a>> }
    Unread { id: Option<Text<'a>> }
}

#[expect(dead_code, reason = "parsed, not used")]
enum Resource<'a> {
    Patient(Box<Patient<'a>>),
    Condition(Box<Condition<'a>>),
    Observation(Box<Observation<'a>>),
    MedicationRequest(Box<MedicationRequest<'a>>),
    MedicationUse(Box<MedicationUse<'a>>),
    Medication(Box<Medication<'a>>),
    Procedure(Box<Procedure<'a>>),
    Specimen(Box<Specimen<'a>>),
    BodyStructure(Box<BodyStructure<'a>>),
    DiagnosticReport(Box<DiagnosticReport<'a>>),
    OperationOutcome(Box<OperationOutcome<'a>>),
    Unread(Box<Unread<'a>>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Resource<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByType;
        impl<'de> Visitor<'de> for ByType {
            type Value = Resource<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a resource that begins with its type")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                if map
                    .next_key::<Text<'de>>()?
                    .is_none_or(|key| key.0 != "resourceType")
                {
                    return Err(A::Error::custom("it does not begin with its type"));
                }
                fn of<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
                    map: A,
                ) -> Result<Box<T>, A::Error> {
                    T::deserialize(MapAccessDeserializer::new(map)).map(Box::new)
                }
                let kind = map.next_value::<Text<'de>>()?;
                Ok(match kind.0.as_ref() {
                    "Patient" => Resource::Patient(of(map)?),
                    "Condition" => Resource::Condition(of(map)?),
                    "Observation" => Resource::Observation(of(map)?),
                    "MedicationRequest" => Resource::MedicationRequest(of(map)?),
                    "MedicationStatement" | "MedicationAdministration" | "MedicationDispense" => {
                        Resource::MedicationUse(of(map)?)
                    }
                    "Medication" => Resource::Medication(of(map)?),
                    "Procedure" => Resource::Procedure(of(map)?),
                    "Specimen" => Resource::Specimen(of(map)?),
                    "BodyStructure" => Resource::BodyStructure(of(map)?),
                    "DiagnosticReport" => Resource::DiagnosticReport(of(map)?),
                    "OperationOutcome" => Resource::OperationOutcome(of(map)?),
                    _ => Resource::Unread(of(map)?),
                })
            }
        }
        deserializer.deserialize_map(ByType)
    }
}

/// Nothing but the walk over the syntax of JSON; 1 where it is.
pub(crate) fn walk(bytes: &[u8]) -> usize {
    usize::from(serde_json::from_slice::<IgnoredAny>(bytes).is_ok())
}
