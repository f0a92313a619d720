//! Checks, without rustc, what rustc would take: the code lexes, names are given once
//! and exist where they are used, lists are as long as they say, indices and spans stay within
//! what they cut.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use unicode_normalization::UnicodeNormalization;

use crate::tables::{Files, text};

/// Panics unless the generated code holds together with the files that it includes.
pub fn check(files: Files<'_>) {
    let code = text(files, "almanac.rs");
    assert!(
        !code.contains(|one| matches!(one, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')),
        "rustc denies these in literals"
    );
    let tokens: TokenStream = code.parse().expect("the generated code lexes");
    let mut almanac = Almanac { lengths: HashMap::new(), files };
    almanac.declare("", tokens.clone());
    almanac.visit("", tokens);
}

struct Almanac<'a> {
    /// Each constant and static by its whole path, with its length if it is a list.
    lengths: HashMap<String, Option<usize>>,
    files: Files<'a>,
}

impl Almanac<'_> {
    /// Collects the names of a module and of those in it.
    fn declare(&mut self, module: &str, tokens: TokenStream) {
        let mut inner: Vec<String> = Vec::new();
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let (TokenTree::Ident(word), Some(TokenTree::Ident(name))) =
                (token, tokens.get(at + 1))
            else {
                continue;
            };
            // rustc normalises names before it compares them.
            let name: String = name.to_string().nfc().collect();
            let path = format!("{module}::{name}");
            if word == "mod" {
                assert!(!inner.contains(&name), "the module {path} twice");
                inner.push(name);
                if let Some(TokenTree::Group(body)) = tokens.get(at + 2) {
                    self.declare(&path, body.stream());
                }
            } else if declares(&tokens, at) {
                let value = tokens[at..].iter().position(
                    |token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '='),
                );
                let kind = value.and_then(|value| tokens.get(at + value - 1));
                // `[T; N] = [...]`
                let length = kind.and_then(bracketed).filter(|kind| has(kind, ';')).map(|kind| {
                    let last = kind.stream().into_iter().last().expect("`[T; N]`").to_string();
                    let stated: usize = last.parse().expect("a length");
                    // Either the list itself or what is made of a file, whose rows have a width.
                    let made = &tokens[at + value.expect("a value") + 1..];
                    match made.first().and_then(bracketed) {
                        Some(list) => assert_eq!(elements(list), stated, "the length of {path}"),
                        None => {
                            let bytes = (self.files)(&included(made))
                                .expect("what is included was generated")
                                .len();
                            assert!(
                                bytes.checked_rem(stated).unwrap_or(bytes) == 0,
                                "{path} has {stated} rows in {bytes} bytes"
                            );
                        }
                    }
                    stated
                });
                assert!(self.lengths.insert(path.clone(), length).is_none(), "{path} twice");
            }
        }
    }

    /// Checks what a module's code names and cuts.
    fn visit(&self, module: &str, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Ident(word) if word == "mod" => {
                    if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
                        (tokens.get(at + 1), tokens.get(at + 2))
                    {
                        self.visit(
                            &format!("{module}::{}", name.to_string().nfc().collect::<String>()),
                            body.stream(),
                        );
                        at += 2;
                    }
                }
                TokenTree::Punct(mark) if mark.as_char() == '&' => {
                    let (path, after) = path(&tokens[at + 1..]);
                    if let Some(path) = self.absolute(module, &path) {
                        let length = self
                            .lengths
                            .get(&path)
                            .unwrap_or_else(|| panic!("{path} is named and nowhere"));
                        // A variable is an index that the code counts.
                        let index = tokens.get(at + 1 + after).and_then(bracketed);
                        let index = index.map(|index| index.stream().to_string());
                        if let Some(Ok(index)) = index.map(|index| index.parse::<usize>()) {
                            assert!(
                                length.is_some_and(|length| index < length),
                                "{path}[{index}] of {length:?}"
                            );
                        }
                    }
                }
                TokenTree::Ident(word) if word == "include_str" || word == "include_bytes" => {
                    let Some(TokenTree::Group(name)) = tokens.get(at + 2) else {
                        panic!("{word} of nothing")
                    };
                    let name = name.stream().to_string();
                    assert!(
                        (self.files)(name.trim_matches('"')).is_some(),
                        "{name} is included and was not generated"
                    );
                }
                TokenTree::Ident(word) if word == "doc" => {
                    let line = tokens.get(at + 2).map_or(String::new(), TokenTree::to_string);
                    assert!(!line.starts_with("\"    "), "a doctest: {line}");
                }
                TokenTree::Group(group) => self.visit(module, group.stream()),
                _ => {}
            }
            at += 1;
        }
    }

    /// The path from the root, if it leads to a generated name.
    fn absolute(&self, module: &str, path: &[String]) -> Option<String> {
        let (mut module, mut path) = (module, path);
        while let [first, rest @ ..] = path
            && (first == "self" || first == "super")
        {
            if first == "super" {
                (module, _) = module.rsplit_once("::").expect("a module above");
            }
            path = rest;
        }
        match path {
            [] => None,
            // A type, or what a function of a schema's structs is given.
            [one] if matches!(one.as_str(), "str" | "profile" | "fields" | "self" | "value") => {
                None
            }
            // A fully qualified item of the library.
            [first, ..] if first.is_empty() || first == "mut" => None,
            names => {
                let names: String = names.iter().map(|name| format!("::{name}")).collect();
                Some(format!("{module}{names}"))
            }
        }
    }
}

/// The group if it stands in brackets.
fn bracketed(token: &TokenTree) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => Some(group),
        _ => None,
    }
}

/// The name of the file that `include_bytes!` takes in among these tokens.
fn included(tokens: &[TokenTree]) -> String {
    let mut tokens: Vec<TokenTree> =
        tokens.iter().take_while(|token| token.to_string() != ";").cloned().collect();
    while let Some(token) = tokens.pop() {
        match token {
            TokenTree::Literal(name) if name.to_string().starts_with('"') => {
                return name.to_string().trim_matches('"').to_owned();
            }
            TokenTree::Group(group) => tokens.extend(group.stream()),
            _ => {}
        }
    }
    panic!("nothing is included")
}

/// Returns `true` if the mark stands in the group itself.
fn has(group: &Group, wanted: char) -> bool {
    group
        .stream()
        .into_iter()
        .any(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == wanted))
}

/// Counts the elements of a list.
fn elements(list: &Group) -> usize {
    let mut count = 0;
    let mut inside = false;
    for token in list.stream() {
        inside = !matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ',');
        count += usize::from(!inside);
    }
    count + usize::from(inside)
}

/// Returns `true` for the `static` or `const` of an item: no lifetime, no function.
fn declares(tokens: &[TokenTree], at: usize) -> bool {
    let is = |at: Option<usize>, word: &str| {
        at.and_then(|at| tokens.get(at)).is_some_and(|token| token.to_string() == word)
    };
    (is(Some(at), "static") || is(Some(at), "const"))
        && !is(at.checked_sub(1), "'")
        && !is(Some(at + 1), "fn")
}

/// The path at the start of these tokens, and how many of them it takes.
fn path(tokens: &[TokenTree]) -> (Vec<String>, usize) {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(TokenTree::Ident(part)) = tokens.get(at) {
        parts.push(part.to_string().nfc().collect());
        at += 1;
        let colon = |at: usize| match tokens.get(at) {
            Some(TokenTree::Punct(mark)) => mark.as_char() == ':',
            _ => false,
        };
        if !(colon(at) && colon(at + 1)) {
            break;
        }
        at += 2;
    }
    (parts, at)
}
