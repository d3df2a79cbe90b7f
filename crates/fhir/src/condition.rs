//! Conditions: primary cancers with their stage, metastases, receptor status as a diagnosis, other conditions.

use crate::annotation;
use crate::context::{CANCER_NOT_THERE, Context, NamedCancer, in_error, modified, status_word};
use crate::datatype::{Concept, Extension, Quantity};
use crate::date;
use crate::histology;
use crate::lookup::{self, Hit, icd10};
use crate::naming;
use crate::number;
use crate::receptor;
use crate::report::{Fact, Found, Reading};
use crate::resource::{Condition, Resource};
use crate::staging;
use crate::wording;
use std::borrow::Cow;
use waymark_criteria::DateBounds;
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_engine::bundle::Derivation;
use waymark_engine::chart::{
    Cancer, Diagnosis, Event, Metastasis, Polarity, Receptor, Site, Stage, Stated, Statement,
};

/// Reads a Condition.
pub(crate) fn read(condition: &Condition<'_>, context: &Context<'_, '_, '_>) -> Reading {
    let verification = statuses(condition.verification_status.as_ref());
    let says = |wanted: &[&str]| verification.iter().find(|it| wanted.contains(&it.as_ref()));
    if let Some(status) = says(&["entered-in-error", "refuted"]) {
        return Err(format!("verification status `{status}`").into());
    }
    let (rules, extensions) = (&condition.implicit_rules, &condition.modifier_extension);
    let doubt = modified(rules.as_ref(), extensions)
        .or_else(|| {
            let open = says(&["unconfirmed", "provisional", "differential"]);
            let confirmed = says(&["confirmed"]).is_some() || verification.is_empty();
            let status = open.or(verification.first().filter(|_| !confirmed))?;
            Some(format!("not confirmed (verification status `{status}`)"))
        })
        .or_else(|| words_against_code(condition, context))
        .or_else(|| {
            if condition.note.is_empty() {
                return None;
            }
            let code = condition.code.as_ref();
            let spread = code.and_then(|code| context.lookup.first(code, "metastasis."));
            annotation::denied(context.lookup, &condition.note, spread.is_some())
        });
    match doubt {
        Some(doubt) => doubted(plainly(condition, context), doubt),
        None => plainly(condition, context),
    }
}

/// Why the words beside a code of cancer, of its spread or of a receptor status leave open whether it is there.
fn words_against_code(condition: &Condition<'_>, context: &Context<'_, '_, '_>) -> Option<String> {
    let code = condition.code.as_ref()?;
    let hits = context.lookup.hits(code);
    let coded = |family| hits.iter().any(|hit| hit.meaning.starts_with(family));
    let spread = coded("metastasis.");
    if !spread && !coded("cancer.") && !coded("condition-receptor.") {
        return None;
    }
    let mut words = code.words();
    let of_breast = coded("cancer.breast");
    let words = words.find(|words| {
        naming::denies_what_follows(context.lookup, words)
            || context
                .lookup
                .says(&lookup::fold(words), "words.taken-back")
            || (spread && naming::spread_in_doubt(context.lookup, words))
            || (of_breast
                && (naming::is_cancer_of_another_organ(context.lookup, words)
                    || naming::cancer_in_doubt(context.lookup, words)))
    })?;
    Some(format!(
        "its words do not say plainly what its code means: `{words}`"
    ))
}

/// A status by each of its codes and its text, as FHIR writes it.
fn statuses<'c>(status: Option<&'c Concept<'_>>) -> Vec<Cow<'c, str>> {
    let codes = status.into_iter().flat_map(|status| &status.coding);
    let codes = codes.filter_map(|coding| coding.code.as_ref());
    let text = status.and_then(|status| status.text.as_ref());
    let words = codes.chain(text).map(|word| status_word(word.as_str()));
    words.filter(|word| !word.is_empty()).collect()
}

/// The concepts of a condition that may name a side.
pub(crate) fn told_of<'q, 'a>(
    condition: &'q Condition<'a>,
) -> impl Iterator<Item = &'q Concept<'a>> {
    condition.code.iter().chain(condition.body_site.iter())
}

/// What a doubtful record leaves open: that there may be metastasis or another condition. It shows nothing, and keeps
/// a record that is stated to be complete from showing the opposite. Of a cancer or receptor it leaves nothing.
fn doubted(reading: Reading, doubt: String) -> Reading {
    let mut found = reading?;
    found.facts.retain(|fact| match &fact.event {
        Event::Metastasis(_) | Event::Condition { .. } => true,
        Event::Stage(stage) => stage.group == Some(4),
        _ => false,
    });
    if found.facts.is_empty() {
        return Err(doubt.into());
    }
    Ok(found.in_doubt(("in-doubt", format!("it decides nothing: {doubt}"))))
}

fn plainly(condition: &Condition<'_>, context: &Context<'_, '_, '_>) -> Reading {
    const KNOWN: [&str; 6] = [
        "active",
        "recurrence",
        "relapse",
        "inactive",
        "remission",
        "resolved",
    ];
    let clinical = statuses(condition.clinical_status.as_ref());
    let known = clinical.iter().find(|it| KNOWN.contains(&it.as_ref()));
    let clinical = known.or(clinical.first()).map_or("", AsRef::as_ref);
    let mut reader = Reader {
        condition,
        context,
        // R4 con-4: what has ended is not active.
        clinical: if clinical.is_empty() && condition.abatement.0 {
            ENDED
        } else {
            clinical
        },
        found: Found::default(),
        date: DateBounds::UNKNOWN,
        began: DateBounds::UNKNOWN,
        text: String::new(),
    };
    let (when, fallback) = reader.when();
    reader.date = when;
    reader.began = if fallback == BY_RECORDING {
        DateBounds { low: None, ..when }
    } else {
        when
    };
    let empty = Concept::default();
    let code = condition.code.as_ref().unwrap_or(&empty);
    let label = code.label().unwrap_or("a condition without a code");
    reader.text = [label, fallback].concat();
    reader.read(code)
}

/// In place of a clinical status where only the end is told.
const ENDED: &str = "ended";

/// The remark on a condition of which only the day of its record is told: it may have begun long before.
const BY_RECORDING: &str = " (known since the day of recording)";

struct Reader<'c, 'a, 'x, 'b, 'r> {
    condition: &'c Condition<'a>,
    context: &'c Context<'x, 'b, 'r>,
    clinical: &'c str,
    found: Found,
    /// A day on which it was so.
    date: DateBounds,
    /// When it began.
    began: DateBounds,
    text: String,
}

impl Reader<'_, '_, '_, '_, '_> {
    fn read(mut self, code: &Concept<'_>) -> Reading {
        let hits = self.context.lookup.hits(code);
        let cancer = self.context.cancer(code);
        let secondary: Vec<&Hit<'_, '_, '_>> = hits
            .iter()
            .filter(|hit| hit.meaning.starts_with("metastasis."))
            .collect();
        let cancer = cancer.map(|named| self.context.at_site(named, &self.condition.body_site));
        if let Some(named) = &cancer {
            if !secondary.is_empty() && !named.from_text {
                self.found.notes.push((
                    "contradictory-codes",
                    "one code says primary cancer, another one metastasis; whether it is one is left open"
                        .to_owned(),
                ));
            }
            let is_secondary_in_words = named.from_text && !secondary.is_empty();
            if !is_secondary_in_words {
                self.doubt_words(code, named);
                self.diagnosis(named.cancer.clone(), named.recurrence, named.from_text);
                self.stages(&named.cancer);
                self.stage_in_words(code, &named.cancer);
                if named.cancer == Cancer::Breast {
                    self.extent_in_words(code);
                }
            }
        }
        // Beside a coded primary cancer a second coding is a contradiction; words ("metastatic to bone") add to it.
        let only_words = cancer.as_ref().is_some_and(|named| !named.from_text);
        let began = self.began;
        if only_words && !secondary.is_empty() {
            self.began = date::doubtful(began);
        }
        self.metastases(code, &secondary, only_words);
        self.began = began;
        self.statuses(code, &hits, cancer.as_ref().map(|named| &named.cancer));
        for hit in &hits {
            if let Some(id) = hit.meaning.strip_prefix("condition.") {
                self.other(id)?;
            } else if let Some(state) = hit.meaning.strip_prefix("value.") {
                match state {
                    "premenopausal" | "perimenopausal" | "postmenopausal" => self.other(state)?,
                    "pregnant" => self.other("pregnancy")?,
                    _ => {}
                }
            } else if hit.meaning == "history.metastatic" {
                let site = code
                    .words()
                    .find_map(|words| wording::site(self.context.lookup, words));
                let cancer = self.tied();
                self.push(
                    Event::Metastasis(Metastasis {
                        site,
                        present: true,
                        cancer,
                    }),
                    false,
                );
            }
        }
        if self.found.facts.is_empty() {
            return Err(self.why_nothing(code).into());
        }
        let lookup = self.context.lookup;
        histology::open_other_tumours(&mut self.found, self.condition, code, lookup);
        if let Some(fact) = self.found.facts.iter().find(|fact| fact.from_text) {
            self.found.notes.push((
                "read-from-text",
                format!("read from words, not from a code: `{}`", fact.text),
            ));
        }
        Ok(self.found)
    }

    fn why_nothing(&self, code: &Concept<'_>) -> String {
        let label = code.label().unwrap_or_default();
        if let Some(why) = self.context.lookup.not_used(code) {
            return why;
        }
        let lookup = self.context.lookup;
        let hedged = code.words().any(|words| {
            (naming::is_cancer(lookup, words) || naming::is_metastatic(lookup, words))
                && naming::hedged(lookup, words)
        });
        if hedged {
            return format!("its words do not say plainly that there is a cancer: `{label}`");
        }
        if code.is_empty() {
            return "it has no code and no text".to_owned();
        }
        format!("not a condition that the knowledge asks for: `{label}`")
    }

    /// The diagnosis of a cancer. That it came back is a code's own meaning, or a clinical status: then `onset` may be
    /// that of the first time or of this one.
    fn diagnosis(&mut self, cancer: Cancer, recurrence: bool, from_text: bool) {
        let is_back = matches!(self.clinical, "recurrence" | "relapse");
        let side = (cancer == Cancer::Breast).then(|| self.context.side(told_of(self.condition)));
        let side = side.flatten();
        let mut push = |date: DateBounds, recurrence: bool| {
            self.found.facts.push(Fact {
                date,
                event: Event::Diagnosis(Diagnosis {
                    cancer: cancer.clone(),
                    recurrence,
                    side,
                }),
                text: self.text.clone(),
                from_text,
            });
        };
        if is_back && !recurrence {
            let at_first = DateBounds {
                low: None,
                ..self.began
            };
            push(at_first, false);
            push(DateBounds::UNKNOWN, true);
        } else {
            push(self.began, recurrence);
        }
    }

    fn push(&mut self, event: Event, from_text: bool) {
        let date = match event {
            Event::Metastasis(_) | Event::Stage(_) => self.began,
            _ => self.date,
        };
        self.found.facts.push(Fact {
            date,
            event,
            text: self.text.clone(),
            from_text,
        });
    }

    /// A cancer in words is sure only where every other word goes with it: "worried about breast cancer", "wife with
    /// breast cancer"; another one where its organ is known.
    fn doubt_words(&mut self, code: &Concept<'_>, named: &NamedCancer) {
        let lookup = self.context.lookup;
        let mut words = code.words();
        let plain = match named.cancer {
            Cancer::Breast => words.any(|words| naming::is_plainly_breast_cancer(lookup, words)),
            Cancer::Other(_) => words.any(|words| naming::is_plainly_another_cancer(lookup, words)),
            Cancer::Unspecified | Cancer::NotOnRecord => true,
        };
        if !named.from_text || plain {
            return;
        }
        let label = code.label().unwrap_or_default();
        self.found.notes.push((
            "in-doubt",
            format!("its words do not say plainly that there is a cancer: `{label}`"),
        ));
        self.date = date::doubtful(self.date);
        self.began = date::doubtful(self.began);
    }

    fn metastases(&mut self, code: &Concept<'_>, secondary: &[&Hit<'_, '_, '_>], only_words: bool) {
        let mut cancer = self.tied();
        let began = self.began;
        let mut sites: Vec<(Option<Site>, bool)> = Vec::new();
        for hit in secondary {
            let label = code.words().next().unwrap_or(hit.display).to_owned();
            let site = match hit.meaning.strip_prefix("metastasis.").unwrap_or_default() {
                "brain" => Some(Site::Brain),
                "leptomeninges" => Some(Site::Leptomeninges),
                "cns" => Some(Site::OtherCns),
                "bone" => Some(Site::Bone),
                "liver" => Some(Site::Liver),
                "lung" => Some(Site::Lung),
                "nodes-regional" => Some(Site::RegionalNodes),
                "may-be-regional" => Some(Site::MayBeRegional),
                "other" => Some(Site::Other(label)),
                _ => self.site_of_body(),
            };
            // Several codings of one condition: the one that tells the site wins.
            if site.is_none() && !sites.is_empty() {
                continue;
            }
            sites.retain(|(before, _)| before.is_some());
            if !sites.iter().any(|(before, _)| *before == site) {
                sites.push((site, false));
            }
        }
        let by_icd = (!only_words && self.context.lookup.not_used(code).is_none())
            .then(|| {
                let mut categories = code.coding.iter();
                categories.find_map(|coding| {
                    let category = self.context.lookup.icd10_category(coding)?;
                    category.meaning.strip_prefix("metastasis.")
                })
            })
            .flatten();
        if let Some(place) = by_icd.filter(|_| sites.is_empty()) {
            let label = code.label().unwrap_or_default();
            let unnamed = match place {
                "may-be-regional" => Site::MayBeRegional,
                _ => Site::Other(label.to_owned()),
            };
            sites.push((
                wording::site(self.context.lookup, label).or(Some(unnamed)),
                false,
            ));
        }
        // The words name the primary tumour, and nothing in them speaks of its spread.
        let primary_in_words = code.text.as_ref().map(crate::lenient::Text::as_str);
        let primary_in_words = primary_in_words
            .filter(|_| !sites.is_empty())
            .filter(|words| {
                naming::is_primary_breast_cancer(self.context.lookup, words)
                    && wording::site(self.context.lookup, words).is_none()
                    && staging::stage_group(self.context.lookup, words) != Some(4)
            });
        if let Some(words) = primary_in_words {
            self.found.notes.push((
                "contradictory-codes",
                format!("its code means metastasis, its words a primary cancer (`{words}`); it decides nothing"),
            ));
            self.began = date::doubtful(self.began);
        }
        if sites.is_empty() {
            let lookup = self.context.lookup;
            let spread = code.words().find_map(|words| {
                let named =
                    naming::is_cancer(lookup, words) || wording::site(lookup, words).is_some();
                Some((words, naming::spread(lookup, words)? && named))
            });
            if let Some((words, plainly)) = spread {
                let other = naming::is_never_breast_cancer(lookup, words);
                let doubtful = !plainly || (!other && naming::spread_to_breast(lookup, words));
                let named = wording::sites(lookup, words);
                if named.is_empty() {
                    sites.push((self.site_of_body(), true));
                }
                sites.extend(named.into_iter().map(|site| (Some(site), true)));
                if doubtful {
                    self.found.notes.push((
                        "in-doubt",
                        format!(
                            "`{words}` decides nothing: it may be no metastasis of this cancer"
                        ),
                    ));
                    self.began = date::doubtful(self.began);
                }
                if other {
                    cancer = Some(Cancer::Other(words.to_owned()));
                }
            }
        }
        for (site, from_text) in sites {
            self.push(
                Event::Metastasis(Metastasis {
                    site,
                    present: true,
                    cancer: cancer.clone(),
                }),
                from_text,
            );
        }
        self.began = began;
    }

    /// The primary that an extension names.
    fn tied(&mut self) -> Option<Cancer> {
        let cancer = self.context.tied(&[], &self.condition.extension, &[]);
        if cancer == Some(Cancer::NotOnRecord) {
            let (code, says) = CANCER_NOT_THERE;
            self.found.notes.push((code, says.to_owned()));
        }
        cancer
    }

    fn site_of_body(&self) -> Option<Site> {
        self.condition.body_site.iter().find_map(|site| {
            match self.context.lookup.first(site, "body.") {
                Some("brain") => Some(Site::Brain),
                _ => site
                    .words()
                    .find_map(|words| wording::site(self.context.lookup, words)),
            }
        })
    }

    /// Receptor status as a diagnosis, a billing code or its words: on or before the day of recording, of no tissue.
    fn statuses(&mut self, code: &Concept<'_>, hits: &[Hit<'_, '_, '_>], cancer: Option<&Cancer>) {
        let is_cancer = cancer.is_some();
        let breast = cancer == Some(&Cancer::Breast);
        let mut names_breast_cancer = false;
        let date = self.date;
        self.date = DateBounds {
            low: None,
            high: date.high,
        };
        let told = hits
            .iter()
            .filter(|hit| !receptor::statuses(hit.meaning).is_empty())
            .count();
        for hit in hits {
            let statuses = receptor::statuses(hit.meaning);
            if statuses.is_empty() {
                continue;
            }
            // A billing code is a status; in SNOMED CT such a status is a kind of breast cancer.
            names_breast_cancer |= icd10(hit.coding).is_none();
            let own_words = hit
                .coding
                .display
                .as_ref()
                .map_or("", crate::lenient::Text::as_str);
            let said = code
                .text
                .iter()
                .map(crate::lenient::Text::as_str)
                .chain([own_words])
                .map(wording::normal)
                .filter(|words| words.contains("her2"))
                .find_map(|words| wording::polarity(self.context.lookup, &words));
            for (receptor, polarity) in statuses {
                let clash = receptor == Receptor::Her2
                    && said.is_some_and(|said| said != polarity)
                    && told == 1
                    && !hit.meaning.contains("-her2-")
                    && !hit.meaning.contains("triple");
                let polarity = if clash {
                    self.found.notes.push((
                        "contradictory-result",
                        format!(
                            "the code means `{}`, the words say otherwise (`{}`); the result counts as unknown",
                            hit.display, self.text
                        ),
                    ));
                    Polarity::Contradictory
                } else {
                    polarity
                };
                self.push(receptor::status(receptor, polarity), false);
            }
        }
        let told: Vec<Receptor> = hits
            .iter()
            .flat_map(|hit| receptor::statuses(hit.meaning))
            .map(|(receptor, _)| receptor)
            .collect();
        if breast {
            for (receptor, polarity) in
                receptor::statuses_in_words(self.context.lookup, code.words())
            {
                if !told.contains(&receptor) {
                    self.push(receptor::status(receptor, polarity), true);
                }
            }
        }
        self.date = date;
        if names_breast_cancer && !is_cancer {
            self.diagnosis(Cancer::Breast, false, false);
        }
    }

    /// A condition other than the cancer; one that is over counts only where the knowledge asks for its history.
    fn other(&mut self, id: &str) -> Result<(), crate::report::Refusal> {
        let over = matches!(self.clinical, "resolved" | "inactive" | "remission" | ENDED);
        if over && !self.context.lookup.counts_when_over(id) {
            return Err(match self.clinical {
                ENDED => "it has ended (`abatement`)".into(),
                status => format!("clinical status `{status}`").into(),
            });
        }
        self.push(
            Event::Condition {
                id: id.to_owned(),
                present: true,
            },
            false,
        );
        Ok(())
    }

    fn stages(&mut self, cancer: &Cancer) {
        for stage in self.condition.stage.iter() {
            let Some(summary) = &stage.summary else {
                continue;
            };
            let label = summary.label().unwrap_or_default().to_owned();
            if let Some(why) = modified(None, &stage.modifier_extension) {
                let why = format!("the stage `{label}` is not read: {why}");
                self.found.notes.push(("part-not-read", why));
                continue;
            }
            let (group, from_text) = match group(summary, self.context) {
                Ok(Some(told)) => told,
                Ok(None) if summary.is_empty() => continue,
                Ok(None) => {
                    let why = format!("the stage `{label}` is not known");
                    self.found.notes.push(("part-not-read", why));
                    continue;
                }
                Err(AtOdds) => {
                    let why = format!("the codes of the stage `{label}` disagree; not read");
                    self.found.notes.push(("contradictory-codes", why));
                    continue;
                }
            };
            // A stage group is given at diagnosis; a linked assessment tells its own day.
            let assessed = stage.assessment.iter().find_map(|reference| {
                self.context
                    .look(reference, &[], &["Observation"], |found| match found {
                        Resource::Observation(it) if !in_error(it.status.as_ref()) => {
                            date::of(it.effective_date_time.as_ref())
                        }
                        _ => None,
                    })
            });
            self.found.facts.push(Fact {
                date: assessed.unwrap_or(self.began),
                event: Event::Stage(Stage {
                    group: Some(group),
                    distant: None,
                    cancer: Some(cancer.clone()),
                }),
                text: format!("stage {label}"),
                from_text,
            });
        }
    }

    /// "Stage IV breast cancer": what the words of the condition itself say, where no stage element says it.
    fn stage_in_words(&mut self, code: &Concept<'_>, cancer: &Cancer) {
        let told = self
            .found
            .facts
            .iter()
            .any(|fact| matches!(fact.event, Event::Stage(_)));
        if told {
            return;
        }
        let lookup = self.context.lookup;
        let staged = |words: &&str| lookup::fold(words).contains(" stage ");
        let of = |group| {
            Event::Stage(Stage {
                group: Some(group),
                distant: None,
                cancer: Some(cancer.clone()),
            })
        };
        let plain = |words: &&str| staged(words) && !naming::hedged(lookup, words);
        let group = code.words().find(plain);
        let group = group.and_then(|words| staging::stage_group(lookup, words));
        let mut open = code.words().filter(staged);
        if let Some(group) = group {
            self.push(of(group), true);
        } else if let Some(said) = open.find(|it| staging::perhaps_stage_four(lookup, it)) {
            let began = self.began;
            self.began = date::doubtful(began);
            self.push(of(4), true);
            self.began = began;
            let said = format!("distant disease is left open: `{said}`");
            self.found.notes.push(("in-doubt", said));
        }
    }

    /// What the words of a breast cancer say of its reach. That surgery cannot remove it holds of an illness that is
    /// under way, from its day on; that it is locally advanced is said of the diagnosis and leaves open what is now.
    fn extent_in_words(&mut self, code: &Concept<'_>) {
        let lookup = self.context.lookup;
        let says = |meaning| {
            let mut words = code.words();
            words.any(|words| lookup.says(&lookup::fold(words), meaning))
        };
        if says("words.unresectable") {
            let mut words = code.words();
            let plain = words.all(|words| !naming::extent_in_doubt(lookup, words));
            let under_way = matches!(self.clinical, "" | "active" | "recurrence" | "relapse");
            let dated = self.date != DateBounds::UNKNOWN;
            self.state(&Derivation::Unresectable {}, plain && under_way && dated);
        }
        if says("words.locally-advanced") {
            self.state(&Derivation::LocallyAdvanced {}, false);
        }
    }

    /// A fact that words state to be true; where it is not sure, that it may be.
    fn state(&mut self, rule: &Derivation, sure: bool) {
        let Some(fact) = self.context.lookup.fact_by(rule) else {
            return;
        };
        let date = if sure {
            self.date
        } else {
            date::doubtful(self.date)
        };
        self.found.facts.push(Fact {
            date,
            event: Event::Statement(Statement {
                fact: fact.to_owned(),
                value: Stated::Bool(true),
                overrides: false,
            }),
            text: self.text.clone(),
            from_text: true,
        });
    }

    /// When it began or was found, and a remark on a fallback.
    fn when(&self) -> (DateBounds, &'static str) {
        let condition = self.condition;
        if let Some(date) = date::of(condition.onset_date_time.as_ref())
            .or_else(|| date::start(condition.onset_period.as_ref()?))
        {
            return (date, "");
        }
        if let Some(date) = self.onset_by_age() {
            return (date, " (dated by age)");
        }
        let in_words = condition.onset_string.as_ref();
        if let Some(date) = in_words.and_then(|text| date::parse(text.as_str())) {
            return (date, "");
        }
        let asserted = || {
            let extension: &Extension<'_> = condition
                .extension
                .iter()
                .find(|extension| extension.is("condition-assertedDate"))?;
            date::of(extension.value_date_time.as_ref())
        };
        if let Some(date) = asserted().or_else(|| date::of(condition.asserted_date.as_ref())) {
            return (date, " (dated by its first assertion)");
        }
        if let Some(date) = date::of(condition.recorded_date.as_ref()) {
            return (date, BY_RECORDING);
        }
        (DateBounds::UNKNOWN, "")
    }

    fn onset_by_age(&self) -> Option<DateBounds> {
        let years = |age: &Quantity<'_>| {
            let in_years = matches!(number::unit(age).as_str(), "a" | "year" | "years" | "");
            let years = number::bounds(age)?.as_exact()? / DECIMAL_UNIT;
            (in_years && (0..=130).contains(&years)).then_some(years)
        };
        let condition = self.condition;
        let (from, to) = match (&condition.onset_age, &condition.onset_range) {
            (Some(age), _) => (years(age)?, years(age)?),
            (None, Some(range)) => (years(range.low.as_ref()?)?, years(range.high.as_ref()?)?),
            (None, None) => return None,
        };
        let birth = self.context.birth;
        if birth == DateBounds::UNKNOWN || to < from {
            return None;
        }
        Some(DateBounds {
            low: birth.add_months(from * 12).low,
            high: birth.add_months((to + 1) * 12).add_days(-1).high,
        })
    }
}

/// The codes and words of one value name different stages.
pub(crate) struct AtOdds;

/// The stage group of a value, and whether words alone tell it.
pub(crate) fn group(
    value: &Concept<'_>,
    context: &Context<'_, '_, '_>,
) -> Result<Option<(u8, bool)>, AtOdds> {
    let hits = context.lookup.hits(value);
    let stages = hits.iter().filter_map(|hit| {
        let group: u8 = hit.meaning.strip_prefix("value.stage-")?.parse().ok()?;
        (group <= 4).then_some(group)
    });
    let mut groups: Vec<u8> = stages.collect();
    for coding in &value.coding {
        // AJCC codes (`3C`, `c3A`) are words of their own system, or of none.
        let system = coding.system.as_ref();
        let numbered = system.is_some_and(|system| lookup::system(system.as_str()) != "ajcc");
        let code = coding.code.as_ref().filter(|_| !numbered);
        groups.extend(code.and_then(|code| staging::stage_group(context.lookup, code.as_str())));
    }
    let in_words = groups.is_empty();
    groups.extend(
        value
            .words()
            .filter_map(|words| staging::stage_group(context.lookup, words)),
    );
    groups.sort_unstable();
    groups.dedup();
    match groups[..] {
        [] => Ok(None),
        [group] => Ok(Some((group, in_words))),
        _ => Err(AtOdds),
    }
}
