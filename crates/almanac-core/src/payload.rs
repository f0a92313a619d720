//! The long texts of all articles, one after the other. Only the accessors that read them name
//! them, so a program that never asks for HTML carries none.

/// A part of a payload, in bytes.
#[derive(Clone, Copy)]
pub struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    #[inline]
    pub(crate) const fn new([start, end]: [u32; 2]) -> Span {
        Span { start, end }
    }

    /// Returns the text of the span in its payload.
    #[inline]
    pub(crate) const fn of(self, payload: &'static str) -> &'static str {
        let (before, _) = payload.split_at(self.end as usize);
        let (_, text) = before.split_at(self.start as usize);
        text
    }
}
