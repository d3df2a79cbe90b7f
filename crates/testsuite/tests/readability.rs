//! What the page asks and says itself can be read by people who left school early.

use waymark_testsuite::personas::guide;

/// The most that any part may have on the Flesch-Kincaid scale of school years.
const HARDEST: f64 = 8.0;
/// Shorter pieces say too little to be measured.
const WORDS: usize = 60;

/// Groups of vowels; a silent `e` at the end is none, and `io` and `ia` are two, as in "biopsy", but for "-tion".
fn syllables(word: &str) -> usize {
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
        count += usize::from(vowel(*letter) && !follows);
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && count > 1;
    (count - usize::from(silent)).max(1)
}

/// School years (0.39 words per sentence + 11.8 syllables per word - 15.59) and the number of words. What has fewer than
/// four words is a label and no sentence.
fn grade(texts: &[&str]) -> Option<(f64, usize)> {
    let (mut sentences, mut words, mut sounds) = (0u32, 0u32, 0u32);
    for text in texts {
        for sentence in text.split(['.', '!', '?', ':']) {
            let told: Vec<&str> = sentence
                .split(|letter: char| !letter.is_alphanumeric() && letter != '’' && letter != '\'')
                .filter(|word| word.chars().any(char::is_alphabetic))
                .collect();
            if told.len() < 4 {
                continue;
            }
            sentences += 1;
            words += u32::try_from(told.len()).ok()?;
            let all: usize = told.iter().map(|word| syllables(word)).sum();
            sounds += u32::try_from(all).ok()?;
        }
    }
    let (sentences, words, sounds) = (f64::from(sentences), f64::from(words), f64::from(sounds));
    let long = texts
        .iter()
        .map(|text| text.split_whitespace().count())
        .sum();
    (sentences > 0.0).then(|| {
        (
            0.39 * words / sentences + 11.8 * sounds / words - 15.59,
            long,
        )
    })
}

#[test]
fn the_scale_tells_plain_from_hard() {
    let (plain, _) = grade(&["The cat sat on the mat. It was a big cat."]).unwrap();
    let (hard, _) = grade(&["Individualised multidisciplinary considerations necessitate comprehensive interdisciplinary deliberation."]).unwrap();
    // By hand: 6 and 5 words, 6 and 5 syllables; 8 words of 44 syllables.
    assert!(plain < 2.0, "{plain}");
    assert!(hard > 30.0, "{hard}");
    assert_eq!(
        ["the", "cancer", "medicine", "little", "biopsy"].map(syllables),
        [1, 2, 3, 2, 3]
    );
}

#[test]
fn questions_are_plain() {
    let mut hard = Vec::new();
    for question in &guide().bundle.content().questions {
        let mut texts: Vec<&str> = vec![&question.ask];
        texts.extend(
            [&question.hint, &question.why, &question.find]
                .into_iter()
                .flatten()
                .map(String::as_str),
        );
        for answer in &question.answers {
            texts.push(&answer.label);
            texts.extend(answer.hint.as_deref());
        }
        for group in &question.groups {
            texts.push(&group.label);
            texts.extend(group.hint.as_deref());
        }
        let Some((grade, words)) = grade(&texts) else {
            continue;
        };
        if words >= WORDS && grade > HARDEST {
            hard.push(format!("{}: {grade:.1}", question.id));
        }
    }
    assert!(hard.is_empty(), "{}", hard.join(", "));
}

#[test]
fn the_sentences_of_the_page_are_plain() {
    let mut hard = Vec::new();
    for part in &guide().bundle.content().wordings {
        // The sheet is for clinicians.
        if part.id == "sheet" {
            continue;
        }
        let texts: Vec<&str> = part.texts.values().map(String::as_str).collect();
        let Some((grade, words)) = grade(&texts) else {
            continue;
        };
        if words >= WORDS && grade > HARDEST {
            hard.push(format!("{}: {grade:.1}", part.id));
        }
    }
    assert!(hard.is_empty(), "{}", hard.join(", "));
}
