//! The knowledge base as Rust: one static an article, its sections and links beside it, long texts in files of their own.
//! Only data is generated; the types are written by hand.

use std::collections::HashMap;

use proc_macro2::{Ident, Literal, Span as TokenSpan, TokenStream};
use quote::quote;

use super::date::Date;
use super::document::{Inline, plain};
use super::front_matter::Profile;
use super::hash::hash;
use super::html::{self, Addresses};
use super::resolve::{Almanac, Article, Category, Entry, Target};
use super::rustdoc::{self, Docs};
use super::source::Source;
use super::text;

/// A generated file: its name and what is in it.
pub type File = (String, Vec<u8>);

/// Writes the generated code and the texts beside it.
pub fn emit(almanac: &Almanac, source: &Source) -> Vec<File> {
    let mut payloads = Payloads::default();
    let mut modules = Module::default();
    let docs = Docs::new(almanac);
    let mut files = Vec::new();
    for (number, article) in almanac.articles.iter().enumerate() {
        let texts = payloads.add(almanac, number, &source.files[article.file].text);
        let doc_file = format!("docs/{number}.md");
        modules.at(&article.modules).items.extend(article_items(almanac, number, &texts, &doc_file));
        files.push((doc_file, docs.article(number).into_bytes()));
    }
    for (number, category) in almanac.categories.iter().enumerate() {
        let doc_file = format!("docs/category-{number}.md");
        modules.at(&category.modules).docs = Some((docs.category_summary(category), doc_file.clone()));
        files.push((doc_file, docs.category(category).into_bytes()));
    }
    files.push(("docs/contents.md".to_owned(), docs.contents().into_bytes()));
    let mut code = String::from("// Generated from the content folder by build.rs.\n");
    modules.write(&mut code);
    for item in tables(almanac) {
        push_item(&item, &mut code);
    }
    #[cfg(feature = "search")]
    {
        push_item(
            &quote!(
                pub(crate) static __INDEX: &[u8] = include_bytes!("index.bin");
            ),
            &mut code,
        );
        files.push(("index.bin".to_owned(), super::index::build(almanac)));
    }
    files.extend([
        ("almanac.rs".to_owned(), code.into_bytes()),
        ("text.txt".to_owned(), payloads.text.into_bytes()),
        ("html.txt".to_owned(), payloads.html.into_bytes()),
        ("markdown.txt".to_owned(), payloads.markdown.into_bytes()),
    ]);
    files
}

/// The items of one module and the modules inside it.
#[derive(Default)]
struct Module {
    items: Vec<TokenStream>,
    /// The line about the folder, and the file that says more.
    docs: Option<(String, String)>,
    inner: std::collections::BTreeMap<String, Module>,
}

impl Module {
    fn at(&mut self, path: &[String]) -> &mut Module {
        path.iter().fold(self, |module, name| module.inner.entry(name.clone()).or_default())
    }

    fn write(&self, code: &mut String) {
        for item in &self.items {
            push_item(item, code);
        }
        for (name, module) in &self.inner {
            match &module.docs {
                Some((summary, file)) => {
                    // The whole replaces the line where it is documentation that is made.
                    let summary = string(summary);
                    push_item(&quote!(#[cfg_attr(not(doc), doc = #summary)] #[cfg_attr(doc, doc = include_str!(#file))]), code);
                }
                // A folder without listed articles.
                None => code.push_str("/// Articles that only links lead to.\n"),
            }
            code.push_str(&format!("pub mod {name} {{\n"));
            module.write(code);
            code.push_str("}\n");
        }
    }
}

/// Each item on a line of its own: errors of the compiler then name a short line.
fn push_item(item: &TokenStream, code: &mut String) {
    code.push_str(&item.to_string());
    code.push('\n');
}

// ---- payloads ---------------------------------------------------------------------------------------------------

/// The texts of all articles, one after the other.
#[derive(Default)]
struct Payloads {
    text: String,
    html: String,
    markdown: String,
}

/// A part of a payload.
#[derive(Clone, Copy, Default)]
struct Span(usize, usize);

impl quote::ToTokens for Span {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (start, end) = (number(self.0), number(self.1));
        tokens.extend(quote!(crate::payload::Span { start: #start, end: #end }));
    }
}

/// Where the texts of an article stand.
#[derive(Default)]
struct Texts {
    text: Span,
    html: Span,
    markdown: Span,
    lead: Span,
    /// Text, HTML and Markdown of each section.
    sections: Vec<[Span; 3]>,
    words: u32,
}

impl Payloads {
    fn add(&mut self, almanac: &Almanac, number: usize, source: &str) -> Texts {
        let article = &almanac.articles[number];
        let document = &article.document;
        let addresses = Resolved { almanac, article, number };
        let mut texts = Texts::default();

        let start = self.text.len();
        let mut own = String::new();
        text::write(&document.lead, &mut own);
        texts.lead = Span(start, start + own.len());
        for section in &document.sections {
            if !own.is_empty() {
                own.push_str("\n\n");
            }
            own.push_str(plain(&section.title).trim());
            let mut inside = String::new();
            text::write(&section.blocks, &mut inside);
            if !inside.is_empty() {
                own.push_str("\n\n");
            }
            texts.sections.push([Span(start + own.len(), start + own.len() + inside.len()), Span::default(), Span::default()]);
            own.push_str(&inside);
        }
        texts.words = text::words(&own);
        texts.text = Span(start, start + own.len());
        self.text.push_str(&own);

        let start = self.html.len();
        html::write(&document.lead, &addresses, &mut self.html);
        for (section, spans) in document.sections.iter().zip(&mut texts.sections) {
            html::write_heading(section.level, &section.anchor, &section.title, &addresses, &mut self.html);
            let begin = self.html.len();
            html::write(&section.blocks, &addresses, &mut self.html);
            spans[1] = Span(begin, self.html.len());
        }
        html::write_footnotes(&document.footnotes, &addresses, &mut self.html);
        texts.html = Span(start, self.html.len());

        // The whole body, and in it the parts of the sections; line ends and NUL as Markdown has them.
        let start = self.markdown.len();
        let normal = |part: &str| part.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}");
        let body = document.lead_span.start.max(article.body)..source.len();
        let body = body.start + (source[body.clone()].len() - source[body].trim_start().len())..source.len();
        let mut at = body.start;
        for (section, spans) in document.sections.iter().zip(&mut texts.sections) {
            let own = &source[section.span.clone()];
            let from = (section.span.start + own.len() - own.trim_start_matches(['\n', '\r']).len()).max(at);
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

/// Where the links of an article lead, as addresses.
struct Resolved<'a> {
    almanac: &'a Almanac,
    article: &'a Article,
    number: usize,
}

impl Addresses for Resolved<'_> {
    fn link(&self, link: usize) -> Option<(String, Option<&str>)> {
        let articles = &self.almanac.articles;
        let address = match self.article.targets[link].as_ref()? {
            Target::Article(to) => articles[*to].permalink.clone(),
            Target::Section(to, section) => {
                let page = if *to == self.number { "" } else { &articles[*to].permalink };
                format!("{page}#{}", articles[*to].document.sections[*section].anchor)
            }
            Target::Web(url) => url.clone(),
            Target::Email(address) => format!("mailto:{address}"),
        };
        Some((address, self.article.document.links[link].title.as_deref()))
    }

    fn image(&self, image: usize) -> Option<(&str, Option<&str>)> {
        let found = &self.article.document.images[image];
        self.article.images[image].then_some((found.destination.as_str(), found.title.as_deref()))
    }
}

// ---- items ------------------------------------------------------------------------------------------------------

fn article_items(almanac: &Almanac, at: usize, texts: &Texts, doc_file: &str) -> Vec<TokenStream> {
    let article = &almanac.articles[at];
    let own_number = number(at);
    let document = &article.document;
    let this = ident(&article.name);
    let table_name = |name: &str| ident(&format!("{}__{name}", article.name));
    let (sections, sources) = (table_name("SECTIONS"), table_name("SOURCES"));
    // A table beside the article, and the reference to it; nothing for an empty one, since rustc takes time for each.
    let table = |items: &mut Vec<TokenStream>, name: &str, of: TokenStream, count: usize, values: Vec<TokenStream>| {
        if count == 0 {
            return quote!(&[]);
        }
        let name = table_name(name);
        items.push(table_item(&name, of, count, values.into_iter()));
        quote!(&#name)
    };
    let mut items = Vec::new();

    // The links that count, and for each link of the document its place among them.
    let kept: Vec<(usize, &Target)> = article.links().collect();
    let place: HashMap<usize, usize> = kept.iter().enumerate().map(|(at, (link, _))| (*link, at)).collect();
    let in_body = kept.len() - document.footnotes.iter().flat_map(|note| &note.links).filter(|link| place.contains_key(link)).count();

    let mut texts_of_links = HashMap::new();
    texts_in_document(article, &mut texts_of_links);
    let link_values = kept.iter().map(|(link, target)| {
        let of = &document.links[*link];
        let section = number(of.section.map_or(0, |section| section + 1));
        let text = string(texts_of_links.get(link).map_or("", |text| text.trim()));
        let target = target_tokens(target);
        let title = option(of.title.as_deref().map(string));
        quote!(crate::Link { article: #own_number, section: #section, text: #text, target: #target, title: #title })
    });
    let links = table(&mut items, "LINKS", quote!(crate::Link), kept.len(), link_values.collect());

    let source_values = document.footnotes.iter().enumerate().map(|(at, note)| {
        let mut text = String::new();
        text::write(&note.blocks, &mut text);
        let text = string(&text);
        let (count, link) = (number(at + 1), number(note.links.iter().find_map(|link| place.get(link)).map_or(0, |at| at + 1)));
        let cited = note.cited_in.iter().flatten().map(|section| element(&sections, *section));
        quote!(crate::Source { article: #own_number, number: #count, text: #text, link: #link, sections: &[#(#cited),*] })
    });
    let source_count = document.footnotes.len();
    let source_table = table(&mut items, "SOURCES", quote!(crate::Source), source_count, source_values.collect());

    let event_values = article.events.iter().map(|event| {
        let (section, date, text) = (number(event.section), date(event.date), string(&event.text));
        let cited = event.sources.iter().map(|source| element(&sources, *source));
        quote!(crate::Event { article: #own_number, section: #section, date: #date, text: #text, sources: &[#(#cited),*] })
    });
    let events = table(&mut items, "EVENTS", quote!(crate::Event), article.events.len(), event_values.collect());

    let mut next_link = kept[..in_body].iter().take_while(|(link, _)| document.links[*link].section.is_none()).count();
    let mut cited_by: Vec<Vec<usize>> = vec![Vec::new(); document.sections.len()];
    for (number, note) in document.footnotes.iter().enumerate() {
        note.cited_in.iter().flatten().for_each(|section| cited_by[*section].push(number));
    }
    let mut open: Vec<usize> = Vec::new();
    let section_values: Vec<TokenStream> = document
        .sections
        .iter()
        .enumerate()
        .map(|(at, section)| {
            while open.last().is_some_and(|above| document.sections[*above].level >= section.level) {
                open.pop();
            }
            let parent = number(open.last().map_or(0, |above| above + 1));
            open.push(at);
            let inside = document.sections[at + 1..].iter().take_while(|inner| inner.level > section.level).count();
            let first_link = next_link;
            next_link += kept[first_link..in_body].iter().take_while(|(link, _)| document.links[*link].section == Some(at)).count();
            let own_links = Span(first_link, next_link);
            let cited = cited_by[at].iter().map(|note| element(&sources, *note));
            let (level, title, anchor) =
                (Literal::u8_unsuffixed(section.level), string(plain(&section.title).trim()), string(&section.anchor));
            let (own, end) = (number(at), number(at + 1 + inside));
            let [text, html, markdown] = texts.sections[at];
            quote!(crate::Section {
                article: #own_number, level: #level, title: #title, anchor: #anchor, number: #own, end: #end, parent: #parent,
                links: #own_links, sources: &[#(#cited),*], text: #text, html: #html, markdown: #markdown
            })
        })
        .collect();
    let section_table = table(&mut items, "SECTIONS", quote!(crate::Section), document.sections.len(), section_values);

    let backlinks = if article.backlinks.is_empty() {
        quote!(&[])
    } else {
        // References into the tables of other articles are dear one by one: a constant function makes them from numbers.
        let name = table_name("BACKLINKS");
        let count = number(article.backlinks.len());
        let places = article.backlinks.iter().map(|(from, link)| {
            let (from, link) = (number(*from), number(*link));
            quote!([#from, #link])
        });
        items.push(quote!(static #name: [&crate::Link; #count] = crate::link::at_places([#(#places),*]);));
        quote!(&#name)
    };
    let neighbour = |at: Option<usize>| number(at.map_or(0, |at| at + 1));
    let (previous, next) = (neighbour(article.previous), neighbour(article.next));
    let category = option(article.category.map(category_reference));
    let profile = option(article.profile.as_ref().map(profile_tokens));
    let position = option(article.position.map(Literal::f64_unsuffixed));
    let update = option(article.last_update.map(date));
    let author = option(article.last_update_author.as_deref().map(string));
    let heading = option(article.heading.as_deref().map(string));
    let image = option(article.image.as_deref().map(string));
    let (id, title, label, description) =
        (string(&article.id), string(&article.title), string(&article.sidebar_label), string(&article.description));
    let (permalink, path) = (string(&article.permalink), string(&article.path));
    let (tags, keywords) = (strings(&article.tags), strings(&article.keywords));
    let (unlisted, words) = (article.unlisted, Literal::u32_unsuffixed(texts.words));
    let Texts { text, html, markdown, lead, .. } = texts;
    let doc = string(&Docs::summary(article));
    let aliases = rustdoc::aliases(article);
    let aliases = aliases.iter().map(|alias| string(alias));
    items.push(quote! {
        #[doc = #doc]
        #[cfg_attr(doc, doc = "")]
        #[cfg_attr(doc, doc = include_str!(#doc_file))]
        #[cfg_attr(doc, doc(#(alias = #aliases),*))]
        pub static #this: crate::Article = crate::Article {
            id: #id, title: #title, heading: #heading, sidebar_label: #label, description: #description, category: #category,
            position: #position, permalink: #permalink, source_path: #path, tags: &#tags, keywords: &#keywords, image: #image,
            last_update: #update, last_update_author: #author, unlisted: #unlisted, profile: #profile,
            sections: #section_table, links: #links, backlinks: #backlinks, sources: #source_table, events: #events,
            previous: #previous, next: #next, word_count: #words, lead: #lead, text: #text, html: #html, markdown: #markdown
        };
    });
    items
}

/// The tables of the whole knowledge base, at the crate's root.
fn tables(almanac: &Almanac) -> Vec<TokenStream> {
    let articles = (0..almanac.articles.len()).map(|at| of_article(almanac, at, "")).map(|path| quote!(&#path));
    let listed = number(almanac.articles.iter().filter(|article| !article.unlisted).count());
    let categories = almanac.categories.iter().map(|category| category_tokens(almanac, category));
    let contents = almanac.contents.iter().map(|entry| content(almanac, entry));
    let mut order: Vec<(Date, usize, usize)> = Vec::new();
    for (at, article) in almanac.articles.iter().enumerate().filter(|(_, article)| !article.unlisted) {
        order.extend(article.events.iter().enumerate().map(|(event, of)| (of.date, at, event)));
    }
    order.sort_unstable();
    let events = order.iter().map(|(_, article, event)| element(&of_article(almanac, *article, "__EVENTS"), *event));
    let slots = lookup_table(&almanac.articles.iter().map(|article| article.id.as_str()).collect::<Vec<_>>());
    let lookup = slots.iter().map(|[hash, at]| {
        let (hash, at) = (Literal::u32_unsuffixed(*hash), Literal::u32_unsuffixed(*at));
        quote!([#hash, #at])
    });
    vec![
        table_item(&quote!(__ARTICLES), quote!(&crate::Article), almanac.articles.len(), articles),
        quote!(pub(crate) const __LISTED: usize = #listed;),
        table_item(&quote!(__CATEGORIES), quote!(crate::Category), almanac.categories.len(), categories),
        table_item(&quote!(__CONTENTS), quote!(crate::Content), almanac.contents.len(), contents),
        table_item(&quote!(__EVENTS), quote!(&crate::Event), order.len(), events),
        table_item(&quote!(__LOOKUP), quote!([u32; 2]), slots.len(), lookup),
        quote!(
            pub(crate) static __TEXT: &str = include_str!("text.txt");
        ),
        quote!(
            pub(crate) static __HTML: &str = include_str!("html.txt");
        ),
        quote!(
            pub(crate) static __MARKDOWN: &str = include_str!("markdown.txt");
        ),
    ]
}

/// The table of `get`: hash and number plus one, each in the first free slot from its hash on, at most half full.
fn lookup_table(ids: &[&str]) -> Vec<[u32; 2]> {
    let size = (ids.len() * 2 + 1).next_power_of_two();
    let mut slots = vec![[0, 0]; size];
    for (at, id) in ids.iter().enumerate() {
        let hash = hash(id.as_bytes());
        let mut slot = hash as usize & (size - 1);
        while slots[slot][1] != 0 {
            slot = (slot + 1) & (size - 1);
        }
        slots[slot] = [hash, at as u32 + 1];
    }
    slots
}

// ---- values -----------------------------------------------------------------------------------------------------

fn target_tokens(target: &Target) -> TokenStream {
    match target {
        Target::Article(to) => {
            let to = number(*to);
            quote!(crate::link::Stored::Article(#to))
        }
        Target::Section(to, section) => {
            let (to, section) = (number(*to), number(*section));
            quote!(crate::link::Stored::Section(#to, #section))
        }
        Target::Web(url) => {
            let url = string(url);
            quote!(crate::link::Stored::Web(#url))
        }
        Target::Email(address) => {
            let address = string(address);
            quote!(crate::link::Stored::Email(#address))
        }
    }
}

fn category_tokens(almanac: &Almanac, category: &Category) -> TokenStream {
    let (id, label) = (string(&category.id), string(&category.label));
    let description = option(category.description.as_deref().map(string));
    let position = option(category.position.map(Literal::f64_unsuffixed));
    let parent = option(category.parent.map(category_reference));
    let index = option(category.index.map(|at| of_article(almanac, at, "")).map(|path| quote!(&#path)));
    let contents = category.contents.iter().map(|entry| content(almanac, entry));
    let categories = category.contents.iter().filter_map(|entry| match entry {
        Entry::Category(at) => Some(category_reference(*at)),
        Entry::Article(_) => None,
    });
    let own = category.index.filter(|at| almanac.articles[*at].modules == category.modules);
    let articles = own.into_iter().chain(category.contents.iter().filter_map(|entry| match entry {
        Entry::Article(at) => Some(*at),
        Entry::Category(_) => None,
    }));
    let articles = articles.map(|at| of_article(almanac, at, "")).map(|path| quote!(&#path));
    quote!(crate::Category {
        id: #id, label: #label, description: #description, position: #position, parent: #parent, index: #index,
        contents: &[#(#contents),*], categories: &[#(#categories),*], articles: &[#(#articles),*]
    })
}

fn content(almanac: &Almanac, entry: &Entry) -> TokenStream {
    match entry {
        Entry::Article(at) => {
            let path = of_article(almanac, *at, "");
            quote!(crate::Content::Article(&#path))
        }
        Entry::Category(at) => {
            let category = category_reference(*at);
            quote!(crate::Content::Category(#category))
        }
    }
}

fn profile_tokens(profile: &Profile) -> TokenStream {
    let text = |text: &Option<String>| option(text.as_deref().map(string));
    match profile {
        Profile::Company { founded, headquarters, country, founders, leader, ticker, website } => {
            let (founded, founders) = (option(founded.map(date)), strings(founders));
            let (headquarters, country, leader, ticker, website) =
                (text(headquarters), text(country), text(leader), text(ticker), text(website));
            quote!(&crate::Profile::Company(crate::Company {
                founded: #founded, headquarters: #headquarters, country: #country, founders: &#founders, leader: #leader,
                ticker: #ticker, website: #website
            }))
        }
        Profile::Person { born, died, nationality, known_for } => {
            let (born, died) = (option(born.map(date)), option(died.map(date)));
            let (nationality, known_for) = (strings(nationality), strings(known_for));
            quote!(&crate::Profile::Person(crate::Person { born: #born, died: #died, nationality: &#nationality, known_for: &#known_for }))
        }
        Profile::Term { abbreviation, also_called } => {
            let (abbreviation, also_called) = (text(abbreviation), strings(also_called));
            quote!(&crate::Profile::Term(crate::Term { abbreviation: #abbreviation, also_called: &#also_called }))
        }
    }
}

fn date(date: Date) -> TokenStream {
    let year = Literal::u16_unsuffixed(date.year());
    let (month, day) = (Literal::u8_unsuffixed(date.month().unwrap_or(0)), Literal::u8_unsuffixed(date.day().unwrap_or(0)));
    quote!(crate::Date::new(#year, #month, #day))
}

/// The path of an article's static, or of a table beside it.
fn of_article(almanac: &Almanac, at: usize, table: &str) -> TokenStream {
    let article = &almanac.articles[at];
    let modules = article.modules.iter().map(|name| ident(name));
    let name = ident(&format!("{}{table}", article.name));
    quote!(crate::#(#modules::)*#name)
}

fn category_reference(at: usize) -> TokenStream {
    element(&quote!(crate::__CATEGORIES), at)
}

/// A reference to an element of a table.
fn element(table: &impl quote::ToTokens, at: usize) -> TokenStream {
    let at = number(at);
    quote!(&#table[#at])
}

fn table_item(name: &impl quote::ToTokens, of: TokenStream, count: usize, values: impl Iterator<Item = TokenStream>) -> TokenStream {
    let count = number(count);
    quote!(pub(crate) static #name: [#of; #count] = [#(#values),*];)
}

fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

fn strings(texts: &[String]) -> TokenStream {
    let texts = texts.iter().map(|text| string(text));
    quote!([#(#texts),*])
}

fn string(text: &str) -> Literal {
    Literal::string(text)
}

fn number(number: usize) -> Literal {
    Literal::usize_unsuffixed(number)
}

fn ident(name: &str) -> Ident {
    Ident::new(name, TokenSpan::call_site())
}

// ---- texts ------------------------------------------------------------------------------------------------------

/// The text of every link of an article.
fn texts_in_document(article: &Article, texts: &mut HashMap<usize, String>) {
    let document = &article.document;
    let mut found = |inlines: &[Inline]| texts_in(inlines, texts);
    document.heading.iter().for_each(|heading| found(heading));
    super::document::each_inlines(&document.lead, &mut found);
    for section in &document.sections {
        found(&section.title);
        super::document::each_inlines(&section.blocks, &mut found);
    }
    for note in &document.footnotes {
        super::document::each_inlines(&note.blocks, &mut found);
    }
}

fn texts_in(inlines: &[Inline], texts: &mut HashMap<usize, String>) {
    for inline in inlines {
        match inline {
            Inline::Link(link, children) => drop(texts.insert(*link, plain(children))),
            Inline::Emphasis(children) | Inline::Strong(children) | Inline::Strikethrough(children) => texts_in(children, texts),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_found_and_some_slots_are_free() {
        for count in [0, 1, 2, 3, 5, 24, 25, 70, 500] {
            let ids: Vec<String> = (0..count).map(|at| format!("companies/name-{at}")).collect();
            let slots = lookup_table(&ids.iter().map(String::as_str).collect::<Vec<_>>());
            assert!(slots.len().is_power_of_two());
            let free = slots.iter().filter(|slot| slot[1] == 0).count();
            assert!(free * 2 >= slots.len(), "{count} ids in {} slots", slots.len());
            let mut numbers: Vec<u32> = slots.iter().map(|slot| slot[1]).filter(|number| *number != 0).collect();
            numbers.sort_unstable();
            assert_eq!(numbers, (1..=count as u32).collect::<Vec<_>>());
        }
    }
}
