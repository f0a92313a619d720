//! The archive that `build.rs` wrote, in the binary.

#[allow(dead_code, reason = "only the build script makes one")]
mod model;

pub use model::{ArchivedArticle, ArchivedBase, ArchivedLink, ArchivedSection, ArchivedTarget};

#[repr(C, align(16))]
pub struct Aligned<T: ?Sized>(pub T);

pub static BYTES: &Aligned<[u8]> =
    &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/base.rkyv")));

/// An app that opens the archive in its own way.
#[macro_export]
macro_rules! app {
    ($open:expr) => {
        struct App(&'static app_rkyv::ArchivedBase);

        impl harness::Almanac for App {
            fn load() -> App {
                App($open)
            }

            fn first_title(&self) -> &str {
                &self.0.articles[0].title
            }

            fn get(&self, id: &str) -> Option<harness::Found<'_>> {
                let articles = &self.0.articles;
                articles.binary_search_by(|article| article.id.as_str().cmp(id)).ok().map(|at| {
                    harness::Found {
                        title: &articles[at].title,
                        sections: articles[at].sections.len(),
                        links: articles[at].links.len(),
                    }
                })
            }

            fn walk(&self, visitor: &mut impl harness::Visitor) {
                for article in self.0.articles.iter() {
                    visitor.article(&article.id, &article.title);
                    visitor.text(&article.lead);
                    for section in article.sections.iter() {
                        visitor.section(section.level, &section.title, &section.anchor);
                        visitor.text(&section.text);
                    }
                    for link in article.links.iter() {
                        let goal = match &link.target {
                            app_rkyv::ArchivedTarget::Article(to) => {
                                harness::Goal::Article(&self.0.articles[to.to_native() as usize].id)
                            }
                            app_rkyv::ArchivedTarget::Section(to, section) => {
                                let to = &self.0.articles[to.to_native() as usize];
                                harness::Goal::Section(
                                    &to.id,
                                    &to.sections[section.to_native() as usize].anchor,
                                )
                            }
                            app_rkyv::ArchivedTarget::Web(url) => harness::Goal::Web(url),
                        };
                        visitor.link(&link.text, goal);
                    }
                }
            }
        }

        fn main() -> std::process::ExitCode {
            harness::main::<App>()
        }
    };
}
