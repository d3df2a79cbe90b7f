//! Values that are asked for by a text and never walked.

use std::cmp::Ordering;

/// Values by their keys. They lie in the order of a hash of the key, then of the key: a search compares numbers, and
/// a text only where it ends, and nobody's choice of keys makes it slow.
#[derive(Debug)]
pub(crate) struct Keyed<K, V>(Vec<Slot<K, V>>);

#[derive(Debug)]
struct Slot<K, V> {
    hash: u64,
    key: K,
    value: V,
}

impl<K: AsRef<str>, V> Slot<K, V> {
    fn cmp(&self, hash: u64, key: &str) -> Ordering {
        let by_hash = self.hash.cmp(&hash);
        by_hash.then_with(|| self.key.as_ref().cmp(key))
    }
}

impl<K, V> Keyed<K, V> {
    /// Nothing.
    pub(crate) const EMPTY: Self = Keyed(Vec::new());
}

impl<K, V> Default for Keyed<K, V> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<K: AsRef<str>, V> Keyed<K, V> {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        let at = self.place(hash(key), key).ok()?;
        Some(&self.0[at].value)
    }

    /// Adds a value, unless its key has one. For many keys collect them.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        let hash = hash(key.as_ref());
        if let Err(at) = self.place(hash, key.as_ref()) {
            self.0.insert(at, Slot { hash, key, value });
        }
    }

    /// Where a key is, or else belongs.
    fn place(&self, hash: u64, key: &str) -> Result<usize, usize> {
        let first = self.0.partition_point(|slot| slot.hash < hash);
        match self.0.get(first) {
            Some(slot) if slot.hash == hash && slot.key.as_ref() == key => Ok(first),
            // Another key of the same hash.
            Some(slot) if slot.hash == hash => {
                let place = |slot: &Slot<K, V>| slot.cmp(hash, key);
                self.0.binary_search_by(place)
            }
            Some(_) | None => Err(first),
        }
    }

    /// Whether there is a value of a key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }
}

/// Of equal keys the first one counts.
impl<K: AsRef<str>, V> FromIterator<(K, V)> for Keyed<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(all: I) -> Self {
        let slots = all.into_iter().map(|(key, value)| Slot {
            hash: hash(key.as_ref()),
            key,
            value,
        });
        let mut slots: Vec<Slot<K, V>> = slots.collect();
        slots.sort_by(|a, b| a.cmp(b.hash, b.key.as_ref()));
        slots.dedup_by(|later, earlier| later.key.as_ref() == earlier.key.as_ref());
        Keyed(slots)
    }
}

/// A number for a text, eight bytes at a time.
#[inline]
fn hash(text: &str) -> u64 {
    // 2^64 divided by the golden ratio, as Fibonacci hashing takes it.
    const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, next: u64| (hash.rotate_left(5) ^ next).wrapping_mul(GOLDEN);
    let bytes = text.as_bytes();
    // The last eight overlap those before them; fewer are all there are.
    let Some(last) = bytes.last_chunk() else {
        let all = bytes.iter();
        return mix(0, all.fold(1, |all, byte| all << 8 | u64::from(*byte)));
    };
    let (eights, _) = bytes.as_chunks();
    let eights = eights.iter().map(|eight| u64::from_le_bytes(*eight));
    let hash = eights.fold(text.len() as u64, mix);
    mix(hash, u64::from_le_bytes(*last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_own_key_alone() {
        let keys = (0..2_000).map(|number| format!("key {number}"));
        let table: Keyed<String, usize> = keys.zip(0..).collect();
        for number in 0..2_000 {
            assert_eq!(table.get(&format!("key {number}")), Some(&number));
        }
        assert!(!table.has("key 2000"));
        assert!(!table.has(""));
        assert!(!Keyed::<String, usize>::EMPTY.has("key 1"));
    }

    #[test]
    fn of_equal_keys_the_first_one_counts() {
        let table: Keyed<&str, u8> = [("a", 1), ("b", 2), ("a", 3)].into_iter().collect();
        assert_eq!((table.get("a"), table.get("b")), (Some(&1), Some(&2)));
    }

    #[test]
    fn keys_of_one_hash_are_told_apart() {
        let slot = |key, value| Slot {
            hash: hash("asked"),
            key,
            value,
        };
        let table = Keyed(vec![slot("also", 1), slot("asked", 2), slot("one", 3)]);
        assert_eq!(table.get("asked"), Some(&2));
        let others = Keyed(vec![slot("also", 1), slot("one", 3)]);
        assert_eq!(others.get("asked"), None);
    }
}
