//! The code that the compiler generates for an almanac, as its user sees it: the calls of the
//! macros of `almanac-core` stand as what they expand to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, Ident, Item, ItemMacro, Type, UseTree};

use crate::{Module, is_public, parse, text};

/// Describes generated code and the items of the library that includes it. Of a module of articles
/// it says that there are some, so that another article is no other interface. `macros` is the file
/// with those that generated code calls.
pub fn generated(code: &str, library: &Path, macros: &Path) -> BTreeSet<String> {
    let macros = Macros::read(macros);
    let mut items = syn::parse_file(code).expect("is Rust").items;
    items.extend(parse(library).items);
    let items = macros.expand(items);
    let public: BTreeSet<String> =
        items.iter().filter_map(|(_, item)| name(item)).map(Ident::to_string).collect();
    let mut lines = BTreeSet::new();
    for (feature, item) in &items {
        let mut found = BTreeSet::new();
        let mut module = Module {
            own: public.iter().collect(),
            exported: public.iter().collect(),
            lines: &mut found,
        };
        match item {
            Item::Mod(_) | Item::Static(_) => articles("", item, &mut found),
            Item::Use(item) if is_public(&item.vis) => paths("", &item.tree, &mut found),
            item => module.describe(item),
        }
        lines.extend(found.into_iter().map(|line| format!("{feature}{}", without_paths(&line))));
    }
    lines
}

/// Leaves out the paths that only generated code needs: the traits of a type then stand together.
fn without_paths(line: &str) -> String {
    let mut line = line.replace("->::", "-> ::").replace(":::", ": ::");
    for path in
        ["core::clone", "core::fmt", "core::marker", "core::option", "almanac_core::__serde"]
    {
        line = line.replace(&format!("::{path}::"), "");
    }
    line
}

/// Returns the name of an item that stands at the root, if it is public.
fn name(item: &Item) -> Option<&Ident> {
    let (visibility, name) = match item {
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        Item::Const(item) => (&item.vis, &item.ident),
        Item::Fn(item) => (&item.vis, &item.sig.ident),
        _ => return None,
    };
    is_public(visibility).then_some(name)
}

/// Adds a module with its articles, which have a name and a type, or an article at the root.
fn articles(module: &str, item: &Item, lines: &mut BTreeSet<String>) {
    match item {
        Item::Static(item) if is_public(&item.vis) => {
            let Type::Path(path) = &*item.ty else { panic!("an article is of a named type") };
            let of = &path.path.segments.last().expect("a path has a name").ident;
            lines.insert(format!("{module}pub static …: {of}"));
        }
        Item::Mod(item) if is_public(&item.vis) => {
            lines.insert(format!("{module}pub mod {}", item.ident));
            let module = format!("{module}{}::", item.ident);
            let items = item.content.iter().flat_map(|(_, items)| items);
            items.for_each(|item| articles(&module, item, lines));
        }
        Item::Static(_) => {}
        item => panic!("describe what else a module has: {}", text(item)),
    }
}

/// Adds a line for each path of a `use`.
fn paths(path: &str, tree: &UseTree, lines: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(part) => paths(&format!("{path}{}::", part.ident), &part.tree, lines),
        UseTree::Group(group) => group.items.iter().for_each(|tree| paths(path, tree, lines)),
        UseTree::Name(name) => drop(lines.insert(format!("pub use {path}{}", name.ident))),
        tree => panic!("name what is given out: {}", text(tree)),
    }
}

/// The macros of one rule that generated code calls, by name.
struct Macros(BTreeMap<String, Rule>);

struct Rule {
    /// The feature that the macro is empty without, as an attribute; else nothing.
    feature: String,
    pattern: TokenStream,
    body: TokenStream,
}

impl Macros {
    fn read(file: &Path) -> Macros {
        let items = parse(file).items.into_iter().filter_map(|item| match item {
            Item::Macro(item) => Some(item),
            _ => None,
        });
        let hidden = items.filter_map(|item| {
            let name = item.ident.as_ref()?.to_string();
            let feature = feature(&item.attrs)?;
            (name.starts_with("__")).then(|| (name, Rule::read(feature, item.mac.tokens)))
        });
        Macros(hidden.collect())
    }

    /// Puts what a macro expands to in place of its calls, each item with the feature it needs.
    fn expand(&self, items: Vec<Item>) -> Vec<(String, Item)> {
        let mut expanded = Vec::new();
        for item in items {
            match item {
                Item::Macro(call) => expanded.extend(self.expand_call(&call)),
                item => expanded.push((String::new(), item)),
            }
        }
        expanded
    }

    fn expand_call(&self, call: &ItemMacro) -> Vec<(String, Item)> {
        let name = call.mac.path.segments.last().expect("a path has a name").ident.to_string();
        if name == "almanac" {
            // It includes the generated code.
            return Vec::new();
        }
        let rule = self.0.get(&name).unwrap_or_else(|| panic!("{name}! is in another file"));
        let items = self.expand(rule.items(&call.mac.tokens));
        let with_feature = |(inner, item)| (format!("{}{inner}", rule.feature), item);
        items.into_iter().map(with_feature).collect()
    }
}

impl Rule {
    fn read(feature: String, tokens: TokenStream) -> Rule {
        let groups: Vec<Group> = tokens.into_iter().filter_map(group).collect();
        let [pattern, body] = &groups[..] else { panic!("a macro of one rule") };
        Rule { feature, pattern: pattern.stream(), body: body.stream() }
    }

    fn items(&self, call: &TokenStream) -> Vec<Item> {
        let mut values = BTreeMap::from([("crate".to_owned(), quote!(::almanac_core))]);
        let (mut pattern, mut call) = (self.pattern.clone().into_iter(), call.clone().into_iter());
        while let Some(token) = pattern.next() {
            if token.to_string() != "$" {
                let given = call.next().map(|given| given.to_string());
                assert_eq!(given, Some(token.to_string()));
                continue;
            }
            let mut next = || pattern.next().expect("a name, a colon and a kind").to_string();
            let (name, _, kind) = (next(), next(), next());
            // An expression stands last.
            let value = if kind == "expr" {
                call.by_ref().collect()
            } else {
                call.next().into_token_stream()
            };
            values.insert(name, value);
        }
        syn::parse2::<syn::File>(substitute(self.body.clone(), &values)).expect("is Rust").items
    }
}

fn group(token: TokenTree) -> Option<Group> {
    match token {
        TokenTree::Group(group) => Some(group),
        _ => None,
    }
}

/// Returns the feature of a `cfg` as the attribute that a line begins with; `None` for `cfg(not)`.
fn feature(attributes: &[Attribute]) -> Option<String> {
    let cfg = attributes.iter().find(|attribute| attribute.path().is_ident("cfg"));
    let cfg = cfg.map_or(String::new(), |cfg| format!("{} ", text(cfg).replace("# ", "#")));
    (!cfg.contains("not(")).then_some(cfg)
}

fn substitute(body: TokenStream, values: &BTreeMap<String, TokenStream>) -> TokenStream {
    let mut tokens = body.into_iter();
    let mut filled = TokenStream::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(dollar) if dollar.as_char() == '$' => {
                let name = tokens.next().expect("a name").to_string();
                filled.extend(values[&name].clone());
            }
            TokenTree::Group(group) => {
                let inside = substitute(group.stream(), values);
                filled.extend([TokenTree::Group(Group::new(group.delimiter(), inside))]);
            }
            token => filled.extend([token]),
        }
    }
    filled
}
