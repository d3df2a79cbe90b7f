//! The criteria of all entries, compiled to one program: from their text, or as a browser gets them.

use super::{AS_OF, Content, FactKind, Scope, name};
use waymark_criteria::{
    Compiler, DateBounds, Diagnostic, FactDecl, FactIndex, FactType, NodeId, Program, Schema,
    StoredProgram,
};
use waymark_packed::Packed;

pub(super) struct Compiled {
    pub(super) schema: Schema,
    pub(super) as_of: FactIndex,
    pub(super) program: Program,
    /// The constraints between facts.
    pub(super) constraints: Vec<NodeId>,
}

/// What of it does not follow from the entries themselves.
#[derive(Packed)]
pub(super) struct Stored {
    pub(super) program: StoredProgram,
    pub(super) constraints: Vec<NodeId>,
}

impl Compiled {
    pub(super) fn of(content: &Content) -> Result<Self, Vec<Diagnostic>> {
        let schema = schema(content);
        let Some(as_of) = schema.find(AS_OF) else {
            return Err(vec![
                Diagnostic::error("no-as-of", "the knowledge declares no fact `as-of`")
                    .help("add an entry `kind = \"fact\"`, `id = \"as-of\"`, `type = \"date\"`"),
            ]);
        };
        let (program, constraints) = compile(content, &schema, as_of)?;
        Ok(Compiled {
            schema,
            as_of,
            program,
            constraints,
        })
    }

    /// What was stored beside these entries; nothing where it is of others.
    pub(super) fn restore(stored: Stored, content: &Content) -> Option<Self> {
        let schema = schema(content);
        let as_of = schema.find(AS_OF)?;
        let program = Program::restore(stored.program, &schema)?;
        let constraints = stored.constraints;
        let whole = constraints.iter().all(|node| program.has(*node));
        whole.then_some(Compiled {
            schema,
            as_of,
            program,
            constraints,
        })
    }
}

/// The facts, in the order of their entries.
fn schema(content: &Content) -> Schema {
    Schema::new(content.facts.iter().map(|fact| FactDecl {
        id: fact.id.clone(),
        ty: fact.ty.into(),
    }))
}

fn compile(
    content: &Content,
    schema: &Schema,
    as_of: FactIndex,
) -> Result<(Program, Vec<NodeId>), Vec<Diagnostic>> {
    let mut compiler = Compiler::new(schema);
    let mut problems = Vec::new();
    let mut constraints = Vec::new();
    for fact in &content.facts {
        constraints.extend(compiler.add_text(&fact.id, &fact.cql));
    }
    let mut dated =
        |compiler: &mut Compiler<'_>, place: &str, id: &str, from: &str, to: Option<&str>| {
            let (low, high) = (DateBounds::parse(from), to.map(DateBounds::parse));
            match (low, high) {
                (Some(from), None) => compiler.add_in_force(&name::in_force(id), as_of, from, None),
                (Some(from), Some(Some(to))) => {
                    compiler.add_in_force(&name::in_force(id), as_of, from, Some(to))
                }
                (None, _) | (_, Some(None)) => problems.push(
                    Diagnostic::error(
                        "bad-date",
                        format!(
                            "`{from}` to `{}` of `{id}` is not a span of dates",
                            to.unwrap_or("")
                        ),
                    )
                    .in_place(place)
                    .help("write YYYY-MM-DD, YYYY-MM, YYYY, or two of them joined by `/`"),
                ),
            }
        };
    for criterion in &content.criteria {
        compiler.add_text(&criterion.id, &criterion.cql);
        if let Some(span) = &criterion.in_force {
            dated(
                &mut compiler,
                &criterion.id,
                &criterion.id,
                &span.from,
                span.to.as_deref(),
            );
            compiler.add_all(&criterion.id, &[&name::in_force(&criterion.id)]);
        }
    }
    for medicine in &content.medicines {
        compiler.add_text(&format!("medicine {}", medicine.id), &medicine.cql);
    }
    for regimen in &content.regimens {
        let defined = compiler.add_text(&format!("regimen {}", regimen.id), &regimen.cql);
        let mut deciding = Vec::new();
        for indication in &regimen.indications {
            dated(
                &mut compiler,
                &regimen.id,
                &indication.id,
                &indication.from,
                indication.to.as_deref(),
            );
            if defined.contains(&indication.id) {
                let valid = name::valid(&indication.id);
                compiler.add_all(&valid, &[&name::in_force(&indication.id), &indication.id]);
                if indication.scope == Scope::Metastatic {
                    deciding.push(valid);
                }
            }
        }
        let deciding: Vec<&str> = deciding.iter().map(String::as_str).collect();
        compiler.add_any(&name::regimen(&regimen.id), &deciding);
        for position in &regimen.positions {
            dated(
                &mut compiler,
                &regimen.id,
                &position.id,
                &position.from,
                position.to.as_deref(),
            );
            if defined.contains(&position.id) {
                let in_force = name::in_force(&position.id);
                compiler.add_all(&name::valid(&position.id), &[&in_force, &position.id]);
            }
        }
    }
    let cautions = content
        .medicines
        .iter()
        .flat_map(|medicine| &medicine.cautions);
    for caution in cautions.chain(
        content
            .regimens
            .iter()
            .flat_map(|regimen| &regimen.cautions),
    ) {
        if let Some(from) = &caution.from {
            dated(
                &mut compiler,
                &caution.id,
                &caution.id,
                from,
                caution.to.as_deref(),
            );
        }
    }
    for guidance in &content.guidance {
        compiler.add_text(&guidance.id, &guidance.cql);
        dated(
            &mut compiler,
            &guidance.id,
            &guidance.id,
            &guidance.from,
            guidance.to.as_deref(),
        );
    }
    for withdrawn in &content.withdrawn {
        if !compiler.withdraw(&withdrawn.id, as_of) {
            let message = format!(
                "`{}` cannot be withdrawn: nothing of that name is defined",
                withdrawn.id
            );
            let help = "name a criterion, indication, position, caution or piece of guidance with a define";
            problems.push(Diagnostic::error("withdrawn-unknown", message).help(help));
        }
    }
    match compiler.finish() {
        Ok(program) if problems.is_empty() => {
            let constraints = constraints.iter().filter_map(|name| program.root(name));
            let constraints = constraints.collect();
            Ok((program, constraints))
        }
        Ok(_) => Err(problems),
        Err(mut more) => {
            problems.append(&mut more);
            Err(problems)
        }
    }
}

impl From<FactKind> for FactType {
    fn from(kind: FactKind) -> Self {
        match kind {
            FactKind::Boolean => FactType::Boolean,
            FactKind::Integer => FactType::Integer,
            FactKind::Decimal => FactType::Decimal,
            FactKind::Date => FactType::Date,
            FactKind::Word => FactType::Word,
        }
    }
}
