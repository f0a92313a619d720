//! Values that the schema types, from the front matter and from the cells of tables.

use std::ops::Range;

use almanac_core::Date;

use crate::diagnostic::{Code, Diagnostic, FileSpan, Severity, nearest};
use crate::url::{self, Destination};
use crate::yaml::{Key, Node, Value as Yaml};

use super::{Field, Schema, Type};

/// A value; references are still names.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Number(f64),
    /// In the unit of the field, and as it is written.
    Quantity(f64, String),
    Date(Date),
    Boolean(bool),
    /// The index of the choice.
    Choice(usize),
    Article(Reference),
    /// A text, and the link that it is.
    Mention(String, Option<usize>),
    /// The name or id of a record.
    Record(String, Range<usize>),
    List(Vec<Value>),
}

/// A reference to an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    /// By the id.
    Id(String, Range<usize>),
    /// A link of the document, by its index.
    Link(usize, Range<usize>),
}

/// A row of values: a profile, or the fields of an article.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub values: Vec<Option<Value>>,
}

/// Something written that is to be read as a value.
pub struct Written<'a> {
    pub text: &'a str,
    pub span: Range<usize>,
    /// The links in it, each with its destination.
    pub links: &'a [(usize, String)],
}

/// Reads values of one file.
pub struct Reader<'s> {
    pub schema: &'s Schema,
    pub file: usize,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'s> Reader<'s> {
    pub fn new(schema: &'s Schema, file: usize) -> Reader<'s> {
        Reader { schema, file, diagnostics: Vec::new() }
    }

    /// Reads the map of a profile: its kind and the values of its fields.
    pub fn profile(&mut self, node: &Node) -> Option<(usize, Row)> {
        let profiles = &self.schema.profiles;
        let names = || profiles.iter().map(|kind| &*kind.name);
        if profiles.is_empty() {
            self.invalid(&node.span, "this almanac declares no profiles")
                .help("declare kinds under `profiles:` in `_schema_.yml` at the root of the content");
            return None;
        }
        let expected = || {
            let names: Vec<String> = names().map(|name| format!("`{name}`")).collect();
            names.join(", ")
        };
        let Yaml::Map(entries) = &node.value else {
            self.invalid(&node.span, "expected a map with `kind`");
            return None;
        };
        let Some((_, kind)) = entries.iter().find(|(key, _)| key.name == "kind") else {
            self.invalid(&node.span, format!("a profile has a `kind`: {}", expected()));
            return None;
        };
        let Yaml::String(name) = &kind.value else {
            self.invalid(&kind.span, format!("expected a kind: {}", expected()));
            return None;
        };
        let Some(index) = profiles.iter().position(|kind| kind.name == *name) else {
            let near = nearest(name, names());
            let message = format!("no profile is of the kind `{name}`");
            let fault = self.invalid(&kind.span, message);
            match near {
                Some(near) => fault.label = format!("did you mean `{near}`?"),
                None => fault.label = format!("expected one of {}", expected()),
            }
            return None;
        };
        let fields = &profiles[index].fields;
        let own: Vec<(Key, Node)> =
            entries.iter().filter(|(key, _)| key.name != "kind").cloned().collect();
        let row = self.row(&own, fields, &node.span, &format!("a {name} profile"));
        if let Some((from, Some(until))) = profiles[index].valid {
            let key = &fields[until].key;
            let span = own.iter().find(|(known, _)| known.name == *key).map(|(_, node)| &node.span);
            self.order(&row.values, from, until, fields, span.unwrap_or(&node.span));
        }
        Some((index, row))
    }

    /// Reads the values of fields; keys that are no field are reported.
    pub fn row(
        &mut self,
        entries: &[(Key, Node)],
        fields: &[Field],
        span: &Range<usize>,
        whose: &str,
    ) -> Row {
        let mut row = Row { values: vec![None; fields.len()] };
        let mut seen: Vec<&Key> = Vec::new();
        for (key, node) in entries {
            if let Some(first) = seen.iter().find(|first| first.name == key.name) {
                let first = FileSpan::new(self.file, first.span.clone());
                let place = FileSpan::new(self.file, key.span.clone());
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateKey, place, format!("`{}` is given twice", key.name))
                        .related(first, "first here"),
                );
                continue;
            }
            seen.push(key);
            let Some(index) = fields.iter().position(|field| field.key == key.name) else {
                let place = FileSpan::new(self.file, key.span.clone());
                let near = nearest(&key.name, fields.iter().map(|field| &*field.key));
                let mut fault = Diagnostic::new(
                    Code::UnknownKey,
                    place,
                    format!("unknown key `{}` in {whose}", key.name),
                )
                .severity(Severity::Error);
                fault = match near {
                    Some(near) => fault.did_you_mean(Some(near)),
                    None => {
                        let keys: Vec<&str> = fields.iter().map(|field| &*field.key).collect();
                        fault.help(format!("the keys are {}", keys.join(", ")))
                    }
                };
                self.diagnostics.push(fault);
                continue;
            };
            row.values[index] = self.node(&fields[index], node);
        }
        for (field, value) in fields.iter().zip(&row.values) {
            let given = entries.iter().any(|(key, _)| key.name == field.key);
            if field.required && value.is_none() && !given {
                self.invalid(span, format!("{whose} needs `{}`", field.key));
            }
        }
        row
    }

    /// Reads the value of a key.
    fn node(&mut self, field: &Field, node: &Node) -> Option<Value> {
        if field.list {
            let Yaml::List(items) = &node.value else {
                self.invalid(&node.span, format!("expected a list of {}", plural(&field.of)));
                return None;
            };
            let values: Vec<Value> =
                items.iter().filter_map(|item| self.scalar_node(field, item)).collect();
            return (!values.is_empty()).then_some(Value::List(values));
        }
        self.scalar_node(field, node)
    }

    fn scalar_node(&mut self, field: &Field, node: &Node) -> Option<Value> {
        let text = match &node.value {
            Yaml::String(text) => text.clone(),
            Yaml::Number(_, written) => written.clone(),
            Yaml::Bool(value) if field.of == Type::Boolean => value.to_string(),
            other => {
                let found = crate::front_matter::describe(other);
                self.invalid(&node.span, format!("expected {}, found {found}", noun(&field.of)));
                return None;
            }
        };
        if text.trim().is_empty() {
            self.invalid(&node.span, format!("expected {}, found an empty text", noun(&field.of)));
            return None;
        }
        self.scalar(field, &Written { text: &text, span: node.span.clone(), links: &[] })
    }

    /// Reads a cell of a table; `None` for an absent value.
    pub fn cell(&mut self, field: &Field, cell: &Written) -> Option<Value> {
        let text = cell.text.trim();
        if matches!(text, "" | "–" | "—" | "-") && cell.links.is_empty() {
            if field.required {
                self.invalid(&cell.span, format!("`{}` needs a value", field.label));
            }
            return None;
        }
        if !field.list {
            return self.scalar(field, cell);
        }
        let values: Vec<Value> = match field.of {
            // Each link is an item.
            Type::Article | Type::Profile(_) if !cell.links.is_empty() => {
                let links = cell.links.iter().map(|(link, _)| *link);
                links.map(|link| Value::Article(Reference::Link(link, cell.span.clone()))).collect()
            }
            _ => text
                .split(',')
                .filter_map(|part| {
                    let written = Written { text: part.trim(), span: cell.span.clone(), links: &[] };
                    self.scalar(field, &written)
                })
                .collect(),
        };
        (!values.is_empty()).then_some(Value::List(values))
    }

    fn scalar(&mut self, field: &Field, written: &Written) -> Option<Value> {
        let text = written.text.trim();
        let span = &written.span;
        match &field.of {
            Type::Name | Type::Text => Some(Value::Text(text.to_owned())),
            Type::Number => match number(text) {
                Some(value) => Some(Value::Number(value)),
                None => {
                    self.invalid(span, format!("`{text}` is not a number"))
                        .label("a number, as in `12`, `3.5` or `1,000`".to_owned());
                    None
                }
            },
            Type::Quantity => match quantity(text, &field.units) {
                Some(value) => Some(Value::Quantity(value, text.to_owned())),
                None => {
                    let unit = field.units.first().map_or("", String::as_str);
                    let message = format!("`{text}` is not a quantity of {unit}");
                    self.invalid(span, message).label(format!(
                        "a number, perhaps k, M, B, T, P or E, perhaps the unit: `70 B`, `1.5e25`, \
                         `80 G {unit}`"
                    ));
                    None
                }
            },
            Type::Date => match text.parse::<Date>() {
                Ok(date) => Some(Value::Date(date)),
                Err(error) => {
                    let place = FileSpan::new(self.file, span.clone());
                    self.diagnostics.push(Diagnostic::new(
                        Code::InvalidDate,
                        place,
                        format!("`{text}`: {error}"),
                    ));
                    None
                }
            },
            Type::Boolean => match text {
                "yes" | "true" => Some(Value::Boolean(true)),
                "no" | "false" => Some(Value::Boolean(false)),
                _ => {
                    self.invalid(span, format!("expected `yes` or `no`, found `{text}`"));
                    None
                }
            },
            Type::Url => {
                let address = match written.links {
                    [(_, destination)] => destination,
                    _ => text,
                };
                match url::parse(address) {
                    Ok(Destination::Web(url)) => Some(Value::Text(url)),
                    Ok(_) => {
                        self.invalid(span, "expected a URL that begins with `https://`");
                        None
                    }
                    Err(fault) => {
                        self.invalid(span, fault.message);
                        None
                    }
                }
            }
            Type::Country => self.country(text, span),
            Type::Choice(words) => match words.iter().position(|word| word == text) {
                Some(index) => Some(Value::Choice(index)),
                None => {
                    let near = nearest(text, words.iter().map(String::as_str)).map(str::to_owned);
                    let fault = self.invalid(span, format!("`{text}` is not one of the choices"));
                    fault.label = match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("one of {}", words.join(", ")),
                    };
                    None
                }
            },
            Type::Article | Type::Profile(_) => match written.links {
                [(link, _)] => Some(Value::Article(Reference::Link(*link, span.clone()))),
                [] => Some(Value::Article(Reference::Id(text.to_owned(), span.clone()))),
                _ => {
                    self.invalid(span, "expected one link to an article");
                    None
                }
            },
            Type::Mention => match written.links {
                [] => Some(Value::Mention(text.to_owned(), None)),
                [(link, _), ..] => Some(Value::Mention(text.to_owned(), Some(*link))),
            },
            Type::Record(_) => Some(Value::Record(text.to_owned(), span.clone())),
        }
    }

    fn country(&mut self, code: &str, span: &Range<usize>) -> Option<Value> {
        let known = |code: &str| COUNTRIES.split(' ').any(|known| known == code);
        if known(code) {
            return Some(Value::Text(code.to_owned()));
        }
        let upper = code.to_ascii_uppercase();
        let fault = self.invalid(span, format!("`{code}` is not a country code of ISO 3166-1"));
        fault.label = if known(&upper) {
            format!("did you mean `{upper}`?")
        } else {
            "two capital letters, as in `CN` or `US`".to_owned()
        };
        None
    }

    /// Reports a validity that ends before it begins.
    pub fn order(
        &mut self,
        values: &[Option<Value>],
        from: usize,
        until: usize,
        fields: &[Field],
        span: &Range<usize>,
    ) {
        if let (Some(Value::Date(first)), Some(Value::Date(last))) = (&values[from], &values[until])
            && last_day(*last) < first_day(*first)
        {
            let label = fields[from].label.to_lowercase();
            self.invalid(span, format!("{last} is before {first}, the date of `{label}`"));
        }
    }

    fn invalid(&mut self, span: &Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        let place = FileSpan::new(self.file, span.clone());
        self.diagnostics.push(Diagnostic::new(Code::InvalidValue, place, message));
        self.diagnostics.last_mut().expect("just added")
    }
}

/// Lets a diagnostic that is kept already be completed.
trait Complete {
    fn label(&mut self, label: String);
    fn help(&mut self, help: &str);
}

impl Complete for Diagnostic {
    fn label(&mut self, label: String) {
        self.label = label;
    }

    fn help(&mut self, help: &str) {
        self.help = Some(help.to_owned());
    }
}

fn first_day(date: Date) -> (u16, u8, u8) {
    (date.year(), date.month().unwrap_or(1), date.day().unwrap_or(1))
}

fn last_day(date: Date) -> (u16, u8, u8) {
    (date.year(), date.month().unwrap_or(12), date.day().unwrap_or(31))
}

/// Reads a number; commas may part groups of three digits.
pub fn number(text: &str) -> Option<f64> {
    let digits = match text.split_once(',') {
        None => text.to_owned(),
        Some((first, rest)) => {
            let (rest, fraction) = match rest.split_once('.') {
                Some((rest, fraction)) => (rest, format!(".{fraction}")),
                None => (rest, String::new()),
            };
            let first_digits = first.trim_start_matches('-');
            let grouped = (1..=3).contains(&first_digits.len())
                && rest.split(',').all(|group| {
                    group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit())
                });
            if !grouped {
                return None;
            }
            format!("{first}{}{fraction}", rest.replace(',', ""))
        }
    };
    // `inf` and `nan` are numbers to the standard library.
    let allowed = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E');
    let value: f64 = digits.bytes().all(allowed).then(|| digits.parse().ok())??;
    value.is_finite().then_some(value + 0.0)
}

/// Reads a number with a prefix and a unit, both of which may be missing: `70 B`, `128k`, `80 GB`, `3.8e25`.
pub fn quantity(text: &str, units: &[String]) -> Option<f64> {
    let text = text.replace('\u{a0}', " ");
    let text = text.trim();
    let bare = units.iter().find_map(|unit| text.strip_suffix(unit.as_str())).map(str::trim_end);
    // `70 B` of bytes is seventy of them; `70 B` of parameters is seventy billion.
    let bare = bare.unwrap_or(text);
    let split = bare.trim_end_matches(|letter: char| letter.is_alphabetic());
    let scale = match &bare[split.len()..] {
        "" => 1.0,
        "k" | "K" => 1e3,
        "M" => 1e6,
        "B" | "G" => 1e9,
        "T" => 1e12,
        "P" => 1e15,
        "E" => 1e18,
        _ => return None,
    };
    let value = number(split.trim_end())? * scale;
    value.is_finite().then_some(value)
}

fn noun(of: &Type) -> &'static str {
    match of {
        Type::Name | Type::Text | Type::Mention => "a text",
        Type::Number => "a number",
        Type::Quantity => "a quantity",
        Type::Date => "a date",
        Type::Boolean => "`true` or `false`",
        Type::Url => "a URL",
        Type::Country => "a country code",
        Type::Choice(_) => "one of the choices",
        Type::Article | Type::Profile(_) => "the id of an article",
        Type::Record(_) => "the name of a record",
    }
}

fn plural(of: &Type) -> &'static str {
    match of {
        Type::Name | Type::Text | Type::Mention => "texts",
        Type::Number => "numbers",
        Type::Quantity => "quantities",
        Type::Date => "dates",
        Type::Boolean => "truth values",
        Type::Url => "URLs",
        Type::Country => "country codes",
        Type::Choice(_) => "choices",
        Type::Article | Type::Profile(_) => "ids of articles",
        Type::Record(_) => "names of records",
    }
}

/// ISO 3166-1 alpha-2.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL \
BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO \
DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR \
LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL \
NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ \
SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA \
VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_be_grouped() {
        for (text, value) in [("12", 12.0), ("3.5", 3.5), ("1,000", 1e3), ("-1,234,567.5", -1_234_567.5)] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in ["", "1,00", "1,0000", ",100", "inf", "NaN", "1e999", "12 eggs", "1.000.000"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn quantities_have_a_prefix_and_a_unit() {
        for (text, unit, value) in [
            ("70 B", "parameters", 7e10),
            ("128k", "tokens", 128e3),
            ("3.8e25", "FLOP", 3.8e25),
            ("80 GB", "B", 80e9),
            ("70 B", "B", 70.0),
            ("3.35 TB/s", "B/s", 3.35e12),
            ("989 TFLOP/s", "FLOP/s", 989e12),
            ("700 W", "W", 700.0),
            ("1.5 T parameters", "parameters", 1.5e12),
            ("2,294", "tasks", 2294.0),
        ] {
            assert_eq!(quantity(text, &[unit.to_owned()]), Some(value), "{text} {unit}");
        }
        for (text, unit) in [("70 X", "parameters"), ("B", "parameters"), ("80 GiB", "B"), ("", "W")] {
            assert_eq!(quantity(text, &[unit.to_owned()]), None, "{text} {unit}");
        }
    }
}
