//! Writes the content that all apps hold, the same on every machine:
//!
//! - `generate content OUT COUNT`: COUNT articles in `OUT/content`, and ids to look up in
//!   `OUT/ids.txt`;
//! - `generate statics OUT`: the hand-written statics of what stands in `OUT/content`.

mod statics;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["content", out, count] => {
            content(Path::new(out), count.parse().expect("a number of articles"))
        }
        ["statics", out] => statics::write(Path::new(out)),
        _ => {
            eprintln!("usage: generate content OUT COUNT | generate statics OUT");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// A small generator of numbers that look random (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

const WORDS: [&str; 96] = [
    "agent",
    "alignment",
    "archive",
    "array",
    "attention",
    "baseline",
    "batch",
    "beam",
    "benchmark",
    "bias",
    "cache",
    "chip",
    "circuit",
    "classifier",
    "cluster",
    "code",
    "compiler",
    "context",
    "control",
    "corpus",
    "curve",
    "data",
    "decoder",
    "depth",
    "device",
    "diffusion",
    "distance",
    "dropout",
    "edge",
    "embedding",
    "encoder",
    "energy",
    "engine",
    "entropy",
    "error",
    "estimate",
    "evidence",
    "feature",
    "field",
    "filter",
    "frame",
    "function",
    "gate",
    "gradient",
    "graph",
    "grid",
    "head",
    "image",
    "index",
    "inference",
    "kernel",
    "label",
    "language",
    "layer",
    "learning",
    "lattice",
    "limit",
    "logic",
    "loss",
    "machine",
    "margin",
    "matrix",
    "measure",
    "memory",
    "method",
    "metric",
    "model",
    "network",
    "neuron",
    "node",
    "noise",
    "number",
    "optics",
    "order",
    "parser",
    "pattern",
    "pixel",
    "planner",
    "policy",
    "prompt",
    "query",
    "reason",
    "record",
    "region",
    "reward",
    "robot",
    "sample",
    "search",
    "signal",
    "speech",
    "state",
    "tensor",
    "theory",
    "token",
    "vector",
    "vision",
];

const SECTIONS: usize = 8;
/// Links of an article: half to articles, half to sections.
const LINKS: usize = 16;
/// The number of the section that is inside the one before.
const INNER: [usize; 2] = [3, 6];

struct Plan {
    folder: String,
    name: String,
    title: String,
    sections: Vec<String>,
}

fn title(words: &str) -> String {
    let mut title = words.to_owned();
    title[..1].make_ascii_uppercase();
    title
}

fn content(out: &Path, count: usize) {
    let mut random = Random(2026);
    let mut names = BTreeSet::new();
    while names.len() < count {
        names.insert(random.words(3));
    }
    let folders = (count / 100).clamp(4, 40);
    let plans: Vec<Plan> = names
        .into_iter()
        .enumerate()
        .map(|(at, name)| {
            let mut sections = BTreeSet::new();
            while sections.len() < SECTIONS {
                sections.insert(title(&random.words(3)));
                // A section with the article's own name would get another anchor.
                sections.remove(&title(&name));
            }
            Plan {
                folder: format!("part{:02}", at * folders / count),
                name: name.replace(' ', "-"),
                title: title(&name),
                sections: sections.into_iter().collect(),
            }
        })
        .collect();

    let content = out.join("content");
    if content.exists() {
        fs::remove_dir_all(&content).expect("an old content folder that can go");
    }
    for at in 0..folders {
        let folder = content.join(format!("part{at:02}"));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(
            folder.join("_category_.yml"),
            format!("label: Part {at}\nposition: {}\n", at + 1),
        )
        .expect("a file");
    }
    for (at, plan) in plans.iter().enumerate() {
        let text = article(&mut random, &plans, at);
        fs::write(content.join(&plan.folder).join(format!("{}.md", plan.name)), text)
            .expect("a file");
    }

    let mut ids: Vec<String> =
        plans.iter().map(|plan| format!("{}/{}", plan.folder, plan.name)).collect();
    for at in (1..ids.len()).rev() {
        ids.swap(at, random.below(at + 1));
    }
    // Wrong in the last letter: as long as a hit and not to be seen from its beginning.
    let misses = ids
        .iter()
        .map(|id| format!("{}{}", &id[..id.len() - 1], if id.ends_with('q') { 'z' } else { 'q' }));
    let misses: Vec<String> = misses.collect();
    fs::write(out.join("ids.txt"), format!("{}\n--\n{}\n", ids.join("\n"), misses.join("\n")))
        .expect("a file");
}

fn article(random: &mut Random, plans: &[Plan], at: usize) -> String {
    let plan = &plans[at];
    let mut text = String::new();
    let keywords = [random.word(), random.word(), random.word()].map(str::to_owned);
    let keywords: BTreeSet<String> = keywords.into_iter().collect();
    let keywords = keywords.into_iter().collect::<Vec<_>>().join(", ");
    let description = format!("{} with a {}.", title(&random.words(8)), random.word());
    let _ = write!(
        text,
        "---\ntitle: {}\nsidebar_position: {}\ndescription: {description}\nkeywords: [{keywords}]\n\
        last_update:\n  date: 2026-11-22\n---\n\n# {}\n\n",
        plan.title,
        at + 1,
        plan.title
    );
    paragraph(random, &mut text, 30, &[]);
    let mut links: Vec<String> =
        (0..LINKS).map(|number| link(random, plans, at, number % 2 == 1)).collect();
    for (number, heading) in plan.sections.iter().enumerate() {
        let level = if INNER.contains(&number) { "###" } else { "##" };
        let _ = write!(text, "{level} {heading}\n\n");
        let own: Vec<String> = links.drain(..LINKS / SECTIONS).collect();
        paragraph(random, &mut text, 46, &own);
        if number % 4 == 1 {
            for _ in 0..3 {
                let _ = writeln!(text, "- {}", random.words(4));
            }
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// A paragraph with links in its midst, and now and then a strong or a code word.
fn paragraph(random: &mut Random, text: &mut String, words: usize, links: &[String]) {
    let mut begin = true;
    for at in 0..words {
        let word = random.word();
        match random.below(40) {
            _ if begin => text.push_str(&title(word)),
            0 => text.push_str(&format!("**{word}**")),
            1 => text.push_str(&format!("`{word}`")),
            _ => text.push_str(word),
        }
        begin = false;
        if let Some(link) = links.get(at / 8).filter(|_| at % 8 == 4) {
            text.push(' ');
            text.push_str(link);
        }
        if at % 12 == 11 && at + 1 < words {
            text.push('.');
            begin = true;
        }
        text.push(if at + 1 < words { ' ' } else { '.' });
    }
    text.push_str("\n\n");
}

fn link(random: &mut Random, plans: &[Plan], at: usize, section: bool) -> String {
    let to = &plans[(at + 1 + random.below(plans.len() - 1)) % plans.len()];
    let path = if to.folder == plans[at].folder {
        format!("./{}.md", to.name)
    } else {
        format!("../{}/{}.md", to.folder, to.name)
    };
    let text = random.words(2);
    if section {
        let anchor = to.sections[random.below(SECTIONS)].to_lowercase().replace(' ', "-");
        format!("[{text}]({path}#{anchor})")
    } else {
        format!("[{text}]({path})")
    }
}
