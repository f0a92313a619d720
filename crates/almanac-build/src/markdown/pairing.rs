//! Pairs the lines of colons that belong together, and reports those that belong to none. One
//! mistake is one fault: a line that closes nothing is looked for what it was meant to close.

use std::ops::Range;

use super::admonition::{self, Marker, Opening};
use super::builder::DEEPEST;
use super::line::Line;
use super::masked::Admonition;
use crate::fault::{Code, Fault, FileSpan};

/// An admonition with what the report says of it.
pub struct Opened {
    pub admonition: Admonition,
    unclosed: Option<Unclosed>,
}

/// The reason why an admonition has no closing line.
enum Unclosed {
    /// The file or the block that it stands in ends.
    Ended,
    /// The line closes one around it.
    By(Range<usize>),
    /// The line would close it, but is not in the same block.
    Outside(Range<usize>),
}

enum Problem {
    Unopened { span: Range<usize>, colons: usize },
    Text(NearMiss),
    TooDeep(Range<usize>),
}

/// A line that looks like an opening line and is none.
#[derive(Clone)]
struct NearMiss {
    span: Range<usize>,
    colons: usize,
    name: Range<usize>,
    why: &'static str,
    cure: &'static str,
    reported: bool,
}

/// The admonitions of a body and their faults.
pub struct Pairing<'b> {
    body: &'b str,
    pub opened: Vec<Opened>,
    /// Admonitions that ended without a closing line.
    unclosed: Vec<usize>,
    near_misses: Vec<NearMiss>,
    problems: Vec<Problem>,
    is_too_deep: bool,
}

impl<'b> Pairing<'b> {
    pub fn new(body: &'b str) -> Pairing<'b> {
        Pairing {
            body,
            opened: Vec::new(),
            unclosed: Vec::new(),
            near_misses: Vec::new(),
            problems: Vec::new(),
            is_too_deep: false,
        }
    }

    /// Opens an admonition, and returns its number.
    pub fn open(&mut self, opening: Opening) -> usize {
        let admonition = Admonition { end: opening.span.end, opening };
        self.opened.push(Opened { admonition, unclosed: None });
        self.opened.len() - 1
    }

    /// Leaves out an admonition that stands too deep.
    pub fn refuse(&mut self, opening: Opening) {
        let Opening { span, colons, name, .. } = opening;
        self.too_deep(span.clone());
        let (why, cure) = ("", "");
        self.near_misses.push(NearMiss { span, colons, name, why, cure, reported: true });
    }

    /// Reports that admonitions are nested too deep, once.
    pub fn too_deep(&mut self, span: Range<usize>) {
        if !std::mem::replace(&mut self.is_too_deep, true) {
            self.problems.push(Problem::TooDeep(span));
        }
    }

    /// Ends an admonition without a line of its own; `line` closes one around it.
    pub fn end(&mut self, index: usize, line: Option<&Range<usize>>) {
        self.opened[index].unclosed = Some(match line {
            Some(line) => Unclosed::By(line.clone()),
            None => Unclosed::Ended,
        });
        self.unclosed.push(index);
    }

    /// Takes in a line that looks like an opening one and is text.
    pub fn near_miss(&mut self, line: &Line<'_>, why: &'static str, cure: &'static str) {
        let start = line.text_start();
        let (colons, name) = match admonition::marker(line.text(), start) {
            Some(Marker::Text { colons, name, .. }) => (colons, name),
            Some(Marker::Opening(opening)) => (opening.colons, opening.name),
            Some(Marker::Closing { .. }) | None => return,
        };
        let span = start..line.text_end;
        let known = admonition::KINDS.contains(&&self.body[name.clone()]);
        let near_miss = NearMiss { span, colons, name, why, cure, reported: known };
        if known {
            self.problems.push(Problem::Text(near_miss.clone()));
        }
        self.near_misses.push(near_miss);
    }

    /// Looks for what a line would close that closes nothing, since one fault is reported once.
    pub fn stray(&mut self, span: Range<usize>, colons: usize) {
        if let Some(last) = self.near_misses.pop_if(|near_miss| near_miss.colons <= colons) {
            if !last.reported {
                self.problems.push(Problem::Text(last));
            }
            return;
        }
        let opened = &self.opened;
        let closes = |index: &mut usize| opened[*index].admonition.opening.colons <= colons;
        match self.unclosed.pop_if(closes) {
            Some(index) => {
                let unclosed = &mut self.opened[index].unclosed;
                if matches!(unclosed, Some(Unclosed::Ended)) {
                    *unclosed = Some(Unclosed::Outside(span));
                }
            }
            None => self.problems.push(Problem::Unopened { span, colons }),
        }
    }

    /// Returns all faults.
    pub fn faults(&self, place: &dyn Fn(Range<usize>) -> FileSpan) -> Vec<Fault> {
        let mut found = Vec::new();
        for problem in &self.problems {
            found.push(match problem {
                Problem::Unopened { span, colons } => {
                    let message = format!("`{}` closes no admonition", colons_of(*colons));
                    Fault::new(Code::UnopenedAdmonition, place(span.clone()), message)
                        .label("an outer admonition needs more colons than the ones inside it")
                }
                Problem::Text(near_miss) => self.near_miss_fault(near_miss, place),
                Problem::TooDeep(span) => {
                    let message = format!("nested more than {DEEPEST} deep");
                    Fault::new(Code::NestingTooDeep, place(span.clone()), message)
                }
            });
        }
        for opened in &self.opened {
            let opening = &opened.admonition.opening;
            let Some(unclosed) = &opened.unclosed else { continue };
            let message = "an admonition without its end";
            let fault = Fault::new(Code::UnclosedAdmonition, place(opening.span.clone()), message)
                .label(format!("close it with a line `{}`", colons_of(opening.colons)));
            found.push(match unclosed {
                Unclosed::Ended => fault,
                Unclosed::By(line) => fault.related(
                    place(line.clone()),
                    "this closes the one around it, which needs more colons",
                ),
                Unclosed::Outside(line) => fault.related(
                    place(line.clone()),
                    "this is not in the same block: indent it as the opening line",
                ),
            });
        }
        found
    }

    fn near_miss_fault(
        &self,
        near_miss: &NearMiss,
        place: &dyn Fn(Range<usize>) -> FileSpan,
    ) -> Fault {
        let name = &self.body[near_miss.name.clone()];
        let written = if name.is_empty() { &self.body[near_miss.span.clone()] } else { name };
        let message = format!("`{written}` opens no admonition: {}", near_miss.why);
        let fault = Fault::new(Code::UnopenedAdmonition, place(near_miss.span.clone()), message)
            .label(near_miss.cure);
        if admonition::KINDS.contains(&name) {
            return fault;
        }
        let known = admonition::KINDS.join(", ");
        let near = admonition::near(name);
        let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        fault.did_you_mean(near).help(format!("the admonitions are {known}{hint}"))
    }
}

/// Returns so many colons, but not more than one wants to read.
fn colons_of(colons: usize) -> String {
    ":".repeat(colons.min(10))
}
