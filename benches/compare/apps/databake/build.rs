//! Bakes the content folder into `$OUT_DIR/baked.rs`.

use std::path::Path;
use std::{env, fs};

use databake::Bake;
use databake_model::{Article, Link, Section, Target};

fn main() {
    println!("cargo::rerun-if-env-changed=COMPARE_CONTENT");
    let content = env::var("COMPARE_CONTENT").expect("COMPARE_CONTENT");
    println!("cargo::rerun-if-changed={content}");
    let articles: Vec<Article> =
        parse::parse_folder(Path::new(&content)).into_iter().map(article).collect();
    let articles: &'static [Article] = articles.leak();
    let baked = articles.bake(&Default::default());
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(
        Path::new(&out).join("baked.rs"),
        format!("pub static ARTICLES: &[databake_model::Article] = {baked};"),
    )
    .expect("written");
}

fn article(article: parse::Article) -> Article {
    Article {
        id: article.id.leak(),
        title: article.title.leak(),
        description: article.description.leak(),
        position: article.position,
        lead: article.lead.leak(),
        sections: article.sections.into_iter().map(section).collect::<Vec<_>>().leak(),
        links: article.links.into_iter().map(link).collect::<Vec<_>>().leak(),
    }
}

fn section(section: parse::Section) -> Section {
    Section {
        level: section.level,
        title: section.title.leak(),
        anchor: section.anchor.leak(),
        text: section.text.leak(),
    }
}

fn link(link: parse::Link) -> Link {
    let target = match link.target {
        parse::Target::Article(to) => Target::Article(to as u32),
        parse::Target::Section(to, section) => Target::Section(to as u32, section as u32),
        parse::Target::Web(url) => Target::Web(url.leak()),
    };
    Link { text: link.text.leak(), target }
}
