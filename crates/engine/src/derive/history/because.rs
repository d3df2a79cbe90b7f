//! The counts, and why the records do not tell them better.

use super::History;
use super::marks::Mark;
use crate::assess::facts as shown;
use crate::bundle::{Derivation, Setting};
use crate::derive::therapies::{Course, HER2_TARGETED, SYSTEMIC};
use crate::facts::FactValue;
use crate::wire::lines;
use waymark_criteria::{Bounds, Truth, Value};

impl<'a> History<'_, 'a> {
    pub(super) fn counts(&self) -> Vec<lines::Count> {
        let bundle = self.deriver.bundle;
        let indices = bundle.schema().indices();
        let counts = indices.filter_map(|index| {
            let entry = bundle.fact(index);
            let (what, marks): (&str, Vec<&[Mark]>) = match &entry.derivation {
                Derivation::CurrentLine {} => ("line", vec![&self.lines]),
                Derivation::PriorRegimens { drug, setting } if drug == HER2_TARGETED => (
                    "HER2 regimen",
                    match setting {
                        Setting::Metastatic => vec![&self.her2_metastatic],
                        Setting::Early => vec![&self.her2_early],
                        Setting::Any => vec![&self.her2_early, &self.her2_metastatic],
                    },
                ),
                _ => return None,
            };
            let fact = self.deriver.fact(index);
            let records = self.deriver.rule(entry);
            let because = match &records.value {
                FactValue::Value(Value::Bounds(bounds)) if bounds.as_exact().is_none() => {
                    let lines = matches!(entry.derivation, Derivation::CurrentLine {});
                    self.because(what, &marks, lines, *bounds)
                }
                _ => Vec::new(),
            };
            let records_say = match &records.value {
                FactValue::Value(value) if fact.value != records.value => {
                    Some(shown::extent(*value, entry))
                }
                _ => None,
            };
            Some(lines::Count {
                fact: shown::one(&fact, entry),
                records_say,
                because,
            })
        });
        counts.collect()
    }

    fn because(
        &self,
        what: &str,
        marks: &[&[Mark]],
        lines: bool,
        bounds: Bounds,
    ) -> Vec<lines::Because> {
        let mut because = Vec::new();
        if bounds.high.is_none() {
            because.push(lines::Because {
                text: "more may have been given than the record holds, which is not stated to be complete"
                    .to_owned(),
                medicine: None,
                rules: Vec::new(),
            });
            let last = |marks: &&[Mark]| {
                marks
                    .iter()
                    .filter_map(|mark| Some(mark.number()?.low))
                    .max()
            };
            let on_record: usize = marks.iter().filter_map(last).sum();
            if i64::try_from(on_record).unwrap_or(i64::MAX) > bounds.low.unwrap_or_default() {
                because.push(lines::Because {
                    text: format!(
                        "what was given beside may be missing, so that one {what} looks like two"
                    ),
                    medicine: None,
                    rules: vec![self.rule("partial-record")],
                });
            }
        }
        for course in &self.deriver.courses {
            let counts = if lines {
                course.is_in(SYSTEMIC)
            } else {
                course.is_in(HER2_TARGETED)
            };
            let marks = marks.iter().map(|marks| &marks[course.index]);
            let marks: Vec<&Mark> = marks.filter(|mark| mark.number().is_some()).collect();
            because.extend(self.about(what, course, counts, &marks));
        }
        because
    }

    fn about(
        &self,
        what: &str,
        course: &Course<'a>,
        counts: Truth,
        marks: &[&Mark],
    ) -> Vec<lines::Because> {
        let mut said: Vec<(String, Vec<String>)> = Vec::new();
        let name = course.name;
        if marks.iter().any(|mark| mark.too_many) {
            let text = "there are too many ways to settle what the dates leave open";
            said.push((text.to_owned(), Vec::new()));
        }
        if course.unidentified() {
            let text = format!("{name} is not known to this guide");
            said.push((text, vec![self.rule("unknown-medicine")]));
        } else if counts == Truth::Unknown && !marks.is_empty() {
            let text = format!("it is not settled whether {name} counts");
            said.push((text, Vec::new()));
        }
        let absent = marks.iter().any(|mark| mark.may_be_absent) && counts == Truth::True;
        if absent && !course.certain {
            let text = format!("{name} may have been begun after the day asked for");
            said.push((text, Vec::new()));
        } else if absent && self.phases[course.index].is_none() {
            let text = format!(
                "it cannot be told for which stage of the disease {name} was given (begun {})",
                super::episodes::date(course.start)
            );
            let rules = ["first-day", "early-treatment"].map(|it| self.rule(it));
            said.push((text, rules.to_vec()));
        }
        for mark in marks {
            let open = mark.may_begin() && !mark.stays_by.is_empty();
            if !open || mark.too_many || course.unidentified() {
                continue;
            }
            let text = format!("{name} may or may not have begun a new {what}");
            let mut rules = self.rule_ids(&mark.begins_by);
            for rule in self.rule_ids(&mark.stays_by) {
                if !rules.contains(&rule) {
                    rules.push(rule);
                }
            }
            said.push((text, rules));
        }
        let about = said.into_iter().map(|(text, rules)| lines::Because {
            text,
            medicine: Some(name.to_owned()),
            rules,
        });
        about.collect()
    }
}
