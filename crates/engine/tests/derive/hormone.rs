//! Hormone receptors, and the subtype.

use crate::both;

#[test]
fn one_per_cent_is_positive() {
    both(&[
        (
            "2024-01-05 ER 1 % (metastasis), PR negative (metastasis)",
            "hr-positive = true, hr-status = positive",
        ),
        (
            "2024-01-05 ER 0.99 % (metastasis), PR negative (metastasis)",
            "hr-positive = false, hr-status = negative",
        ),
        (
            "2024-01-05 ER <1 % (metastasis), PR <1 % (metastasis)",
            "hr-positive = false",
        ),
        (
            "2024-01-05 ER 0..5 % (metastasis), PR negative (metastasis)",
            "hr-positive = ?u",
        ),
        (
            "2024-01-05 ER negative (metastasis), PR 20 % (metastasis)",
            "hr-positive = true",
        ),
        ("2024-01-05 ER negative (metastasis)", "hr-positive = ?u"),
        ("2024-01-05 ER positive (metastasis)", "hr-positive = true"),
        ("2024-01-05 HR negative (metastasis)", "hr-positive = false"),
        ("2024-01-05 HR positive (metastasis)", "hr-positive = true"),
        (
            "2024-01-05 HR negative (metastasis), ER 80 % (metastasis)",
            "hr-positive = ?c",
        ),
        (
            "2024-01-05 ER positive (metastasis) | 2024-01-05 ER negative (metastasis)",
            "hr-positive = ?c",
        ),
        // The latest metastatic tissue counts.
        (
            "2019-01-05 ER 90 % (primary) | 2024-01-05 ER <1 % (metastasis), PR <1 % (metastasis)",
            "hr-positive = false",
        ),
        (
            "2024-01-05 ER <1 % (metastasis), PR <1 % (metastasis) | 2025-01-05 ER 90 % (primary)",
            "hr-positive = false",
        ),
    ]);
}

#[test]
fn the_subtype_needs_both() {
    both(&[
        (
            "2024-01-05 HER2 IHC 3+, ER 90 % (metastasis)",
            "subtype = HR+/HER2+",
        ),
        (
            "2024-01-05 HER2 IHC 3+, ER negative, PR negative (metastasis)",
            "subtype = HR-/HER2+",
        ),
        (
            "2024-01-05 HER2 IHC 1+, ER 90 % (metastasis)",
            "subtype = HR+/HER2-low",
        ),
        (
            "2024-01-05 HER2 IHC 0, HR negative (metastasis)",
            "subtype = HR-/HER2-",
        ),
        ("2024-01-05 HER2 IHC 3+ (metastasis)", "subtype = ?"),
        (
            "2024-01-05 HER2 IHC 2+, ER 90 % (metastasis)",
            "subtype = ?u",
        ),
    ]);
}

#[test]
fn hormonal_therapy_is_taken_from_the_receptors_unless_stated() {
    both(&[
        ("2024-01-05 ER 90 %", "hormonal-therapy-indicated = true"),
        (
            "2024-01-05 HR negative",
            "hormonal-therapy-indicated = false",
        ),
        (
            "2024-01-05 ER 90 % | fact hormonal-therapy-indicated = false",
            "hormonal-therapy-indicated = false",
        ),
    ]);
}
