//! Archives the content folder into `$OUT_DIR/base.rkyv`.

#[path = "src/model.rs"]
mod model;

use std::path::Path;
use std::{env, fs};

use model::{Article, Base, Link, Section, Target};

fn main() {
    println!("cargo::rerun-if-env-changed=COMPARE_CONTENT");
    let content = env::var("COMPARE_CONTENT").expect("COMPARE_CONTENT");
    println!("cargo::rerun-if-changed={content}");
    let base = Base {
        articles: parse::parse_folder(Path::new(&content)).into_iter().map(article).collect(),
    };
    let bytes = rkyv::to_bytes::<rkyv::rancor::Error>(&base).expect("archived");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("base.rkyv"), bytes).expect("written");
}

fn article(article: parse::Article) -> Article {
    Article {
        id: article.id,
        title: article.title,
        description: article.description,
        position: article.position,
        lead: article.lead,
        sections: article.sections.into_iter().map(section).collect(),
        links: article.links.into_iter().map(link).collect(),
    }
}

fn section(section: parse::Section) -> Section {
    Section {
        level: section.level,
        title: section.title,
        anchor: section.anchor,
        text: section.text,
    }
}

fn link(link: parse::Link) -> Link {
    let target = match link.target {
        parse::Target::Article(to) => Target::Article(to as u32),
        parse::Target::Section(to, section) => Target::Section(to as u32, section as u32),
        parse::Target::Web(url) => Target::Web(url),
    };
    Link { text: link.text, target }
}
