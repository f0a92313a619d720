//! Every type, from the cell or the front matter to the accessor.

use std::format;

use almanac_core::TypedRecord;
use cookbook::{
    cooks, cuisines, recipes, Article, ArticleDifficulty, Date, Dish, DishServed, Fact, Ingredient,
    IngredientAllergens, IngredientSort, Profile, Recipe, Value,
};

fn ingredient(id: &str) -> &'static Ingredient {
    Ingredient::get(id).unwrap()
}

fn dish(article: &'static Article) -> &'static Dish {
    match article.profile() {
        Some(Profile::Dish(dish)) => dish,
        other => panic!("{other:?}"),
    }
}

#[test]
fn cells_of_every_type() {
    let tomato = ingredient("tomato");
    assert_eq!((tomato.name(), tomato.id()), ("Tomato", "tomato"));
    assert_eq!(tomato.sort(), IngredientSort::Vegetable);
    let energy = tomato.energy().unwrap();
    assert_eq!((energy.value(), energy.unit(), energy.text()), (18e3, "cal", "18 kcal"));
    assert_eq!(tomato.from(), Some("ES"));
    assert_eq!(tomato.pieces(), Some(1000.0));
    assert_eq!(tomato.organic(), Some(true));
    assert_eq!(tomato.season_from(), Some(Date::new(2024, 6, 0)));
    assert_eq!(tomato.allergens(), []);
    assert_eq!(tomato.substitute(), None);
    let names: Vec<&str> = tomato.goes_with().iter().map(|other| other.name()).collect();
    assert_eq!(names, ["Olive oil", "Garlic"]);
    let seller = tomato.seller().unwrap();
    assert_eq!((seller.text(), seller.article()), ("Ann", Some(&cooks::ANN)));
    assert_eq!(tomato.page(), Some("https://tomato.example/"));
    assert_eq!(tomato.pages(), <[&str; 0]>::default());
    assert_eq!(tomato.read(), Some(&recipes::GAZPACHO));
    assert_eq!(tomato.note(), Some("Ripe ones"));
    assert_eq!(tomato.names(), ["Love apple", "Pomodoro"]);

    let oil = ingredient("olive-oil");
    assert_eq!(oil.energy().unwrap().value(), 3.7e6);
    assert!(oil.energy() > tomato.energy());
    assert_eq!(oil.organic(), Some(false));
    let allergens = [IngredientAllergens::Nuts, IngredientAllergens::SulphurDioxide];
    assert_eq!(oil.allergens(), allergens);
    assert_eq!(oil.seller().unwrap().article(), None);
    assert_eq!(ingredient("garlic").sort(), IngredientSort::Type);
    assert_eq!(ingredient("garlic").pieces(), Some(2.5));
    assert_eq!(ingredient("ras-el-hanout").sort(), IngredientSort::ALL_);
    assert_eq!(ingredient("shichimi").sort().as_str(), "7-spice");
    assert_eq!(IngredientSort::ALL.len(), 6);
    assert_eq!(format!("{:>6}", IngredientAllergens::Nuts), "  nuts");
}

#[test]
fn front_matter_of_every_type() {
    let gazpacho = dish(&recipes::GAZPACHO);
    assert_eq!(gazpacho.cuisine(), &cuisines::ANDALUSIAN);
    assert_eq!(gazpacho.cook(), Some(&cooks::ANN));
    assert_eq!(gazpacho.main(), Some(ingredient("tomato")));
    assert_eq!(gazpacho.needs().len(), 3);
    assert_eq!(gazpacho.served(), [DishServed::Cold, DishServed::RoomTemperature]);
    assert_eq!(gazpacho.minutes(), Some(15.0));
    assert_eq!(gazpacho.weight().unwrap().value(), 1200.0);
    assert!(gazpacho.vegan());
    assert_eq!(gazpacho.page(), Some("https://gazpacho.example/"));
    assert_eq!(gazpacho.similar(), [&recipes::TOAST]);
    let variants: Vec<&str> = gazpacho.variants_of().iter().map(|recipe| recipe.name()).collect();
    assert_eq!(variants, ["Salmorejo", "Gazpacho of Seville"]);
    assert_eq!(gazpacho.years(), [Date::new(1611, 0, 0), Date::new(1902, 5, 0)]);
    assert_eq!(gazpacho.portions(), [2.0, 4.5]);
    assert_eq!(gazpacho.flags(), [true, false]);
    assert_eq!(gazpacho.known_as(), ["Cold soup", "Soup, cold"]);
    assert_eq!(gazpacho.article(), &recipes::GAZPACHO);

    let Some(Profile::Cuisine(spanish)) = cuisines::SPANISH.profile() else { panic!() };
    assert_eq!((spanish.country(), spanish.type_()), (Some("ES"), Some("southern")));
    assert_eq!(spanish.neighbours(), ["PT", "FR"]);
    assert_eq!(spanish.parts(), [&cuisines::ANDALUSIAN]);
    assert_eq!(spanish.dishes(), [&recipes::TOAST]);
    let Some(Profile::Cook(ann)) = cooks::ANN.profile() else { panic!() };
    assert_eq!((ann.born(), ann.pages().len()), (Date::new(1950, 3, 0), 2));
    assert!(ann.valid_on(Date::new(1950, 3, 1)) && !ann.valid_on(Date::new(2021, 1, 1)));
    assert_eq!(ann.dishes(), [&recipes::GAZPACHO]);
    assert_eq!(ann.articles(), [&cookbook::PANTRY]);

    let fields = cookbook::PANTRY.fields();
    assert_eq!(fields.difficulty(), Some(ArticleDifficulty::Easy));
    assert_eq!(fields.tested(), Some(Date::new(2024, 5, 0)));
    assert_eq!(fields.see_also(), [&recipes::GAZPACHO, &recipes::INDEX]);
    assert_eq!(fields.made_by(), Some(&cooks::ANN));
    assert_eq!(recipes::GAZPACHO.fields().difficulty(), Some(ArticleDifficulty::Hard));
    assert_eq!(recipes::TOAST.fields().difficulty(), None);
}

#[test]
fn sources_of_values_and_rows() {
    let tomato = ingredient("tomato");
    let numbers = |fact: Fact| fact.sources().iter().map(|source| source.number()).collect();
    let of = |key: &str| -> Vec<u32> { numbers(tomato.fact(key).unwrap()) };
    assert_eq!(of("energy"), [1]);
    assert_eq!(of("season_until"), [2]);
    assert_eq!(of("note"), [1, 2]);
    assert!(of("from").is_empty());
    let all: Vec<u32> = tomato.sources().iter().map(|source| source.number()).collect();
    assert_eq!(all, [1, 2]);
    assert_eq!(tomato.section().anchor(), "ingredients");
}

#[test]
fn records_of_an_article() {
    let names = |article: &'static Article| -> Vec<&str> {
        article.records::<Ingredient>().iter().map(|found| found.name()).collect()
    };
    assert_eq!(names(&cookbook::PANTRY).len(), 6);
    assert_eq!(names(&cookbook::HIDDEN), ["Truffle"]);
    assert_eq!(names(&recipes::GAZPACHO), <[&str; 0]>::default());
    assert_eq!(recipes::INDEX.records::<Recipe>(), cookbook::recipes());
    assert_eq!(Ingredient::TABLE.len(), 7);
}

#[test]
fn generic_access() {
    let keys: Vec<&str> = cookbook::tables().iter().map(|table| table.key()).collect();
    assert_eq!(keys, ["ingredients", "recipes", "feasts", "prices"]);
    let pantry: Vec<String> = cookbook::PANTRY.facts().map(|fact| fact.to_string()).collect();
    let see_also = "See also: Gazpacho, All recipes";
    assert_eq!(pantry, ["Difficulty: easy", "Tested: 2024-05", see_also, "Made by: Ann"]);
    let gazpacho: Vec<String> = recipes::GAZPACHO.facts().map(|fact| fact.to_string()).collect();
    assert_eq!(gazpacho[2], "Main ingredient: Tomato");
    assert_eq!(gazpacho[4], "Served: cold, room temperature");
    let price = cookbook::tables()[3].record("tomato-2024-01-15").unwrap();
    assert_eq!(price.name(), "Tomato, 2024-01-15");
    let Some(Value::Record(tomato)) = price.fact("ingredient").map(|fact| fact.value()) else {
        panic!("a reference")
    };
    assert_eq!(tomato, ingredient("tomato").record());
    assert_eq!(price.fact("price").unwrap().value().to_string(), "3 €");
    // An unlisted record is found by its id alone.
    let ingredients = cookbook::tables()[0];
    assert_eq!(ingredients.records().len(), 6);
    assert_eq!(ingredients.record("truffle").unwrap().article(), &cookbook::HIDDEN);
    for typed in Ingredient::TABLE {
        assert_eq!(ingredients.record(typed.id()), Some(typed.record()));
    }
    assert_eq!(ingredients.record("unicorn"), None);
    let debug = format!("{:?}", ingredient("butter"));
    assert!(debug.contains("\"Energy\": 717 kcal, \"Substitute\": Olive oil"), "{debug}");
}

#[cfg(feature = "serde")]
#[test]
fn records_serialize() {
    let oil = serde_json::to_value(ingredient("olive-oil")).unwrap();
    let values = serde_json::json!({
        "ingredient": "Olive oil", "sort": "fat",
        "energy": {"value": 3_700_000, "unit": "cal", "text": "3.7 MJ"}, "from": "GR",
        "pieces": null, "organic": false, "season_from": null, "season_until": null,
        "allergens": ["nuts", "sulphur dioxide"], "substitute": "butter", "goes_with": ["tomato"],
        "seller": {"text": "The shop", "article": null}, "page": null, "pages": [],
        "read": "recipes/index", "read_more": [], "note": "RECORDNOTE", "names": [],
    });
    assert_eq!(oil["values"], values);
    let keys: Vec<&String> = oil.as_object().unwrap().keys().collect();
    let expected = ["article", "id", "name", "section", "sources", "value_sources", "values"];
    assert_eq!(keys, expected);
    let tomato = serde_json::to_value(ingredient("tomato")).unwrap();
    let sources = serde_json::json!({"energy": [1], "season_until": [2], "note": [1, 2]});
    assert_eq!((&tomato["value_sources"], &tomato["sources"]), (&sources, &[1, 2][..].into()));
    assert_eq!(tomato["values"]["seller"]["article"], "cooks/ann");
    let profile = serde_json::to_value(cooks::ANN.profile()).unwrap();
    let pages = ["https://ann.example/", "https://ann.example/more"];
    let expected =
        serde_json::json!({"kind": "cook", "born": "1950-03", "died": "2020", "pages": pages});
    assert_eq!(profile, expected);
}

#[cfg(feature = "serde")]
#[test]
fn tables_kinds_and_facts_serialize() {
    let table = cookbook::tables()[1];
    let written = serde_json::to_value(table).unwrap();
    let records: Vec<_> = table.records().map(|row| serde_json::to_value(row).unwrap()).collect();
    let fields = table.kind().fields();
    let expected = serde_json::json!({
        "key": "recipes", "label": "Recipes",
        "kind": {"name": "recipe", "about": "", "fields": fields},
        "records": records,
    });
    assert_eq!(written, expected);
    let field = |label: &str| {
        let fields = cookbook::tables().iter().flat_map(|table| table.kind().fields());
        serde_json::to_value(fields.clone().find(|field| field.label() == label).unwrap()).unwrap()
    };
    let about = "Returns the energy of 100 g.";
    let energy = serde_json::json!({
        "key": "energy", "label": "Energy", "about": about, "type": "quantity", "list": false,
        "unit": "cal",
    });
    assert_eq!(field("Energy"), energy);
    let allergens = ["gluten", "nuts", "sulphur dioxide"];
    assert_eq!(field("Allergens")["type"], serde_json::json!({"choice": allergens}));
    assert_eq!(field("Goes with")["type"], serde_json::json!({"record": 0}));
    assert_eq!(field("Goes with")["list"], true);
    assert_eq!(field("Pages")["unit"], serde_json::Value::Null);
    let simple = [
        ("Ingredient", "name"),
        ("Note", "text"),
        ("Pieces", "number"),
        ("Season from", "date"),
        ("Organic", "boolean"),
        ("Page", "url"),
        ("From", "country"),
        ("Read", "article"),
        ("Seller", "mention"),
    ];
    for (label, name) in simple {
        assert_eq!(field(label)["type"], name);
    }
    let fact = ingredient("tomato").fact("season_until").unwrap();
    let expected = serde_json::json!({
        "key": "season_until", "label": "Season until", "value": "2024-09", "sources": [2],
    });
    assert_eq!(serde_json::to_value(fact).unwrap(), expected);
}

#[cfg(feature = "one-more-field")]
#[test]
fn one_line_adds_a_field() {
    assert_eq!(cookbook::COLOUR, Some("red"));
    assert_eq!(dish(&recipes::TOAST).colour(), None);
    assert_eq!(
        recipes::GAZPACHO.profile_record().unwrap().fact("colour").unwrap().label(),
        "Colour"
    );
}
