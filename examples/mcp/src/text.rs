//! Articles and sections as text for a model: under which address, which part of it, with which
//! sources.

use ai_almanac::{Article, Section, Source};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The bytes of a text in one answer, and the number of sources or sections in its lists.
pub const MOST_TEXT: usize = 20_000;
pub const MOST_LISTED: usize = 200;

pub const SCHEME: &str = "almanac://";
/// The characters that stay as they are in an address.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An article or a section.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    Article(&'static Article),
    Section(&'static Section),
}

impl Place {
    /// Reads an address: `almanac://folder/name#anchor`.
    pub fn at(uri: &str) -> Result<Place, String> {
        let decode = |part| {
            percent_decode_str(part)
                .decode_utf8()
                .map_err(|_| "the address is not UTF-8".to_owned())
        };
        let rest =
            uri.strip_prefix(SCHEME).ok_or_else(|| format!("an address begins with {SCHEME}"))?;
        match rest.split_once('#') {
            None => article(&decode(rest)?).map(Place::Article),
            Some((id, anchor)) => {
                section(article(&decode(id)?)?, &decode(anchor)?).map(Place::Section)
            }
        }
    }

    pub fn uri(self) -> String {
        let encode = |part| utf8_percent_encode(part, PLAIN);
        match self {
            Place::Article(article) => format!("{SCHEME}{}", encode(article.id())),
            Place::Section(section) => {
                format!("{SCHEME}{}#{}", encode(section.article().id()), encode(section.anchor()))
            }
        }
    }

    pub fn article(self) -> &'static Article {
        match self {
            Place::Article(article) => article,
            Place::Section(section) => section.article(),
        }
    }

    pub fn title(self) -> String {
        match self {
            Place::Article(article) => article.title().to_owned(),
            Place::Section(section) => {
                format!("{} / {}", section.article().title(), section.title())
            }
        }
    }

    /// The sections inside it.
    pub fn sections(self) -> &'static [Section] {
        match self {
            Place::Article(article) => article.sections(),
            Place::Section(section) => section.subsections(),
        }
    }

    /// Returns the sources, in order; of a section with those of the sections inside it.
    pub fn sources(self) -> Vec<&'static Source> {
        match self {
            Place::Article(article) => article.sources().iter().collect(),
            Place::Section(section) => {
                let inner = section.subsections().iter().flat_map(|inner| inner.sources());
                let mut sources: Vec<_> = section.sources().iter().chain(inner).copied().collect();
                sources.sort_by_key(|source| source.number());
                sources.dedup();
                sources
            }
        }
    }

    /// All of its text; of a section with those inside it.
    fn text(self, format: Format) -> String {
        let body = |section: &Section| {
            if format == Format::Markdown { section.markdown() } else { section.text() }
        };
        match self {
            Place::Article(article) if format == Format::Markdown => article.markdown().to_owned(),
            Place::Article(article) => article.text().to_owned(),
            Place::Section(section) => {
                let mut text = body(section).to_owned();
                for inner in section.subsections() {
                    let mark = if format == Format::Markdown {
                        "#".repeat(inner.level().into()) + " "
                    } else {
                        String::new()
                    };
                    text.truncate(text.trim_end().len());
                    text += &format!("\n\n{mark}{}\n\n{}", inner.title(), body(inner));
                }
                text
            }
        }
    }
}

/// The article with an id; otherwise says what is near.
pub fn article(id: &str) -> Result<&'static Article, String> {
    ai_almanac::get(id).ok_or_else(|| {
        // Perhaps an address or a section was given for an id.
        let bare = id.trim_start_matches(SCHEME).split('#').next().unwrap_or_default();
        let near: Vec<_> = ai_almanac::get(bare)
            .into_iter()
            .chain(ai_almanac::nearest(bare))
            .map(|near| format!("`{}`", near.id()))
            .collect();
        let hint = if near.is_empty() {
            "`search` and `list_articles` give ids".to_owned()
        } else {
            format!("did you mean {}?", near.join(" or "))
        };
        format!("no article has the id `{}`: {hint}", shortened(id))
    })
}

/// The section with an anchor; otherwise says which there are.
pub fn section(article: &'static Article, anchor: &str) -> Result<&'static Section, String> {
    article.section(anchor.trim_start_matches('#')).ok_or_else(|| {
        let anchors: Vec<_> = article
            .sections()
            .iter()
            .take(MOST_LISTED)
            .map(|section| format!("`{}`", section.anchor()))
            .collect();
        let has = if anchors.is_empty() {
            "it has no sections".to_owned()
        } else {
            format!("it has {}", anchors.join(", "))
        };
        format!("`{}` has no section with the anchor `{}`: {has}", article.id(), shortened(anchor))
    })
}

/// Returns a text, cut so that it can be said back.
pub fn shortened(text: &str) -> String {
    if text.chars().count() > 100 {
        text.chars().take(100).chain(['…']).collect()
    } else {
        text.to_owned()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// With headings, the numbers of sources as footnotes (`[^1]`) and links (`../folder/name.md`
    /// is the article `folder/name`).
    #[default]
    Markdown,
    /// Words only.
    Text,
}

/// As much of an article or a section as goes into one answer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Part {
    pub format: Format,
    pub text: String,
    /// Where the text begins and how long all of it is, in bytes.
    pub offset: usize,
    pub length: usize,
    /// The `offset` to ask for what follows; null at the end.
    pub next_offset: Option<usize>,
    /// What the article or section rests on.
    pub sources: Vec<Cited>,
    /// How many more sources there are.
    pub more_sources: usize,
}

impl Part {
    pub fn of(place: Place, format: Format, offset: usize) -> Result<Part, String> {
        let whole = place.text(format);
        let (text, next_offset) = cut(&whole, offset)?;
        let sources = place.sources();
        Ok(Part {
            format,
            text: text.to_owned(),
            offset,
            length: whole.len(),
            next_offset,
            more_sources: sources.len().saturating_sub(MOST_LISTED),
            sources: sources.into_iter().take(MOST_LISTED).map(Cited::of).collect(),
        })
    }

    /// The text with its sources, and what is not there.
    pub fn read(&self, place: Place) -> String {
        let mut text = format!("{}\n", self.text.trim_end());
        // The Markdown of a whole article has them at its end.
        let has_sources = matches!(place, Place::Article(_))
            && self.format == Format::Markdown
            && self.text.len() == self.length;
        if !has_sources {
            // A part of one may have some of them.
            let is_defined = |source: &&Cited| {
                let definition = format!("[^{}]: ", source.number);
                self.format == Format::Markdown
                    && self.text.lines().any(|line| line.starts_with(&definition))
            };
            let others: Vec<_> =
                self.sources.iter().filter(|source| !is_defined(source)).map(Cited::line).collect();
            text += "\n";
            text += &others.concat();
            if self.more_sources > 0 {
                text += &format!(
                    "\n{} more sources are not listed: read single sections.\n",
                    self.more_sources
                );
            }
        }
        if let Some(next) = self.next_offset {
            text += &format!(
                "\n{next} of {} bytes read: `get_article` and `get_section` go on with `offset` \
                {next}.\n",
                self.length
            );
        }
        text
    }
}

/// Returns the text from `offset`, up to the end of a line where that is possible, and the start of
/// the rest.
pub fn cut(whole: &str, offset: usize) -> Result<(&str, Option<usize>), String> {
    let rest = whole.get(offset..).ok_or_else(|| {
        format!(
            "`offset` is {offset}: give 0 or the `next_offset` of the answer before; the text \
            has {} bytes",
            whole.len()
        )
    })?;
    if rest.len() <= MOST_TEXT {
        return Ok((rest, None));
    }
    let end = (0..=MOST_TEXT).rev().find(|&at| rest.is_char_boundary(at)).unwrap_or(0);
    let end = rest[..end].rfind('\n').map_or(end, |line| line + 1);
    Ok((&rest[..end], Some(offset + end)))
}

/// A source to cite.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Cited {
    /// Its number in the article, `[^1]` in Markdown.
    number: u32,
    /// Title, publisher and date.
    text: &'static str,
    url: Option<&'static str>,
}

impl Cited {
    pub fn of(source: &Source) -> Cited {
        Cited { number: source.number(), text: source.text(), url: source.url() }
    }

    /// As the definition of a footnote.
    pub fn line(&self) -> String {
        let url = self.url.map(|url| format!(" <{url}>")).unwrap_or_default();
        format!("[^{}]: {}{url}\n", self.number, self.text)
    }
}
