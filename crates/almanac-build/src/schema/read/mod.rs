//! The schema file → a [`Schema`], with every fault on its place.

mod fields;
mod kinds;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::fault::{Code, Fault, FileSpan, Severity, nearest};
use crate::formula;
use crate::front_matter::describe;
use crate::limits;
use crate::names::{self, words};
use crate::yaml::{self, Key, Node, Value};

use super::{Faulty, Origin, Schema, Type};
use fields::Owner;

/// Name of the schema file, at the root of the content folder.
pub const FILE: &str = "_schema_.yml";

/// Names of accessors that every record has.
const RESERVED: [&str; 9] =
    ["name", "id", "article", "section", "sources", "facts", "fact", "valid_on", "get"];

type Entries = Vec<(Key, Node)>;

/// Reads the schema file.
pub fn read(text: &str, file: usize) -> (Schema, Vec<Fault>) {
    read_with(text, file, formula::IS_AVAILABLE)
}

/// Reads the schema file for a compiler that converts formulas or doesn't.
pub fn read_with(text: &str, file: usize, has_formulas: bool) -> (Schema, Vec<Fault>) {
    let mut reader = Reader {
        text,
        file,
        has_formulas,
        faults: Vec::new(),
        types: BTreeMap::new(),
        functions: BTreeMap::new(),
        inverses: Vec::new(),
    };
    let mut schema = reader.schema();
    let places = |names: BTreeMap<String, Range<usize>>| {
        names.into_iter().map(|(name, span)| (name, FileSpan::new(file, span))).collect()
    };
    schema.types = places(reader.types);
    schema.functions = places(reader.functions);
    (schema, reader.faults)
}

struct Reader<'t> {
    text: &'t str,
    file: usize,
    has_formulas: bool,
    faults: Vec<Fault>,
    /// The Rust types and functions that are made, each with what makes it.
    types: BTreeMap<String, Range<usize>>,
    functions: BTreeMap<String, Range<usize>>,
    inverses: Vec<OtherEnd>,
}

/// The inverse of a reference to a kind that may be declared later.
struct OtherEnd {
    name: String,
    span: Range<usize>,
    from: Origin,
    field: usize,
    to: Type,
}

impl Reader<'_> {
    fn schema(&mut self) -> Schema {
        let mut schema = Schema::default();
        let Some(sections) = self.sections() else {
            (schema.faulty_kinds.all, schema.faulty_fields.all) = (true, true);
            return schema;
        };
        let before = self.faults.len();
        let known = ["profiles", "articles", "records", "images", "formulas"];
        let sections = self.known(sections, &known, "the schema");
        // Of what is declared under a misspelt key nobody knows.
        let misspelt = self.faults.len() > before;
        (schema.faulty_kinds.all, schema.faulty_fields.all) = (misspelt, misspelt);
        let section =
            |name: &str| sections.iter().find(|(key, _)| key.name == name).map(|(_, node)| node);
        if let Some(node) = section("images") {
            match &node.value {
                Value::String(word) if word == "bytes" => schema.image_bytes = true,
                Value::String(word) if word == "paths" => {}
                _ => self.invalid(node, "expected `bytes` or `paths`"),
            }
        }
        if let Some(node) = section("formulas") {
            schema.formulas = self.formulas(node);
        }
        // Names first: fields may refer to kinds that are declared later.
        let profiles = self.profiles(section("profiles"), &mut schema);
        let tables = self.tables(section("records"), &mut schema);
        for (index, declaration) in profiles.iter().enumerate() {
            self.profile(index, declaration, &mut schema);
        }
        if let Some(node) = section("articles") {
            let owner = Owner { schema: &schema, origin: Origin::Fields, type_name: "Article" };
            let (fields, faulty) = self.fields(Some(node), &owner);
            schema.fields = fields;
            schema.faulty_fields.all |= faulty.all;
            schema.faulty_fields.names = faulty.names;
        }
        for (index, declaration) in tables.iter().enumerate() {
            self.table(index, declaration, &mut schema);
        }
        self.inverses(&mut schema);
        schema
    }

    /// Reads whether `$$…$$` are formulas, which not every compiler can convert.
    fn formulas(&mut self, node: &Node) -> bool {
        let asked = self.boolean(node);
        if asked && !self.has_formulas {
            let span = self.first_line(&node.span);
            let message = "this `almanac-build` converts no formulas";
            self.fault(Code::InvalidValue, &span, message, |fault| {
                fault.label("enable its feature `formulas`").help(
                    "in `Cargo.toml`: `almanac-build = { version = \"…\", features = \
                    [\"formulas\"] }`",
                )
            });
        }
        asked && self.has_formulas
    }

    /// Returns the entries of the whole file; `None` if they can't be read.
    fn sections(&mut self) -> Option<Entries> {
        let bom = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        let mut root = match yaml::parse(&self.text[bom..]) {
            Ok(root) => root,
            Err(error) => {
                let span = error.span.start + bom..error.span.end + bom;
                let message = format!("not YAML: {}", error.message);
                let help = error.help.unwrap_or_else(|| {
                    "put texts that hold `: `, ` #`, `[`, `{`, `*`, `&` or `@` between double \
                     quotes"
                        .to_owned()
                });
                self.fault(Code::FrontMatterSyntax, &span, message, |fault| fault.help(help));
                return None;
            }
        };
        root.shift(bom);
        self.named(&root, "`profiles:`, `articles:` or `records:`")
    }

    /// Returns a name in lower case with `_`, as exports and accessors have it; `None`, with a
    /// fault, if there is none.
    fn key(&mut self, name: &str, span: &Range<usize>) -> Option<String> {
        let key = names::nfc(&words(name).join("_").to_lowercase());
        match names::function_name(&key) {
            Some(name) if name.len() > limits::IDENTIFIER_BYTES => {
                self.faults.extend(names::too_long(&name, self.place(span)));
                None
            }
            Some(_) => Some(key),
            None => {
                self.faults.push(names::impossible(name, self.place(span)));
                None
            }
        }
    }

    /// Returns the name of a type or variant; `None`, with a fault, if there is none.
    fn type_name(&mut self, name: &str, span: &Range<usize>) -> Option<String> {
        let fault = match names::type_name(name) {
            Some(made) if made.len() > limits::IDENTIFIER_BYTES => {
                names::too_long(&made, self.place(span))
            }
            Some(made) => return Some(made),
            None => Some(names::impossible(name, self.place(span))),
        };
        self.faults.extend(fault);
        None
    }

    /// Takes the name of a Rust type. `false`, with a fault, if something else has it.
    fn claim_type(&mut self, name: &str, span: &Range<usize>) -> bool {
        if super::TAKEN.contains(&name) {
            let message = format!("`{name}` is a type of every almanac");
            self.collision(span, message, None);
            return false;
        }
        match self.types.get(name).cloned() {
            Some(first) => {
                self.collision(span, format!("two types would be `{name}` in Rust"), Some(first));
                false
            }
            None => {
                self.types.insert(name.to_owned(), span.clone());
                true
            }
        }
    }

    fn collision(&mut self, span: &Range<usize>, message: String, first: Option<Range<usize>>) {
        let first = first.map(|first| self.place(&first));
        self.fault(Code::IdentifierCollision, span, message, |fault| match first {
            Some(first) => fault.label("choose another name").related(first, "first here"),
            None => fault.label("choose another name"),
        });
    }

    fn entry<'n>(entries: &'n [(Key, Node)], name: &str) -> Option<&'n Node> {
        entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// Returns the entries of a map whose keys are names of the author's, each name once; `None`,
    /// with a fault, if it is no map. `what` says what is expected.
    fn named(&mut self, node: &Node, what: &str) -> Option<Entries> {
        let Value::Map(entries) = &node.value else {
            self.invalid(node, format!("expected {what}, found {}", describe(&node.value)));
            return None;
        };
        let mut kept: Entries = Vec::new();
        let mut firsts: HashMap<&str, &Range<usize>> = HashMap::new();
        for (key, node) in entries {
            match firsts.get(key.name.as_str()) {
                Some(first) => {
                    let first = self.place(first);
                    let message = format!("`{}` is given twice", key.name);
                    self.fault(Code::DuplicateKey, &key.span, message, |fault| {
                        fault.related(first, "first here")
                    });
                }
                None => {
                    firsts.insert(&key.name, &key.span);
                    kept.push((key.clone(), node.clone()));
                }
            }
        }
        Some(kept)
    }

    /// Returns the first entries, as many as there may be; the others are reported and are faulty.
    fn affordable(&mut self, mut entries: Entries, faulty: &mut Faulty) -> Entries {
        if let Some((beyond, _)) = entries.get(limits::FIELDS) {
            let (span, most) = (beyond.span.clone(), limits::FIELDS);
            let message = format!("more than {most} names in one map");
            self.fault(Code::TooLarge, &span, message, |fault| {
                fault.label("from here on they are left out")
            });
            faulty.all = true;
            entries.truncate(most);
        }
        entries
    }

    /// Returns the entries with known keys; the others are reported.
    fn known(&mut self, mut entries: Entries, known: &[&str], whose: &str) -> Entries {
        entries.retain(|(key, _)| {
            let is_known = known.contains(&key.name.as_str());
            if !is_known {
                let near = nearest(&key.name, known.iter().copied());
                let message = format!("unknown key `{}` in {whose}", key.name);
                self.fault(Code::UnknownKey, &key.span, message, |fault| {
                    let fault = fault.severity(Severity::Error);
                    match near {
                        Some(near) => fault.did_you_mean(Some(near)),
                        None => fault.help(format!("the keys are {}", known.join(", "))),
                    }
                });
            }
            is_known
        });
        entries
    }

    fn boolean(&mut self, node: &Node) -> bool {
        match &node.value {
            Value::Bool(value) => *value,
            other => {
                let message = format!("expected `true` or `false`, found {}", describe(other));
                self.invalid(node, message);
                false
            }
        }
    }

    /// Reads a text that is shown in many places.
    fn text(&mut self, node: &Node, what: &str) -> String {
        match &node.value {
            Value::String(text) if !text.trim().is_empty() => {
                let place = self.place(&node.span);
                match limits::too_long(text, limits::LABEL_CHARS, what, place) {
                    Some(fault) => self.faults.push(fault),
                    None => return text.trim().to_owned(),
                }
            }
            other => self.invalid(node, format!("expected a text, found {}", describe(other))),
        }
        String::new()
    }

    fn invalid(&mut self, node: &Node, message: impl Into<String>) {
        let span = self.first_line(&node.span);
        self.fault(Code::InvalidValue, &span, message, |fault| fault);
    }

    /// Adds a fault, which `complete` may add to.
    fn fault(
        &mut self,
        code: Code,
        span: &Range<usize>,
        message: impl Into<String>,
        complete: impl FnOnce(Fault) -> Fault,
    ) {
        let fault = Fault::new(code, self.place(span), message);
        self.faults.push(complete(fault));
    }

    fn place(&self, span: &Range<usize>) -> FileSpan {
        FileSpan::new(self.file, span.clone())
    }

    /// Returns the part of a span on its first line: lists and maps may have many.
    fn first_line(&self, span: &Range<usize>) -> Range<usize> {
        let end = self.text[span.clone()].find('\n').map_or(span.end, |end| span.start + end);
        span.start..end
    }
}
