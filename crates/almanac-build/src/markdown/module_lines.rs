//! The `import` and `export` lines of MDX.

use std::ops::Range;

use super::builder::Builder;

impl Builder<'_> {
    /// Returns `true` if the paragraph is an MDX `import` or `export`.
    pub(super) fn is_module_line(&self, range: &Range<usize>) -> bool {
        let begins = |word| self.body[range.start..].starts_with(word);
        if self.stack.len() > 1 || !(begins("import ") || begins("export ")) {
            return false;
        }
        let line = &self.body[self.first_line(range)];
        if let Some(rest) = line.strip_prefix("import ") {
            return rest.starts_with(['"', '\''])
                || (rest.contains(" from ") && rest.contains(['"', '\'']))
                || rest.trim_end() == "{";
        }
        line.strip_prefix("export ").is_some_and(|rest| {
            ["default ", "const ", "let ", "var ", "function ", "class ", "async ", "{", "* "]
                .iter()
                .any(|word| rest.starts_with(word))
        })
    }
}
