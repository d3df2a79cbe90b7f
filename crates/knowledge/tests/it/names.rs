//! Names of medicines and products that are taken already.

use crate::sample::{all_shown, edited, files, run, shown};
use waymark_knowledge::Tree;

const MEDICINE: &str = "medicines/examplimab.md";

/// A second medicine that takes a name of the first one, whatever kind of name and in whatever case.
#[test]
fn a_name_is_of_one_medicine() {
    let second = |names: &str| {
        let mut more = files();
        let head = more[MEDICINE].split("\n[mechanism]").next().unwrap();
        let own = head
            .replace("\"examplimab\"", "\"secondimab\"")
            .replace("\"Ex\"", "\"Se\"")
            .replace("[\"examplimab infusion\"]", names);
        let rule = "[[rules]]\ntopic = \"other\"\ntext = \"None.\"\nsource = \"example-label-2020-02-03\"\nstatus = \"confirmed\"";
        let review = "[review]\non = \"2026-01-01\"\ndue = \"2027-01-01\"";
        let file = format!("{own}\n{rule}\n\n{review}\n```\n# Secondimab\n\nInvented.\n");
        more.insert("medicines/secondimab.md".to_owned(), file);
        Tree::new(more)
    };
    for name in [
        "Examplia",
        "ex",
        "examplimab",
        "examplimab-reference",
        "examplimab infusion",
    ] {
        let tree = second(&format!("[\"{name}\"]"));
        let outcome = run(&tree);
        let found = outcome
            .diagnostics
            .iter()
            .find(|problem| problem.code == "duplicate-name");
        let shown = found.map(|problem| shown(&tree, problem));
        let expected = (
            "duplicate-name".to_owned(),
            "medicines/secondimab.md".to_owned(),
            format!("\"{name}\""),
        );
        assert_eq!(shown, Some(expected), "{name}");
    }
    let tree = second("[\"secondimab infusion\"]");
    let outcome = run(&tree);
    assert!(
        outcome.bundle.is_some(),
        "{}",
        all_shown(&tree, &outcome.diagnostics)
    );
}

#[test]
fn a_name_is_of_one_product() {
    let second = "[[products]]\nid = \"examplimab-abcd\"\nbrand = \"examplia\"\nname = \"examplimab\"\nkind = \"biosimilar\"\nroute = \"iv\"\napprovals = []\n\n[[rules]]";
    let tree = edited(MEDICINE, "[[rules]]", second);
    let outcome = run(&tree);
    let names: Vec<_> = outcome
        .diagnostics
        .iter()
        .filter(|problem| problem.code == "duplicate-name")
        .map(|problem| shown(&tree, problem).2)
        .collect();
    assert_eq!(names, ["\"examplia\""]);
}
