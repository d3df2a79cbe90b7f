//! Who publishes a site, and what is theirs to choose: `site.toml`.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use waymark_packed::{Damaged, Packed};

/// A publisher's own settings.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Site {
    /// Name of the site.
    pub name: String,
    /// Where it is served from, for example `/` or `/waymark/`; begins and ends with `/`.
    pub base: String,
    /// The organisation that publishes it.
    pub organisation: Option<Organisation>,
    /// Languages offered, the first one where none is asked for: `en`, `es`.
    pub languages: Vec<String>,
    /// Colours of the publisher, by the name of the design token: `teal = "#0B5F5A"`.
    pub colours: LiteMap<String, String>,
    /// Someone to talk to.
    pub help_line: Option<HelpLine>,
    /// The publisher's own mailing service.
    pub newsletter: Option<Newsletter>,
    /// Who paid for this site, shown on every page of it.
    pub funding: String,
    /// Interests of those who publish it.
    pub interests: String,
    /// Where a reader says that something is wrong: an address of a page, or `mailto:`.
    pub report_to: Option<String>,
    /// The version of each file below `assets/`: stands in its address, so that a browser may keep it. Not a setting.
    #[serde(skip)]
    pub versions: LiteMap<String, String>,
    /// People who make or review this site.
    pub people: Vec<Person>,
    /// Where the answer to "was this page helpful?" goes.
    pub feedback: Feedback,
    /// What the host of this site keeps of requests, in a sentence or two.
    pub logs: String,
}

/// Where the answer to "was this page helpful?" goes.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Feedback {
    /// Nowhere: it stays on the reader's screen, and the page says so.
    #[default]
    Local,
    /// To the server of this site, by a form to `feedback`.
    Server,
}

/// Someone who makes or reviews a site.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Person {
    /// Name.
    pub name: String,
    /// What they do, and their degree or profession.
    pub role: String,
    /// Ties to makers of the medicines named, or `none`.
    pub interests: String,
}

/// Who publishes a site.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Organisation {
    /// Name.
    pub name: String,
    /// Address of its own site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its logo, a file of the site below `assets/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// What it offers, in a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offers: Option<String>,
}

/// Someone to talk to.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HelpLine {
    /// Name.
    pub name: String,
    /// Telephone number as it is dialled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Address of its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The publisher's own mailing service. We hold no addresses.
#[derive(Clone, Debug, Serialize, Deserialize, Packed, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Newsletter {
    /// Address of the page on which to join.
    pub url: String,
    /// How often it comes and what is in it, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

impl Site {
    /// The bytes that [`Site::from_shipped`] reads.
    #[must_use]
    pub fn shipped(&self) -> Vec<u8> {
        waymark_packed::write(self)
    }

    /// Reads the settings as a browser gets them.
    ///
    /// # Errors
    /// When the bytes are damaged or of another version of the program.
    pub fn from_shipped(bytes: &[u8]) -> Result<Self, Damaged> {
        waymark_packed::read(bytes)
    }
}

impl Default for Site {
    fn default() -> Self {
        Site {
            name: "Waymark".to_owned(),
            base: "/".to_owned(),
            organisation: None,
            languages: vec!["en".to_owned(), "es".to_owned()],
            colours: LiteMap::new_vec(),
            help_line: None,
            newsletter: None,
            funding: String::new(),
            interests: String::new(),
            report_to: None,
            versions: LiteMap::new_vec(),
            people: Vec::new(),
            feedback: Feedback::default(),
            logs: String::new(),
        }
    }
}
