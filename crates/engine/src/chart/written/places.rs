//! Places: sites of metastases, and where a local therapy was given or the course was judged.

use super::nearest::nearest;
use super::piece::Piece;
use crate::chart::{Place, Site};
use waymark_criteria::Diagnostic;

/// Sites that the chart tells apart.
pub(super) const SITES: [(&str, Site); 18] = [
    ("brain", Site::Brain),
    ("leptomeninges", Site::Leptomeninges),
    ("leptomeningeal", Site::Leptomeninges),
    ("meninges", Site::Leptomeninges),
    ("spinal cord", Site::OtherCns),
    ("CNS", Site::OtherCns),
    ("bone", Site::Bone),
    ("bones", Site::Bone),
    ("bone marrow", Site::Bone),
    ("liver", Site::Liver),
    ("lung", Site::Lung),
    ("lungs", Site::Lung),
    ("pleura", Site::Lung),
    ("regional nodes", Site::RegionalNodes),
    ("nodes", Site::MayBeRegional),
    ("lymph nodes", Site::MayBeRegional),
    ("skin", Site::MayBeRegional),
    ("chest wall", Site::MayBeRegional),
];

const PLACES: [(&str, Place); 12] = [
    ("brain", Place::Cns),
    ("whole brain", Place::Cns),
    ("CNS", Place::Cns),
    ("breast", Place::Breast),
    ("chest wall", Place::Breast),
    ("regional nodes", Place::Breast),
    ("bone", Place::Elsewhere),
    ("spine", Place::Elsewhere),
    ("liver", Place::Elsewhere),
    ("lung", Place::Elsewhere),
    ("body", Place::Elsewhere),
    ("elsewhere", Place::Elsewhere),
];

/// A site of disease; `other NAME` for one that is not told apart.
pub(super) fn site(place: Piece<'_>) -> Result<Site, Diagnostic> {
    if let Some(name) = place.after("other").map(Piece::trim)
        && !name.is_empty()
    {
        return Ok(Site::Other(name.text.to_owned()));
    }
    let known = SITES.into_iter().find(|(word, _)| place.is(word));
    known.map(|(_, site)| site).ok_or_else(|| {
        let words = "brain, leptomeninges, spinal cord, CNS, bone, liver, lung, pleura, regional nodes, nodes, skin, \
                     chest wall, or `other NAME`";
        let near = nearest(place.text, SITES.iter().map(|(word, _)| *word));
        bad_place(place, "site of metastases", near, words)
    })
}

/// Where a local therapy was given or the course was judged.
pub(super) fn place(place: Piece<'_>) -> Result<Place, Diagnostic> {
    let known = PLACES.into_iter().find(|(word, _)| place.is(word));
    known.map(|(_, place)| place).ok_or_else(|| {
        let words =
            "brain, CNS, breast, chest wall, regional nodes, bone, spine, liver, lung, elsewhere";
        let near = nearest(place.text, PLACES.iter().map(|(word, _)| *word));
        bad_place(place, "place", near, words)
    })
}

fn bad_place(at: Piece<'_>, what: &str, near: Option<&str>, words: &str) -> Diagnostic {
    let shown = if at.is_empty() { "nothing" } else { at.text };
    let help = match near {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("one of: {words}"),
    };
    Diagnostic::error(
        "chart-unknown-place",
        format!("`{shown}` is no {what} that a chart knows"),
    )
    .at(at.span())
    .help(help)
}
