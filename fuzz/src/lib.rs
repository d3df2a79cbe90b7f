//! What the fuzz targets share: the knowledge of this repository, and laws that hold for every input.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;
use waymark_criteria::Diagnostic;
use waymark_engine::{Bundle, Chart};
use waymark_knowledge::{Options, compile, read_dir};

/// The knowledge of this repository, compiled once.
pub static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
    let kb = Path::new(env!("CARGO_MANIFEST_DIR")).join("../kb");
    let tree = read_dir(&kb).expect("kb/ can be read");
    compile(&tree, &Options::default())
        .bundle
        .expect("kb/ has no errors: `waymark kb check` says more")
});

/// A refusal says what is wrong and what to do, and underlines what is in the text.
pub fn refused(problems: &[Diagnostic], text: Option<&str>) {
    assert!(!problems.is_empty(), "refused without a word");
    for problem in problems {
        said_well(problem, text);
    }
}

/// One line of message, and a span that lies in the text.
pub fn said_well(problem: &Diagnostic, text: Option<&str>) {
    assert!(!problem.message.is_empty(), "{problem:?}");
    assert!(!problem.message.contains('\n'), "{problem:?}");
    if let (Some(span), Some(text)) = (problem.span, text) {
        assert!(text.get(span.start..span.end).is_some(), "{problem:?}");
    }
}

/// Every record of a chart is used or ignored with a reason, and every entry comes from a record that is used.
pub fn accounted(chart: &Chart) {
    let import = &chart.import;
    assert_eq!(import.records, import.used.len() + import.ignored.len());
    assert!(import.ignored.iter().all(|it| !it.reason.is_empty()));
    assert!(import.used.iter().all(|it| !it.gave.is_empty()));
    let used: BTreeSet<&str> = import.used.iter().map(|it| it.record.as_str()).collect();
    for entry in &chart.entries {
        assert!(used.contains(entry.source.record.as_str()), "{entry:?}");
    }
    for note in &import.notes {
        said_well(note, None);
    }
}
