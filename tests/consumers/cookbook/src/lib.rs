//! A cookbook, of which the compiler knows nothing: its schema has every type, and a kind, a table
//! and a column whose names are taken.

#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unused_results, unreachable_pub, clippy::pedantic)]
#![deny(rustdoc::all)]

almanac_core::almanac!();

const TOMATO: &Ingredient = Ingredient::get("tomato").unwrap();
const GARLIC: &Ingredient = Ingredient::get("garlic").unwrap();
const GAZPACHO: &Dish = match recipes::GAZPACHO.profile() {
    Some(Profile::Dish(dish)) => dish,
    _ => panic!("a dish"),
};

// Lookup by id.
const _: () = assert!(Ingredient::get("unicorn").is_none() && Ingredient::get("truffle").is_some());
const _: () = assert!(Recipe::get("gazpacho-of-seville-1611").is_none());
const _: () = assert!(Recipe::get("gazpacho-of-seville").is_some());
const _: () = assert!(EventRecord::get("tomato-feast-2023-08-30").is_some());
const _: () = assert!(Price::get("tomato-2024-01-15").is_some());

// Lists, in the schema's order, of what is listed.
const _: () = assert!(ingredients().len() == 6 && recipes().len() == 2 && feasts().len() == 3);
const _: () = assert!(prices().len() == 4 && tables().len() == 4);

// Validity.
const _: () =
    assert!(TOMATO.valid_on(Date::new(2024, 6, 1)) && TOMATO.valid_on(Date::new(2024, 9, 30)));
const _: () =
    assert!(!TOMATO.valid_on(Date::new(2024, 5, 31)) && !TOMATO.valid_on(Date::new(2024, 10, 0)));
const _: () =
    assert!(TOMATO.valid_on(Date::new(2024, 0, 0)) && !TOMATO.valid_on(Date::new(2023, 0, 0)));
const _: () = assert!(GARLIC.valid_on(Date::new(2999, 0, 0)));
const _: () = assert!(!Ingredient::get("butter").unwrap().valid_on(Date::new(2024, 0, 0)));
const _: () = assert!(Price::get("tomato-2023").unwrap().valid_on(Date::new(2024, 2, 0)));

// References and inverses, in a circle.
const _: () = assert!(TOMATO.recipes().len() == 2 && TOMATO.main_of().len() == 1);
const _: () = assert!(TOMATO.prices().len() == 2 && GARLIC.prices().len() == 1);
const _: () = assert!(GAZPACHO.recipes().len() == 2 && GAZPACHO.feasts().len() == 2);
const _: () = assert!(GAZPACHO.main().unwrap().main_of()[0].profile().is_some());
const _: () = assert!(GAZPACHO.similar()[0].previous().is_some());
// An event of an unlisted article is in no list.
const _: () = assert!(GARLIC.substitutes_for().is_empty());

/// A field that one line in the schema adds.
#[cfg(feature = "one-more-field")]
pub const COLOUR: Option<&str> = GAZPACHO.colour();
