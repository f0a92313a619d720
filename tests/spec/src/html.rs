//! HTML as a browser's parser reads it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use html5ever::interface::QuirksMode;
use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

/// Elements that end words; all others go on with the word before them.
const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "rt",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
];

/// Parses a fragment as the content of a `div`. Gives its tree and what is wrong with it: errors of
/// the parser, tags that don't close in order, elements that the parser had to add or move.
pub fn parse(html: &str) -> (RcDom, Vec<String>) {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let mut options = ParseOpts::default();
    options.tokenizer.exact_errors = true;
    options.tree_builder.exact_errors = true;
    options.tree_builder.quirks_mode = QuirksMode::NoQuirks;
    let dom = parse_fragment(RcDom::default(), options, context, Vec::new(), false).one(html);
    let mut faults: Vec<String> =
        dom.errors.borrow().iter().map(|error| error.to_string()).collect();
    let tags = Tags::default();
    let queue = BufferQueue::default();
    queue.push_back(html.into());
    let tokenizer =
        Tokenizer::new(tags, TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() });
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let Tags { open, started, faults: crossed } = tokenizer.sink;
    faults.extend(crossed.into_inner());
    faults.extend(open.into_inner().into_iter().map(|name| format!("<{name}> stays open")));
    let root = dom.document.children.borrow()[0].clone();
    let mut built = BTreeMap::new();
    count(&root, &mut built);
    // The parser's own root.
    built.entry("html".to_owned()).and_modify(|count| *count -= 1);
    built.retain(|_, count| *count > 0);
    if built != *started.borrow() {
        faults.push(format!("the tags {:?} make the elements {built:?}", started.borrow()));
    }
    (dom, faults)
}

/// Counts the elements of each name.
fn count(node: &Handle, counts: &mut BTreeMap<String, usize>) {
    if let NodeData::Element { name, .. } = &node.data {
        *counts.entry(name.local.to_string()).or_default() += 1;
    }
    node.children.borrow().iter().for_each(|child| count(child, counts));
}

/// Start tags, counted, and end tags, matched with them.
#[derive(Default)]
struct Tags {
    open: RefCell<Vec<String>>,
    started: RefCell<BTreeMap<String, usize>>,
    faults: RefCell<Vec<String>>,
}

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let name = tag.name.to_string();
                *self.started.borrow_mut().entry(name.clone()).or_default() += 1;
                if !VOID.contains(&name.as_str()) {
                    self.open.borrow_mut().push(name);
                }
            }
            Token::TagToken(tag) => {
                let open = self.open.borrow_mut().pop();
                if open.as_deref() != Some(&*tag.name) {
                    self.faults.borrow_mut().push(format!("</{}> closes {open:?}", tag.name));
                }
            }
            Token::ParseError(error) => self.faults.borrow_mut().push(error.to_string()),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// The words that a fragment shows, those of alternative texts too, boxes as `[x]`, without
/// footnotes and their markers.
pub fn words(html: &str) -> Vec<String> {
    let mut shown = String::new();
    show(&parse(html).0.document, &mut shown);
    shown.split_whitespace().map(str::to_owned).collect()
}

fn show(node: &Handle, shown: &mut String) {
    match &node.data {
        NodeData::Document => node.children.borrow().iter().for_each(|child| show(child, shown)),
        NodeData::Text { contents } => shown.push_str(&contents.borrow()),
        NodeData::Element { name, attrs, .. } => {
            let attrs = attrs.borrow();
            let attribute = |wanted: &str| {
                attrs
                    .iter()
                    .find(|attribute| *attribute.name.local == *wanted)
                    .map(|one| one.value.to_string())
            };
            let name = &*name.local;
            let class = attribute("class").unwrap_or_default();
            // In a link a mark leads nowhere.
            let is_mark = attribute("id").is_some_and(|id| id.contains("fnref-"));
            if matches!(name, "sup") && (is_mark || is_note(node)) || class == "footnotes" {
                return;
            }
            // Its source is its text.
            if name == "math" {
                shown.push_str(&attribute("alttext").unwrap_or_default());
                return;
            }
            let block = BLOCKS.contains(&name) || name == "ul";
            shown.push_str(if block { "\n" } else { "" });
            shown.push_str(&attribute("alt").unwrap_or_default());
            if name == "input" {
                shown.push_str(if attribute("checked").is_some() { "[x] " } else { "[ ] " });
            }
            node.children.borrow().iter().for_each(|child| show(child, shown));
            shown.push_str(if block { "\n" } else { "" });
        }
        _ => {}
    }
}

/// Returns `true` if it is a mark that leads to a footnote.
fn is_note(node: &Handle) -> bool {
    node.children.borrow().iter().any(|child| match &child.data {
        NodeData::Element { attrs, .. } => {
            attrs.borrow().iter().any(|one| &*one.name.local == "href" && one.value.contains("fn"))
        }
        _ => false,
    })
}
