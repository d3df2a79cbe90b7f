//! Lines of a chart that cannot be read, or not beside those before them: they alone are left out, are told, and count as
//! lost.

mod guide;

use guide::{guide, today};
use waymark_criteria::Truth;
use waymark_page::Reading;

const TYPED: &str = "chart 1\nborn: 1971-05   sex: female\n2021-01-15 breast cancer, stage 4, HER2 IHC 3+ (metastasis)\n";

fn read(text: &str) -> Reading<'static> {
    Reading::of_text(guide(), text.to_owned(), today())
}

#[test]
fn a_line_that_tells_something_else_than_one_before_is_left_out_alone() {
    let reading = read(&format!(
        "{TYPED}sex: male\n? fracture of the moon\nrecord: partial"
    ));
    assert_eq!(reading.left_out, ["sex: male", "? fracture of the moon"]);
    assert_eq!(reading.chart.import.lost, 2);
    assert_eq!(reading.truth("her2-positive"), Truth::True);
    assert_eq!(reading.truth("metastatic"), Truth::True);
    assert_eq!(read(TYPED).left_out, Vec::<String>::new());
}

#[test]
fn without_the_version_of_the_format_every_line_is_lost() {
    let reading = read(&TYPED.replace("chart 1", "chart 999"));
    assert_eq!(reading.left_out.len(), 2, "{:?}", reading.left_out);
    assert_eq!(reading.chart.import.lost, 2);
    assert_eq!(reading.truth("her2-positive"), Truth::Unknown);
}
