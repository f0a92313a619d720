//! Reads texts as search does, to compare what the web site makes of them: a JSON array of texts
//! comes in, and for each an array of tokens goes out: form, stem, start and end in bytes, and kind
//! (0 a word, -1 the tail of a run, else how many words it is another form of).

use std::io;

use almanac_core::generated::analysis::{Kind, stem, tokens};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let texts: Vec<String> = serde_json::from_reader(io::stdin().lock())?;
    let read = |text: &String| -> Vec<(String, String, usize, usize, i64)> {
        let kind = |kind| match kind {
            Kind::Word => 0,
            Kind::Tail => -1,
            Kind::Joined(count) => i64::try_from(count).unwrap_or(i64::MAX),
        };
        let list = tokens(text).into_iter();
        list.map(|one| (one.form.clone(), stem(&one.form), one.start, one.end, kind(one.kind)))
            .collect()
    };
    serde_json::to_writer(io::stdout().lock(), &texts.iter().map(read).collect::<Vec<_>>())?;
    Ok(())
}
