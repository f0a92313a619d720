//! Statics written by hand that hold everything ai-almanac does.

use std::process::ExitCode;

use app_statics_all::{ARTICLES, Target, text};
use harness::{Almanac, Found, Goal, Visitor};

struct App;

impl Almanac for App {
    fn load() -> App {
        App
    }

    fn first_title(&self) -> &str {
        ARTICLES[0].title
    }

    fn get(&self, id: &str) -> Option<Found<'_>> {
        app_statics_all::get(id).map(|article| Found {
            title: article.title,
            sections: article.sections.len(),
            links: article.links.len(),
        })
    }

    fn walk(&self, visitor: &mut impl Visitor) {
        for article in ARTICLES {
            visitor.article(article.id, article.title);
            visitor.text(text(article.lead));
            for section in article.sections {
                visitor.section(section.level, section.title, section.anchor);
                visitor.text(text(section.text));
            }
            for link in article.links {
                let goal = match link.target {
                    Target::Article(to) => Goal::Article(to.id),
                    Target::Section(to, section) => {
                        Goal::Section(to.id, to.sections[section].anchor)
                    }
                    Target::Web(url) => Goal::Web(url),
                };
                visitor.link(link.text, goal);
            }
        }
    }
}

fn main() -> ExitCode {
    harness::main::<App>()
}
