//! "Did you mean": the nearest of many names, at a bounded cost.

use std::collections::HashMap;

use crate::fault::nearest;

/// The number of names that are compared for suggestions in one run: a folder of broken links costs
/// no more than one of good ones.
const COMPARISONS: usize = 200_000;

/// The comparisons that are left.
pub struct Budget {
    comparisons: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { comparisons: COMPARISONS }
    }
}

impl Budget {
    /// Takes so many comparisons, at least one; `None` if there are no more.
    pub fn spend(&mut self, comparisons: usize) -> Option<()> {
        self.comparisons = self.comparisons.checked_sub(comparisons.max(1))?;
        Some(())
    }
}

/// Names of one kind, such as the paths of all files, each with what it names.
pub struct Names<'a, T> {
    names: Vec<(&'a str, T)>,
    /// By the name in lower case, and by the last part of it.
    by_case: HashMap<String, Vec<usize>>,
    by_last: HashMap<String, Vec<usize>>,
}

impl<'a, T: Copy + PartialEq> Names<'a, T> {
    pub fn new(names: impl IntoIterator<Item = (&'a str, T)>) -> Names<'a, T> {
        let names: Vec<(&'a str, T)> = names.into_iter().collect();
        let (mut by_case, mut by_last) = (HashMap::new(), HashMap::new());
        for (at, (name, _)) in names.iter().enumerate() {
            let lower = name.to_lowercase();
            let last = last(&lower).to_owned();
            by_case.entry(lower).or_insert_with(Vec::new).push(at);
            by_last.entry(last).or_insert_with(Vec::new).push(at);
        }
        Names { names, by_case, by_last }
    }

    /// Returns what is nearest to a name: a name that differs in case alone, else one that differs
    /// by a few letters, else one with the same last part. Never `except`.
    pub fn nearest(
        &self,
        name: &str,
        except: Option<T>,
        budget: &mut Budget,
    ) -> Option<(&'a str, T)> {
        if let Some(found) = self.same_but_case(name, except) {
            return Some(found);
        }
        let lower = name.to_lowercase();
        let near = budget.spend(self.names.len()).and_then(|()| {
            let others = self.names.iter().filter(|(_, named)| Some(*named) != except);
            let near = nearest(name, others.map(|(name, _)| *name))?;
            self.names.iter().find(|(name, _)| *name == near).copied()
        });
        let last = last(&lower);
        near.or_else(|| self.first(self.by_last.get(last).filter(|_| !last.is_empty()), except))
    }

    /// Returns the name that differs in case alone.
    pub fn same_but_case(&self, name: &str, except: Option<T>) -> Option<(&'a str, T)> {
        self.first(self.by_case.get(&name.to_lowercase()), except)
    }

    fn first(&self, found: Option<&Vec<usize>>, except: Option<T>) -> Option<(&'a str, T)> {
        let found = found?.iter().map(|&at| self.names[at]);
        found.filter(|(_, named)| Some(*named) != except).min_by_key(|(name, _)| *name)
    }
}

/// Returns the last part of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_then_letters_then_the_last_part() {
        let names = ["b.md", "sub/c.md", "other/deep.md", "über.md", "Self.md", "x/b.md"];
        let names = Names::new(names.into_iter().enumerate().map(|(at, name)| (name, at)));
        let near =
            |name: &str| names.nearest(name, Some(4), &mut Budget::default()).map(|(name, _)| name);
        assert_eq!(near("B.md"), Some("b.md"));
        assert_eq!(near("Sub/C.MD"), Some("sub/c.md"));
        assert_eq!(near("ÜBER.md"), Some("über.md"));
        assert_eq!(near("sub/d.md"), Some("sub/c.md"));
        assert_eq!(near("elsewhere/Deep.md"), Some("other/deep.md"));
        assert_eq!(near("y/z/b.md"), Some("b.md"), "the first by name");
        assert_eq!(near("self.md"), None, "never the excepted one");
        assert_eq!(near("nothing/like/it"), None);
        assert_eq!(near("folder/"), None);
    }

    #[test]
    fn comparisons_are_bounded() {
        let name = |at: usize| format!("article-{at}");
        let known: Vec<String> = (0..1_000).map(name).collect();
        let names = Names::new(known.iter().map(|name| (name.as_str(), name.as_str())));
        let mut budget = Budget::default();
        let answered = (0..1_000)
            .filter(|at| names.nearest(&format!("artikle-{at}"), None, &mut budget).is_some())
            .count();
        assert_eq!(answered, COMPARISONS / 1_000);
        // A name that needs no comparison is still found.
        assert!(names.nearest("Article-1", None, &mut budget).is_some());
    }
}
