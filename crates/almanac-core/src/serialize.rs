//! The export form: what `serde` writes for each type. `examples/export.rs` prints it, and other
//! programs rely on it: keys are added, never renamed or removed.

use core::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use core::marker::PhantomData;

use crate::{
    Almanac, Article, ArticleId, Category, Chunk, ChunkId, Date, Event, Happening, Image, Link,
    Section, SidebarItem, Source, Target,
};

/// A whole number is written without a fraction.
pub(crate) struct Position(pub f64);

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[expect(clippy::cast_possible_truncation, reason = "compared with the number below")]
        let whole = self.0 as i64;
        // The greatest stands for all that is greater; it is itself no `f64`.
        if whole as f64 == self.0 && whole != i64::MAX {
            serializer.serialize_i64(whole)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// A list of what an iterator gives.
pub(crate) struct List<F>(pub F);

impl<F, I> Serialize for List<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for item in (self.0)() {
            list.serialize_element(&item)?;
        }
        list.end()
    }
}

pub(crate) fn id<A: Almanac>(article: &'static Article<A>) -> &'static str {
    article.id()
}

/// Returns the ids of the articles that link here, each once. Backlinks stand in sidebar order, so
/// those of one article are together.
fn backlinks<A: Almanac>(article: &Article<A>) -> impl Iterator<Item = &'static str> + use<A> {
    let mut last = None;
    article
        .backlinks()
        .iter()
        .map(|link| link.article().id())
        .filter(move |id| last.replace(*id) != Some(*id))
}

impl<A: Almanac> Serialize for Article<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Article", 32)?;
        out.serialize_field("id", self.id())?;
        out.serialize_field("title", self.title())?;
        out.serialize_field("heading", &self.heading())?;
        out.serialize_field("description", self.description())?;
        out.serialize_field("category", &self.category().map(|category| category.id()))?;
        out.serialize_field("position", &self.position().map(Position))?;
        out.serialize_field("permalink", self.permalink())?;
        out.serialize_field("source_path", self.source_path())?;
        out.serialize_field("tags", self.tags())?;
        out.serialize_field("keywords", self.keywords())?;
        out.serialize_field("questions", self.questions())?;
        out.serialize_field("word_count", &self.word_count())?;
        out.serialize_field("reading_minutes", &self.reading_minutes())?;
        out.serialize_field("lead", self.lead())?;
        out.serialize_field("sections", self.sections())?;
        out.serialize_field("links", self.links())?;
        out.serialize_field("backlinks", &List(|| backlinks(self)))?;
        out.serialize_field("previous", &self.previous().map(id))?;
        out.serialize_field("next", &self.next().map(id))?;
        out.serialize_field("sidebar_label", self.sidebar_label())?;
        out.serialize_field("image", &self.image())?;
        out.serialize_field("last_update", &self.last_update())?;
        out.serialize_field("last_update_author", &self.last_update_author())?;
        out.serialize_field("review", &self.review_by())?;
        out.serialize_field("unlisted", &self.unlisted())?;
        out.serialize_field("profile", &self.profile_record())?;
        out.serialize_field("fields", &self.fields_record())?;
        out.serialize_field("sources", self.sources())?;
        out.serialize_field("events", self.events())?;
        out.serialize_field("images", self.images())?;
        out.serialize_field("text", self.text())?;
        out.serialize_field("html", self.html())?;
        out.serialize_field("markdown", self.markdown())?;
        out.end()
    }
}

impl<A: Almanac> Serialize for Section<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Section", 8)?;
        out.serialize_field("level", &self.level())?;
        out.serialize_field("title", self.title())?;
        out.serialize_field("anchor", self.anchor())?;
        out.serialize_field("text", self.text())?;
        out.serialize_field("html", self.html())?;
        out.serialize_field("markdown", self.markdown())?;
        out.serialize_field("parent", &self.parent().map(Section::anchor))?;
        out.serialize_field(
            "sources",
            &List(|| self.sources().iter().map(|source| source.number())),
        )?;
        out.end()
    }
}

impl<A: Almanac> Serialize for Link<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let section = self.section().map(Section::anchor);
        let mut out = serializer.serialize_struct("Link", 4)?;
        out.serialize_field("text", self.text())?;
        out.serialize_field("title", &self.title())?;
        out.serialize_field("target", &self.target())?;
        out.serialize_field("section", &section)?;
        out.end()
    }
}

impl<A: Almanac> Serialize for Target<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// A section by the article's id and its anchor.
        struct Place<A: Almanac>(&'static Section<A>);

        impl<A: Almanac> Serialize for Place<A> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut out = serializer.serialize_map(Some(2))?;
                out.serialize_entry("article", self.0.article().id())?;
                out.serialize_entry("anchor", self.0.anchor())?;
                out.end()
            }
        }

        let mut out = serializer.serialize_map(Some(1))?;
        match *self {
            Target::Article(article) => out.serialize_entry("article", article.id())?,
            Target::Section(section) => out.serialize_entry("section", &Place(section))?,
            Target::Category(category) => out.serialize_entry("category", category.id())?,
            Target::Web(url) => out.serialize_entry("web", url)?,
            Target::Email(address) => out.serialize_entry("email", address)?,
        }
        out.end()
    }
}

impl<A: Almanac> Serialize for Source<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let target = self.link().map(Link::target);
        let mut out = serializer.serialize_struct("Source", 4)?;
        out.serialize_field("number", &self.number())?;
        out.serialize_field("text", self.text())?;
        out.serialize_field("target", &target)?;
        out.serialize_field(
            "sections",
            &List(|| self.sections().iter().map(|section| section.anchor())),
        )?;
        out.end()
    }
}

/// With the sources themselves: a chunk is also read apart from its article.
impl<A: Almanac> Serialize for Chunk<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Cited<A: Almanac>(&'static Source<A>);

        impl<A: Almanac> Serialize for Cited<A> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut out = serializer.serialize_struct("Source", 3)?;
                out.serialize_field("number", &self.0.number())?;
                out.serialize_field("text", self.0.text())?;
                out.serialize_field("url", &self.0.url())?;
                out.end()
            }
        }

        let mut out = serializer.serialize_struct("Chunk", 7)?;
        out.serialize_field("id", &self.id())?;
        out.serialize_field("article", self.article().id())?;
        out.serialize_field("section", &self.section().map(Section::anchor))?;
        out.serialize_field("headings", &List(|| self.headings()))?;
        out.serialize_field("text", self.text())?;
        out.serialize_field("exceeds_limit", &self.exceeds_limit())?;
        out.serialize_field("sources", &List(|| self.sources().map(Cited)))?;
        out.end()
    }
}

impl<A: Almanac> Serialize for ChunkId<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Without the bytes, which are no text.
impl<A: Almanac> Serialize for Image<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Image", 6)?;
        out.serialize_field("path", self.path())?;
        out.serialize_field("alt", self.alt())?;
        out.serialize_field("title", &self.title())?;
        out.serialize_field("media_type", &self.media_type())?;
        out.serialize_field("width", &self.width())?;
        out.serialize_field("height", &self.height())?;
        out.end()
    }
}

/// The events by article and section: their own form is in the article.
impl<A: Almanac> Serialize for Happening<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Told<A: Almanac>(&'static Event<A>);

        impl<A: Almanac> Serialize for Told<A> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut out = serializer.serialize_struct("Event", 3)?;
                out.serialize_field("article", self.0.article().id())?;
                out.serialize_field("section", self.0.section().anchor())?;
                out.serialize_field("text", self.0.text())?;
                out.end()
            }
        }

        let mut out = serializer.serialize_struct("Happening", 3)?;
        out.serialize_field("id", &self.id())?;
        out.serialize_field("date", &self.date())?;
        out.serialize_field("events", &List(|| self.events().iter().map(|event| Told(event))))?;
        out.end()
    }
}

impl<A: Almanac> Serialize for Event<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Event", 5)?;
        out.serialize_field("date", &self.date())?;
        out.serialize_field("text", self.text())?;
        out.serialize_field("section", self.section().anchor())?;
        out.serialize_field(
            "sources",
            &List(|| self.sources().iter().map(|source| source.number())),
        )?;
        out.serialize_field("happening", &self.happening().and_then(Happening::id))?;
        out.end()
    }
}

/// As text: `2019-08-23`, `2019-08` or `2019`.
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Date;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a date as 2019-08-23, 2019-08 or 2019")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}

impl<A: Almanac> Serialize for Category<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Category", 9)?;
        out.serialize_field("id", self.id())?;
        out.serialize_field("label", self.label())?;
        out.serialize_field("description", &self.description())?;
        out.serialize_field("position", &self.position().map(Position))?;
        out.serialize_field("parent", &self.parent().map(|parent| parent.id()))?;
        out.serialize_field(
            "categories",
            &List(|| self.categories().iter().map(|category| category.id())),
        )?;
        out.serialize_field(
            "articles",
            &List(|| self.articles().iter().map(|article| article.id())),
        )?;
        out.serialize_field("index", &self.index().map(id))?;
        out.serialize_field("permalink", &self.permalink())?;
        out.end()
    }
}

impl<A: Almanac> Serialize for SidebarItem<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(1))?;
        match *self {
            SidebarItem::Article(article) => out.serialize_entry("article", article.id())?,
            SidebarItem::Category(category) => out.serialize_entry("category", category.id())?,
        }
        out.end()
    }
}

impl<A: Almanac> Serialize for ArticleId<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.article().id())
    }
}

impl<'de, A: Almanac> Deserialize<'de> for ArticleId<A> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ArticleId<A>, D::Error> {
        struct Id<A>(PhantomData<fn() -> A>);

        impl<A: Almanac> Visitor<'_> for Id<A> {
            type Value = ArticleId<A>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("the id of an article")
            }

            fn visit_str<E: de::Error>(self, id: &str) -> Result<ArticleId<A>, E> {
                id.parse().map_err(|error: crate::UnknownArticle<A>| match error.nearest() {
                    Some(near) => E::custom(format_args!(
                        "no article has the id `{id}`; did you mean `{}`?",
                        near.id()
                    )),
                    None => E::custom(format_args!("no article has the id `{id}`")),
                })
            }
        }

        deserializer.deserialize_str(Id(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::Position;

    #[test]
    fn whole_positions_have_no_fraction() {
        for (position, written) in [
            (9.0, "9"),
            (-0.0, "0"),
            (-1.5, "-1.5"),
            (1e16, "10000000000000000"),
            (-9_223_372_036_854_775_808.0, "-9223372036854775808"),
            // 2⁶³ is no `i64`.
            (9_223_372_036_854_775_808.0, "9.223372036854775808e18"),
            (1e300, "1e300"),
        ] {
            let found = serde_json::to_value(Position(position)).unwrap();
            let expected: serde_json::Value = serde_json::from_str(written).unwrap();
            assert_eq!(found, expected, "{position}");
            assert_eq!(found.to_string().contains(['.', 'e']), written.contains(['.', 'e']));
        }
    }
}
