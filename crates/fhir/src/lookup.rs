//! Codes and names of the knowledge base, ready to be asked.

use crate::datatype::{Coding, Concept};
use crate::keyed::Keyed;
use crate::lenient::Text;
use crate::words::{self, Words};
use std::borrow::Cow;
use std::collections::BTreeMap;
use waymark_engine::Bundle;
use waymark_engine::bundle::{Code, Derivation, Status, Term};

/// The table of what ICD-10 and its national modifications share; no record names it as a system.
const ICD_10_CATEGORIES: &str = "icd-10-categories";

/// What codes stand for, by system and code.
type Codes<V> = Keyed<String, Keyed<String, V>>;

/// What the knowledge base says of codes, words and drug names.
#[derive(Debug)]
pub(crate) struct Lookup<'b> {
    terms: Codes<Vec<&'b Term>>,
    /// Terms that stand for every code that begins with theirs, longest first.
    prefixes: Keyed<String, Vec<(String, &'b Term)>>,
    /// Words and phrases by meaning.
    words: Keyed<&'b str, Words>,
    drugs: Codes<&'b str>,
    /// Names of drugs as [`fold`] gives them, longest first.
    names: Vec<(String, &'b str)>,
    /// The positions of the names that begin with a word, ascending.
    openings: Keyed<String, Vec<usize>>,
    /// The names in which a slip can be told.
    spellings: Vec<Spelling>,
    medicines: &'b Bundle,
}

/// The same while they are gathered.
type Gathered<V> = BTreeMap<String, BTreeMap<String, V>>;

fn codes<V>(gathered: Gathered<V>) -> Codes<V> {
    let systems = gathered.into_iter();
    systems
        .map(|(system, codes)| (system, codes.into_iter().collect()))
        .collect()
}

/// Adds the codes of a drug; a code that another one has stays with it.
fn add_codes<'b>(drugs: &mut Gathered<&'b str>, id: &'b str, codes: &'b [Code]) {
    for entry in codes.iter().filter(|entry| entry.status != Status::Memory) {
        let system = system(&entry.system);
        let code = code(&system, &entry.code).into_owned();
        let own = drugs.entry(system.into_owned()).or_default();
        own.entry(code).or_insert(id);
    }
}

/// A coding that the knowledge base knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit<'b, 'r, 'a> {
    /// In the closed vocabulary of meanings.
    pub(crate) meaning: &'b str,
    /// The knowledge base's own words for the code.
    pub(crate) display: &'b str,
    /// The coding.
    pub(crate) coding: &'r Coding<'a>,
}

/// A drug found by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named<'b> {
    /// Id of a medicine or product.
    pub(crate) id: &'b str,
}

impl<'b> Lookup<'b> {
    /// Id of the fact that is derived by a rule.
    pub(crate) fn fact_by(&self, rule: &Derivation) -> Option<&'b str> {
        let mut facts = self.medicines.content().facts.iter();
        let fact = facts.find(|fact| fact.derivation == *rule)?;
        Some(&fact.id)
    }

    /// The least and the greatest value of the fact that asks for a quantity, itself or as a multiple of its upper limit.
    pub(crate) fn range_of(&self, quantity: &str, times_upper_limit: bool) -> Option<(i64, i64)> {
        let asks = |derivation: &Derivation| {
            matches!(derivation, Derivation::Measurement { quantity: asked, times_upper_limit: times }
                if asked == quantity && *times == times_upper_limit)
        };
        let mut facts = self.medicines.content().facts.iter();
        let fact = facts.find(|fact| asks(&fact.derivation))?;
        fact.min.zip(fact.max)
    }

    /// Whether a condition that is over counts: a fact of the knowledge asks for its history.
    pub(crate) fn counts_when_over(&self, condition: &str) -> bool {
        let mut facts = self.medicines.content().facts.iter();
        facts.any(|fact| {
            matches!(&fact.derivation, Derivation::Condition { condition: asked, history: true, .. } if asked == condition)
        })
    }

    /// Prepares the code tables of a bundle. Codes of status `memory` are recognised and map nothing.
    pub(crate) fn new(bundle: &'b Bundle) -> Self {
        let content = bundle.content();
        let mut words: BTreeMap<&str, Words> = BTreeMap::new();
        for list in content.terms.iter().flat_map(|table| &table.lists) {
            words.entry(&list.meaning).or_default().add(list);
        }
        let mut terms: Gathered<Vec<&Term>> = BTreeMap::new();
        let mut prefixes: BTreeMap<String, Vec<(String, &Term)>> = BTreeMap::new();
        for table in &content.terms {
            let mut systems: Vec<Cow<'_, str>> =
                table.systems.iter().map(|uri| system(uri)).collect();
            systems.sort();
            systems.dedup();
            for system in &systems {
                for term in &table.terms {
                    let (system, code) =
                        (system.to_string(), code(system, &term.code).into_owned());
                    if term.prefix {
                        prefixes.entry(system).or_default().push((code, term));
                    } else {
                        let codes = terms.entry(system).or_default();
                        codes.entry(code).or_default().push(term);
                    }
                }
            }
        }
        for prefixes in prefixes.values_mut() {
            prefixes.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
        }
        let mut drugs: Gathered<&str> = BTreeMap::new();
        let mut names: Vec<(String, &str)> = Vec::new();
        let mut add_name = |id: &'b str, name: &str| {
            let name = fold(name);
            if !name.trim().is_empty() {
                names.push((name, id));
            }
        };
        for medicine in &content.medicines {
            add_codes(&mut drugs, &medicine.id, &medicine.codes);
            add_name(&medicine.id, &medicine.name);
            add_name(&medicine.id, &medicine.id);
            for name in medicine.short.iter().chain(&medicine.names) {
                add_name(&medicine.id, name);
            }
        }
        // After all medicines: where a product shares a code or name with its medicine, the medicine is meant.
        for product in content
            .medicines
            .iter()
            .flat_map(|medicine| &medicine.products)
        {
            add_codes(&mut drugs, &product.id, &product.codes);
            add_name(&product.id, &product.brand);
            add_name(&product.id, &product.name);
            for name in &product.names {
                add_name(&product.id, name);
            }
        }
        // The sort is stable: of equal names the first one added stays first.
        names.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        names.dedup_by(|later, earlier| later.0 == earlier.0);
        let spellings = names.iter().map(|(name, _)| Spelling::of(name.trim()));
        let spellings = spellings.filter(|name| name.letters.len() >= 7).collect();
        let mut openings: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (position, (name, _)) in names.iter().enumerate() {
            if let Some(word) = name.split_whitespace().next() {
                openings.entry(word.to_owned()).or_default().push(position);
            }
        }
        Lookup {
            terms: codes(terms),
            prefixes: prefixes.into_iter().collect(),
            words: words.into_iter().collect(),
            drugs: codes(drugs),
            names,
            openings: openings.into_iter().collect(),
            spellings,
            medicines: bundle,
        }
    }

    /// The words and phrases of a meaning.
    #[inline]
    pub(crate) fn words(&self, meaning: &str) -> &Words {
        self.words.get(meaning).unwrap_or(&words::NONE)
    }

    /// Whether a text as [`fold`] gives it has a word or phrase of a meaning.
    pub(crate) fn says(&self, folded: &str, meaning: &str) -> bool {
        self.words(meaning).are_in(folded)
    }

    /// Whether a word of a folded text is the whole of a word or phrase of a meaning.
    pub(crate) fn is_word(&self, word: &str, meaning: &str) -> bool {
        self.words(meaning).have(word)
    }

    /// Whether a word is the name of what an antibody carries: after an antibody's name it makes another substance.
    fn is_payload(&self, word: &str) -> bool {
        self.words("words.payload").end(word)
    }

    /// Every meaning of a concept's codings, in their order.
    pub(crate) fn hits<'r, 'a>(&self, concept: &'r Concept<'a>) -> Vec<Hit<'b, 'r, 'a>> {
        let confirmed = concept.coding.iter().flat_map(|coding| {
            self.confirmed(coding).map(move |term| Hit {
                meaning: &term.meaning,
                display: &term.display,
                coding,
            })
        });
        confirmed.collect()
    }

    /// The meaning of a code in one table, under whatever system it is sent.
    pub(crate) fn in_table(&self, table: &str, code: &str) -> Option<&'b str> {
        let mut tables = self.medicines.content().terms.iter();
        let terms = &tables.find(|found| found.id == table)?.terms;
        let mut known = terms.iter().filter(|term| term.status != Status::Memory);
        let term = known.find(|term| term.code.eq_ignore_ascii_case(code))?;
        Some(&term.meaning)
    }

    /// What an interpretation means: its codes, else those of HL7 under any of their URIs.
    pub(crate) fn interpretation(&self, concept: &Concept<'_>) -> Vec<&'b str> {
        let mut meanings: Vec<&str> = self.hits(concept).iter().map(|hit| hit.meaning).collect();
        if meanings.is_empty() {
            let codes = concept.coding.iter().filter_map(|it| it.code.as_ref());
            meanings.extend(
                codes.filter_map(|code| self.in_table("hl7-interpretation", code.as_str())),
            );
        }
        meanings
    }

    fn confirmed(&self, coding: &Coding<'_>) -> impl Iterator<Item = &'b Term> + use<'_, 'b> {
        let terms = self.terms_of(coding).iter().copied();
        terms.filter(|term| term.status != Status::Memory)
    }

    /// Why a concept is not used that the knowledge base knows and leaves out.
    pub(crate) fn not_used(&self, concept: &Concept<'_>) -> Option<String> {
        let terms = || {
            concept
                .coding
                .iter()
                .flat_map(|coding| self.terms_of(coding))
        };
        let left_out = terms()
            .filter(|term| term.status != Status::Memory)
            .find_map(|term| term.meaning.strip_prefix("ignored."));
        if let Some(why) = left_out {
            return Some(format!("its code is not used: {}", why.replace('-', " ")));
        }
        terms()
            .find(|term| term.status == Status::Memory)
            .map(|term| {
                format!(
                    "its code `{}` is not confirmed and maps to nothing",
                    term.code
                )
            })
    }

    /// Whether a coding's code is known but unconfirmed.
    pub(crate) fn is_unconfirmed(&self, coding: &Coding<'_>) -> bool {
        let terms = self.terms_of(coding);
        !terms.is_empty() && terms.iter().all(|term| term.status == Status::Memory)
    }

    /// What the category says in which a code of ICD-10 or of a national modification stands, for codes that no table
    /// of their own tells of; `None` for a code that is not confirmed.
    pub(crate) fn icd10_category(&self, coding: &Coding<'_>) -> Option<&'b Term> {
        let code = icd10(coding).filter(|_| !self.is_unconfirmed(coding))?;
        let categories = self.prefixes.get(ICD_10_CATEGORIES)?;
        let mut confirmed = categories
            .iter()
            .filter(|(_, term)| term.status != Status::Memory);
        let found = confirmed.find(|(prefix, _)| code.starts_with(prefix.as_str()));
        found.map(|(_, term)| *term)
    }

    fn terms_of(&self, coding: &Coding<'_>) -> &[&'b Term] {
        let Some(written) = coding.code.as_ref().map(Text::as_str) else {
            return &[];
        };
        let mut key = coding
            .system
            .as_ref()
            .map_or(Cow::Borrowed(""), |uri| system(uri.as_str()));
        // LOINC codes are seen under the URI of SNOMED CT and under none; their form is unmistakable.
        if key != "loinc" && is_loinc(written) {
            key = Cow::Borrowed("loinc");
        }
        let code = code(&key, written);
        if let Some(terms) = self
            .terms
            .get(key.as_ref())
            .and_then(|table| table.get(code.as_ref()))
        {
            return terms;
        }
        self.prefixes
            .get(key.as_ref())
            .into_iter()
            .flatten()
            .find(|(prefix, _)| code.starts_with(prefix.as_str()))
            .map_or(&[], |(_, term)| std::slice::from_ref(term))
    }

    /// The first meaning of a concept's codings that begins with `prefix`, without the prefix.
    pub(crate) fn first(&self, concept: &Concept<'_>, prefix: &str) -> Option<&'b str> {
        let mut terms = concept.coding.iter().flat_map(|it| self.confirmed(it));
        terms.find_map(|term| term.meaning.strip_prefix(prefix))
    }

    /// The drugs that a concept's codes stand for; several codings of one drug give it once.
    pub(crate) fn drugs(&self, concept: &Concept<'_>) -> Vec<&'b str> {
        let mut found: Vec<&'b str> = Vec::new();
        for coding in &concept.coding {
            let (Some(uri), Some(written)) = (&coding.system, &coding.code) else {
                continue;
            };
            let system = system(uri.as_str());
            let code = code(&system, written.as_str());
            let Some(id) = self
                .drugs
                .get(system.as_ref())
                .and_then(|table| table.get(code.as_ref()))
            else {
                continue;
            };
            match found.iter().position(|other| self.same(other, id)) {
                // A product tells more than its medicine.
                Some(at) if self.medicines.product(id).is_some() => found[at] = id,
                Some(_) => {}
                None => found.push(id),
            }
        }
        found
    }

    /// The drugs that a text names, longest names first so that a conjugate is never read as its antibody.
    pub(crate) fn named(&self, text: &str) -> Vec<Named<'b>> {
        self.parted(text).0
    }

    /// A text, folded, with the names of drugs in it blanked by `_`.
    pub(crate) fn beside_names(&self, text: &str) -> String {
        self.parted(text).1
    }

    /// The drugs that a text names, and the rest of it.
    fn parted(&self, text: &str) -> (Vec<Named<'b>>, String) {
        let mut rest = fold(text);
        // A name can only stand where its first word does, behind a space.
        let mut candidates: Vec<(usize, usize)> = Vec::new();
        let mut space = 0;
        for word in rest[1..].split(' ') {
            let opened = self.opened_by(word).iter();
            candidates.extend(opened.map(|position| (*position, space)));
            space += word.len() + 1;
        }
        candidates.sort_unstable();
        let mut found: Vec<(usize, Named<'b>)> = Vec::new();
        let mut ends: Vec<(usize, usize)> = Vec::new();
        for (position, at) in candidates {
            let (name, id) = &self.names[position];
            // Very short names count only as the whole text.
            let letters = name.bytes().filter(|byte| *byte != b' ').count();
            if letters < 4 && rest != *name {
                continue;
            }
            if !rest.as_bytes()[at..].starts_with(name.as_bytes()) {
                continue;
            }
            let end = at + name.len();
            let next = rest[end..].split(' ').next().unwrap_or_default();
            let conjugate = self.is_payload(next)
                || self.misspelt_payload(name, next)
                || (is_study_number(next) && self.has_conjugates(name));
            // Blanked with as many bytes, so that places stay; the closing space may open the next name.
            rest.replace_range(at + 1..end - 1, &"_".repeat(name.len() - 2));
            if conjugate {
                continue;
            }
            ends.push((at, end - 1));
            if !found.iter().any(|(_, other)| self.same(other.id, id)) {
                found.push((at, Named { id }));
            }
        }
        found.sort_by_key(|(at, _)| *at);
        // "Trastuzumab T-DM1" is a conjugate or two medicines.
        let one_or_two = found.windows(2).find(|pair| {
            let ((at, antibody), (next, other)) = (pair[0], pair[1]);
            ends.contains(&(at, next)) && self.holds_name(other.id, antibody.id)
        });
        if one_or_two.is_some() {
            found.clear();
        }
        let named = found.into_iter().map(|(_, named)| named).collect();
        (named, rest)
    }

    /// Whether the word after an antibody's name is nearly the second word of a conjugate's name.
    fn misspelt_payload(&self, antibody: &str, next: &str) -> bool {
        // Shorter than the shortest name in which a slip is looked for.
        if next.len() < 6 {
            return false;
        }
        let next = Spelling::of(next);
        let first = antibody.split_whitespace().next().unwrap_or_default();
        self.opened_by(first).iter().any(|position| {
            let (name, _) = &self.names[*position];
            name.strip_prefix(antibody)
                .is_some_and(|payload| Spelling::of(payload.trim()).nearly(&next))
        })
    }

    /// Whether a medicine's name is the beginning of another one's: an antibody that conjugates are made of.
    fn has_conjugates(&self, name: &str) -> bool {
        let first = name.split_whitespace().next().unwrap_or_default();
        let mut openings = self.opened_by(first).iter();
        openings.any(|position| {
            let longer = &self.names[*position].0;
            longer.len() > name.len() && longer.starts_with(name)
        })
    }

    /// Whether a name of one medicine begins with a name of another.
    fn holds_name(&self, conjugate: &str, antibody: &str) -> bool {
        let of = |asked| {
            let names = self.names.iter();
            names.filter(move |(_, id)| self.same(id, asked))
        };
        !self.same(conjugate, antibody)
            && of(antibody).any(|(short, _)| of(conjugate).any(|(long, _)| long.starts_with(short)))
    }

    /// The positions of the names that begin with a word, ascending.
    fn opened_by(&self, word: &str) -> &[usize] {
        self.openings.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a word of a text is a drug name with a slip in it, or names a drug as part of another one.
    pub(crate) fn nearly_named(&self, text: &str) -> bool {
        // A text of more words is no name.
        fold(text).split_whitespace().take(32).any(|word| {
            let mut openings = self.opened_by(word).iter();
            if openings.any(|position| self.names[*position].0.trim() == word) {
                return true;
            }
            // Shorter than the shortest name in which a slip is looked for.
            if word.len() < 6 {
                return false;
            }
            let word = Spelling::of(word);
            self.spellings
                .iter()
                .any(|name| name.nearly(&word) || (name.letters.len() >= 8 && name.opens(&word)))
        })
    }

    /// Whether a word of a text ends as the names of medicines against cancer do.
    pub(crate) fn ends_like_cancer_medicine(&self, text: &str) -> bool {
        let endings = self.words("words.cancer-medicine-ending");
        fold(text)
            .split_whitespace()
            .take(32)
            .any(|word| endings.end(word))
    }

    /// Whether two ids can be meant by one record: the same medicine, or a combination or form and its ingredient.
    pub(crate) fn agree(&self, a: &str, b: &str) -> bool {
        let holds = |whole: &str, part: &str| {
            let ingredients = self.medicines.medicine(whole).map(|it| &it.ingredients);
            ingredients.is_some_and(|all| all.iter().any(|it| self.same(it, part)))
        };
        self.same(a, b) || holds(a, b) || holds(b, a)
    }

    /// Whether two ids are the same medicine or products of it.
    pub(crate) fn same(&self, a: &str, b: &str) -> bool {
        let medicine = |id| self.medicines.medicine(id).map(|medicine| &medicine.id);
        medicine(a) == medicine(b)
    }
}

/// Lower case, every run of other characters than letters and digits one space, a space at both ends.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    let mut apart = true;
    let mut add = |letter: char, counts: bool| {
        if counts || !apart {
            folded.push(if counts { letter } else { ' ' });
        }
        apart = !counts;
    };
    for letter in text.chars() {
        // Nearly all of them, without a look at the tables of Unicode.
        if letter.is_ascii() {
            add(letter.to_ascii_lowercase(), letter.is_ascii_alphanumeric());
        } else {
            let lower = typed(letter).to_lowercase();
            lower.for_each(|letter| add(letter, letter.is_alphanumeric()));
        }
    }
    add(' ', false);
    folded
}

/// The letter or sign of a keyboard that one of typesetting stands for: full-width letters, dashes, raised signs, spaces.
pub(crate) fn typed(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => {
            let plain = u32::from(letter) - 0xff01 + 0x21;
            char::from_u32(plain).unwrap_or(letter)
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{207a}' | '\u{208a}' => '+',
        _ if letter.is_whitespace() && letter != '\n' => ' ',
        _ => letter,
    }
}

/// Whether a text as [`fold`] gives it has one of some words or phrases, each of which begins with a space.
pub(crate) fn says(folded: &str, words: &[&str]) -> bool {
    says_one_of(folded, words, initials(words))
}

/// The first letters of phrases that begin with a space, one bit for each.
pub(crate) fn initials(words: &[impl AsRef<str>]) -> u64 {
    let first = words
        .iter()
        .filter_map(|word| word.as_ref().as_bytes().get(1));
    first.fold(0, |all, letter| all | initial(letter))
}

/// The bit of a first letter.
pub(crate) fn initial(letter: &u8) -> u64 {
    1 << (letter % 64)
}

/// The same, where the first letters are known: where a phrase can begin at all is looked up once for all of them.
pub(crate) fn says_one_of(folded: &str, words: &[impl AsRef<str>], initials: u64) -> bool {
    // The first letter tells nearly always.
    let folded = folded.as_bytes();
    let may_begin = |at: &usize| {
        let next = folded.get(at + 1);
        folded[*at] == b' ' && next.is_some_and(|letter| initials & initial(letter) != 0)
    };
    let mut places = (0..folded.len()).filter(may_begin);
    places.any(|at| {
        let rest = &folded[at..];
        let mut words = words.iter();
        words.any(|word| rest.starts_with(word.as_ref().as_bytes()))
    })
}

/// A name or a word by its letters.
#[derive(Debug)]
struct Spelling {
    letters: Vec<char>,
    /// Which letters it has, one bit each; other characters share the rest.
    alphabet: u32,
}

impl Spelling {
    fn of(word: &str) -> Self {
        let letters: Vec<char> = word.chars().collect();
        let bit = |letter: &char| match letter {
            'a'..='z' => *letter as u32 - 'a' as u32,
            other => 26 + *other as u32 % 6,
        };
        let alphabet = letters.iter().fold(0, |all, letter| all | 1 << bit(letter));
        Spelling { letters, alphabet }
    }

    /// Whether a word is this long name with one or two letters wrong, missing, added or swapped, and not the name itself.
    fn nearly(&self, word: &Spelling) -> bool {
        let (name, word_letters) = (&self.letters, &word.letters);
        let (long, length) = (name.len(), word_letters.len());
        let slips = if long < 8 { 1 } else { 2 };
        // One slip adds one letter at most to what is there, and takes one away.
        let apart = (self.alphabet ^ word.alphabet).count_ones() as usize;
        if long < 7
            || length > 40
            || long.abs_diff(length) > slips
            || apart > 2 * slips
            || name == word_letters
        {
            return false;
        }
        let mut row: Vec<usize> = (0..=length).collect();
        for (above, letter) in name.iter().enumerate() {
            let mut corner = above;
            row[0] = above + 1;
            for (left, other) in word_letters.iter().enumerate() {
                let changed = corner + usize::from(letter != other);
                corner = row[left + 1];
                row[left + 1] = changed.min(corner + 1).min(row[left] + 1);
            }
        }
        row[length] <= slips
    }

    /// Whether a word begins with this name.
    fn opens(&self, word: &Spelling) -> bool {
        self.alphabet & !word.alphabet == 0 && word.letters.starts_with(&self.letters)
    }
}

/// A short name for the systems whose many spellings were seen; any other system is its own name in lower case.
pub(crate) fn system(uri: &str) -> Cow<'_, str> {
    // What nearly every record writes, without a look at the spelling.
    match uri {
        "http://loinc.org" => return Cow::Borrowed("loinc"),
        "http://snomed.info/sct" => return Cow::Borrowed("snomed"),
        "http://www.nlm.nih.gov/research/umls/rxnorm" => return Cow::Borrowed("rxnorm"),
        "http://hl7.org/fhir/sid/icd-10-cm" => return Cow::Borrowed("icd-10-cm"),
        _ => {}
    }
    let uri = uri.trim().to_lowercase();
    let uri = uri
        .split('|')
        .next()
        .unwrap_or_default()
        .trim_end_matches('/');
    let last = uri.rsplit(['/', ':']).next().unwrap_or_default();
    Cow::Borrowed(match last {
        "loinc" | "loinc.org" | "lnc" | "ln" | "2.16.840.1.113883.6.1" => "loinc",
        "sct" | "snomed" | "snomed-ct" | "snomedct" | "snomedct_us" | "2.16.840.1.113883.6.96" => {
            "snomed"
        }
        "rxnorm" | "2.16.840.1.113883.6.88" => "rxnorm",
        "icd-10-cm" | "icd10cm" | "2.16.840.1.113883.6.90" => "icd-10-cm",
        "icd-10-gm" => "icd-10-gm",
        "icd-10" | "icd10" => "icd-10",
        "atc" => "atc",
        "hcpcs" | "hcpcsreleasecodesets" => "hcpcs",
        "ncit" | "thesaurus.owl" => "ncit",
        "omop" => "omop",
        "cancerstaging.org" | "ajcc" => "ajcc",
        _ if uri.contains("snomed.info/sct") => "snomed",
        _ => return Cow::Owned(uri.to_owned()),
    })
}

/// A code as it is compared: ICD-10 codes are written with and without the dot.
fn code<'c>(system: &str, written: &'c str) -> Cow<'c, str> {
    let written = written.trim();
    if system.starts_with("icd-10") {
        let plain = written.replace('.', "").to_uppercase();
        Cow::Owned(plain)
    } else if system == "atc" || system == "hcpcs" {
        Cow::Owned(written.to_uppercase())
    } else {
        Cow::Borrowed(written)
    }
}

/// An ICD-10 code of a coding, without dot and in upper case.
pub(crate) fn icd10(coding: &Coding<'_>) -> Option<String> {
    let key = system(coding.system.as_ref()?.as_str());
    key.starts_with("icd-10")
        .then(|| code(&key, coding.code.as_ref().map_or("", Text::as_str)).into_owned())
}

/// Whether a folded word is written like the number of a substance under study: letters, then a digit ("syd985").
fn is_study_number(word: &str) -> bool {
    let digits = word.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    word.len() >= digits.len() + 2 && digits.starts_with(|letter: char| letter.is_ascii_digit())
}

fn is_loinc(code: &str) -> bool {
    // The check digit is told from the end, sooner than a hyphen is found.
    let [number @ .., b'-', check] = code.as_bytes() else {
        return false;
    };
    (1..=6).contains(&number.len())
        && number.iter().all(u8::is_ascii_digit)
        && check.is_ascii_digit()
}
