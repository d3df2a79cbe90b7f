//! The data types of FHIR, with the elements that are used.

use crate::lenient::{Many, Number, Text};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// FHIR R4 2.24.0.5 Coding.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Coding<'a> {
    pub(crate) system: Option<Text<'a>>,
    pub(crate) code: Option<Text<'a>>,
    pub(crate) display: Option<Text<'a>>,
}

/// FHIR R4 CodeableConcept; a plain string in its place (as in DSTU2 and STU3 codes) is kept as its text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Concept<'a> {
    pub(crate) coding: Vec<Coding<'a>>,
    pub(crate) text: Option<Text<'a>>,
    /// It was a plain string.
    pub(crate) plain: bool,
    /// What extends it, as the side of a body site in mCODE.
    pub(crate) extension: Option<Box<[Extension<'a>]>>,
}

impl Concept<'_> {
    /// The first code, else the text: for elements whose values are FHIR's own codes.
    pub(crate) fn word(&self) -> Option<&str> {
        self.coding
            .iter()
            .find_map(|coding| coding.code.as_ref())
            .or(self.text.as_ref())
            .map(Text::as_str)
    }

    /// The text, else the first display, else the first code.
    pub(crate) fn label(&self) -> Option<&str> {
        self.text
            .as_ref()
            .or_else(|| {
                self.coding
                    .iter()
                    .find_map(|coding| coding.display.as_ref())
            })
            .or_else(|| self.coding.iter().find_map(|coding| coding.code.as_ref()))
            .map(Text::as_str)
            .filter(|label| !label.is_empty())
    }

    /// The text and every display.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.text
            .iter()
            .chain(
                self.coding
                    .iter()
                    .filter_map(|coding| coding.display.as_ref()),
            )
            .map(Text::as_str)
            .filter(|words| !words.is_empty())
    }

    /// Whether nothing stands in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.label().is_none()
    }
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct ConceptFields<'a> {
    coding: Many<Coding<'a>>,
    text: Option<Text<'a>>,
    extension: Many<Extension<'a>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Concept<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ConceptVisitor;
        impl<'de> Visitor<'de> for ConceptVisitor {
            type Value = Concept<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a CodeableConcept")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let fields = ConceptFields::deserialize(MapAccessDeserializer::new(map))?;
                let extension = fields.extension.0;
                Ok(Concept {
                    coding: fields.coding.0,
                    text: fields.text,
                    plain: false,
                    extension: (!extension.is_empty()).then(|| extension.into_boxed_slice()),
                })
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut all = Concept::default();
                while let Some(next) = seq.next_element::<Concept<'de>>()? {
                    all.coding.extend(next.coding);
                    all.text = all.text.or(next.text);
                }
                Ok(all)
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Concept {
                    text: Some(Text(Cow::Borrowed(value))),
                    plain: true,
                    ..Concept::default()
                })
            }
            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Concept {
                    text: Some(Text(Cow::Owned(value.to_owned()))),
                    plain: true,
                    ..Concept::default()
                })
            }
        }
        deserializer.deserialize_any(ConceptVisitor)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Identifier<'a> {
    pub(crate) system: Option<Text<'a>>,
    pub(crate) value: Option<Text<'a>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Reference<'a> {
    pub(crate) reference: Option<Text<'a>>,
    pub(crate) display: Option<Text<'a>>,
    pub(crate) identifier: Option<Box<Identifier<'a>>>,
}

impl Identifier<'_> {
    /// Whether two identifiers are one: of equal value, and of no two systems.
    pub(crate) fn is(&self, other: &Identifier<'_>) -> bool {
        let value = |it: &Identifier<'_>| it.value.as_ref().map(|value| value.as_str().to_owned());
        value(self).is_some_and(|own| Some(own) == value(other)) && !self.of_another_system(other)
    }

    /// Whether both name a system, and not the same one.
    pub(crate) fn of_another_system(&self, other: &Identifier<'_>) -> bool {
        matches!((&self.system, &other.system), (Some(one), Some(two)) if one.as_str() != two.as_str())
    }
}

impl Reference<'_> {
    pub(crate) fn target(&self) -> Option<&str> {
        self.reference
            .as_ref()
            .map(Text::as_str)
            .filter(|target| !target.is_empty())
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Period<'a> {
    pub(crate) start: Option<Text<'a>>,
    pub(crate) end: Option<Text<'a>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Quantity<'a> {
    pub(crate) value: Option<Number<'a>>,
    pub(crate) comparator: Option<Text<'a>>,
    pub(crate) unit: Option<Text<'a>>,
    pub(crate) code: Option<Text<'a>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Ratio<'a> {
    pub(crate) numerator: Option<Quantity<'a>>,
    pub(crate) denominator: Option<Quantity<'a>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Range<'a> {
    pub(crate) low: Option<Quantity<'a>>,
    pub(crate) high: Option<Quantity<'a>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct Extension<'a> {
    pub(crate) url: Option<Text<'a>>,
    pub(crate) extension: Many<Extension<'a>>,
    pub(crate) value_codeable_concept: Option<Concept<'a>>,
    pub(crate) value_reference: Option<Reference<'a>>,
    pub(crate) value_code: Option<Text<'a>>,
    pub(crate) value_date_time: Option<Text<'a>>,
}

impl Extension<'_> {
    pub(crate) fn url(&self) -> &str {
        self.url.as_ref().map_or("", Text::as_str)
    }

    /// Whether the last segment of its URL is this one.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.url().rsplit('/').next() == Some(name)
    }
}

/// What is read of the `meta` of a resource: the label by which it says that something was left out of it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Meta {
    pub(crate) incomplete: Option<&'static str>,
}

impl<'de> Deserialize<'de> for Meta {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Default, Deserialize)]
        #[serde(default, bound(deserialize = "'de: 'a"))]
        struct Labels<'a> {
            tag: Many<Label<'a>>,
            security: Many<Label<'a>>,
        }
        #[derive(Default, Deserialize)]
        #[serde(default, bound(deserialize = "'de: 'a"))]
        struct Label<'a> {
            code: Option<Text<'a>>,
        }
        // HL7 v3 ObservationValue: given in part, taken out, made unreadable.
        const INCOMPLETE: [&str; 3] = ["SUBSETTED", "REDACTED", "MASKED"];
        let labels = Labels::deserialize(deserializer)?;
        let codes = labels.tag.iter().chain(labels.security.iter());
        let mut codes = codes.filter_map(|label| label.code.as_ref());
        let incomplete = codes.find_map(|code| {
            let mut known = INCOMPLETE.into_iter();
            known.find(|known| code.as_str().eq_ignore_ascii_case(known))
        });
        Ok(Meta { incomplete })
    }
}

/// FHIR R4 Annotation: its text; before R4 a plain string in some types.
#[derive(Debug)]
pub(crate) struct Annotation<'a>(pub(crate) Text<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for Annotation<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Concept::deserialize(deserializer)?.text;
        Ok(Annotation(text.unwrap_or(Text(Cow::Borrowed("")))))
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Timing<'a> {
    pub(crate) event: Many<Text<'a>>,
    pub(crate) repeat: Option<Repeat<'a>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", bound(deserialize = "'de: 'a"))]
pub(crate) struct Repeat<'a> {
    pub(crate) bounds_period: Option<Period<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
pub(crate) struct Dosage<'a> {
    #[serde(rename = "modifierExtension")]
    pub(crate) modifier_extension: Many<Extension<'a>>,
    pub(crate) timing: Option<Timing<'a>>,
}
