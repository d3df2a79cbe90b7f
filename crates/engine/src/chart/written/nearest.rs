//! The known word that a misspelt one was probably meant to be.

/// The nearest of the words, when it is near enough to be a slip of the pen; the first of equals.
pub(super) fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).take(64).collect();
    let most = (word.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
        // Two letters are too few to tell a slip.
        if letters.len() < 3 || letters.len().abs_diff(word.len()) > most {
            continue;
        }
        let distance = edits(&word, &letters);
        if distance <= most
            && distance < letters.len()
            && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Insertions, deletions and replacements, and swaps of neighbours (optimal string alignment).
fn edits(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, second) in other.iter().enumerate() {
            let replaced = above[column] + usize::from(letter != second);
            let mut least = replaced.min(above[column + 1] + 1).min(current[column] + 1);
            let swapped =
                row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *second;
            if swapped {
                least = least.min(before[column - 1] + 1);
            }
            current.push(least);
        }
        before = above;
        above = current;
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_found_and_a_different_word_is_not() {
        let known = || ["metastasis", "remission", "response"].into_iter();
        assert_eq!(nearest("metastsais", known()), Some("metastasis"));
        assert_eq!(nearest("Remision", known()), Some("remission"));
        assert_eq!(nearest("weather", known()), None);
        assert_eq!(nearest("", known()), None);
    }
}
