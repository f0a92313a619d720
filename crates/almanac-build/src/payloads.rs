//! The long texts of all articles: plain text, HTML and Markdown, one after the other, and where
//! each section's part stands.

use std::collections::HashMap;

use super::document::plain;
use super::html::{LinkResolver, Picture, Writer};
use super::pieces::{Part, Pieces};
use super::resolve::{Almanac, Article, Target};
use super::text;

/// The texts of all articles, one after the other.
#[derive(Default)]
pub struct Payloads {
    pub text: String,
    pub html: String,
    pub markdown: String,
    pub pieces: Pieces,
}

/// A part of a text or of a table: start and end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span(pub usize, pub usize);

/// The places of the texts of an article.
#[derive(Default)]
pub struct Texts {
    pub text: Span,
    pub html: Span,
    pub markdown: Span,
    pub lead: Span,
    /// Text, HTML and Markdown of each section.
    pub sections: Vec<[Span; 3]>,
    /// The places of the addresses of links in the HTML, by the number of the link in the document.
    pub addresses: HashMap<usize, Span>,
    pub words: u32,
}

impl Payloads {
    /// Adds the texts of an article.
    pub fn add(&mut self, almanac: &Almanac, number: usize, source: &str) -> Texts {
        let article = &almanac.articles[number];
        let document = &article.document;
        let resolver = Resolved { almanac, article, number };
        let mut texts = Texts::default();

        let start = self.text.len();
        let mut own = String::new();
        let lines = text::write_lines(&document.lead, &mut own);
        texts.lead = Span(start, start + own.len());
        self.pieces.begin_article();
        let heading = document.heading.as_deref().unwrap_or_default();
        self.pieces.add(&article.id, None, heading, Part { text: &own, lines: &lines });
        for section in &document.sections {
            if !own.is_empty() {
                own.push_str("\n\n");
            }
            own.push_str(plain(&section.title).trim());
            let mut inside = String::new();
            let lines = text::write_lines(&section.blocks, &mut inside);
            let part = Part { text: &inside, lines: &lines };
            self.pieces.add(&article.id, Some(&section.anchor), &section.title, part);
            if !inside.is_empty() {
                own.push_str("\n\n");
            }
            texts.sections.push([
                Span(start + own.len(), start + own.len() + inside.len()),
                Span::default(),
                Span::default(),
            ]);
            own.push_str(&inside);
        }
        texts.words = text::words(&own);
        texts.text = Span(start, start + own.len());
        self.text.push_str(&own);

        let start = self.html.len();
        let mut writer = Writer::new(document, &resolver, &mut self.html);
        writer.blocks(&document.lead);
        for (section, spans) in document.sections.iter().zip(&mut texts.sections) {
            writer.heading(section.level, &section.anchor, &section.title);
            let begin = writer.len();
            writer.blocks(&section.blocks);
            spans[1] = Span(begin, writer.len());
        }
        writer.footnotes();
        texts.addresses = writer
            .into_addresses()
            .into_iter()
            .map(|(link, at)| (link, Span(at.start, at.end)))
            .collect();
        texts.html = Span(start, self.html.len());

        // The whole body, and in it the parts of the sections; line ends and NUL as Markdown has
        // them.
        let start = self.markdown.len();
        let plain = !(source.as_bytes().contains(&b'\r') || source.as_bytes().contains(&0));
        let normal = |part: &str| match plain {
            true => part.to_owned(),
            false => part.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}"),
        };
        let body = document.lead_span.start.max(article.body)..source.len();
        let body = body.start + (source[body.clone()].len() - source[body].trim_start().len())
            ..source.len();
        let mut at = body.start;
        for (section, spans) in document.sections.iter().zip(&mut texts.sections) {
            let own = &source[section.span.clone()];
            let from = (section.span.start + own.len()
                - own.trim_start_matches(['\n', '\r']).len())
            .max(at);
            let until = (section.span.start + own.trim_end().len()).max(from);
            self.markdown.push_str(&normal(&source[at..from]));
            let begin = self.markdown.len();
            self.markdown.push_str(&normal(&source[from..until]));
            spans[2] = Span(begin, self.markdown.len());
            at = until;
        }
        self.markdown.push_str(&normal(source[at.min(source.len())..].trim_end()));
        texts.markdown = Span(start, self.markdown.len());
        // Payloads are cut into by bytes: keep articles apart for those who read the files.
        for payload in [&mut self.text, &mut self.html, &mut self.markdown] {
            payload.push('\n');
        }
        texts
    }
}

/// The targets of the links of an article, as a resolver.
struct Resolved<'a> {
    almanac: &'a Almanac,
    article: &'a Article,
    number: usize,
}

impl LinkResolver for Resolved<'_> {
    fn link(&self, link: usize) -> Option<(String, Option<&str>)> {
        let articles = &self.almanac.articles;
        let address = match self.article.targets[link].as_ref()? {
            Target::Article(to) => path(&articles[*to].permalink),
            Target::Section(to, section) => {
                let page =
                    if *to == self.number { String::new() } else { path(&articles[*to].permalink) };
                format!(
                    "{page}#{}",
                    articles[*to].document.sections[*section].anchor.replace('%', "%25")
                )
            }
            Target::Category(to) => path(self.almanac.categories[*to].permalink.as_deref()?),
            Target::Web(url) => url.clone(),
            Target::Email(address) => format!("mailto:{address}"),
        };
        Some((address, self.article.document.links[link].title.as_deref()))
    }

    fn image(&self, image: usize) -> Option<Picture<'_>> {
        let found = &self.article.document.images[image];
        if found.refused || !self.article.images[image] {
            return None;
        }
        let title = found.title.as_deref();
        // From the root: the article's permalink need not lie in the folder of its file.
        Some(match &found.file {
            Some(file) => {
                let size = self.almanac.assets.get(file).map(|asset| asset.header);
                let size = size.map(|header| (header.width, header.height));
                Picture { address: path(&format!("/{file}")).into(), title, size }
            }
            None => Picture { address: found.destination.as_str().into(), title, size: None },
        })
    }
}

/// Returns a permalink as the path of an address: escaped is what would end the path or be read as
/// an escape. The writer of HTML escapes all else that needs it.
fn path(permalink: &str) -> String {
    permalink.replace('%', "%25").replace('?', "%3F").replace('#', "%23")
}
