//! The course of treatment as a picture, and the same stations as a list.

use super::stage::Stage;
use super::view::View;
use maud::{Markup, html};
use waymark_criteria::Truth;

/// How a station stands to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Behind,
    Here,
    Ahead,
    /// It cannot be told, or need not come.
    Open,
}

impl Place {
    fn word(self) -> &'static str {
        match self {
            Place::Behind => "behind",
            Place::Here => "here",
            Place::Ahead => "ahead",
            Place::Open => "open",
        }
    }
}

struct Station {
    id: &'static str,
    place: Place,
    /// Whether it lies beside the main course.
    side: bool,
}

/// Width of the picture: what a screen of 320 px leaves it, so that no label is drawn smaller than it is set.
const WIDTH: usize = 256;
/// Height of a station.
const STEP: usize = 64;
/// Width and height of the picture where there is room for it to run from left to right.
const WIDE: (usize, usize) = (688, 250);
/// From one station to the next there.
const STRIDE: usize = 145;

fn stations(view: &View<'_, '_, '_>) -> Vec<Station> {
    let reading = view.reading;
    let stage = Stage::of(reading);
    let maintained = reading
        .lines
        .episodes
        .iter()
        .any(|it| it.maintenance.is_some());
    // The main course, each with the stage at which one stands there.
    let here = match stage {
        Stage::Unknown | Stage::Begun | Stage::NextOrLater => None,
        Stage::First | Stage::FirstBegun => Some(1),
        Stage::Quiet => Some(2),
        Stage::Next => Some(3),
        Stage::Later => Some(4),
    };
    // How many stations are behind where the place itself is not known.
    let behind = if stage == Stage::NextOrLater { 2 } else { 1 };
    let main = ["found", "first", "quiet", "next", "later"];
    let mut all: Vec<Station> = main
        .into_iter()
        .enumerate()
        .map(|(index, id)| {
            let place = match here {
                None if index < behind => Place::Behind,
                None => Place::Open,
                Some(here) if index == here => Place::Here,
                // Not everyone has a quiet time between treatments.
                Some(here) if index == 2 && index < here && !maintained => Place::Open,
                Some(here) if index < here => Place::Behind,
                Some(_) => Place::Ahead,
            };
            Station {
                id,
                place,
                side: false,
            }
        })
        .collect();
    for (id, fact) in [("brain", "brain-metastases"), ("hormone", "hr-positive")] {
        let place = match reading.truth(fact) {
            Truth::True => Place::Here,
            Truth::False => Place::Ahead,
            Truth::Unknown => Place::Open,
        };
        all.push(Station {
            id,
            place,
            side: true,
        });
    }
    all
}

/// Only the place on the main course is where one is; a side stream that is theirs is drawn as what was and what comes.
fn mark(station: &Station) -> &'static str {
    match station.place {
        Place::Here if !station.side => "here",
        Place::Here | Place::Behind | Place::Ahead => "station",
        Place::Open => "station open",
    }
}

/// What is said of a station; nothing of each of those ahead of a place that is not known: it is said above, once.
fn said<'g>(view: &View<'_, 'g, '_>, stations: &[Station], station: &Station) -> Option<&'g str> {
    let placed = stations
        .iter()
        .any(|it| !it.side && it.place == Place::Here);
    if station.side {
        view.words()
            .find(&format!("pathway.{}-{}", station.id, station.place.word()))
    } else if placed || station.place != Place::Open {
        view.words()
            .find(&format!("pathway.{}", station.place.word()))
    } else {
        None
    }
}

/// The picture and its twin.
pub(super) fn pathway(view: &View<'_, '_, '_>) -> Markup {
    let words = view.words();
    let stations = stations(view);
    html! {
        p { (super::short::stage(view)) }
        figure.picture {
            (picture(view, &stations))
            (wide(view, &stations))
        }
        ol.stations #pathway-list {
            @for station in &stations {
                li data-station=(station.id) data-place=(station.place.word()) {
                    strong { (words.text(&format!("pathway.{}", station.id))) }
                    @if let Some(said) = said(view, &stations, station) { ": " (said) }
                    "."
                    @if !station.side { " " (words.text(&format!("pathway.{}-about", station.id))) }
                }
            }
        }
    }
}

fn picture(view: &View<'_, '_, '_>, stations: &[Station]) -> Markup {
    let words = view.words();
    let height = stations.len() * STEP + 8;
    let x = |station: &Station| if station.side { 50 } else { 26 };
    let y = |index: usize| index * STEP + 34;
    html! {
        svg.pathway viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH) height=(height) role="img" aria-labelledby="pathway-title pathway-desc" aria-describedby="pathway-list" {
            title #pathway-title { (words.text("pathway.title")) }
            desc #pathway-desc { (words.text("pathway.desc")) }
            @for (index, station) in stations.iter().enumerate().skip(1) {
                @let class = if station.place == Place::Open { "dotted" } else { "solid" };
                @if station.side && station.place != Place::Ahead {
                    // A side stream leaves the course at its first station; one that is not theirs is not drawn.
                    path class=(class) d={ "M26 " (y(1)) "C26 " (y(1) + 30) " 10 " (y(1) + 20) " 10 " (y(1) + 60) "V" (y(index) - 22) "Q10 " (y(index)) " 30 " (y(index)) "H" (x(station)) } {}
                } @else if !station.side {
                    path class=(class) d={ "M26 " (y(index - 1)) "c12 22 -12 46 0 " (STEP) } {}
                }
            }
            @for (index, station) in stations.iter().enumerate() {
                g data-station=(station.id) {
                    circle
                        class=(mark(station))
                        cx=(x(station)) cy=(y(index)) r=(if mark(station) == "here" { "12" } else { "9" }) {}
                    @let said = said(view, stations, station);
                    text x=(x(station) + 22) y=(y(index) - 3 + if said.is_some() { 0 } else { 9 }) font-size="16" font-weight="600" { (words.text(&format!("pathway.{}", station.id))) }
                    @if let Some(said) = said { text x=(x(station) + 22) y=(y(index) + 16) font-size="15" { (said) } }
                }
            }
        }
    }
}

/// The same from left to right; the names stand above and below the course in turn, so that each has room.
fn wide(view: &View<'_, '_, '_>, stations: &[Station]) -> Markup {
    let words = view.words();
    let (main, side): (Vec<&Station>, Vec<&Station>) = stations.iter().partition(|it| !it.side);
    let (course, below) = (100, 212);
    let x = |index: usize| 54 + index * STRIDE;
    let beside = |index: usize| 250 + index * 200;
    let class = |station: &Station| {
        if station.place == Place::Open {
            "dotted"
        } else {
            "solid"
        }
    };
    let drawn = |station: &Station, x: usize, y: usize, text: (usize, usize, &str)| {
        html! {
            g data-station=(station.id) {
                circle class=(mark(station)) cx=(x) cy=(y) r=(if mark(station) == "here" { "12" } else { "9" }) {}
                text x=(text.0) y=(text.1) text-anchor=(text.2) font-size="16" font-weight="600" { (words.text(&format!("pathway.{}", station.id))) }
                @if let Some(said) = said(view, stations, station) { text x=(text.0) y=(text.1 + 19) text-anchor=(text.2) font-size="15" { (said) } }
            }
        }
    };
    html! {
        svg class="pathway wide" viewBox={ "0 0 " (WIDE.0) " " (WIDE.1) } width=(WIDE.0) height=(WIDE.1) role="img" aria-labelledby="wide-title wide-desc" aria-describedby="pathway-list" {
            title #wide-title { (words.text("pathway.title")) }
            desc #wide-desc { (words.text("pathway.desc")) }
            @for (index, station) in main.iter().enumerate().skip(1) {
                path class=(class(station)) d={ "M" (x(index - 1)) " " (course) "c48 14 96 -14 " (STRIDE) " 0" } {}
            }
            @for (index, station) in side.iter().enumerate() {
                @if station.place != Place::Ahead {
                    path class=(class(station)) d={ "M" (x(1)) " " (course) "C" (x(1)) " " (below) " " (x(1)) " " (below) " " (beside(index)) " " (below) } {}
                }
            }
            @for (index, station) in main.iter().enumerate() {
                // The names at the ends stay inside the picture.
                @let (at, anchor) = match index {
                    0 => (x(0) - 12, "start"),
                    it if it + 1 == main.len() => (WIDE.0 - 4, "end"),
                    it => (x(it), "middle"),
                };
                (drawn(station, x(index), course, (at, if index % 2 == 1 { course - 50 } else { course + 36 }, anchor)))
            }
            @for (index, station) in side.iter().enumerate() {
                (drawn(station, beside(index), below, (beside(index) + 22, below - 3, "start")))
            }
        }
    }
}
