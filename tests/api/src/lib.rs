//! The public interface of the crates as text, read from its source: every public item, method and trait implementation,
//! one a line, sorted. Generated statics are not among them: the fingerprint file records the articles.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use quote::ToTokens;
use syn::{Fields, FnArg, ImplItem, Item, Visibility};

/// Reads `lib.rs` for what it gives out, and the modules for what that is.
pub fn interface(source: &Path) -> BTreeSet<String> {
    let library = parse(&source.join("lib.rs"));
    let mut public = BTreeSet::new();
    let mut modules = Vec::new();
    for item in &library.items {
        match item {
            Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => {
                names(&item.tree, &mut public)
            }
            // Not what only the compiler and generated code use.
            Item::Mod(item) if !hidden(&item.attrs) && !tests(&item.attrs) => {
                modules.push(item.ident.to_string());
            }
            _ => {}
        }
    }
    let mut lines = BTreeSet::new();
    for module in modules {
        let file = [source.join(format!("{module}.rs")), source.join(&module).join("mod.rs")]
            .into_iter()
            .find(|file| file.exists());
        let items = parse(&file.expect("a module has a file")).items;
        for item in &items {
            describe(item, &public, &mut lines);
            // What a module gives out of one inside it.
            if let Item::Use(item) = item
                && matches!(item.vis, Visibility::Public(_))
                && let syn::UseTree::Path(path) = &item.tree
            {
                let folder = source.join(&module);
                let file = folder.join(format!("{}.rs", path.ident));
                let inside = match file.exists() {
                    true => file,
                    false => folder.join(path.ident.to_string()).join("mod.rs"),
                };
                parse(&inside).items.iter().for_each(|item| describe(item, &public, &mut lines));
            }
        }
    }
    lines
}

fn hidden(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        text(attribute).contains("doc (hidden)") || text(attribute).contains("doc(hidden)")
    })
}

fn tests(attributes: &[syn::Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("cfg") && text(attribute).contains("test"))
}

fn parse(file: &Path) -> syn::File {
    let text =
        fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn names(tree: &syn::UseTree, found: &mut BTreeSet<String>) {
    match tree {
        syn::UseTree::Path(path) => names(&path.tree, found),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, found)),
        syn::UseTree::Name(name) => drop(found.insert(name.ident.to_string())),
        syn::UseTree::Rename(name) => drop(found.insert(name.rename.to_string())),
        syn::UseTree::Glob(_) => panic!("name what is given out"),
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

fn derives(attributes: &[syn::Attribute]) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let _ = attribute.parse_nested_meta(|meta| {
            found.push(text(&meta.path));
            Ok(())
        });
    }
    found
}

fn describe(item: &Item, public: &BTreeSet<String>, lines: &mut BTreeSet<String>) {
    let mut derived = |name: &syn::Ident, attributes: &[syn::Attribute]| {
        for derived in derives(attributes) {
            lines.insert(format!("impl {derived} for {name}"));
        }
    };
    match item {
        Item::Struct(item) if public.contains(&item.ident.to_string()) => {
            derived(&item.ident, &item.attrs);
            let fields = match &item.fields {
                Fields::Named(fields) => fields
                    .named
                    .iter()
                    .filter(|field| matches!(field.vis, Visibility::Public(_)))
                    .count(),
                Fields::Unnamed(fields) => fields
                    .unnamed
                    .iter()
                    .filter(|field| matches!(field.vis, Visibility::Public(_)))
                    .count(),
                Fields::Unit => 0,
            };
            lines.insert(format!("pub struct {} ({fields} public fields)", item.ident));
        }
        Item::Enum(item) if public.contains(&item.ident.to_string()) => {
            derived(&item.ident, &item.attrs);
            let open =
                if item.attrs.iter().any(|attribute| attribute.path().is_ident("non_exhaustive")) {
                    "#[non_exhaustive] "
                } else {
                    ""
                };
            lines.insert(format!("{open}pub enum {}", item.ident));
            for variant in &item.variants {
                lines.insert(format!("{}::{}{}", item.ident, variant.ident, text(&variant.fields)));
            }
        }
        Item::Fn(item)
            if public.contains(&item.sig.ident.to_string())
                && matches!(item.vis, Visibility::Public(_)) =>
        {
            lines.insert(format!("pub {}", text(&item.sig)));
        }
        Item::Impl(item) => {
            let of = text(&item.self_ty);
            let name: String = of
                .trim_start_matches(['&', '\''])
                .chars()
                .take_while(|character| character.is_alphanumeric())
                .collect();
            if !public.contains(&name) {
                return;
            }
            if let Some((_, path, _)) = &item.trait_ {
                lines.insert(format!("impl {} for {of}", text(path)));
                return;
            }
            for inner in &item.items {
                if let ImplItem::Fn(method) = inner
                    && matches!(method.vis, Visibility::Public(_))
                {
                    let takes_self = method
                        .sig
                        .inputs
                        .first()
                        .is_some_and(|first| matches!(first, FnArg::Receiver(_)));
                    let separator = if takes_self { "." } else { "::" };
                    lines.insert(format!("{of}{separator}{}", text(&method.sig)));
                }
            }
        }
        _ => {}
    }
}
