//! The command line.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use waymark_criteria::Date;

/// An open, computable guide to the treatment of HER2-positive metastatic breast cancer.
///
/// It says for each therapy whether the approved use is met, is not met, or cannot be told yet, and why.
/// It informs; it never orders, ranks or advises.
#[derive(Parser)]
#[command(name = "waymark", version)]
pub(crate) struct Args {
    /// Use the knowledge base in this directory instead of the one built in.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) kb: Option<PathBuf>,
    /// The day with which review dates are compared [default: today].
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    pub(crate) today: Option<Date>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Judge every therapy for the person in each file.
    Assess(Assess),
    /// Show one therapy's criteria in full, each with its facts, records and sources, and what would change the answer.
    Explain(Explain),
    /// Work a stored answer out again from the facts in it, and confirm it or say what differs.
    Replay {
        /// What `assess --format json` printed for one person; `-` is standard input.
        #[arg(value_name = "RESULT")]
        file: PathBuf,
    },
    /// Show what was given when, how it is counted as lines and HER2 regimens, and by which rule.
    Lines(Lines),
    /// Serve the page of a person to browsers. What is sent is answered and forgotten.
    Serve(Serve),
    /// Write the knowledge in a standard of the field, for other programs.
    #[command(subcommand)]
    Export(Export),
    /// Work with the knowledge base.
    #[command(subcommand)]
    Kb(Kb),
}

#[derive(ClapArgs)]
pub(crate) struct Assess {
    /// FHIR R4 bundles or Waymark charts; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Read all files as one FHIR record: the pages of a search, or the files of a bulk export (NDJSON). Where it holds
    /// several patients and none is named by --patient, each is assessed.
    #[arg(long)]
    pub(crate) together: bool,
    /// How to print the answer.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Add to the JSON, for each therapy, the fewest facts that decide it, what is still open, and what would change it.
    #[arg(long)]
    pub(crate) reasons: bool,
    /// Add to the JSON, for each therapy, the trials that studied it with their figures.
    #[arg(long)]
    pub(crate) evidence: bool,
    /// Print, in place of the therapies, how the record was read: every fact with its records, every record with the
    /// facts that rest on it or the reason why it was ignored. The JSON always holds this.
    #[arg(long)]
    pub(crate) report: bool,
}

#[derive(ClapArgs)]
pub(crate) struct Explain {
    /// A FHIR R4 bundle or a Waymark chart; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The id of a therapy, for example `tdxd` (`waymark kb list` prints them).
    #[arg(value_name = "REGIMEN")]
    pub(crate) regimen: String,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(ClapArgs)]
pub(crate) struct Lines {
    /// A FHIR R4 bundle or a Waymark chart; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// How to print the history.
    #[arg(long, value_enum, default_value_t = LinesFormat::Text)]
    pub(crate) format: LinesFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LinesFormat {
    /// For a reader at a terminal, with a timeline.
    Text,
    /// Schema `waymark.lines/1`.
    Json,
}

/// How a file is read.
#[derive(ClapArgs)]
pub(crate) struct Reading {
    /// Judge as of this day, `YYYY-MM-DD` [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<Date>,
    /// What silence means: with `complete` you vouch that conditions and therapies are all there
    /// [default: what the chart itself states, else partial].
    #[arg(long, value_enum)]
    pub(crate) record: Option<Record>,
    /// Which patient, where a file holds several.
    #[arg(long, value_name = "ID")]
    pub(crate) patient: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Record {
    /// What is not in the chart is unknown.
    Partial,
    /// Conditions and therapies are all there.
    Complete,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a reader at a terminal.
    Text,
    /// Schema `waymark.assessment/1`; with several files, one object a line.
    Json,
    /// For a note or a web page.
    Markdown,
}

#[derive(ClapArgs)]
pub(crate) struct Serve {
    /// Where to listen. Another machine reaches it only on an address that is not loopback.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: std::net::SocketAddr,
    /// Who publishes the site: its name, languages, colours, help line (docs/site.md).
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Open the page in the browser.
    #[arg(long)]
    pub(crate) open: bool,
}

#[derive(Subcommand)]
pub(crate) enum Export {
    /// Every criterion as HL7 CQL, which gives the same answers in other engines.
    Cql {
        /// The directory to write into.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// FHIR R4: a PlanDefinition and an ActivityDefinition for each therapy, and the criteria as Library. Drafts, no orders.
    Fhir {
        /// The directory to write into.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Where the resources will be published: the beginning of their canonical addresses.
        #[arg(long, value_name = "URL", default_value = waymark_knowledge::export::fhir::BASE)]
        base: String,
    },
    /// The page as a site of files that any host can serve, and as one file that opens without a host.
    Site {
        /// The directory to write into.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Who publishes the site (docs/site.md).
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
pub(crate) enum Kb {
    /// Find every error of the knowledge base at once.
    Check {
        /// Refuse overdue reviews as a release does.
        #[arg(long)]
        release: bool,
        /// Print diagnostics as JSON.
        #[arg(long)]
        json: bool,
        /// Check again whenever a file changes, until interrupted.
        #[arg(long, conflicts_with = "json")]
        watch: bool,
    },
    /// Begin an entry from the template of its kind.
    New {
        /// `fact`, `criterion`, `medicine`, `regimen`, `guidance`, `trial` or `terms`.
        kind: String,
        /// Its id, in kebab-case.
        id: String,
    },
    /// Show which reviews are due, and what no second person has reviewed.
    Review {
        /// Reviews due within so many days.
        #[arg(long, value_name = "DAYS", default_value_t = 30)]
        within: u16,
    },
    /// Run the cases of every entry.
    Test {
        /// Only entries whose id contains this.
        #[arg(value_name = "ID")]
        only: Option<String>,
    },
    /// List entries.
    List {
        /// Only entries of this kind.
        #[arg(long)]
        kind: Option<String>,
    },
    /// Show one entry.
    Show {
        /// Its id.
        id: String,
    },
    /// Show the source attributes that US certification asks of decision support: citations, developer, funding, dates, data used.
    Attributes {
        /// Only this therapy.
        #[arg(value_name = "REGIMEN")]
        regimen: Option<String>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print a block to fill in for every entry whose sentences a language lacks or is behind with.
    Translate {
        /// Two-letter code of the language, for example `es`.
        language: String,
        /// Only files whose path begins with this, for example `regimens/tdxd`.
        #[arg(value_name = "PATH", default_value = "")]
        only: String,
    },
    /// Show for each therapy where two sources differ, with a smallest patient for each difference.
    Compare {
        /// A source or a group of sources, for example `lbbc-2024-05-24` or `fda-labels`; `ID@DATE` for another day.
        #[arg(value_name = "A")]
        left: String,
        /// What it is compared with, for example `fda-labels` or `fda-labels@2022-05-03`.
        #[arg(value_name = "B")]
        right: String,
        /// The day on which both are read, `YYYY-MM-DD` [default: today].
        #[arg(long, value_name = "DATE", value_parser = day)]
        as_of: Option<Date>,
        /// Print JSON, schema `waymark.comparison/1`.
        #[arg(long)]
        json: bool,
    },
    /// Find where the knowledge is not consistent or says less than it seems to, and fail if nobody accepted it.
    Gaps {
        /// Show accepted findings as well, each with its reason.
        #[arg(long)]
        all: bool,
        /// Print JSON, schema `waymark.gaps/1`.
        #[arg(long)]
        json: bool,
    },
    /// Show where each statement of a source lives, and fail if one lives nowhere.
    Coverage {
        /// Id of the source, for example `lbbc-2024-05-24`.
        source: String,
    },
    /// Show what a change of the knowledge changes: entries, verdicts of stored patients and why, and how many of a
    /// made-up population gain or lose an option.
    Diff(Diff),
}

#[derive(ClapArgs)]
pub(crate) struct Diff {
    /// A directory, a bundle file, or a git revision of the repository that you are in.
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// Likewise [default: the directory of --kb, else `kb`].
    #[arg(value_name = "NEW")]
    pub(crate) new: Option<String>,
    /// Folders with charts of stored patients [default: `examples` and `cases`].
    #[arg(long, value_name = "DIR")]
    pub(crate) charts: Vec<PathBuf>,
    /// Judge as of this day only, `YYYY-MM-DD` [default: today, and the days of cases of stored patients].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<Date>,
    /// How many people to make up.
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(crate) people: u64,
    /// Another seed makes up other people; the same seed the same ones.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Shares of another population, in the form of `kb/cohort.toml` [default: those built in].
    #[arg(long, value_name = "FILE")]
    pub(crate) cohort: Option<PathBuf>,
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write a day as YYYY-MM-DD".to_owned())
}
