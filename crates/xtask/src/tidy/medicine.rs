//! Medicine lives in `kb/`: no name of a medicine stands in the code.

use std::collections::BTreeSet;
use std::path::Path;
use waymark_knowledge::{Options, compile, read_dir};

/// Lines of shipped code that name a medicine of the knowledge base. Comments and tests may.
pub(crate) fn in_code(root: &Path, files: &[String]) -> Result<Vec<String>, String> {
    let tree = read_dir(&root.join("kb")).map_err(|error| format!("kb/ was not read: {error}"))?;
    let outcome = compile(&tree, &Options::default());
    let Some(bundle) = outcome.bundle else {
        return Err("kb/ does not compile; run `waymark kb check`".to_owned());
    };
    let mut names = BTreeSet::new();
    for medicine in &bundle.content().medicines {
        names.insert(medicine.id.to_lowercase());
        names.extend(medicine.names.iter().cloned());
        for product in &medicine.products {
            names.insert(product.id.to_lowercase());
            names.insert(product.brand.to_lowercase());
            names.extend(product.names.iter().cloned());
        }
    }
    names.retain(|name| name.len() >= 4);
    let mut problems = Vec::new();
    let shipped = |file: &&String| {
        file.starts_with("crates/") && file.contains("/src/") && file.ends_with(".rs")
    };
    for file in files
        .iter()
        .filter(shipped)
        .filter(|file| !file.contains("/tests"))
    {
        let text = std::fs::read_to_string(root.join(file)).unwrap_or_default();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let line = line.trim();
            if line.starts_with("//") {
                continue;
            }
            let lower = line.to_lowercase();
            if let Some(name) = names
                .iter()
                .find(|name| words(&lower).any(|word| word == name.as_str()))
            {
                problems.push(format!(
                    "{file}:{}: `{name}` is medicine and belongs in kb/",
                    number + 1
                ));
            }
        }
    }
    Ok(problems)
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|character: char| !(character.is_alphanumeric() || character == '-'))
}
