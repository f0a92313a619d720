//! Lookups, at run time and in `const`, and what the statics promise about each other.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use ai_almanac::{
    Article, Date, EDITION, Model, Section, SidebarItem, Table, Target, TypedRecord, articles,
    categories, companies, contents, events, get, nearest, stale, tables,
};

const HUAWEI: &Article = get("companies/huawei").unwrap();
const TIMELINE: &Section = HUAWEI.section("timeline").unwrap();
const NONE: Option<&Article> = get("companies/huawie");
const FIRST: &Article = articles()[0];

#[test]
fn lookups_work_in_const() {
    assert_eq!(HUAWEI, &companies::HUAWEI);
    assert_eq!(TIMELINE.title(), "Timeline");
    assert_eq!(NONE, None);
    assert_eq!(FIRST.previous(), None);
}

#[test]
fn every_id_is_found_and_nothing_else() {
    for article in articles().iter().copied() {
        assert!(std::ptr::eq(get(article.id()).unwrap(), article));
        for section in article.sections() {
            assert!(std::ptr::eq(article.section(section.anchor()).unwrap(), section));
        }
        for wrong in [
            format!("{}x", article.id()),
            article.id()[1..].to_owned(),
            article.id().to_uppercase(),
            format!(" {}", article.id()),
        ] {
            assert_eq!(get(&wrong), None, "{wrong}");
        }
    }
    for wrong in ["", "/", "companies", "companies/", "\0", "é", &"x".repeat(100_000)] {
        assert_eq!(get(wrong), None);
    }
}

#[test]
fn the_nearest_come_first() {
    let near = |id: &str| nearest(id).map(|article| article.id()).collect::<Vec<_>>();
    assert_eq!(near("companies/huawei")[0], "companies/huawei");
    assert_eq!(near("nvidea"), ["companies/nvidia"]);
    assert_eq!(near("terms/tokn")[0], "terms/token");
    assert!(near("").is_empty() && near(&"y".repeat(1000)).is_empty());
    assert!(articles().iter().all(|article| near(article.id())[0] == article.id()));
}

/// A table of any length is searched in steps by its logarithm: each looks at two rows.
#[test]
fn every_record_is_found_in_few_steps_and_nothing_else() {
    static ROWS_SEEN: AtomicUsize = AtomicUsize::new(0);

    for (index, table) in tables().iter().enumerate() {
        let records: Vec<_> = table.records().collect();
        for record in records.iter().copied() {
            assert!(std::ptr::eq(table.record(record.id()).unwrap(), record));
            assert_eq!(table.record(&format!("{}x", record.id())), None);
        }
        assert_eq!((table.record(""), table.record("\u{10ffff}")), (None, None), "{index}");
    }
    let len = Model::TABLE.len();
    let counted = Table::new("models", "Models", 0, len, len, |index| {
        ROWS_SEEN.fetch_add(1, Ordering::Relaxed);
        Model::TABLE[index].record()
    });
    let most = 2 * (usize::try_from(len.ilog2()).unwrap() + 1);
    assert!(most < len, "there are enough models to tell: {len}");
    for wanted in Model::TABLE {
        ROWS_SEEN.store(0, Ordering::Relaxed);
        assert_eq!(counted.record(wanted.id()), Some(wanted.record()));
        assert_eq!(Model::get(wanted.id()), Some(wanted));
        let seen = ROWS_SEEN.load(Ordering::Relaxed);
        assert!(seen <= most, "{wanted} took {seen} rows, not {most}");
    }
}

/// Edits that turn `a` into `b`, where a swap of neighbours is one: the whole table.
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = match (i, j) {
                (0, edits) | (edits, 0) => edits,
                _ => {
                    let replaced = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let mut least = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                }
            };
        }
    }
    table[a.len()][b.len()]
}

/// An edit for each three letters, one at least and three at most; three articles at most.
#[test]
fn near_is_what_the_limits_say() {
    let mut full = 0;
    let names = articles().iter().flat_map(|article| article.id().split('/').chain([article.id()]));
    let others = ["x", "xa", "huwi", "huaxxi", "companies/zzz", "companies/xxxxxx"];
    for name in names.step_by(23).chain(others) {
        // Ever fewer letters are right, and ever fewer are left.
        let cut = |count: usize| &name[..name.len().saturating_sub(count)];
        let wrong = (0..5).map(|count| format!("{}{}", cut(count), &"zqxjk"[..count]));
        let short = (1..5).map(|count| cut(count).to_owned());
        for typed in wrong.chain(short) {
            let limit = (typed.chars().count() / 3).clamp(1, 3);
            let mut expected: Vec<(usize, &str)> = articles()
                .iter()
                .map(|article| {
                    let name = article.id().rsplit('/').next().unwrap();
                    (edits(&typed, article.id()).min(edits(&typed, name)), article.id())
                })
                .filter(|(edits, _)| *edits <= limit)
                .collect();
            // Stable: ties stand in the order of the sidebar.
            expected.sort_by_key(|(edits, _)| *edits);
            full += usize::from(expected.len() > 3);
            expected.truncate(3);
            let near: Vec<&str> = nearest(&typed).map(|article| article.id()).collect();
            assert_eq!(near, expected.iter().map(|(_, id)| *id).collect::<Vec<_>>(), "{typed}");
        }
    }
    assert!(full > 0, "none had more than three");
}

#[test]
fn order_is_one_walk_through_the_contents() {
    fn walk(
        contents: &'static [SidebarItem],
        order: &mut Vec<&'static Article>,
        folders: &mut Vec<&'static str>,
    ) {
        for item in contents {
            match item {
                SidebarItem::Article(article) => order.push(article),
                SidebarItem::Category(category) => {
                    folders.push(category.id());
                    order.extend(category.index());
                    walk(category.contents(), order, folders);
                }
            }
        }
    }
    let (mut order, mut folders) = (Vec::new(), Vec::new());
    walk(contents(), &mut order, &mut folders);
    assert_eq!(order, articles());
    assert_eq!(folders, categories().iter().map(|category| category.id()).collect::<Vec<_>>());
    for pair in articles().windows(2) {
        assert_eq!(pair[0].next(), Some(pair[1]));
        assert_eq!(pair[1].previous(), Some(pair[0]));
    }
}

#[test]
fn positions_are_those_of_the_old_site() {
    let expected = [
        ("openai", 2.0),
        ("google", 3.0),
        ("deepmind", 4.0),
        ("meta", 5.0),
        ("microsoft", 6.0),
        ("ibm", 7.0),
        ("baidu", 8.0),
        ("nvidia", 8.5),
        ("huawei", 9.0),
        ("salesforce", 10.0),
    ];
    // The folder's own page comes first.
    let companies = &companies::HUAWEI.category().unwrap().articles()[1..];
    for ((name, position), article) in expected.iter().zip(companies) {
        assert_eq!(
            (article.id(), article.position()),
            (format!("companies/{name}").as_str(), Some(*position))
        );
    }
}

#[test]
fn backlinks_are_the_links_of_others() {
    for &article in articles() {
        for link in article.backlinks() {
            assert_ne!(link.article(), article);
            let to = match link.target() {
                Target::Article(to) => to,
                Target::Section(to) => to.article(),
                other => panic!("{other:?}"),
            };
            assert_eq!(to, article);
        }
    }
    let there: usize = articles().iter().map(|article| article.backlinks().len()).sum();
    let here =
        articles().iter().flat_map(|article| article.links()).filter(|link| match link.target() {
            Target::Article(to) => to != link.article(),
            Target::Section(to) => to.article() != link.article(),
            _ => false,
        });
    assert_eq!(there, here.count());
}

#[test]
fn events_are_in_order_and_complete() {
    assert!(events().windows(2).all(|pair| pair[0].date() <= pair[1].date()));
    let all: HashSet<_> = events().iter().copied().collect();
    assert!(
        articles().iter().flat_map(|article| article.events()).all(|event| all.contains(event))
    );
}

#[test]
fn common_traits_show_meaning() {
    assert_eq!(format!("{HUAWEI}|{TIMELINE}|{HUAWEI:>8}"), "Huawei|Timeline|  Huawei");
    let debug = format!("{HUAWEI:?}");
    assert!(
        debug.starts_with("Article { id: \"companies/huawei\", title: \"Huawei\", sections: "),
        "{debug}"
    );
    fn is<T: Send + Sync + Unpin + std::fmt::Debug + Eq + std::hash::Hash>() {}
    is::<Article>();
    is::<Section>();
    is::<ai_almanac::Link>();
    is::<Target>();
    is::<ai_almanac::Category>();
    is::<SidebarItem>();
    is::<ai_almanac::Source>();
    is::<ai_almanac::Event>();
    is::<ai_almanac::Date>();
    is::<ai_almanac::Profile>();
    is::<ai_almanac::ArticleId>();
    is::<ai_almanac::UnknownArticle>();
    is::<ai_almanac::InvalidDate>();
}

#[test]
fn records_and_profiles_are_copied() {
    fn is_copy<T: Copy + Eq>(value: &T) -> T {
        *value
    }
    let Some(ai_almanac::Profile::Company(company)) = HUAWEI.profile() else {
        panic!("a company has a profile");
    };
    let copy: ai_almanac::Company = is_copy(*company);
    assert_eq!((&copy, copy.founded(), copy.article()), (*company, company.founded(), HUAWEI));
    let models = ai_almanac::models();
    let copies: Vec<Model> = models.iter().map(is_copy).collect();
    assert_eq!(copies, models);
    assert_ne!(copies[0], copies[1]);
    assert_eq!(is_copy(copies[1].record()), *models[1].record());
    let _: fn(&ai_almanac::Person) -> ai_almanac::Person = is_copy;
    let _: fn(&ai_almanac::Term) -> ai_almanac::Term = is_copy;
}

#[test]
fn what_is_due_stands_in_order_of_its_date() {
    let date = |text: &str| text.parse::<Date>().unwrap();
    let all = stale(date("9999-12-31"));
    assert_eq!(
        all.len(),
        articles().iter().filter(|article| article.review_by().is_some()).count()
    );
    assert!(all.windows(2).all(|pair| pair[0].review_by() <= pair[1].review_by()));
    for day in all.iter().filter_map(|article| article.review_by()) {
        let due = stale(day);
        assert!(due.iter().all(|article| article.review_by() <= Some(day)));
        assert_eq!(
            due.len(),
            all.iter().filter(|article| article.review_by() <= Some(day)).count()
        );
    }
    assert!(stale(date("0000")).is_empty());
}

#[test]
fn the_edition_is_the_newest_update() {
    assert_eq!(EDITION, articles().iter().filter_map(|article| article.last_update()).max());
}

#[test]
#[allow(deprecated)]
fn the_names_of_0_1_still_lead_to_what_they_named() {
    let item = ai_almanac::Content::Article(HUAWEI);
    assert_eq!(item, SidebarItem::Article(HUAWEI));
}
