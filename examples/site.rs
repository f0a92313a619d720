//! Writes the knowledge base as a web site:
//! `cargo run --example site -- OUT_DIR [--url https://example.org] [--title TEXT]`
//!
//! Plain files: they work from a disk and in any folder of any server, and ask nobody else for
//! anything. With `--url`, the address that the site will have, pages name their own address, and
//! there are a `sitemap.xml` and a feed. `site/README.md` says what is in it, and what its search
//! loads.

#[path = "site/article.rs"]
mod article;
mod common;
#[path = "site/feeds.rs"]
mod feeds;
#[path = "site/files.rs"]
mod files;
#[path = "site/frame.rs"]
mod frame;
#[path = "site/map.rs"]
mod map;
#[path = "site/pages.rs"]
mod pages;
#[path = "site/places.rs"]
mod places;
#[path = "site/records.rs"]
mod records;
#[path = "site/search.rs"]
mod search;
#[path = "site/timeline.rs"]
mod timeline;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use files::Files;
use places::Places;

const USAGE: &str = "site OUT_DIR [--url https://example.org] [--title TEXT]";

/// Data that all pages share.
struct Site {
    title: String,
    /// The address that the site will have, without a slash at its end.
    url: Option<String>,
    places: Places,
}

fn main() -> ExitCode {
    common::run(|out| {
        let (folder, site) = match arguments(std::env::args_os().skip(1)) {
            Ok(arguments) => arguments,
            Err(fault) => {
                if let Some(fault) = fault {
                    common::complain(&fault);
                }
                return Ok(common::usage(USAGE));
            }
        };
        // Asked again before anything is replaced; here it saves the work.
        files::must_be_ours(&folder)?;
        let files = site.files()?;
        files.write(&folder)?;
        writeln!(out, "{} files; begin with {}", files.len(), folder.join("index.html").display())?;
        if site.url.is_none() {
            writeln!(
                out,
                "without --url there is no sitemap.xml and no feed.xml: they need whole addresses"
            )?;
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Reads the command line; otherwise says what is wrong with it, if that needs saying.
fn arguments(
    mut arguments: impl Iterator<Item = OsString>,
) -> Result<(PathBuf, Site), Option<String>> {
    let (mut folder, mut url, mut title) = (None, None, None);
    while let Some(argument) = arguments.next() {
        let text = argument.to_str().unwrap_or("");
        let (option, inside) = text
            .split_once('=')
            .map_or((text, None), |(option, value)| (option, Some(value.to_owned())));
        let mut value = || {
            let value = inside
                .clone()
                .or_else(|| arguments.next().and_then(|value| value.into_string().ok()));
            value.filter(|value| !value.trim().is_empty()).ok_or(None)
        };
        match option {
            "--url" => url = Some(address(&value()?)?),
            "--title" => title = Some(value()?),
            option if option.starts_with('-') || argument.is_empty() || folder.is_some() => {
                return Err(None);
            }
            _ => folder = Some(PathBuf::from(argument)),
        }
    }
    let site =
        Site { title: title.unwrap_or_else(|| "AI Almanac".into()), url, places: Places::new() };
    Ok((folder.ok_or(None)?, site))
}

/// The address of a site, without a slash at its end.
fn address(url: &str) -> Result<String, String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let strange = |character: char| {
        !character.is_ascii_graphic() || matches!(character, '?' | '#' | '"' | '<' | '>' | '\\')
    };
    match rest.map(|rest| rest.trim_end_matches('/')) {
        Some(rest) if !rest.is_empty() && !rest.starts_with('/') && !rest.contains(strange) => {
            Ok(url.trim_end_matches('/').into())
        }
        _ => Err(format!(
            "`{url}` is no address of a site: write https://example.org or \
            https://example.org/folder"
        )),
    }
}

impl Site {
    /// The whole site.
    fn files(&self) -> io::Result<Files> {
        let mut files = Files::default();
        for (name, bytes) in [
            ("style.css", include_str!("site/style.css")),
            ("site.js", include_str!("site/site.js")),
            ("icon.svg", include_str!("site/icon.svg")),
        ] {
            files.add(name, bytes)?;
        }
        for (file, text) in search::files(self) {
            files.add(file, text)?;
        }
        files.add("index.html", pages::front(self))?;
        files.add("timeline.html", timeline::timeline(self))?;
        files.add("map.html", pages::map(self))?;
        files.add(frame::SEARCH, pages::search(self))?;
        files.add(frame::MISSING, pages::missing(self))?;
        if self.places.tables().next().is_some() {
            files.add(frame::TABLES, records::list(self))?;
        }
        for (table, file) in self.places.tables() {
            files.add(file, records::table(self, table, file))?;
        }
        for (file, bytes) in self.places.pictures() {
            files.add(file, bytes)?;
        }
        for article in self.places.articles() {
            files.add(self.places.article(article), article::article(self, article))?;
        }
        for category in self.places.categories_alone() {
            files.add(self.places.category(category), pages::category(self, category))?;
        }
        if let Some(url) = &self.url {
            files.add("sitemap.xml", feeds::sitemap(self, url))?;
            files.add("feed.xml", feeds::atom(self, url))?;
        }
        Ok(files)
    }
}
