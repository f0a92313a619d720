//! Cells that the rows of tables lack. The parser fills every row up to the width of the header, so
//! that a few kilobytes make a quarter of a million cells in each table.

use std::ops::Range;

use crate::limits;

/// Returns the delimiter row of the table with which rows lack too many cells, if there is one.
/// Counts rows up to the next blank line, so at least those that are read. `spare` is what all
/// articles together may lack beyond what each may for its size.
pub fn excess(text: &str, spare: &mut usize) -> Option<Range<usize>> {
    let own = text.len().min(limits::MISSING_CELLS);
    let room = own + limits::FEW_MISSING_CELLS.saturating_sub(own).min(*spare);
    let mut left = room;
    let mut table: Option<(usize, Range<usize>)> = None;
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let span = start..start + line.len();
        start = span.end;
        let row = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        match &table {
            // The second half of a line end.
            _ if line == "\n" && text[..span.start].ends_with('\r') => continue,
            _ if row.is_empty() => table = None,
            Some((width, delimiters)) => {
                left = left.saturating_sub(width.saturating_sub(cells(row)));
                if left == 0 {
                    return Some(delimiters.clone());
                }
            }
            None => {}
        }
        let is_wider = table.as_ref().is_none_or(|(width, _)| *width < cells(row));
        if is_wider && is_delimiter_row(row) {
            let from = span.start + (line.len() - line.trim_start().len());
            table = Some((cells(row), from..span.start + line.trim_end().len()));
        }
    }
    *spare -= (room - left).saturating_sub(own);
    None
}

fn cells(row: &str) -> usize {
    let row = row.strip_prefix('|').unwrap_or(row);
    row.strip_suffix('|').unwrap_or(row).matches('|').count() + 1
}

fn is_delimiter_row(row: &str) -> bool {
    row.contains('-') && row.contains('|') && row.bytes().all(|byte| b"|:- \t".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excess(text: &str) -> Option<Range<usize>> {
        super::excess(text, &mut limits::SPARE_CELLS.clone())
    }

    fn table(columns: usize, rows: usize, end: &str, prefix: &str) -> String {
        let row = |cell: &str| format!("{prefix}|{}{end}", cell.repeat(columns));
        format!("{}{}{}{end}", row("a|"), row("-|"), format!("{prefix}|x{end}").repeat(rows))
    }

    #[test]
    fn cells_are_counted_over_all_tables() {
        assert_eq!(excess(&table(100, 100, "\n", "")), None);
        let two = table(100, 100, "\n", "").repeat(2);
        let second = two.rfind("|-|").map(|at| two[..at].rfind('\n').unwrap() + 1).unwrap();
        assert_eq!(excess(&two), Some(second..second + 201));
        // A cell that is written isn't lacking.
        let full = format!("|{}\n|{}\n{}", "a|".repeat(99), "-|".repeat(99), "|||||\n".repeat(10));
        assert_eq!(excess(&full), None);
        assert_eq!(
            excess(&format!("{}\n\n{}", "- | -\n".repeat(9_000), "text\n".repeat(99))),
            None
        );
    }

    #[test]
    fn the_bound_holds_in_quotes_with_all_line_ends_and_for_large_files() {
        for (end, prefix) in [("\r\n", ""), ("\r", ""), ("\n", "> "), ("\n", "> > "), ("\n", "  ")]
        {
            assert!(excess(&table(150, 100, end, prefix)).is_some(), "{end:?} {prefix:?}");
            assert!(excess(&table(50, 100, end, prefix)).is_none(), "{end:?} {prefix:?}");
        }
        let large = format!("{}\n\n{}", "text ".repeat(100_000), table(500, 300, "\n", ""));
        assert_eq!(excess(&large), None);
        assert!(excess(&format!("{large}{}", table(500, 300, "\n", ""))).is_some());
    }

    /// Small articles may lack more than their size, but not all of them.
    #[test]
    fn small_articles_share_what_they_may_lack() {
        let small = table(100, 60, "\n", "");
        let beyond = 60 * 99 - small.len();
        let mut spare = 2 * beyond + 1;
        assert_eq!(super::excess(&small, &mut spare), None);
        assert_eq!(super::excess("text", &mut spare), None);
        assert_eq!(spare, beyond + 1);
        assert_eq!(super::excess(&small, &mut spare), None);
        assert!(super::excess(&small, &mut spare).is_some());
        // Cells that an article may lack for its size take nothing of that.
        assert_eq!(super::excess(&table(100, 4, "\n", ""), &mut 0), None);
    }
}
