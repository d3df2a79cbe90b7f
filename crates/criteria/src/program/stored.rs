//! A compiled program as it is stored: whoever reads it needs neither the text of the criteria nor its compiler.

use super::{Node, NodeId, Program};
use crate::Schema;
use crate::atom::Atom;
use litemap::LiteMap;
use waymark_packed::Packed;

/// A program that was stored; [`Program::restore`] holds it to the facts that it reads.
#[derive(Clone, Debug, Packed)]
pub struct StoredProgram {
    atoms: Vec<Atom>,
    nodes: Vec<Node>,
    /// Of each node but definitions, which have that of their body.
    texts: Vec<String>,
}

impl Program {
    /// The program, to be stored.
    #[must_use]
    pub fn store(&self) -> StoredProgram {
        let texts = self.nodes.iter().zip(&self.texts);
        let texts = texts.filter(|(node, _)| !matches!(node, Node::Named(..)));
        StoredProgram {
            atoms: self.atoms.clone(),
            nodes: self.nodes.clone(),
            texts: texts.map(|(_, text)| text.clone()).collect(),
        }
    }

    /// The program that was stored, compiled for a schema of the same facts; nothing where it is none: where an atom reads
    /// a fact that is not there, or a node has an operand that does not come before it.
    #[must_use]
    pub fn restore(stored: StoredProgram, schema: &Schema) -> Option<Program> {
        let facts = schema.facts().len();
        let known = |atom: &Atom| atom.facts().all(|fact| fact.position() < facts);
        if !stored.atoms.iter().all(known) {
            return None;
        }
        let mut program = Program {
            atoms: stored.atoms,
            nodes: Vec::new(),
            texts: Vec::new(),
            roots: LiteMap::new_vec(),
        };
        let mut texts = stored.texts.into_iter();
        for node in stored.nodes {
            let before = |operand: &NodeId| operand.position() < program.nodes.len();
            let whole = match &node {
                Node::Test(atoms) => atoms
                    .iter()
                    .all(|atom| (atom.0 as usize) < program.atoms.len()),
                Node::And(operands) | Node::Or(operands) => operands.iter().all(before),
                Node::Not(operand) | Node::Named(_, operand) => before(operand),
            };
            if !whole {
                return None;
            }
            let text = match &node {
                Node::Named(name, body) => {
                    let id = NodeId(u32::try_from(program.nodes.len()).ok()?);
                    program.roots.insert(name.clone(), id);
                    program.text(*body).to_owned()
                }
                Node::Test(_) | Node::And(_) | Node::Or(_) | Node::Not(_) => texts.next()?,
            };
            program.nodes.push(node);
            program.texts.push(text);
        }
        texts.next().is_none().then_some(program)
    }

    /// Whether it has such a node.
    #[must_use]
    pub fn has(&self, node: NodeId) -> bool {
        node.position() < self.nodes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, NodeId, StoredProgram};
    use crate::{Compiler, FactDecl, FactType, Program, Schema};

    fn schema(ids: &[&str]) -> Schema {
        Schema::new(ids.iter().map(|&id| FactDecl {
            id: id.to_owned(),
            ty: FactType::Integer,
        }))
    }

    fn compiled() -> (Program, Schema) {
        let schema = schema(&["a", "b"]);
        let mut compiler = Compiler::new(&schema);
        compiler.add_text(
            "here",
            r#"define "one": "a" > 1 and not ("b" between 2 and 3) define "two": "one" or "b" = 4"#,
        );
        (compiler.finish().unwrap(), schema)
    }

    #[test]
    fn what_is_stored_is_the_program() {
        let (program, schema) = compiled();
        let restored = Program::restore(program.store(), &schema).unwrap();
        assert_eq!(restored.atoms, program.atoms);
        assert_eq!(restored.nodes, program.nodes);
        assert_eq!(restored.texts, program.texts);
        assert_eq!(restored.roots, program.roots);
    }

    #[test]
    fn what_is_no_program_is_refused() {
        let (program, whole) = compiled();
        let refused = |change: &dyn Fn(&mut StoredProgram)| {
            let mut stored = program.store();
            change(&mut stored);
            Program::restore(stored, &whole).is_none()
        };
        assert!(Program::restore(program.store(), &schema(&["a"])).is_none());
        assert!(refused(&|it| it.atoms.clear()));
        assert!(refused(&|it| it.nodes.reverse()));
        assert!(refused(&|it| it.nodes[0] = Node::Not(NodeId(0))));
        assert!(refused(&|it| it.texts.truncate(1)));
        assert!(refused(&|it| it.texts.push(String::new())));
    }
}
