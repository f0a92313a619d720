//! The reader with the articles that the crate ships. After a change of content:
//! `INSTA_UPDATE=always cargo test`, and look at the diff.

mod common;

use ai_almanac::{SidebarItem, Target, articles, contents};
use almanac_tui::reader::Subject;
use almanac_tui::state::{App, Focus};
use common::{app, at, key, press, resize, screen};
use ratatui::crossterm::event::KeyCode;

fn article(app: &App) -> &'static str {
    match app.reader.subject() {
        Subject::Article(article) => article.id(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_links_of_all_articles_are_found_in_order() {
    let mut count = 0;
    for article in articles() {
        let document = almanac_tui::article::document(article);
        let found: Vec<_> = document.links.iter().filter_map(|goal| goal.link).collect();
        assert_eq!(found, article.links().iter().collect::<Vec<_>>(), "{article}");
        count += found.len();
    }
    assert!(count > 1000, "{count}");
}

#[test]
fn screens() {
    insta::assert_snapshot!("first_page_80x24", screen(&app(80, 24)));
    insta::assert_snapshot!("article_80x24", screen(&at(80, 24, "companies/huawei")));
    let mut table = at(40, 12, "pioneers/judea-pearl");
    // Wherever the text before it ends.
    let last_row = |screen: &str| screen.contains("72 %");
    for _ in 0..200 {
        if last_row(&screen(&table)) {
            break;
        }
        press(&mut table, "j");
    }
    assert!(last_row(&screen(&table)), "no table:\n{}", screen(&table));
    insta::assert_snapshot!("table_40x12", screen(&table));
    let mut search = app(120, 40);
    press(&mut search, "/ascend chips");
    insta::assert_snapshot!("search_120x40", screen(&search));
    let mut timeline = app(80, 24);
    press(&mut timeline, "t}}jj");
    insta::assert_snapshot!("timeline_80x24", screen(&timeline));
    let mut contents = at(40, 12, "companies/huawei");
    press(&mut contents, "h");
    insta::assert_snapshot!("contents_40x12", screen(&contents));
    let mut keys = app(80, 24);
    press(&mut keys, "?");
    insta::assert_snapshot!("keys_80x24", screen(&keys));
}

#[test]
fn the_contents_lead_to_an_article() {
    let mut app = app(80, 24);
    // The last folder, opened, its third article.
    press(&mut app, "G\njjj\n");
    let Some(SidebarItem::Category(last)) = contents().last() else { panic!("a folder") };
    let of_it = last.contents().iter().filter_map(|content| match content {
        SidebarItem::Article(article) => Some(*article),
        SidebarItem::Category(_) => None,
    });
    let third = last.index().into_iter().chain(of_it).nth(2).unwrap();
    assert_eq!(article(&app), third.id());
    assert_eq!(app.focus, Focus::Page);
    press(&mut app, "h");
    assert_eq!(app.focus, Focus::Tree);
    // To the folder, which closes.
    press(&mut app, "hh");
    assert_eq!(app.tree.entries().len(), contents().len());
    press(&mut app, "l");
    assert!(app.tree.entries().len() > contents().len());
    press(&mut app, "ll");
    assert_eq!(app.focus, Focus::Page);
}

#[test]
fn links_are_stepped_through_and_followed() {
    let mut app = at(80, 24, "companies/huawei");
    press(&mut app, "\t");
    assert!(screen(&app).contains("Website: «https://www.huawei.com/»"), "{}", screen(&app));
    press(&mut app, "\n");
    assert!(
        screen(&app).contains("Not opened, to copy: https://www.huawei.com/"),
        "{}",
        screen(&app)
    );
    assert_eq!(article(&app), "companies/huawei");
    press(&mut app, "n");
    assert!(screen(&app).contains("→ Artificial intelligence"), "{}", screen(&app));
    press(&mut app, "p");
    assert!(screen(&app).contains("→ https://www.huawei.com/"), "{}", screen(&app));
    press(&mut app, "n\n");
    assert_eq!(article(&app), "terms/artificial-intelligence");
    press(&mut app, "[");
    assert_eq!(article(&app), "companies/huawei");
    assert!(screen(&app).contains("«artificial intelligence»"), "{}", screen(&app));
    press(&mut app, "]");
    assert_eq!(article(&app), "terms/artificial-intelligence");
    press(&mut app, "]");
    assert!(screen(&app).contains("No page further on"), "{}", screen(&app));
}

#[test]
fn every_link_is_reached_by_stepping() {
    for (width, height) in [(40, 10), (80, 24), (120, 40)] {
        let mut app = at(width, height, "companies/huawei");
        let count = app.reader.page().links.len();
        for link in 0..count {
            press(&mut app, "n");
            assert_eq!(app.reader.link(), Some(link));
            assert!(screen(&app).contains('«'), "{}", screen(&app));
        }
        press(&mut app, "n");
        assert_eq!(app.reader.link(), Some(0));
        press(&mut app, "p");
        assert_eq!(app.reader.link(), Some(count - 1));
    }
}

#[test]
fn a_section_is_gone_to() {
    let mut app = app(80, 24);
    app.open(Target::Section(ai_almanac::companies::HUAWEI.section("chips-and-hardware").unwrap()));
    assert!(
        screen(&app).lines().next().unwrap().ends_with("│ Chips and hardware"),
        "{}",
        screen(&app)
    );
    press(&mut app, "}");
    assert!(
        screen(&app).lines().next().unwrap().ends_with("│ Telecommunications and networking"),
        "{}",
        screen(&app)
    );
    press(&mut app, "{{");
    assert!(screen(&app).lines().next().unwrap().ends_with("│ AI strategy"), "{}", screen(&app));
    press(&mut app, "s");
    assert!(screen(&app).lines().next().unwrap().ends_with("│ Sources"), "{}", screen(&app));
    press(&mut app, "b");
    assert!(screen(&app).contains("│ Linked from"), "{}", screen(&app));
    press(&mut app, "[[");
    assert!(screen(&app).lines().next().unwrap().ends_with("│ AI strategy"), "{}", screen(&app));
}

#[test]
fn neighbours_are_a_key_away() {
    let mut app = at(80, 24, "companies/huawei");
    press(&mut app, ">");
    assert_eq!(article(&app), ai_almanac::companies::HUAWEI.next().unwrap().id());
    press(&mut app, "<<");
    assert_eq!(article(&app), ai_almanac::companies::HUAWEI.previous().unwrap().id());
}

#[test]
fn a_search_is_live_and_its_hits_are_followed() {
    let mut app = at(80, 24, "terms/token");
    press(&mut app, "/asc");
    assert!(screen(&app).contains("hits for “asc”"), "{}", screen(&app));
    press(&mut app, "end");
    assert!(screen(&app).contains("hits for “ascend”"), "{}", screen(&app));
    assert!(screen(&app).contains("«Huawei / "), "{}", screen(&app));
    press(&mut app, "\n");
    assert_eq!(article(&app), "companies/huawei");
    assert!(app.reader.top() > 0);
    // Back to the hits, and to where one came from.
    press(&mut app, "[");
    assert_eq!(app.reader.subject(), &Subject::Search("ascend".into()));
    key(&mut app, KeyCode::Down);
    assert!(!screen(&app).contains("«Huawei / "), "{}", screen(&app));
    press(&mut app, "[");
    assert_eq!(article(&app), "terms/token");
    // Another search that is given up.
    press(&mut app, "/xyzzyx");
    assert!(screen(&app).contains("Nothing for “xyzzyx”"), "{}", screen(&app));
    press(&mut app, "\u{1b}");
    assert_eq!(article(&app), "terms/token");
    assert!(!app.typing);
}

#[test]
fn a_search_says_what_of_it_counts_for_nothing() {
    let mut app = app(120, 40);
    press(&mut app, "/in:nope chess");
    assert!(screen(&app).contains("No folder and no article has the id “nope”."));
    press(&mut app, "\u{1b}/in:companies");
    let count = articles().iter().filter(|article| article.id().starts_with("companies/")).count();
    assert!(screen(&app).contains(&format!("{count} hits for “in:companies”")), "{}", screen(&app));
    press(&mut app, "\u{1b}/");
    press(&mut app, &"chess ".repeat(33));
    assert!(screen(&app).contains("only its beginning was read"), "{}", screen(&app));
}

#[test]
fn an_event_leads_to_its_timeline() {
    let mut app = app(80, 24);
    press(&mut app, "t");
    for _ in 0..ai_almanac::events().len() - 1 {
        press(&mut app, "j");
    }
    press(&mut app, "\n");
    let last = ai_almanac::happenings().last().unwrap().events().last().unwrap();
    assert_eq!(article(&app), last.article().id());
    assert!(screen(&app).contains(last.section().title()), "{}", screen(&app));
}

#[test]
fn records_stand_under_their_tables_and_lead_to_them() {
    let mut app = app(80, 24);
    press(&mut app, "r");
    let document = almanac_tui::pages::records();
    let titles: Vec<&str> = document.headings.iter().map(|(_, title)| title.as_str()).collect();
    let labels: Vec<&str> = ai_almanac::tables().iter().map(|table| table.label()).collect();
    assert_eq!(titles[1..], labels);
    let mut goals = document.links.iter();
    for record in ai_almanac::tables().iter().flat_map(|table| table.records()) {
        let section = Target::Section(record.section().unwrap());
        assert!(goals.any(|goal| goal.target == section), "{record} is there, in order");
    }
    // The first record is chosen; it leads to its table, and back to it.
    let first = ai_almanac::tables()[0].records().next().unwrap();
    assert!(screen(&app).contains(&format!("«{}", first.name())), "{}", screen(&app));
    press(&mut app, "\n");
    assert_eq!(article(&app), first.article().id());
    press(&mut app, "[}}");
    assert_eq!(app.reader.subject(), &Subject::Records);
    let second = ai_almanac::tables()[1];
    let top = screen(&app).lines().next().unwrap().to_owned();
    assert!(top.ends_with(second.label()), "{}", screen(&app));
    press(&mut app, "n");
    let chosen = second.records().next().unwrap().name();
    assert!(screen(&app).contains(&format!("«{chosen}»")), "{}", screen(&app));
}

#[test]
fn the_reading_position_outlives_sizes() {
    let mut app = at(80, 24, "companies/huawei");
    press(&mut app, "   jjj");
    let row = |app: &App| app.reader.page().rows[app.reader.top()].at;
    let (before, screen_before) = (row(&app), screen(&app));
    for (width, height) in [(200, 30), (40, 10), (60, 15), (20, 5), (33, 24), (120, 20)] {
        resize(&mut app, width, height);
        let page = app.reader.page();
        let next = page.rows.get(app.reader.top() + 1).unwrap().at;
        assert!(row(&app) <= before && before < next, "{width}x{height}: {:?}", row(&app));
    }
    resize(&mut app, 80, 24);
    assert_eq!(screen(&app), screen_before);
}
