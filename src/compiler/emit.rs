//! The knowledge base as Rust: one static an article. Tables and texts are files of their own, which the code includes.
//! Only data is generated; the types are written by hand.

use proc_macro2::{Ident, Literal, Span as TokenSpan, TokenStream};
use quote::quote;

use super::date::Date;
use super::front_matter::Profile;
use super::payloads::{Payloads, Texts};
use super::resolve::{Almanac, Article, Category, Entry};
use super::rustdoc::{self, Docs};
use super::source::Source;
use super::tables::{Tables, tables};

/// A generated file: its name and what is in it.
pub type File = (String, Vec<u8>);

/// Writes the generated code and what it includes.
pub fn emit(almanac: &Almanac, source: &Source) -> Vec<File> {
    let mut payloads = Payloads::default();
    let texts = almanac.articles.iter().enumerate().map(|(at, article)| payloads.add(almanac, at, &source.files[article.file].text));
    let texts: Vec<Texts> = texts.collect();
    let tables = tables(almanac, &texts);
    let mut modules = Module::default();
    let docs = Docs::new(almanac);
    let mut files = Vec::new();
    for (number, article) in almanac.articles.iter().enumerate() {
        let doc_file = format!("docs/{number}.md");
        modules.at(&article.modules).items.push(article_item(number, article, &doc_file));
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
    root_items(almanac).iter().for_each(|item| push_item(item, &mut code));

    let Tables { numbers, sections, links, sources, events, backlinks, cited, citing, by_date, ids, slots, strings, id_bytes, .. } = tables;
    let rows = [
        ("__NUMBERS", "articles.bin", quote!(crate::article::Numbers), quote!(crate::article::numbers), numbers),
        ("__SECTIONS", "sections.bin", quote!(crate::Section), quote!(crate::section::table), sections),
        ("__LINKS", "links.bin", quote!(crate::Link), quote!(crate::link::table), links),
        ("__SOURCES", "sources.bin", quote!(crate::Source), quote!(crate::source::table), sources),
        ("__EVENTS", "events.bin", quote!(crate::Event), quote!(crate::event::table), events),
        ("__IDS", "ids.bin", quote!(crate::lookup::Id), quote!(crate::lookup::ids), ids),
        ("__SLOTS", "slots.bin", quote!(crate::lookup::Slot), quote!(crate::lookup::slots), slots),
    ];
    for (name, file, of, make, table) in rows {
        table_items(name, of, table.rows, quote!(#make(include_bytes!(#file))), &mut code);
        files.push((file.to_owned(), table.bytes));
    }
    let references = [
        ("__BACKLINKS", "backlinks.bin", quote!(crate::Link), quote!(__LINKS), backlinks),
        ("__CITED", "cited.bin", quote!(crate::Source), quote!(__SOURCES), cited),
        ("__CITING", "citing.bin", quote!(crate::Section), quote!(__SECTIONS), citing),
        ("__BY_DATE", "by_date.bin", quote!(crate::Event), quote!(__EVENTS), by_date),
    ];
    for (name, file, of, to, table) in references {
        table_items(name, quote!(&#of), table.rows, quote!(crate::table::references(include_bytes!(#file), &#to)), &mut code);
        files.push((file.to_owned(), table.bytes));
    }
    let texts = [
        ("__TEXT", "text.txt", payloads.text),
        ("__HTML", "html.txt", payloads.html),
        ("__MARKDOWN", "markdown.txt", payloads.markdown),
        ("__STRINGS", "strings.txt", strings.text),
    ];
    for (name, file, text) in texts {
        let name = ident(name);
        push_item(&quote!(pub(crate) static #name: &str = include_str!(#file);), &mut code);
        files.push((file.to_owned(), text.into_bytes()));
    }
    // Bytes of a known number need no look at where they are and how many.
    code.push_str(&format!("pub(crate) static __ID_BYTES: [u8; {}] = *include_bytes!(\"ids.txt\");\n", id_bytes.len()));
    files.push(("ids.txt".to_owned(), id_bytes.into_bytes()));
    #[cfg(feature = "search")]
    {
        code.push_str("pub(crate) static __INDEX: &[u8] = include_bytes!(\"index.bin\");\n");
        files.push(("index.bin".to_owned(), super::index::build(almanac)));
    }
    files.push(("almanac.rs".to_owned(), code.into_bytes()));
    files
}

/// A table that a constant function makes from a file; an empty one needs none.
fn table_items(name: &str, of: TokenStream, rows: usize, made: TokenStream, code: &mut String) {
    let (name, count) = (ident(name), number(rows));
    let value = if rows == 0 { quote!([]) } else { made };
    push_item(&quote!(pub(crate) static #name: [#of; #count] = #value;), code);
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

// ---- items ------------------------------------------------------------------------------------------------------

/// The static of an article: its texts; its numbers are a row of a table.
fn article_item(at: usize, article: &Article, doc_file: &str) -> TokenStream {
    let (this, at) = (ident(&article.name), number(at));
    let profile = option(article.profile.as_ref().map(profile_tokens));
    let author = option(article.last_update_author.as_deref().map(string));
    let heading = option(article.heading.as_deref().map(string));
    let image = option(article.image.as_deref().map(string));
    let (id, title, label, description) =
        (string(&article.id), string(&article.title), string(&article.sidebar_label), string(&article.description));
    let (permalink, path) = (string(&article.permalink), string(&article.path));
    let (tags, keywords) = (strings(&article.tags), strings(&article.keywords));
    let doc = string(&Docs::summary(article));
    let aliases = rustdoc::aliases(article);
    let aliases = aliases.iter().map(|alias| string(alias));
    quote! {
        #[doc = #doc]
        #[cfg_attr(doc, doc = "")]
        #[cfg_attr(doc, doc = include_str!(#doc_file))]
        #[cfg_attr(doc, doc(#(alias = #aliases),*))]
        pub static #this: crate::Article = crate::Article {
            number: #at, id: #id, title: #title, heading: #heading, sidebar_label: #label, description: #description,
            permalink: #permalink, source_path: #path, tags: &#tags, keywords: &#keywords, image: #image,
            last_update_author: #author, profile: #profile
        };
    }
}

/// What stands at the crate's root: the articles, the folders, the table of contents.
fn root_items(almanac: &Almanac) -> [TokenStream; 4] {
    let articles = (0..almanac.articles.len()).map(|at| of_article(almanac, at)).map(|path| quote!(&#path));
    let listed = number(almanac.articles.iter().filter(|article| !article.unlisted).count());
    let categories = almanac.categories.iter().map(|category| category_tokens(almanac, category));
    let contents = almanac.contents.iter().map(|entry| content(almanac, entry));
    [
        table_item(&quote!(__ARTICLES), quote!(&crate::Article), almanac.articles.len(), articles),
        quote!(pub(crate) const __LISTED: usize = #listed;),
        table_item(&quote!(__CATEGORIES), quote!(crate::Category), almanac.categories.len(), categories),
        table_item(&quote!(__CONTENTS), quote!(crate::Content), almanac.contents.len(), contents),
    ]
}

// ---- values -----------------------------------------------------------------------------------------------------

fn category_tokens(almanac: &Almanac, category: &Category) -> TokenStream {
    let (id, label) = (string(&category.id), string(&category.label));
    let description = option(category.description.as_deref().map(string));
    let position = option(category.position.map(Literal::f64_unsuffixed));
    let parent = option(category.parent.map(category_reference));
    let index = option(category.index.map(|at| of_article(almanac, at)).map(|path| quote!(&#path)));
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
    let articles = articles.map(|at| of_article(almanac, at)).map(|path| quote!(&#path));
    quote!(crate::Category {
        id: #id, label: #label, description: #description, position: #position, parent: #parent, index: #index,
        contents: &[#(#contents),*], categories: &[#(#categories),*], articles: &[#(#articles),*]
    })
}

fn content(almanac: &Almanac, entry: &Entry) -> TokenStream {
    match entry {
        Entry::Article(at) => {
            let path = of_article(almanac, *at);
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

/// The path of an article's static.
fn of_article(almanac: &Almanac, at: usize) -> TokenStream {
    let article = &almanac.articles[at];
    let modules = article.modules.iter().map(|name| ident(name));
    let name = ident(&article.name);
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
