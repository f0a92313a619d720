//! The knowledge base as Rust: one static an article. Tables and texts are files of their own,
//! which the code includes. Only data is generated; the types are written by hand.

mod face;

use proc_macro2::{Ident, Literal, Span as TokenSpan, TokenStream};
use quote::quote;

use super::payloads::{Payloads, Span, Texts};
use super::resolve::{Almanac, Article, Category};
use super::rustdoc::{self, Docs};
use super::schema::resolve::Records;
use super::schema::{self, Schema};
use super::source::ContentFolder;
use super::tables::{CategoryRows, Tables, tables};
use crate::fault::{Code, Fault, FileSpan};
use almanac_core::Date;

/// The first line of the generated code, which tells that we may replace it.
pub const HEADER: &str = "// Generated from the content folder by almanac-build.\n";

/// A generated file: its name and what is in it.
pub type File = (String, Vec<u8>);

/// Writes the generated code and what it includes. Each text of all articles has at most so many
/// bytes.
pub fn emit(
    almanac: &Almanac,
    schema: &Schema,
    records: &Records,
    source: &ContentFolder,
    search_index: bool,
    most: usize,
) -> Result<Vec<File>, Box<Fault>> {
    let too_large = |file: usize, message: &str| {
        let place = FileSpan::new(file, 0..0);
        let fault = Fault::new(Code::TooLarge, place, message);
        Box::new(fault.help("make several almanacs of the folder"))
    };
    let mut payloads = Payloads::default();
    let mut texts: Vec<Texts> = Vec::new();
    for (at, article) in almanac.articles.iter().enumerate() {
        texts.push(payloads.add(almanac, at, &source.files[article.file].text));
        let Payloads { text, html, markdown, pieces } = &payloads;
        let sizes = [text.len(), html.len(), markdown.len(), pieces.len()];
        if sizes.iter().any(|size| *size > most) {
            let message = format!(
                "with this article, the texts of all articles are larger than {} MiB",
                most >> 20
            );
            return Err(too_large(article.file, &message));
        }
    }
    let tables = tables(almanac, schema, records, &texts);
    if tables.overflow() {
        return Err(too_large(0, "the tables of all articles have numbers beyond four bytes"));
    }
    let mut modules = Module::default();
    let docs = Docs::new(almanac, schema, records);
    let mut files = Vec::new();
    for (number, article) in almanac.articles.iter().enumerate() {
        let doc_file = format!("docs/{number}.md");
        modules.at(&article.modules).items.push(article_item(number, article, &doc_file));
        files.push((doc_file, docs.at_depth(article.modules.len()).article(number).into_bytes()));
    }
    for (number, category) in almanac.categories.iter().enumerate() {
        let doc_file = format!("docs/category-{number}.md");
        modules.at(&category.modules).docs =
            Some((docs.category_summary(category), doc_file.clone()));
        // Links of a module's outer documentation resolve in the module around it.
        let docs = docs.at_depth(category.modules.len() - 1);
        files.push((doc_file, docs.category(category).into_bytes()));
    }
    files.push(("docs/contents.md".to_owned(), docs.contents().into_bytes()));
    let mut code = String::from(HEADER);
    face::items().into_iter().for_each(|item| push_root_item(&item, &mut code));
    modules.write(&mut code, true);
    root_items(almanac, &tables.categories).iter().for_each(|item| push_root_item(item, &mut code));

    let Tables {
        article_rows,
        sections,
        links,
        sources,
        events,
        backlinks,
        cited,
        citing,
        by_date,
        by_review,
        contents,
        category_contents,
        category_articles,
        subcategories,
        happenings,
        telling,
        images,
        image_bytes,
        ids,
        slots,
        strings,
        id_bytes,
        records: record_tables,
        ..
    } = tables;
    let generated = quote!(::almanac_core::generated);
    let rows = [
        (
            "__ARTICLE_ROWS",
            "articles.bin",
            quote!(#generated::ArticleRow),
            quote!(#generated::article_rows),
            article_rows,
        ),
        (
            "__SECTIONS",
            "sections.bin",
            quote!(self::Section),
            quote!(#generated::sections),
            sections,
        ),
        ("__LINKS", "links.bin", quote!(self::Link), quote!(#generated::links), links),
        ("__SOURCES", "sources.bin", quote!(self::Source), quote!(#generated::sources), sources),
        ("__EVENTS", "events.bin", quote!(self::Event), quote!(#generated::events), events),
        (
            "__HAPPENINGS",
            "happenings.bin",
            quote!(self::Happening),
            quote!(#generated::happenings),
            happenings,
        ),
        ("__IMAGES", "images.bin", quote!(self::Image), quote!(#generated::images), images),
        ("__IDS", "ids.bin", quote!(#generated::Id), quote!(#generated::ids), ids),
        ("__SLOTS", "slots.bin", quote!(#generated::Slot), quote!(#generated::slots), slots),
    ];
    for (name, file, of, make, table) in rows {
        table_items(name, of, table.rows, quote!(#make(include_bytes!(#file))), &mut code);
        files.push((file.to_owned(), table.bytes));
    }
    let references = [
        ("__BACKLINKS", "backlinks.bin", quote!(self::Link), quote!(self::__LINKS), backlinks),
        ("__CITED", "cited.bin", quote!(self::Source), quote!(self::__SOURCES), cited),
        ("__CITING", "citing.bin", quote!(self::Section), quote!(self::__SECTIONS), citing),
        ("__TELLING", "telling.bin", quote!(self::Event), quote!(self::__EVENTS), telling),
        ("__BY_DATE", "by_date.bin", quote!(self::Event), quote!(self::__EVENTS), by_date),
        (
            "__SUBCATEGORIES",
            "subcategories.bin",
            quote!(self::Category),
            quote!(self::__CATEGORIES),
            subcategories,
        ),
    ];
    for (name, file, of, to, table) in references {
        table_items(
            name,
            quote!(&'static #of),
            table.rows,
            quote!(#generated::references(include_bytes!(#file), &#to)),
            &mut code,
        );
        files.push((file.to_owned(), table.bytes));
    }
    let listed = [
        ("__BY_REVIEW", "by_review.bin", by_review),
        ("__CATEGORY_ARTICLES", "category_articles.bin", category_articles),
    ];
    for (name, file, table) in listed {
        let made = quote!(#generated::copies(include_bytes!(#file), &self::__ARTICLES));
        table_items(name, quote!(&'static self::Article), table.rows, made, &mut code);
        files.push((file.to_owned(), table.bytes));
    }
    let sidebars = [
        ("__CONTENTS", "contents.bin", contents),
        ("__CATEGORY_CONTENTS", "category_contents.bin", category_contents),
    ];
    for (name, file, table) in sidebars {
        let made = quote!(#generated::sidebar_items(
            include_bytes!(#file), &self::__ARTICLES, &self::__CATEGORIES
        ));
        table_items(name, quote!(self::SidebarItem), table.rows, made, &mut code);
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
        push_root_item(&quote!(static #name: &str = include_str!(#file);), &mut code);
        files.push((file.to_owned(), text.into_bytes()));
    }
    push_root_item(
        &quote!(
            static __PIECES: &[u8] = include_bytes!("pieces.bin");
        ),
        &mut code,
    );
    files.push(("pieces.bin".to_owned(), payloads.pieces.into_bytes()));
    let picture_bytes = match image_bytes.is_empty() {
        true => quote!(&[]),
        false => quote!(include_bytes!("pictures.bin")),
    };
    push_root_item(&quote!(static __IMAGE_BYTES: &[u8] = #picture_bytes;), &mut code);
    if !image_bytes.is_empty() {
        files.push(("pictures.bin".to_owned(), image_bytes));
    }
    // Bytes of a known length need no look at where they are and how many.
    let length = number(id_bytes.len());
    push_root_item(
        &quote!(static __ID_BYTES: [u8; #length] = *include_bytes!("ids.txt");),
        &mut code,
    );
    files.push(("ids.txt".to_owned(), id_bytes.into_bytes()));
    schema::emit::emit(schema, records, record_tables, &mut code, &mut files);
    push_root_item(&almanac_impl(almanac, schema), &mut code);
    #[cfg(feature = "search")]
    if search_index {
        push_item(&quote!(::almanac_core::__search!("index.bin");), &mut code);
        files.push(("index.bin".to_owned(), super::index::build(almanac, schema)));
    }
    #[cfg(not(feature = "search"))]
    let _ = search_index;
    files.push(("almanac.rs".to_owned(), code.into_bytes()));
    Ok(files)
}

/// Returns the items of a table that a constant function makes from a file; an empty one needs
/// none.
fn table_items(name: &str, of: TokenStream, rows: usize, made: TokenStream, code: &mut String) {
    let (name, count) = (ident(name), number(rows));
    let value = if rows == 0 { quote!([]) } else { made };
    push_root_item(&quote!(static #name: [#of; #count] = #value;), code);
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

    fn write(&self, code: &mut String, root: bool) {
        for item in &self.items {
            if root { push_root_item(item, code) } else { push_item(item, code) }
        }
        for (name, module) in &self.inner {
            if root {
                code.push_str(ALLOW);
            }
            match &module.docs {
                Some((summary, file)) => {
                    // The whole replaces the line where it is documentation that is made.
                    let summary = string(summary);
                    let docs = quote!(
                        #[cfg_attr(not(doc), doc = #summary)]
                        #[cfg_attr(doc, doc = include_str!(#file))]
                    );
                    push_item(&docs, code);
                }
                // A folder without listed articles.
                None => code.push_str("/// Articles that only links lead to.\n"),
            }
            code.push_str(&format!("pub mod {name} {{\n"));
            module.write(code, false);
            code.push_str("}\n");
        }
    }
}

/// Before each item at the root: whoever includes the code may deny all lints, and use only a part.
const ALLOW: &str = "#[allow(dead_code, non_snake_case, non_upper_case_globals, unused_imports, \
                     unused_macros, long_running_const_eval, unreachable_pub, clippy::all, \
                     clippy::pedantic, clippy::nursery)]\n";

pub fn push_root_item(item: &TokenStream, code: &mut String) {
    code.push_str(ALLOW);
    push_item(item, code);
}

/// Writes an item on a line of its own: errors of the compiler then name a short line.
pub fn push_item(item: &TokenStream, code: &mut String) {
    code.push_str(&item.to_string());
    code.push('\n');
}

/// Returns the path from a module at a depth to the module that includes the code.
fn to_root(depth: usize) -> TokenStream {
    match depth {
        0 => quote!(self::),
        depth => std::iter::repeat_n(quote!(super::), depth).collect(),
    }
}

// ---- items --------------------------------------------------------------------------------------

/// Returns the static of an article: its texts; its numbers are a row of a table.
fn article_item(at: usize, article: &Article, doc_file: &str) -> TokenStream {
    let (this, at, root) = (ident(&article.name), number(at), to_root(article.modules.len()));
    let author = option(article.last_update_author.as_deref().map(string));
    let heading = option(article.heading.as_deref().map(string));
    let image = option(article.image.as_deref().map(string));
    let (id, title, label, description) = (
        string(&article.id),
        string(&article.title),
        string(&article.sidebar_label),
        string(&article.description),
    );
    let (permalink, path) = (string(&article.permalink), string(&article.path));
    let questions = article.questions.iter().map(|question| &question.value);
    let phrases = strings(article.tags.iter().chain(&article.keywords).chain(questions));
    let doc = string(&Docs::summary(article));
    let aliases = rustdoc::aliases(article);
    let aliases = aliases.iter().map(|alias| string(alias));
    quote! {
        #[doc = #doc]
        #[cfg_attr(doc, doc = "")]
        #[cfg_attr(doc, doc = include_str!(#doc_file))]
        #[cfg_attr(doc, doc(#(alias = #aliases),*))]
        pub static #this: #root Article =
            ::almanac_core::generated::article(::almanac_core::generated::ArticleFields {
                index: #at, id: #id, title: #title, heading: #heading, sidebar_label: #label,
                description: #description, permalink: #permalink, source_path: #path,
                phrases: &#phrases, image: #image, last_update_author: #author
            });
    }
}

/// Returns the items at the crate's root: the articles, the folders, the table of contents.
fn root_items(almanac: &Almanac, rows: &[CategoryRows]) -> [TokenStream; 3] {
    let articles =
        (0..almanac.articles.len()).map(|at| of_article(almanac, at)).map(|path| quote!(&#path));
    let listed = number(almanac.articles.iter().filter(|article| !article.unlisted).count());
    let categories = almanac.categories.iter().zip(rows);
    let categories = categories.map(|(category, rows)| category_tokens(almanac, category, rows));
    [
        table_item(
            &quote!(__ARTICLES),
            quote!(&'static self::Article),
            almanac.articles.len(),
            articles,
        ),
        quote!(const __LISTED: usize = #listed;),
        table_item(
            &quote!(__CATEGORIES),
            quote!(self::Category),
            almanac.categories.len(),
            categories,
        ),
    ]
}

/// Ties the tables to the marker type.
fn almanac_impl(almanac: &Almanac, schema: &Schema) -> TokenStream {
    let edition =
        option(almanac.articles.iter().filter_map(|article| article.last_update).max().map(date));
    let records = schema::emit::members(schema);
    quote! {
        impl ::almanac_core::Almanac for Almanac {
            const EDITION: Option<::almanac_core::Date> = #edition;
            const ARTICLES: &'static [&'static Article] = &__ARTICLES;
            const LISTED: usize = __LISTED;
            const ARTICLE_ROWS: &'static [::almanac_core::generated::ArticleRow] = &__ARTICLE_ROWS;
            const CATEGORIES: &'static [Category] = &__CATEGORIES;
            const CONTENTS: &'static [SidebarItem] = &__CONTENTS;
            const CATEGORY_CONTENTS: &'static [SidebarItem] = &__CATEGORY_CONTENTS;
            const CATEGORY_ARTICLES: &'static [&'static Article] = &__CATEGORY_ARTICLES;
            const SUBCATEGORIES: &'static [&'static Category] = &__SUBCATEGORIES;
            const SECTIONS: &'static [Section] = &__SECTIONS;
            const LINKS: &'static [Link] = &__LINKS;
            const SOURCES: &'static [Source] = &__SOURCES;
            const EVENTS: &'static [Event] = &__EVENTS;
            const BACKLINKS: &'static [&'static Link] = &__BACKLINKS;
            const CITED: &'static [&'static Source] = &__CITED;
            const CITING: &'static [&'static Section] = &__CITING;
            const BY_DATE: &'static [&'static Event] = &__BY_DATE;
            const HAPPENINGS: &'static [Happening] = &__HAPPENINGS;
            const TELLING: &'static [&'static Event] = &__TELLING;
            const IMAGES: &'static [Image] = &__IMAGES;
            const IMAGE_BYTES: &'static &'static [u8] = &__IMAGE_BYTES;
            const BY_REVIEW: &'static [&'static Article] = &__BY_REVIEW;
            const IDS: &'static [::almanac_core::generated::Id] = &__IDS;
            const SLOTS: &'static [::almanac_core::generated::Slot] = &__SLOTS;
            const ID_BYTES: &'static [u8] = &__ID_BYTES;
            const STRINGS: &'static &'static str = &__STRINGS;
            const TEXT: &'static &'static str = &__TEXT;
            const HTML: &'static &'static str = &__HTML;
            const MARKDOWN: &'static &'static str = &__MARKDOWN;
            const PIECES: &'static &'static [u8] = &__PIECES;
            #records
        }
    }
}

// ---- values -------------------------------------------------------------------------------------

fn category_tokens(almanac: &Almanac, category: &Category, rows: &CategoryRows) -> TokenStream {
    let (id, label) = (string(&category.id), string(&category.label));
    let description = option(category.description.as_deref().map(string));
    let position = option(category.position.map(Literal::f64_unsuffixed));
    let parent = option(category.parent.map(category_reference));
    let index = option(category.index.map(|at| of_article(almanac, at)).map(|path| quote!(&#path)));
    let permalink = option(category.permalink.as_deref().map(string));
    let [contents, categories, articles] =
        [&rows.contents, &rows.categories, &rows.articles].map(|Span(start, end)| {
            let (start, end) = (number(*start), number(*end));
            quote!([#start, #end])
        });
    quote!(::almanac_core::generated::category(::almanac_core::generated::CategoryFields {
        id: #id, label: #label, description: #description, position: #position,
        parent: #parent, index: #index, permalink: #permalink,
        contents: #contents, categories: #categories, articles: #articles
    }))
}

pub fn date(date: Date) -> TokenStream {
    let year = Literal::u16_unsuffixed(date.year());
    let (month, day) = (
        Literal::u8_unsuffixed(date.month().unwrap_or(0)),
        Literal::u8_unsuffixed(date.day().unwrap_or(0)),
    );
    quote!(::almanac_core::Date::new(#year, #month, #day))
}

/// Returns the path of an article's static.
fn of_article(almanac: &Almanac, at: usize) -> TokenStream {
    let article = &almanac.articles[at];
    let modules = article.modules.iter().map(|name| ident(name));
    let name = ident(&article.name);
    quote!(self::#(#modules::)*#name)
}

fn category_reference(at: usize) -> TokenStream {
    element(&quote!(self::__CATEGORIES), at)
}

/// Returns a reference to an element of a table.
fn element(table: &impl quote::ToTokens, at: usize) -> TokenStream {
    let at = number(at);
    quote!(&#table[#at])
}

fn table_item(
    name: &impl quote::ToTokens,
    of: TokenStream,
    count: usize,
    values: impl Iterator<Item = TokenStream>,
) -> TokenStream {
    let count = number(count);
    quote!(static #name: [#of; #count] = [#(#values),*];)
}

fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

pub fn strings<'a>(texts: impl IntoIterator<Item = &'a String>) -> TokenStream {
    let texts = texts.into_iter().map(|text| string(text));
    quote!([#(#texts),*])
}

pub fn string(text: &str) -> Literal {
    Literal::string(text)
}

pub fn number(number: usize) -> Literal {
    Literal::usize_unsuffixed(number)
}

pub fn ident(name: &str) -> Ident {
    Ident::new(name, TokenSpan::call_site())
}
