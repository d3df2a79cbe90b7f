//! The set of sorted lists: what a set of the standard library would say.

use waymark_criteria::SortedSet;

#[test]
fn values_stand_once_and_in_order_however_they_come() {
    let collected: SortedSet<u8> = [3, 1, 2, 3, 1].into();
    let mut inserted = SortedSet::new();
    let new = [3, 1, 2, 3, 1].map(|it| inserted.insert(it));
    assert_eq!(new, [true, true, true, false, false]);
    assert_eq!(collected, inserted);
    assert_eq!(collected.into_vec(), [1, 2, 3]);
}

#[test]
fn a_value_is_found_at_its_place_and_not_between_the_others() {
    let set = SortedSet::from(["b", "d", "f"]);
    let places = ["a", "b", "c", "d", "e", "f", "g"].map(|it| set.position(it));
    let expected = [None, Some(0), None, Some(1), None, Some(2), None];
    assert_eq!(places, expected);
}

#[test]
fn what_is_taken_out_is_gone_and_the_rest_stays_in_order() {
    let mut set = SortedSet::from([1, 2, 3]);
    assert!(set.remove(&2));
    assert!(!set.remove(&2));
    set.extend([0, 3]);
    assert_eq!(set.into_vec(), [0, 1, 3]);
}

#[test]
fn two_sets_are_compared_value_by_value() {
    let (one, other) = (SortedSet::from([1, 2, 4]), SortedSet::from([2, 3, 4]));
    assert_eq!(one.difference(&other).collect::<Vec<_>>(), [&1]);
    assert_eq!(one.intersection(&other).collect::<Vec<_>>(), [&2, &4]);
    let both: SortedSet<i32> = one.union(&other).copied().collect();
    assert_eq!(both.into_vec(), [1, 2, 3, 4]);
    assert!(!one.is_subset(&other) && !one.is_disjoint(&other));
    assert!(SortedSet::from([2, 4]).is_subset(&other));
    assert!(SortedSet::from([1]).is_disjoint(&other));
    let none = SortedSet::new();
    assert!(none.is_subset(&one) && none.is_disjoint(&one));
}
