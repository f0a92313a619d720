//! The reader with `tests/content`, which has every construct there is and text that is hard to lay
//! out. `./test` runs it:
//! `ALMANAC_CONTENT=$PWD/tests/content cargo test --test fixture -- --ignored`

mod common;

use almanac_tui::reader::Subject;
use common::{app, at, press, resize, screen};

#[test]
#[ignore = "it needs the content of tests/content"]
fn screens() {
    for width in [40, 80, 120] {
        // As high as the page is long.
        let mut page = at(width, 24, "deep/everything");
        let rows = u16::try_from(page.reader.page().rows.len()).unwrap();
        resize(&mut page, width, rows + 1);
        insta::assert_snapshot!(format!("everything_{width}"), screen(&page));
    }
    insta::assert_snapshot!("ideographs_40x12", screen(&at(40, 12, "deep/deeper/index")));
    let mut contents = at(80, 12, "deep/deeper/deepest/page");
    press(&mut contents, "h");
    insta::assert_snapshot!("contents_80x12", screen(&contents));
    let mut search = app(80, 24);
    press(&mut search, "/人工智能");
    insta::assert_snapshot!("search_80x24", screen(&search));
    let mut timeline = app(80, 12);
    press(&mut timeline, "t");
    insta::assert_snapshot!("timeline_80x12", screen(&timeline));
}

#[test]
#[ignore = "it needs the content of tests/content"]
fn an_unlisted_article_is_reached_by_its_link() {
    let mut app = at(80, 24, "index");
    press(&mut app, "nnn\n");
    assert_eq!(app.reader.subject(), &Subject::Article(ai_almanac::get("unlisted").unwrap()));
    press(&mut app, "n\n");
    assert_eq!(app.reader.subject(), &Subject::Article(ai_almanac::get("index").unwrap()));
}
