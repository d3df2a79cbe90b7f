//! Answers as JSON. What a field would hold of nothing is left out; a field that is not known is damage.

use super::{Answers, Ended, Given, Treatment};
use crate::json::{Fields, Json};
use litemap::LiteMap;

impl Answers {
    pub(super) fn json(&self) -> Json {
        let mut fields = vec![field("waymark", Json::Number(self.waymark))];
        if !self.answers.is_empty() {
            let each = self.answers.iter();
            let each = each.map(|(question, given)| field(question, given.json()));
            fields.push(field("answers", Json::Object(each.collect())));
        }
        Json::Object(fields)
    }

    /// The answers of a file of this version, given its other fields.
    pub(super) fn of_version(waymark: u32, mut fields: Fields) -> Option<Self> {
        let mut answers = LiteMap::new_vec();
        if let Some(each) = fields.take("answers") {
            for (question, given) in each.object()?.0 {
                let twice = answers.insert(question, given_of(given.object()?)?);
                twice.is_none().then_some(())?;
            }
        }
        fields.end()?;
        Some(Answers { waymark, answers })
    }
}

impl Given {
    fn json(&self) -> Json {
        let mut fields = Vec::new();
        if !self.chosen.is_empty() {
            fields.push(field("chosen", Json::texts(&self.chosen)));
        }
        if !self.treatments.is_empty() {
            let each = self.treatments.iter().map(Treatment::json);
            fields.push(field("treatments", Json::List(each.collect())));
        }
        Json::Object(fields)
    }
}

impl Treatment {
    fn json(&self) -> Json {
        let mut fields = vec![field("medicines", Json::texts(&self.medicines))];
        if self.ended != Ended::default() {
            fields.push(field("ended", Json::Text(self.ended.word().to_owned())));
        }
        for (name, month) in [("from", &self.from), ("to", &self.to)] {
            if let Some(month) = month {
                fields.push(field(name, Json::Text(month.clone())));
            }
        }
        Json::Object(fields)
    }
}

fn field(name: &str, value: Json) -> (String, Json) {
    (name.to_owned(), value)
}

fn given_of(mut fields: Fields) -> Option<Given> {
    let given = Given {
        chosen: match fields.take("chosen") {
            Some(chosen) => chosen.list(Json::text)?,
            None => Vec::new(),
        },
        treatments: match fields.take("treatments") {
            Some(treatments) => treatments.list(|it| treatment_of(it.object()?))?,
            None => Vec::new(),
        },
    };
    fields.end()?;
    Some(given)
}

fn treatment_of(mut fields: Fields) -> Option<Treatment> {
    let treatment = Treatment {
        medicines: fields.take("medicines")?.list(Json::text)?,
        ended: match fields.take("ended") {
            Some(ended) => Ended::of_word(&ended.text()?)?,
            None => Ended::default(),
        },
        from: match fields.take("from") {
            Some(month) => Some(month.text()?),
            None => None,
        },
        to: match fields.take("to") {
            Some(month) => Some(month.text()?),
            None => None,
        },
    };
    fields.end()?;
    Some(treatment)
}
