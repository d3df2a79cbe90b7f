//! Which cancer, how far it has spread, and how brain metastases stand.

use crate::{both, complete, partial};

#[test]
fn breast_cancer_or_another_one() {
    both(&[
        (
            "2020-01-01 breast cancer",
            "breast-cancer = true, disease = breast",
        ),
        ("2020-01-01 recurrence", "breast-cancer = true"),
        (
            "2020-01-01 cancer: lung",
            "breast-cancer = false, disease = other",
        ),
        (
            "2020-01-01 cancer: lung | 2021-01-01 breast cancer",
            "breast-cancer = true, disease = breast",
        ),
        (
            "2020-01-01 cancer: lung | 2021-01-01 cancer: unspecified",
            "breast-cancer = ?u, disease = ?u",
        ),
        (
            "2020-01-01 metastasis: liver",
            "breast-cancer = ?n, disease = ?n",
        ),
    ]);
}

#[test]
fn metastatic_disease() {
    both(&[
        ("2024-01-01 metastasis: liver", "metastatic = true"),
        ("? metastasis", "metastatic = true"),
        ("2024-01-01 stage 4", "metastatic = true"),
        ("2024-01-01 M1", "metastatic = true"),
        ("2024-01-01.. palliative docetaxel", "metastatic = true"),
        ("2024-01-01 metastasis: nodes", "metastatic = ?u"),
        ("2024-01-01 metastasis: skin", "metastatic = ?u"),
        ("2024-01-01 metastasis: chest wall", "metastatic = ?u"),
        (
            "2024-01-01 metastasis: chest wall, bone",
            "metastatic = true",
        ),
        (
            "2026-11-01 no metastasis",
            "metastatic = false, brain-metastases = false",
        ),
        ("? no metastasis", "metastatic = false"),
        (
            "2024-01-01 metastasis: liver | 2025-01-01 no metastasis",
            "metastatic = true",
        ),
        (
            "2024-01-01 no metastasis | 2025-01-01 metastasis: liver",
            "metastatic = true",
        ),
        (
            "2024-01-01 metastasis: liver | 2024-01-01 no metastasis",
            "metastatic = ?c",
        ),
        (
            "2024-01-01 metastasis: liver | ? no metastasis",
            "metastatic = true",
        ),
    ]);
    complete(&[("2026-10-31 no metastasis", "metastatic = false")]);
    partial(&[
        // What came later may not be on record.
        (
            "2026-10-31 no metastasis",
            "metastatic = ?n, brain-metastases = ?n",
        ),
        ("2024-01-01 stage 2", "metastatic = ?n"),
        ("2024-01-01 M0", "metastatic = ?n"),
        ("2024-01-01 metastasis: regional nodes", "metastatic = ?n"),
        ("planned palliative docetaxel", "metastatic = ?n"),
        (
            "2020-01-01 breast cancer",
            "metastatic = ?n, unresectable = ?n, locally-advanced = ?n",
        ),
    ]);
    complete(&[
        ("2024-01-01 stage 2", "metastatic = false"),
        (
            "2024-01-01 metastasis: regional nodes",
            "metastatic = false",
        ),
        (
            "2020-01-01 breast cancer",
            "metastatic = false, unresectable = false, locally-advanced = false",
        ),
        (
            "2020-01-01 breast cancer, stage 3",
            "metastatic = false, locally-advanced = ?u",
        ),
        (
            "2020-01-01 breast cancer, stage 3 | fact locally-advanced = true",
            "locally-advanced = true",
        ),
        (
            "2020-01-01 breast cancer | fact unresectable = true",
            "unresectable = true",
        ),
        // Surgery after it was said tells that it could be removed after all; surgery before it does not.
        (
            "2020-01-01 breast cancer | 2020-01-10 fact unresectable = true | 2020-01-11 surgery: breast",
            "unresectable = ?u",
        ),
        (
            "2020-01-01 breast cancer | 2020-01-10 fact unresectable = true | 2020-01-10 surgery: breast",
            "unresectable = true",
        ),
        (
            "2020-01-01 breast cancer | 2020-01-10 fact unresectable = true | 2020-02-01 surgery: brain",
            "unresectable = true",
        ),
    ]);
}

#[test]
fn sites_of_metastasis() {
    both(&[
        ("2024-01-01 metastasis: brain", "brain-metastases = true"),
        (
            "2024-01-01 metastasis: liver | ? no metastasis: brain",
            "brain-metastases = false",
        ),
        (
            "2024-01-01 metastasis: brain | 2025-01-01 no metastasis: brain",
            "brain-metastases = true",
        ),
        (
            "2024-01-01 metastasis: brain | 2024-01-01 no metastasis: brain",
            "brain-metastases = ?c",
        ),
        (
            "2024-01-01 metastasis: CNS",
            "brain-metastases = ?u, leptomeningeal-disease = ?u, metastatic = true",
        ),
        (
            "2024-01-01 metastasis",
            "brain-metastases = ?, bone-metastases = ?",
        ),
        (
            "2024-01-01 metastasis: liver | 2024-02-01 radiosurgery: brain",
            "brain-metastases = ?u",
        ),
    ]);
    partial(&[
        (
            "2024-01-01 metastasis: liver",
            "brain-metastases = ?n, bone-metastases = ?n, cns-state = ?n, active-brain-metastases = ?n",
        ),
        (
            "2024-01-01 metastasis: brain",
            "leptomeningeal-disease = ?n",
        ),
    ]);
    // A look says nothing of a later day; a complete record would hold what came later.
    partial(&[
        (
            "2024-01-01 metastasis: liver | 2024-01-01 no metastasis: brain",
            "brain-metastases = ?n, active-brain-metastases = ?n",
        ),
        (
            "2024-01-01 metastasis | 2024-01-01 no brain metastases",
            "brain-metastases = ?n",
        ),
    ]);
    complete(&[
        (
            "2024-01-01 metastasis: liver | 2024-01-01 no metastasis: brain",
            "brain-metastases = false",
        ),
        (
            "2024-01-01 metastasis | 2024-01-01 no brain metastases",
            "brain-metastases = false",
        ),
    ]);
    both(&[(
        "2024-01-01 metastasis: CNS | 2024-01-01 no brain metastases",
        "brain-metastases = ?u",
    )]);
    complete(&[
        (
            "2024-01-01 metastasis: brain | 2024-02-01 radiosurgery: brain",
            "leptomeningeal-disease = false",
        ),
        (
            "2024-01-01 metastasis: liver",
            "brain-metastases = false, bone-metastases = false, cns-state = none-known, active-brain-metastases = false",
        ),
        (
            "2024-01-01 metastasis: brain",
            "leptomeningeal-disease = false",
        ),
        // That it has spread, and no word of where to.
        (
            "2024-01-01 stage 4",
            "metastatic = true, brain-metastases = ?u, bone-metastases = ?u",
        ),
        (
            "2024-01-01 stage 4 | 2024-01-01 metastasis: liver",
            "brain-metastases = false, bone-metastases = false",
        ),
        (
            "2024-01-01 stage 4 | 2024-01-01 metastasis: regional nodes",
            "brain-metastases = ?u",
        ),
        (
            "2024-01-01 stage 2",
            "metastatic = false, brain-metastases = false",
        ),
        (
            "2024-01-01 metastasis: leptomeninges",
            "brain-metastases = false, leptomeningeal-disease = true, cns-state = leptomeningeal",
        ),
    ]);
}

#[test]
fn brain_metastases_and_their_treatment() {
    both(&[
        (
            "2024-01-01 metastasis: brain | 2024-02-01 radiosurgery: brain | 2024-06-01 progression: brain",
            "active-brain-metastases = true, cns-state = active",
        ),
        (
            "2024-01-01 metastasis: brain | 2024-02-01 radiosurgery: brain | 2026-07-01 stable: brain",
            "active-brain-metastases = false, cns-state = treated-stable",
        ),
        // Growth found before, or on the day of, the treatment is what was treated.
        (
            "2024-01-01 metastasis: brain | 2024-01-01 progression: brain | 2024-02-01 radiosurgery: brain | 2026-07-01 stable: brain",
            "active-brain-metastases = false",
        ),
        (
            "2024-01-01 metastasis: brain | 2024-02-01 radiosurgery: brain | 2024-06-01 progression: brain | 2024-07-01 radiosurgery: brain | 2026-07-01 response: brain",
            "active-brain-metastases = false",
        ),
        (
            "2024-01-01 metastasis: brain | 2024-02-01 radiosurgery: brain | 2024-06-01 progression: brain | 2024-09-01 stable: brain",
            "active-brain-metastases = ?u",
        ),
        (
            "2024-01-01 metastasis: brain | 2024-02-01 radiosurgery: brain | 2024-06-01 progression",
            "active-brain-metastases = ?u",
        ),
        (
            "2024-01-01 metastasis: brain, leptomeninges",
            "cns-state = leptomeningeal",
        ),
    ]);
    partial(&[
        // What a look found quiet is so for four months after it.
        (
            "2024-01-01 metastasis: brain | 2024-02-01 radiosurgery: brain | 2026-06-30 stable: brain",
            "active-brain-metastases = ?u, cns-state = ?u",
        ),
        (
            "2024-01-01 metastasis: brain",
            "active-brain-metastases = ?u, cns-state = ?u",
        ),
        (
            "2024-01-01 metastasis: brain | 2024-02-01 progression: brain",
            "active-brain-metastases = true, cns-state = active",
        ),
        (
            "2024-01-01 metastasis: brain | 2024-02-01 radiosurgery: brain",
            "active-brain-metastases = ?u, cns-state = ?u",
        ),
    ]);
    complete(&[
        (
            "2024-01-01 metastasis: brain | 2024-02-01 radiosurgery: brain | 2026-06-30 stable: brain",
            "active-brain-metastases = false, cns-state = treated-stable",
        ),
        (
            "2024-01-01 metastasis: brain",
            "active-brain-metastases = true, cns-state = untreated",
        ),
        (
            "2024-01-01 metastasis: brain | 2024-02-01 radiosurgery: brain",
            "active-brain-metastases = false, cns-state = treated-stable",
        ),
        (
            "2024-01-01 metastasis: brain | 2024-02-01 radiosurgery: brain | 2024-02-01 progression: brain",
            "active-brain-metastases = false",
        ),
        (
            "2024-01-01 metastasis: brain | 2024-02-01 radiosurgery: brain | 2024-02-02 progression: brain",
            "active-brain-metastases = true",
        ),
    ]);
}
