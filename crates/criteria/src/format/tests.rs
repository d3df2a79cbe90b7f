use super::{format, format_expression};
use crate::syntax::parse_expression;

#[test]
fn short_definitions_take_one_line_and_long_ones_many() {
    let text = r#"// licence
library  Guide version '1'
// kept above
define a:(p) and q // beside
define "long": "first criterion of several" and ("second criterion of several" or "third criterion of several") and not "fourth"
define "longer": "first criterion of several" and ("second criterion of several" or "third criterion of several" or "fourth criterion of several") or "fifth" and "sixth"
define "plain": "a name that is so long that it does not fit into the line" >= "another name that is as long as the first" // end
/* last */
"#;
    let expected = r#"// licence
library Guide version '1'

// kept above
// beside
define "a": "p" and "q"

define "long":
  "first criterion of several"
  and ("second criterion of several" or "third criterion of several")
  and not "fourth"

define "longer":
  "first criterion of several"
    and (
      "second criterion of several"
      or "third criterion of several"
      or "fourth criterion of several"
    )
  or "fifth" and "sixth"

// end
define "plain":
  "a name that is so long that it does not fit into the line" >= "another name that is as long as the first"

/* last */
"#;
    let formatted = format(text).unwrap();
    assert_eq!(formatted, expected);
    assert_eq!(format(&formatted).unwrap(), expected);
}

#[test]
fn what_does_not_parse_is_not_formatted() {
    assert_eq!(
        format("define a: (p").unwrap_err()[0].code,
        "unexpected-token"
    );
    assert_eq!(format("").unwrap(), "");
}

#[test]
fn a_type_keeps_the_quotes_that_it_needs() {
    for (text, formatted) in [
        (r#"a as "b-c""#, r#""a" as "b-c""#),
        (r#"a is "null""#, r#""a" is "null""#),
        (
            r#"cast a as List<"System"."Integer">"#,
            r#"cast "a" as List<System.Integer>"#,
        ),
    ] {
        let (tree, problems) = parse_expression(text);
        assert_eq!(problems, []);
        assert_eq!(format_expression(&tree), formatted);
        assert_eq!(parse_expression(formatted), (tree, Vec::new()));
    }
}
