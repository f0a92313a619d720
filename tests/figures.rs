//! The figures of the articles.

use ai_almanac::articles;

/// The figures in `content/figures`: each with its file name and its text.
fn figures() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/content/figures");
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let mut figures: Vec<(String, String)> = files
        .map(|file| file.expect("it can be read"))
        .map(|file| {
            let name = file.file_name().into_string().expect("names are UTF-8");
            (name, std::fs::read_to_string(file.path()).expect("SVG is UTF-8"))
        })
        .collect();
    figures.sort();
    figures
}

#[test]
fn figures_are_small_safe_and_told_in_words() {
    let mut faults = Vec::new();
    for (name, svg) in figures() {
        for part in ["viewBox=\"0 0 ", "<title", "<desc", "role=\"img\""] {
            if !svg.contains(part) {
                faults.push(format!("{name} has no {part}"));
            }
        }
        for part in ["<script", "<foreignObject", "<image", "<style", "href", "@import", " on"] {
            // Words may hold anything, tags may not.
            let mut tags = svg.split('<').skip(1).filter_map(|tag| tag.split('>').next());
            if tags.any(|tag| format!("<{tag}").contains(part)) {
                faults.push(format!("{name} holds {part}"));
            }
        }
        if svg.len() >= 12_000 {
            faults.push(format!("{name} takes {} bytes", svg.len()));
        }
        let image = format!("/figures/{name})");
        let shown: Vec<_> =
            articles().iter().filter(|article| article.markdown().contains(&image)).collect();
        if shown.is_empty() {
            faults.push(format!("no article shows {name}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
