//! How hard a text is to read, in English and in Spanish, and the sentences of a page that a reader reads through.

use std::collections::BTreeMap;

/// Shorter pieces say too little to be measured.
pub const WORDS: u32 = 60;

/// What has fewer words is a label and no sentence.
const SENTENCE: usize = 4;

/// What the scales count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Sentences.
    pub sentences: u32,
    /// Their words.
    pub words: u32,
    /// The syllables of those.
    pub syllables: u32,
}

impl Counted {
    /// Counts texts of which each ends where a sentence ends. A full stop inside a number ends none.
    #[must_use]
    pub fn of<'t>(
        texts: impl IntoIterator<Item = &'t str>,
        syllables: impl Fn(&str) -> u32,
    ) -> Self {
        let mut all = Counted::default();
        for sentence in texts.into_iter().flat_map(sentences) {
            let told = words(sentence);
            if told.len() >= SENTENCE {
                all.sentences += 1;
                all.words += u32::try_from(told.len()).unwrap_or(u32::MAX);
                all.syllables += told.into_iter().map(&syllables).sum::<u32>();
            }
        }
        all
    }

    fn shares(self) -> Option<(f64, f64)> {
        let [sentences, words, syllables] =
            [self.sentences, self.words, self.syllables].map(f64::from);
        (self.sentences > 0).then(|| (words / sentences, syllables / words))
    }

    /// School years by Flesch and Kincaid.
    #[must_use]
    pub fn grade(self) -> Option<f64> {
        let (long, sounds) = self.shares()?;
        Some(0.39 * long + 11.8 * sounds - 15.59)
    }

    /// Ease of a Spanish text by Szigriszt-Pazos, read on the scale INFLESZ: 55 to 65 is normal, more is easier.
    #[must_use]
    pub fn ease(self) -> Option<f64> {
        let (long, sounds) = self.shares()?;
        Some(206.835 - 62.3 * sounds - long)
    }
}

/// The sentences of a text.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices() {
        let next = at + sign.len_utf8();
        let after = text.get(next..).and_then(|rest| rest.chars().next());
        let ends = after.is_none_or(|it| it.is_whitespace() || "\"”)»’".contains(it));
        if ".!?:".contains(sign) && ends {
            found.extend(text.get(start..next));
            start = next;
        }
    }
    found.extend(text.get(start..));
    found
}

fn words(sentence: &str) -> Vec<&str> {
    sentence
        .split(|letter: char| !letter.is_alphanumeric() && letter != '’' && letter != '\'')
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect()
}

/// Groups of vowels; a silent `e` at the end is none, and `io` and `ia` are two, as in "biopsy", but for "-tion".
#[must_use]
pub fn english_syllables(word: &str) -> u32 {
    let word = word.to_ascii_lowercase();
    let letters: Vec<char> = word.chars().collect();
    let vowel = |letter: char| "aeiouy".contains(letter);
    let mut count = 0;
    for (place, letter) in letters.iter().enumerate() {
        let back = |steps: usize| {
            place
                .checked_sub(steps)
                .and_then(|at| letters.get(at))
                .copied()
        };
        let apart = back(1) == Some('i')
            && matches!(letter, 'a' | 'o')
            && !back(2).is_some_and(|before| "tscg".contains(before));
        let follows = back(1).is_some_and(vowel) && !apart;
        count += u32::from(vowel(*letter) && !follows);
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && count > 1;
    (count - u32::from(silent)).max(1)
}

/// Two strong vowels side by side are two syllables; a weak one joins its neighbour unless it bears an accent.
#[must_use]
pub fn spanish_syllables(word: &str) -> u32 {
    let (mut count, mut before) = (0, ' ');
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    for (place, letter) in letters.iter().enumerate() {
        let last = place + 1 == letters.len();
        let kind = match letter {
            'a' | 'e' | 'o' | 'á' | 'é' | 'ó' | 'í' | 'ú' => 's',
            'i' | 'u' | 'ü' => 'w',
            'y' if last => 'w',
            _ => ' ',
        };
        count += u32::from(kind != ' ' && (before == ' ' || (kind == 's' && before == 's')));
        before = kind;
    }
    count.max(1)
}

/// Elements whose text is no sentence of the page: names of controls, headings, marks of sources and their titles, and what
/// stands at its edges.
const SKIPPED: [&str; 22] = [
    "head", "script", "style", "svg", "header", "footer", "nav", "h1", "h2", "h3", "h4", "h5",
    "summary", "button", "legend", "select", "textarea", "dialog", "dt", "th", "cite", "form",
];

/// Elements that stand inside a sentence.
const INLINE: [&str; 7] = ["a", "span", "strong", "em", "b", "i", "label"];

const VOID: [&str; 6] = ["input", "br", "meta", "link", "img", "hr"];

/// The sentences of a page of this language, paragraph by paragraph, under the id of the outermost section that they stand
/// in. Left out are what the guide shows in another language, answers, and the list of sources.
#[must_use]
pub fn prose(html: &str, language: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    // Of each element that is open: its name, whether its text counts, and the section that it is.
    let mut open: Vec<(String, bool, Option<String>)> = Vec::new();
    let mut text = String::new();
    let mut close = |open: &[(String, bool, Option<String>)], text: &mut String| {
        let section = open.iter().find_map(|it| it.2.clone());
        if !text.trim().is_empty() {
            let section = section.unwrap_or_else(|| "head".to_owned());
            found.entry(section).or_default().push(plain(text.trim()));
        }
        text.clear();
    };
    for part in html.split('<').skip(1) {
        let (tag, after) = part.split_once('>').unwrap_or((part, ""));
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or("");
        if !INLINE.contains(&name) {
            close(&open, &mut text);
        }
        if tag.starts_with('/') {
            open.pop();
        } else if !VOID.contains(&name) && !tag.starts_with('!') {
            let counts = open.last().is_none_or(|it| it.1)
                && !SKIPPED.contains(&name)
                && !is_aside(tag)
                && attribute(tag, "lang").is_none_or(|it| it == language);
            let section = (name == "section").then(|| attribute(tag, "id").map(str::to_owned));
            open.push((name.to_owned(), counts, section.flatten()));
        }
        if open.last().is_some_and(|it| it.1) {
            text.push_str(after);
        }
    }
    close(&open, &mut text);
    found
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    value.split('"').next()
}

/// Answers of the person, lists of names alone, notes, signs and what is hidden.
fn is_aside(tag: &str) -> bool {
    let classes = attribute(tag, "class").unwrap_or("");
    let aside = [
        "answers",
        "names",
        "note",
        "notes",
        "sign",
        "unverified",
        "visually-hidden",
    ];
    tag.ends_with(" hidden") || classes.split(' ').any(|class| aside.contains(&class))
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
