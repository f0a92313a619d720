//! Tests that hold for any content, even none.

mod common;

use ai_almanac::{Article, articles, categories};
use almanac_tui::article;
use almanac_tui::layout::Page;
use almanac_tui::text::columns;
use common::{app, assert_harmless, at, buffer, key, press, resize, screen};
use proptest::prelude::*;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// All articles that can be reached: those of the lists, and those that these link to.
fn all() -> Vec<&'static Article> {
    let mut all: Vec<&Article> = articles().to_vec();
    let mut at = 0;
    while at < all.len() {
        for link in all[at].links() {
            if let ai_almanac::Target::Article(to) = link.target()
                && !all.contains(&to)
            {
                all.push(to);
            }
        }
        at += 1;
    }
    all
}

#[test]
fn every_link_is_in_the_page_once_and_in_order() {
    for article in all() {
        let found: Vec<_> =
            article::document(article).links.iter().filter_map(|goal| goal.link).collect();
        // Links of the heading come first and are in no page; of those in an image's alternative
        // text the library has no text.
        let heading = |link: &&ai_almanac::Link| {
            article
                .heading()
                .is_some_and(|heading| link.section().is_none() && heading.contains(link.text()))
        };
        let expected: Vec<_> = article
            .links()
            .iter()
            .filter(|link| found.contains(link) || !(heading(link) || link.text().is_empty()))
            .collect();
        assert_eq!(found, expected, "{article}");
        assert!(found.len() + 2 >= article.links().len(), "{article}");
    }
}

#[test]
fn a_link_shows_its_own_text_and_target() {
    for article in all() {
        let document = article::document(article);
        let page = Page::new(&document, 200);
        for (number, goal) in document.links.iter().enumerate() {
            let Some(link) = goal.link else { continue };
            assert_eq!(link.target(), goal.target);
            let pieces = page
                .rows
                .iter()
                .flat_map(|row| &row.pieces)
                .filter(|piece| piece.link == Some(number));
            let shown: String = pieces.map(|piece| piece.text.as_str()).collect();
            let letters = |text: &str| {
                text.replace("image: ", "")
                    .chars()
                    .filter(|character| character.is_alphanumeric())
                    .collect::<String>()
            };
            assert_eq!(letters(&shown), letters(link.text()), "{article}");
        }
    }
}

#[test]
fn every_section_can_be_gone_to() {
    for article in all() {
        let sections: Vec<_> =
            article::document(article).sections.iter().map(|(_, section)| *section).collect();
        assert_eq!(sections, article.sections().iter().collect::<Vec<_>>(), "{article}");
    }
}

#[test]
fn all_words_are_on_the_page_in_every_width() {
    for article in all() {
        let document = article::document(article);
        let letters =
            |text: &str| text.chars().filter(|character| character.is_alphanumeric()).count();
        let mut shown = None;
        for width in 20..=200 {
            let page = Page::new(&document, width);
            let text: String = page
                .rows
                .iter()
                .flat_map(|row| &row.pieces)
                .map(|piece| piece.text.as_str())
                .collect();
            for row in &page.rows {
                let taken: usize = row.pieces.iter().map(|piece| columns(&piece.text)).sum();
                assert!(taken <= width, "{article} at {width}: {taken} columns");
            }
            assert!(page.rows.is_sorted_by(|row, next| row.at < next.at), "{article} at {width}");
            // A table that became a list repeats its head.
            let most = *shown.get_or_insert(letters(&text));
            assert!(
                letters(&text) <= most && letters(&text) >= letters(article.text()),
                "{article} at {width}"
            );
        }
    }
}

#[test]
fn nothing_that_steers_a_terminal_reaches_it() {
    for article in all() {
        for (width, height) in [(120, 400), (40, 400)] {
            assert_harmless(&buffer(&at(width, height, article.id())));
        }
    }
    let mut app = app(80, 24);
    press(&mut app, "t");
    assert_harmless(&buffer(&app));
    press(&mut app, "/\u{202e}a\u{2066}");
    assert_harmless(&buffer(&app));
}

#[test]
fn the_contents_open_to_every_listed_article() {
    let mut app = app(120, 40);
    for article in articles() {
        app.tree.reveal(article);
        assert_eq!(app.tree.entry(), Some(ai_almanac::SidebarItem::Article(article)));
    }
    let own_pages = categories().iter().filter(|category| category.index().is_some()).count();
    assert!(app.tree.entries().len() >= articles().len() + categories().len().min(own_pages));
}

#[test]
fn a_window_that_is_too_small_says_so_and_keeps_its_state() {
    let mut app = app(80, 24);
    press(&mut app, "t");
    let before = screen(&app);
    resize(&mut app, 39, 10);
    assert!(screen(&app).starts_with("The window is too small: it has 39 by"), "{}", screen(&app));
    press(&mut app, "?jj");
    resize(&mut app, 80, 24);
    assert_eq!(screen(&app), before);
    resize(&mut app, 1, 1);
    press(&mut app, "q");
    assert!(app.quit);
}

fn event() -> impl Strategy<Value = Event> {
    let named = prop::sample::select(vec![
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Enter,
        KeyCode::Enter,
        KeyCode::Tab,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Backspace,
        KeyCode::Esc,
        KeyCode::Delete,
        KeyCode::F(1),
    ]);
    let character = prop_oneof![
        8 => prop::sample::select("jkhlgG{}[]<>nptsb/?~ aeiou".chars().collect::<Vec<_>>()),
        1 => any::<char>(),
    ];
    let modifiers = prop_oneof![
        8 => Just(KeyModifiers::NONE),
        1 => Just(KeyModifiers::ALT),
        1 => Just(KeyModifiers::CONTROL),
        1 => Just(KeyModifiers::SHIFT),
    ];
    let code = prop_oneof![named, character.prop_map(KeyCode::Char)];
    let size = prop_oneof![(38u16..130, 8u16..50), (0u16..400, 0u16..200)];
    prop_oneof![
        9 => (code, modifiers)
            .prop_map(|(code, modifiers)| Event::Key(KeyEvent::new(code, modifiers))),
        1 => size.prop_map(|(width, height)| Event::Resize(width, height)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn no_keys_and_sizes_make_it_fail(
        (width, height) in (0u16..200, 0u16..60),
        events in prop::collection::vec(event(), 0..60),
    ) {
        let mut app = app(width, height);
        for event in &events {
            app.update(event);
            assert_harmless(&buffer(&app));
        }
    }

    #[test]
    fn back_leads_where_one_was(
        keys in prop::collection::vec(
            prop::sample::select("jn\n}st? ".chars().collect::<Vec<_>>()),
            1..30,
        ),
    ) {
        let mut app = app(80, 24);
        let mut before = Vec::new();
        for key in keys {
            let was = (app.reader.subject().clone(), app.reader.top(), app.reader.link());
            let pages = app.reader.steps_back();
            press(&mut app, &key.to_string());
            if app.reader.steps_back() > pages {
                before.push(was);
            }
        }
        for was in before.iter().rev() {
            key(&mut app, KeyCode::Backspace);
            prop_assert_eq!(&(app.reader.subject().clone(), app.reader.top(), app.reader.link()),
                was);
        }
    }
}
