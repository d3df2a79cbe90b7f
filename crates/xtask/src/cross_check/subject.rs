//! What is checked: a program, the facts that it reads, and the CQL that it is exported as.

use waymark_criteria::export::{Exporter, Parameter, Part};
use waymark_criteria::value::DECIMAL_UNIT;
use waymark_criteria::{
    Bounds, Compiler, Date, FactDecl, FactIndex, FactType, NodeId, Program, Schema, Value, Values,
};
use waymark_engine::Bundle;
use waymark_knowledge::export::cql;

/// A program with its export.
pub(crate) struct Subject {
    pub(crate) library: &'static str,
    pub(crate) program: Program,
    pub(crate) schema: Schema,
    /// None of these is false.
    pub(crate) constraints: Vec<NodeId>,
    /// What each fact may be, in the schema's order.
    pub(crate) ranges: Vec<Bounds>,
    /// Facts that are known exactly or not at all.
    pub(crate) exact: Vec<FactIndex>,
    pub(crate) cql: String,
}

impl Subject {
    /// The knowledge base as `waymark export cql` writes it.
    pub(crate) fn knowledge(bundle: &Bundle) -> Self {
        let ranges = bundle.schema().indices().map(|fact| {
            let entry = bundle.fact(fact);
            range(bundle.schema().fact(fact).ty, entry.min, entry.max)
        });
        Subject {
            library: cql::LIBRARY,
            program: bundle.program().clone(),
            schema: bundle.schema().clone(),
            constraints: bundle.constraints().to_vec(),
            ranges: ranges.collect(),
            exact: cql::exact(bundle).to_vec(),
            cql: cql::library(bundle),
        }
    }

    /// Every construct of the language.
    pub(crate) fn constructs() -> Result<Self, String> {
        let facts = [
            ("flag", FactType::Boolean),
            ("other", FactType::Boolean),
            ("count", FactType::Integer),
            ("more", FactType::Integer),
            ("level", FactType::Decimal),
            ("last-dose", FactType::Date),
            ("relapse", FactType::Date),
            ("as-of", FactType::Date),
        ];
        let schema = Schema::new(facts.map(|(id, ty)| FactDecl {
            id: id.to_owned(),
            ty,
        }));
        let mut compiler = Compiler::new(&schema);
        let names = compiler.add_text("constructs.cql", include_str!("constructs.cql"));
        let program = compiler
            .finish()
            .map_err(|problems| format!("constructs.cql: {problems:?}"))?;
        let exact: Vec<FactIndex> = schema.find("as-of").into_iter().collect();
        let exporter = Exporter::new(&program, &schema, &exact);
        let library = "Constructs";
        let mut cql = cql::head(&exporter, library, "1.0.0", "");
        for name in names {
            cql.push('\n');
            cql.push_str(&exporter.definition(&name).unwrap_or_default());
        }
        let ranges = facts.map(|(_, ty)| range(ty, Some(0), Some(100)));
        Ok(Subject {
            library,
            constraints: Vec::new(),
            ranges: ranges.to_vec(),
            exact,
            cql,
            program,
            schema,
        })
    }

    /// Every definition, in the order of names.
    pub(crate) fn roots(&self) -> Vec<(&str, NodeId)> {
        self.program.roots().collect()
    }

    /// The values as a line of JSON with every parameter of the export.
    pub(crate) fn json(&self, values: &Values) -> String {
        let exporter = Exporter::new(&self.program, &self.schema, &self.exact);
        let parameters = exporter.parameters();
        let members = parameters.iter().map(|parameter| {
            let value = json_value(parameter, values.get(parameter.fact));
            (parameter.name.clone(), value)
        });
        serde_json::Value::Object(members.collect()).to_string()
    }
}

fn json_value(parameter: &Parameter, value: Value) -> serde_json::Value {
    let bounds = match value {
        Value::Truth(truth) => {
            return match truth {
                waymark_criteria::Truth::True => true.into(),
                waymark_criteria::Truth::False => false.into(),
                waymark_criteria::Truth::Unknown => serde_json::Value::Null,
            };
        }
        Value::Bounds(bounds) => bounds,
    };
    let end = match parameter.part {
        Part::Whole => bounds.as_exact(),
        Part::Low => bounds.low,
        Part::High => bounds.high,
    };
    let Some(end) = end else {
        return serde_json::Value::Null;
    };
    let text = waymark_criteria::export::literal(end, parameter.ty);
    let kind = match parameter.ty {
        FactType::Integer => "integer",
        FactType::Decimal => "decimal",
        FactType::Date => "date",
        FactType::Boolean | FactType::Word => return serde_json::Value::Null,
    };
    serde_json::json!({ kind: text.trim_start_matches('@') })
}

/// Dates stay away from the ends of the calendar, where arithmetic leaves it: each engine has its own ends.
fn range(ty: FactType, min: Option<i64>, max: Option<i64>) -> Bounds {
    let scaled = |unit: i64| Bounds {
        low: Some(min.unwrap_or(0).saturating_mul(unit)),
        high: Some(max.unwrap_or(1000).saturating_mul(unit)),
    };
    let day = |year| Date::new(year, 1, 1).map(Date::to_days);
    match ty {
        FactType::Boolean | FactType::Word => Bounds::UNKNOWN,
        FactType::Integer => scaled(1),
        FactType::Decimal => scaled(DECIMAL_UNIT),
        FactType::Date => Bounds {
            low: day(1950),
            high: day(2100),
        },
    }
}
