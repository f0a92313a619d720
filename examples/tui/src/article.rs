//! An article as a document. It is read from the article's HTML, with admonitions, bare addresses
//! and references resolved; [`html_with`](Article::html_with) says which link each `<a>` is.

use std::cell::RefCell;

use ai_almanac::{Article, Link, Target, Value};
use html5gum::{StartTag, Token, Tokenizer};
use ratatui::style::Style;

use crate::document::{Body, Builder, Cell, Document, Goal, link_style, target};
use crate::theme;

pub fn document(article: &'static Article) -> Document {
    let mut builder = Builder::default();
    builder.titled(article.title(), theme::TITLE);
    let mut about = vec![
        article.id().to_owned(),
        format!("{} words, {} min", article.word_count(), article.reading_minutes()),
    ];
    about.extend(article.last_update().map(|date| format!("updated {date}")));
    builder.paragraph(&about.join(" · "), theme::QUIET);
    for fact in article.facts() {
        builder.text(&format!("{}: ", fact.label()), theme::QUIET, None);
        write_value(&mut builder, fact.value());
        builder.flush();
    }
    let (source, links) = numbered(article);
    let mut html = Html::new(builder, article, links);
    for token in Tokenizer::new(&source).flatten() {
        match token {
            Token::StartTag(tag) => html.start(&tag),
            Token::EndTag(tag) => html.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => html.text(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    let mut builder = html.builder;
    if !article.backlinks().is_empty() {
        let block = builder.titled("Linked from", theme::HEADING);
        builder.mark_backlinks(block);
        for link in article.backlinks() {
            builder.enter("• ".into(), "  ".into());
            let from = target(link.article(), link.section());
            builder.linked(link.article().title(), from);
            builder.text(
                &link.section().map_or(String::new(), |section| format!(" / {section}")),
                Style::new(),
                None,
            );
            builder.leave();
        }
    }
    builder.apart();
    for (name, neighbour) in [("Previous: ", article.previous()), ("Next: ", article.next())] {
        if let Some(neighbour) = neighbour {
            builder.text(name, theme::QUIET, None);
            builder.linked(neighbour.title(), Target::Article(neighbour));
            builder.flush();
        }
    }
    builder.finish()
}

/// Writes a value; what leads somewhere is a link.
pub fn write_value(builder: &mut Builder, value: Value) {
    match value {
        Value::Url(url) => builder.linked(url, Target::Web(url)),
        Value::Article(article) => builder.linked(article.title(), Target::Article(article)),
        Value::Mention(mention) => match mention.article() {
            Some(article) => builder.linked(mention.text(), Target::Article(article)),
            None => builder.text(mention.text(), Style::new(), None),
        },
        Value::Record(record) => {
            builder.linked(record.name(), target(record.article(), record.section()));
        }
        Value::List(values) => {
            for (index, value) in values.enumerate() {
                if index > 0 {
                    builder.text(", ", Style::new(), None);
                }
                write_value(builder, value);
            }
        }
        other => builder.text(&other.to_string(), Style::new(), None),
    }
}

/// The scheme of an address that is the number of a link. In content it would be an error.
const NUMBERED: &str = "link:";

/// The article's HTML with the numbers of links as their addresses, and the links.
fn numbered(article: &'static Article) -> (String, Vec<&'static Link>) {
    let links = RefCell::new(Vec::new());
    let html = article.html_with(|link| {
        let mut links = links.borrow_mut();
        links.push(link);
        Some(format!("{NUMBERED}{}", links.len() - 1))
    });
    (html.to_string(), links.into_inner())
}

/// The kinds of `<a>`: a link of the article, one that the compiler puts behind a source, or one
/// that leads nowhere here: a citation, an anchor.
#[derive(PartialEq)]
enum Anchor {
    Link(usize),
    Other,
    Return,
}

impl Anchor {
    fn new(tag: &StartTag<()>) -> Anchor {
        if attribute(tag, "class").as_deref() == Some("footnote-backref") {
            return Anchor::Return;
        }
        let href = attribute(tag, "href");
        let number = href.as_deref().and_then(|href| href.strip_prefix(NUMBERED)?.parse().ok());
        number.map_or(Anchor::Other, Anchor::Link)
    }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// Reads HTML into blocks. It knows the elements that the compiler writes; of others the text
/// stays.
struct Html {
    builder: Builder,
    article: &'static Article,
    /// The article's links by their numbers in the HTML.
    links: Vec<&'static Link>,
    /// The styles of the open inline elements.
    styles: Vec<Style>,
    /// The open `<a>`s, and the numbers of their links.
    anchors: Vec<(Anchor, Option<usize>)>,
    /// The open lists: the next number, if they have numbers.
    lists: Vec<Option<u64>>,
    /// `true` if the list items are the article's sources.
    sources: bool,
    table: Vec<Vec<Cell>>,
    code: Option<String>,
    in_formula: bool,
}

impl Html {
    fn new(builder: Builder, article: &'static Article, links: Vec<&'static Link>) -> Html {
        Html {
            builder,
            article,
            links,
            styles: Vec::new(),
            anchors: Vec::new(),
            lists: Vec::new(),
            sources: false,
            table: Vec::new(),
            code: None,
            in_formula: false,
        }
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let attribute = |name| attribute(tag, name);
        match &*String::from_utf8_lossy(&tag.name) {
            "p" if attribute("class").is_some_and(|class| class == "admonition-title") => {
                self.styles.push(theme::STRONG)
            }
            "p" => {
                self.begin();
                self.styles.push(Style::new());
            }
            "table" => self.begin(),
            "pre" => {
                self.begin();
                self.code = Some(String::new());
            }
            "div" | "blockquote" => {
                self.begin();
                self.builder.enter("│ ".into(), "│ ".into());
            }
            "hr" => {
                self.begin();
                self.builder.push(Body::Rule);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.begin();
                if let Some(section) = attribute("id").and_then(|id| self.article.section(&id)) {
                    self.builder.section(section);
                }
                self.styles.push(theme::HEADING);
            }
            "section" => {
                self.sources = true;
                let block = self.builder.titled("Sources", theme::HEADING);
                self.builder.mark_sources(block);
            }
            name @ ("ul" | "ol") => {
                self.builder.flush();
                if self.lists.is_empty() {
                    self.builder.apart();
                }
                let start = attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push((name == "ol").then_some(start));
            }
            "li" => {
                let source = self.sources && self.lists.len() == 1;
                let bullet = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let bullet = if source {
                            format!("{:<5}", format!("[{number}]"))
                        } else {
                            format!("{number}. ")
                        };
                        *number = number.saturating_add(1);
                        bullet
                    }
                    _ => "• ".to_owned(),
                };
                let rest = " ".repeat(bullet.chars().count());
                self.builder.enter(bullet, rest);
            }
            "tr" => self.table.push(Vec::new()),
            "th" | "td" => {
                let right = attribute("style").is_some_and(|style| style.ends_with("right"));
                self.table
                    .last_mut()
                    .expect("a cell stands in a row")
                    .push(Cell { pieces: Vec::new(), right });
            }
            "a" => {
                let anchor = Anchor::new(tag);
                let number = match anchor {
                    Anchor::Link(number) => {
                        let link = self.links[number];
                        Some(self.builder.link(Goal { target: link.target(), link: Some(link) }))
                    }
                    Anchor::Other | Anchor::Return => None,
                };
                self.anchors.push((anchor, number));
            }
            "sup" => {
                self.styles.push(theme::QUIET);
                self.text("[");
            }
            "em" => self.open(theme::EMPHASIS),
            "strong" => self.open(theme::STRONG),
            "del" => self.open(theme::DELETED),
            "code" => self.open(theme::CODE),
            // Its picture needs a page; its source is text that one can read here.
            "math" => {
                let source = attribute("alttext").unwrap_or_default();
                if attribute("display").is_some_and(|display| display == "block") {
                    self.begin();
                    self.builder.push(Body::Code(source));
                } else {
                    self.open(theme::CODE);
                    self.text(&source);
                    self.styles.pop();
                }
                self.in_formula = true;
            }
            "br" => self.builder.line_break(),
            "img" => self.text(&format!("[image: {}]", attribute("alt").unwrap_or_default())),
            "input" => self.text(if tag.attributes.contains_key(&b"checked"[..]) {
                "[x] "
            } else {
                "[ ] "
            }),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.builder.flush();
                self.styles.pop();
            }
            "div" | "blockquote" | "li" => self.builder.leave(),
            "ul" | "ol" => {
                self.builder.flush();
                self.lists.pop();
            }
            "th" | "td" => {
                let pieces = self.builder.take();
                self.table
                    .last_mut()
                    .and_then(|row| row.last_mut())
                    .expect("a cell was begun")
                    .pieces = pieces;
            }
            "table" => self.builder.push(Body::Table(std::mem::take(&mut self.table))),
            "pre" => {
                let code = self.code.take().unwrap_or_default();
                self.builder.push(Body::Code(code));
            }
            "math" => self.in_formula = false,
            "a" => drop(self.anchors.pop()),
            "sup" => {
                self.text("]");
                self.styles.pop();
            }
            "em" | "strong" | "del" | "code" => drop(self.styles.pop()),
            _ => {}
        }
    }

    /// Begins a block that stands apart, but for the first of a source.
    fn begin(&mut self) {
        self.builder.flush();
        if !(self.sources && self.builder.at_bullet()) {
            self.builder.apart();
        }
    }

    /// Begins an inline element.
    fn open(&mut self, style: Style) {
        self.styles.push(self.styles.last().copied().unwrap_or_default().patch(style));
    }

    fn text(&mut self, text: &str) {
        match &mut self.code {
            _ if self.in_formula => {}
            Some(code) => code.push_str(text),
            None if self.anchors.last().is_some_and(|(anchor, _)| *anchor == Anchor::Return) => {}
            None => {
                let mut style = self.styles.last().copied().unwrap_or_default();
                let link = self.anchors.iter().find_map(|(_, link)| *link);
                if let Some(link) = link {
                    style = style.patch(link_style(self.builder.target(link)));
                }
                self.builder.text(text, style, link);
            }
        }
    }
}
