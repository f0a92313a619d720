//! The work of a program without a compiler at start: gray_matter for the front matter,
//! pulldown-cmark for the body. It knows as much Markdown as the generated content has.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use gray_matter::Matter;
use gray_matter::engine::YAML;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

#[derive(Debug)]
pub struct Article {
    pub id: String,
    pub title: String,
    pub description: String,
    pub position: f64,
    pub lead: String,
    pub sections: Vec<Section>,
    pub links: Vec<Link>,
    /// The start of the body behind its heading, in the parsed content.
    pub body: usize,
}

#[derive(Debug)]
pub struct Section {
    pub level: u8,
    pub title: String,
    pub anchor: String,
    pub text: String,
    /// The Markdown of its text, in what stands behind the front matter.
    pub markdown: Range<usize>,
}

#[derive(Debug)]
pub struct Link {
    /// The number of its section plus one; 0 in the lead.
    pub section: usize,
    pub text: String,
    pub target: Target,
}

#[derive(Debug, Clone)]
pub enum Target {
    Article(usize),
    Section(usize, usize),
    Web(String),
}

#[derive(serde::Deserialize)]
struct Front {
    title: String,
    description: String,
    sidebar_position: f64,
}

/// Parses all articles: path inside the folder, and content.
pub fn parse<'f>(files: impl IntoIterator<Item = (String, Cow<'f, str>)>) -> Vec<Article> {
    let mut files: Vec<_> = files.into_iter().filter(|(path, _)| path.ends_with(".md")).collect();
    files.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let matter = Matter::<YAML>::new();
    let mut articles = Vec::with_capacity(files.len());
    let mut destinations = Vec::with_capacity(files.len());
    for (path, content) in &files {
        let (article, links) = article(&matter, path, content);
        articles.push(article);
        destinations.push(links);
    }
    let targets: Vec<Vec<Target>> = {
        let known: HashMap<&str, usize> =
            articles.iter().enumerate().map(|(at, article)| (article.id.as_str(), at)).collect();
        articles
            .iter()
            .zip(&destinations)
            .map(|(article, links)| {
                links.iter().map(|link| target(&articles, &known, &article.id, link)).collect()
            })
            .collect()
    };
    for (article, targets) in articles.iter_mut().zip(targets) {
        article.links.iter_mut().zip(targets).for_each(|(link, target)| link.target = target);
    }
    articles
}

/// Reads a folder with folders of articles.
pub fn read(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the content folder") {
        let inside = entry.expect("an entry").path();
        if inside.is_dir() {
            for entry in std::fs::read_dir(&inside).expect("a folder") {
                let file = entry.expect("an entry").path();
                let name = file
                    .strip_prefix(folder)
                    .expect("inside")
                    .to_str()
                    .expect("a name in UTF-8")
                    .to_owned();
                files.push((name, std::fs::read_to_string(&file).expect("a file")));
            }
        }
    }
    files
}

pub fn parse_folder(folder: &Path) -> Vec<Article> {
    parse(read(folder).into_iter().map(|(path, content)| (path, Cow::Owned(content))))
}

/// Returns the text behind the front matter.
pub fn behind_front_matter(content: &str) -> &str {
    content.splitn(3, "---\n").nth(2).expect("front matter")
}

fn article(matter: &Matter<YAML>, path: &str, content: &str) -> (Article, Vec<String>) {
    let parsed = matter.parse::<Front>(content).expect("front matter");
    let front = parsed.data.expect("front matter");
    let mut article = Article {
        id: path.trim_end_matches(".md").to_owned(),
        title: front.title,
        description: front.description,
        position: front.sidebar_position,
        lead: String::new(),
        sections: Vec::new(),
        links: Vec::new(),
        body: 0,
    };
    let content = behind_front_matter(content);
    let mut destinations = Vec::new();
    let (mut text, mut heading, mut link_from, mut first_item) = (String::new(), None, 0, false);
    for (event, range) in Parser::new(content).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                close(&mut article, std::mem::take(&mut text), range.start);
                heading = Some(level);
            }
            Event::End(TagEnd::Heading(level)) => {
                heading = None;
                let title = std::mem::take(&mut text);
                if level == HeadingLevel::H1 {
                    article.body = range.end;
                    continue;
                }
                let anchor = anchor(&article.sections, &title);
                article.sections.push(Section {
                    level: level as u8,
                    title,
                    anchor,
                    text: String::new(),
                    markdown: range.end..content.len(),
                });
            }
            Event::Start(Tag::Paragraph | Tag::List(_)) => {
                first_item = true;
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
            }
            Event::Start(Tag::Item) => {
                if !std::mem::take(&mut first_item) {
                    text.push('\n');
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                link_from = text.len();
                destinations.push(dest_url.into_string());
            }
            Event::End(TagEnd::Link) => article.links.push(Link {
                section: article.sections.len(),
                text: text[link_from..].to_owned(),
                target: Target::Article(0),
            }),
            Event::Text(more) | Event::Code(more) => text.push_str(&more),
            Event::SoftBreak => text.push(' '),
            _ => {}
        }
    }
    assert!(heading.is_none());
    close(&mut article, text, content.len());
    (article, destinations)
}

fn close(article: &mut Article, text: String, at: usize) {
    match article.sections.last_mut() {
        Some(section) => {
            section.text = text;
            section.markdown.end = at;
        }
        None => article.lead = text,
    }
}

fn anchor(known: &[Section], title: &str) -> String {
    let slug: String = title.chars().filter_map(slug).collect();
    match known.iter().filter(|section| section.anchor.starts_with(&slug)).count() {
        0 => slug,
        count => format!("{slug}-{count}"),
    }
}

fn slug(character: char) -> Option<char> {
    match character {
        ' ' => Some('-'),
        _ if character.is_alphanumeric() || character == '-' => {
            Some(character.to_ascii_lowercase())
        }
        _ => None,
    }
}

fn target(articles: &[Article], known: &HashMap<&str, usize>, from: &str, link: &str) -> Target {
    if link.starts_with("http") {
        return Target::Web(link.to_owned());
    }
    let (path, anchor) =
        link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let path = path.trim_end_matches(".md");
    let folder = from.split('/').next().expect("a folder");
    let id = match path.strip_prefix("../") {
        Some(path) => path.to_owned(),
        None => format!("{folder}/{}", path.trim_start_matches("./")),
    };
    let at = known[id.as_str()];
    match anchor {
        None => Target::Article(at),
        Some(anchor) => Target::Section(
            at,
            articles[at]
                .sections
                .iter()
                .position(|section| section.anchor == anchor)
                .expect("a section"),
        ),
    }
}

/// Parsed articles in memory with a map of their ids: what the apps that parse at start hold.
pub struct Parsed {
    articles: Vec<Article>,
    by_id: HashMap<String, usize>,
}

impl Parsed {
    pub fn new<'f>(files: impl IntoIterator<Item = (String, Cow<'f, str>)>) -> Parsed {
        let articles = parse(files);
        let by_id =
            articles.iter().enumerate().map(|(at, article)| (article.id.clone(), at)).collect();
        Parsed { articles, by_id }
    }

    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    pub fn get(&self, id: &str) -> Option<&Article> {
        self.by_id.get(id).map(|at| &self.articles[*at])
    }
}

/// The same for all apps that hold [`Parsed`].
#[macro_export]
macro_rules! parsed_app {
    ($files:expr) => {
        struct App(parse::Parsed);

        impl harness::Almanac for App {
            fn load() -> App {
                App(parse::Parsed::new($files))
            }

            fn first_title(&self) -> &str {
                &self.0.articles()[0].title
            }

            fn get(&self, id: &str) -> Option<harness::Found<'_>> {
                self.0.get(id).map(|article| harness::Found {
                    title: &article.title,
                    sections: article.sections.len(),
                    links: article.links.len(),
                })
            }

            fn walk(&self, visitor: &mut impl harness::Visitor) {
                for article in self.0.articles() {
                    visitor.article(&article.id, &article.title);
                    visitor.text(&article.lead);
                    for section in &article.sections {
                        visitor.section(section.level, &section.title, &section.anchor);
                        visitor.text(&section.text);
                    }
                    for link in &article.links {
                        let goal = match &link.target {
                            parse::Target::Article(to) => {
                                harness::Goal::Article(&self.0.articles()[*to].id)
                            }
                            parse::Target::Section(to, section) => {
                                let to = &self.0.articles()[*to];
                                harness::Goal::Section(&to.id, &to.sections[*section].anchor)
                            }
                            parse::Target::Web(url) => harness::Goal::Web(url),
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
