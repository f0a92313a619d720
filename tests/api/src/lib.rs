//! The public interface of the crates as text, read from their source: every public item, field,
//! method and trait implementation, one a line, sorted. Generated statics are not among them: the
//! fingerprint file records the articles.

mod generated;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, Ident, ImplItem, Item, ItemImpl, ItemMacro, ItemTrait, TraitItem, UseTree,
    Visibility,
};

pub use generated::generated;

/// Reads `lib.rs` for what it gives out, and the modules for what that is.
pub fn interface(source: &Path) -> BTreeSet<String> {
    let library = parse(&source.join("lib.rs"));
    let mut public = BTreeMap::new();
    for item in &library.items {
        if let Item::Use(item) = item
            && is_public(&item.vis)
            && !hidden(&item.attrs)
            && let UseTree::Path(path) = &item.tree
        {
            let mut found = BTreeSet::new();
            names(&path.tree, &mut found);
            public.extend(found.into_iter().map(|name| (name, path.ident.to_string())));
        }
    }
    let mut lines = BTreeSet::new();
    for module in modules(&library.items) {
        let mut items = Vec::new();
        read(source, &module, &mut items);
        let own = items.iter().filter_map(type_name);
        // Of two types with one name, one is not given out.
        let shadowed: BTreeSet<String> =
            own.filter(|name| public.get(name).is_some_and(|of| *of != module)).collect();
        let exported = public.iter().filter(|(name, _)| !shadowed.contains(*name));
        let mut module = Module {
            own: exported.clone().filter(|(_, of)| **of == module).map(|(name, _)| name).collect(),
            exported: exported.map(|(name, _)| name).collect(),
            lines: &mut lines,
        };
        items.iter().for_each(|item| module.describe(item));
    }
    lines
}

/// The modules with files of their own, but not what only the compiler and generated code use.
fn modules(items: &[Item]) -> Vec<String> {
    let modules = items.iter().filter_map(|item| match item {
        Item::Mod(item) if item.content.is_none() => Some(item),
        _ => None,
    });
    let modules = modules.filter(|module| !hidden(&module.attrs) && !tests(&module.attrs));
    modules.map(|module| module.ident.to_string()).collect()
}

/// Reads the items of a module and of those inside it.
fn read(folder: &Path, module: &str, items: &mut Vec<Item>) {
    let inside = folder.join(module);
    let file = [folder.join(format!("{module}.rs")), inside.join("mod.rs")];
    let file = parse(file.iter().find(|file| file.exists()).expect("a module has a file"));
    for module in modules(&file.items) {
        read(&inside, &module, items);
    }
    items.extend(file.items);
}

fn type_name(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        text(attribute).contains("doc (hidden)") || text(attribute).contains("doc(hidden)")
    })
}

fn tests(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("cfg") && text(attribute).contains("test"))
}

fn parse(file: &Path) -> syn::File {
    let text =
        fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn names(tree: &UseTree, found: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => names(&path.tree, found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, found)),
        UseTree::Name(name) => drop(found.insert(name.ident.to_string())),
        UseTree::Rename(name) => drop(found.insert(name.rename.to_string())),
        UseTree::Glob(_) => panic!("name what is given out"),
    }
}

/// Tokens on one line, without the spaces that only `quote` puts there.
fn text(tokens: impl ToTokens) -> String {
    let mut line = tokens.to_token_stream().to_string();
    for (from, to) in [
        (" ::", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& '", "&'"),
        ("& ", "&"),
        (" ,", ","),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        ("[ ", "["),
        (" ]", "]"),
        (" :", ":"),
    ] {
        line = line.replace(from, to);
    }
    line
}

fn derives(attributes: &[Attribute]) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let _ = attribute.parse_nested_meta(|meta| {
            found.push(text(&meta.path));
            Ok(())
        });
    }
    found
}

/// A module whose items are described.
struct Module<'a> {
    /// Names that the crate gives out of this module.
    own: BTreeSet<&'a String>,
    /// Names that the crate gives out of this module or another one.
    exported: BTreeSet<&'a String>,
    lines: &'a mut BTreeSet<String>,
}

impl Module<'_> {
    fn line(&mut self, line: String) {
        self.lines.insert(line);
    }

    fn is_own(&self, name: &Ident, visibility: &Visibility) -> bool {
        is_public(visibility) && self.own.contains(&name.to_string())
    }

    fn describe(&mut self, item: &Item) {
        match item {
            Item::Struct(item) if self.is_own(&item.ident, &item.vis) => {
                self.attributes(&item.ident, &item.attrs);
                let public = item.fields.iter().filter(|field| is_public(&field.vis));
                let public: Vec<_> = public.filter(|field| !hidden(&field.attrs)).collect();
                self.line(format!(
                    "{}pub struct {} ({} public fields)",
                    open(&item.attrs),
                    item.ident,
                    public.len()
                ));
                for (index, field) in public.into_iter().enumerate() {
                    let name = field.ident.as_ref().map_or(index.to_string(), Ident::to_string);
                    self.line(format!("{}.{name}: {}", item.ident, text(&field.ty)));
                }
            }
            Item::Enum(item) if self.is_own(&item.ident, &item.vis) => {
                self.attributes(&item.ident, &item.attrs);
                self.line(format!("{}pub enum {}", open(&item.attrs), item.ident));
                for variant in &item.variants {
                    let fields = text(&variant.fields);
                    self.line(format!("{}::{}{fields}", item.ident, variant.ident));
                }
            }
            Item::Fn(item) if self.is_own(&item.sig.ident, &item.vis) => {
                self.line(format!("pub {}", text(&item.sig)));
            }
            Item::Type(item) if self.is_own(&item.ident, &item.vis) => {
                let deprecated = item.attrs.iter().any(|found| found.path().is_ident("deprecated"));
                let deprecated = if deprecated { "#[deprecated] " } else { "" };
                self.line(format!("{deprecated}pub type {} = {}", item.ident, text(&item.ty)));
            }
            Item::Const(item) if self.is_own(&item.ident, &item.vis) => {
                self.line(format!("pub const {}: {}", item.ident, text(&item.ty)));
            }
            Item::Trait(item) if self.is_own(&item.ident, &item.vis) => self.describe_trait(item),
            Item::Impl(item) => self.describe_impl(item),
            Item::Macro(item) => self.describe_macro(item),
            _ => {}
        }
    }

    fn attributes(&mut self, name: &Ident, attributes: &[Attribute]) {
        for derived in derives(attributes) {
            self.line(format!("impl {derived} for {name}"));
        }
    }

    fn describe_trait(&mut self, item: &ItemTrait) {
        let supertraits = text(&item.supertraits);
        self.line(format!("pub trait {}: {supertraits}", item.ident));
        for inner in &item.items {
            let (attributes, line) = match inner {
                TraitItem::Fn(method) => (&method.attrs, text(&method.sig)),
                TraitItem::Const(constant) => {
                    (&constant.attrs, format!("const {}: {}", constant.ident, text(&constant.ty)))
                }
                TraitItem::Type(kind) => {
                    (&kind.attrs, format!("type {}: {}", kind.ident, text(&kind.bounds)))
                }
                _ => continue,
            };
            if !hidden(attributes) {
                self.line(format!("{}::{line}", item.ident));
            }
        }
    }

    fn describe_impl(&mut self, item: &ItemImpl) {
        let of = text(&item.self_ty);
        let name: String = of
            .trim_start_matches(['&', '\''])
            .chars()
            .take_while(|character| character.is_alphanumeric())
            .collect();
        if !self.exported.contains(&name) || hidden(&item.attrs) {
            return;
        }
        if let Some((_, path, _)) = &item.trait_ {
            self.line(format!("impl {} for {of}", text(path)));
            return;
        }
        for inner in &item.items {
            match inner {
                ImplItem::Fn(method) if is_public(&method.vis) && !hidden(&method.attrs) => {
                    let separator = if method.sig.receiver().is_some() { "." } else { "::" };
                    self.line(format!("{of}{separator}{}", text(&method.sig)));
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    self.line(format!("{of}::const {}: {}", constant.ident, text(&constant.ty)));
                }
                _ => {}
            }
        }
    }

    /// Macros that the crate gives out, and what macros of its own are called for: the text of the
    /// call stands for what it makes.
    fn describe_macro(&mut self, item: &ItemMacro) {
        if let Some(name) = &item.ident {
            let exported = item.attrs.iter().any(|found| found.path().is_ident("macro_export"));
            if exported && !hidden(&item.attrs) {
                self.line(format!("macro {name}!"));
            }
            return;
        }
        let name = &item.mac.path.segments.last().expect("a path has a name").ident;
        let tokens = without_attributes(item.mac.tokens.clone());
        let mentions = tokens.clone().into_iter().any(|token| {
            matches!(token, TokenTree::Ident(name) if self.exported.contains(&name.to_string()))
        });
        if mentions {
            self.line(format!("{name}!({})", text(tokens)));
        }
    }
}

/// Leaves out attributes, documentation among them.
fn without_attributes(tokens: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => drop(tokens.next()),
            TokenTree::Group(group) => {
                let inside = without_attributes(group.stream());
                kept.push(TokenTree::Group(Group::new(group.delimiter(), inside)));
            }
            token => kept.push(token),
        }
    }
    kept.into_iter().collect()
}

fn open(attributes: &[Attribute]) -> &'static str {
    match attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive")) {
        true => "#[non_exhaustive] ",
        false => "",
    }
}
