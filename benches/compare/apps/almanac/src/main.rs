//! ai-almanac, with the content that `ALMANAC_CONTENT` names.

use std::process::ExitCode;

use ai_almanac::{Target, articles};
use harness::{Almanac, Found, Goal, Visitor};

struct App;

impl Almanac for App {
    fn load() -> App {
        App
    }

    fn first_title(&self) -> &str {
        articles()[0].title()
    }

    fn get(&self, id: &str) -> Option<Found<'_>> {
        ai_almanac::get(id).map(|article| Found {
            title: article.title(),
            sections: article.sections().len(),
            links: article.links().len(),
        })
    }

    fn walk(&self, visitor: &mut impl Visitor) {
        for article in articles() {
            visitor.article(article.id(), article.title());
            visitor.text(article.lead());
            for section in article.sections() {
                visitor.section(section.level(), section.title(), section.anchor());
                visitor.text(section.text());
            }
            for link in article.links() {
                let goal = match link.target() {
                    Target::Article(to) => Goal::Article(to.id()),
                    Target::Section(to) => Goal::Section(to.article().id(), to.anchor()),
                    Target::Category(category) => {
                        Goal::Web(category.permalink().unwrap_or_default())
                    }
                    Target::Web(url) | Target::Email(url) => Goal::Web(url),
                };
                visitor.link(link.text(), goal);
            }
        }
    }
}

fn main() -> ExitCode {
    harness::main::<App>()
}
