//! The data as Rust source, in the way a person would write it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use parse::{Article, Target};
use pulldown_cmark::{Parser, html};

pub fn write(out: &Path) {
    let mut files = parse::read(&out.join("content"));
    files.retain(|(path, _)| path.ends_with(".md"));
    files.sort();
    let articles =
        parse::parse(files.iter().map(|(path, content)| (path.clone(), content.as_str().into())));
    let bodies: Vec<&str> =
        files.iter().map(|(_, content)| parse::behind_front_matter(content)).collect();
    fs::write(out.join("statics.rs"), simple(&articles)).expect("a file");
    for (name, text) in all(&articles, &bodies, &files) {
        fs::write(out.join(name), text).expect("a file");
    }
}

fn name(article: &Article) -> String {
    article.id.replace(['/', '-'], "_").to_uppercase()
}

fn target(articles: &[Article], target: &Target) -> String {
    match target {
        Target::Article(to) => format!("Target::Article(&{})", name(&articles[*to])),
        Target::Section(to, section) => {
            format!("Target::Section(&{}, {section})", name(&articles[*to]))
        }
        Target::Web(url) => format!("Target::Web({url:?})"),
    }
}

fn table(articles: &[Article], code: &mut String) {
    let _ = writeln!(code, "pub static ARTICLES: &[&Article] = &[");
    for article in articles {
        let _ = writeln!(code, "    &{},", name(article));
    }
    code.push_str("];\n");
}

fn simple(articles: &[Article]) -> String {
    let mut code = String::new();
    for article in articles {
        let Article { id, title, description, position, lead, .. } = article;
        let _ = writeln!(
            code,
            "pub static {}: Article = Article {{\n    id: {id:?},\n    title: {title:?},\n    \
            description: {description:?},\n    position: {position:?},\n    lead: {lead:?},\n    \
            sections: &[",
            name(article)
        );
        for section in &article.sections {
            let (level, title, anchor, text) =
                (section.level, &section.title, &section.anchor, &section.text);
            let _ = writeln!(
                code,
                "        Section {{ level: {level}, title: {title:?}, anchor: {anchor:?}, text: \
                {text:?} }},"
            );
        }
        code.push_str("    ],\n    links: &[\n");
        for link in &article.links {
            let _ = writeln!(
                code,
                "        Link {{ text: {:?}, target: {} }},",
                link.text,
                target(articles, &link.target)
            );
        }
        code.push_str("    ],\n};\n\n");
    }
    table(articles, &mut code);
    code
}

fn all(
    articles: &[Article],
    bodies: &[&str],
    files: &[(String, String)],
) -> Vec<(&'static str, String)> {
    let mut code = String::new();
    let [mut text, mut page, mut markdown] = [const { String::new() }; 3];
    let mut backlinks: Vec<Vec<String>> = articles.iter().map(|_| Vec::new()).collect();
    for (at, article) in articles.iter().enumerate() {
        for (number, link) in article.links.iter().enumerate() {
            let (Target::Article(to) | Target::Section(to, _)) = link.target else { continue };
            if to != at {
                backlinks[to].push(format!("(&{}, {number})", name(article)));
            }
        }
    }
    let mut folders: Vec<&str> = articles.iter().map(folder).collect();
    folders.dedup();
    for (at, article) in articles.iter().enumerate() {
        let own = name(article);
        let body = bodies[at];
        let begin = [text.len(), page.len(), markdown.len()];
        text.push_str(&article.lead);
        let lead = [begin[0], text.len()];
        let until = article.sections.first().map_or(body.len(), |section| section.markdown.start);
        html::push_html(&mut page, Parser::new(&body[article.body..until.min(body.len())]));
        markdown.push_str(body[article.body..].trim());
        let shift = begin[2] as isize
            - (article.body
                + (body[article.body..].len() - body[article.body..].trim_start().len()))
                as isize;
        let mut sections = String::new();
        let mut words = article.lead.split_whitespace().count();
        let mut open: Vec<usize> = Vec::new();
        for (number, section) in article.sections.iter().enumerate() {
            while open.last().is_some_and(|above| article.sections[*above].level >= section.level) {
                open.pop();
            }
            let parent = open.last().map_or(0, |above| above + 1);
            open.push(number);
            let inside = article.sections[number + 1..]
                .iter()
                .take_while(|inner| inner.level > section.level)
                .count();
            let first = article.links.iter().take_while(|link| link.section <= number).count();
            let last = article.links.iter().take_while(|link| link.section <= number + 1).count();
            let _ = write!(text, "\n\n{}\n\n", section.title);
            let start = text.len();
            text.push_str(&section.text);
            words +=
                section.title.split_whitespace().count() + section.text.split_whitespace().count();
            let _ = writeln!(
                page,
                "<h{0} id=\"{1}\">{2}</h{0}>",
                section.level, section.anchor, section.title
            );
            let open = page.len();
            html::push_html(&mut page, Parser::new(&body[section.markdown.clone()]));
            let source = &body[section.markdown.clone()];
            let source = section.markdown.start + (source.len() - source.trim_start().len())
                ..section.markdown.start + source.trim_end().len();
            let source =
                (source.start as isize + shift) as usize..(source.end as isize + shift) as usize;
            let (level, title, anchor, end) =
                (section.level, &section.title, &section.anchor, number + 1 + inside);
            let _ = writeln!(
                sections,
                "        Section {{ article: &{own}, level: {level}, title: {title:?}, anchor: \
                {anchor:?}, number: {number}, end: {end}, parent: {parent}, links: [{first}, \
                {last}], text: [{start}, {}], html: [{open}, {}], markdown: [{}, {}] }},",
                text.len(),
                page.len(),
                source.start,
                source.end
            );
        }
        let spans = [[begin[0], text.len()], [begin[1], page.len()], [begin[2], markdown.len()]];
        let folder_at = folders.iter().position(|known| *known == folder(article)).expect("known");
        let Article { id, title, description, position, .. } = article;
        let path = &files[at].0;
        let keywords = files[at]
            .1
            .lines()
            .find_map(|line| line.strip_prefix("keywords: ["))
            .unwrap_or("]")
            .trim_end_matches(']');
        let keywords: Vec<&str> = keywords.split(", ").collect();
        let around = |at: Option<usize>| match at.and_then(|at| articles.get(at)) {
            Some(article) => format!("Some(&{})", name(article)),
            None => "None".to_owned(),
        };
        let _ = writeln!(
            code,
            "pub static {own}: Article = Article {{\n    id: {id:?},\n    title: {title:?},\n    \
            heading: Some({title:?}),\n    sidebar_label: {title:?},\n    description: \
            {description:?},\n    category: &CATEGORIES[{folder_at}],\n    position: \
            Some({position:?}),\n    permalink: \"/{id}\",\n    source_path: {path:?},\n    \
            keywords: &{keywords:?},\n    sections: &[\n{sections}    ],\n    links: &["
        );
        for link in &article.links {
            let (section, text, target) =
                (link.section, &link.text, target(articles, &link.target));
            let _ = writeln!(
                code,
                "        Link {{ article: &{own}, section: {section}, text: {text:?}, target: \
                {target} }},"
            );
        }
        let _ = writeln!(
            code,
            "    ],\n    backlinks: &[{}],\n    previous: {},\n    next: {},\n    word_count: \
            {words},\n    lead: {lead:?},\n    text: {:?},\n    html: {:?},\n    markdown: {:?},\n\
            }};\n",
            backlinks[at].join(", "),
            around(at.checked_sub(1)),
            around(Some(at + 1)),
            spans[0],
            spans[1],
            spans[2]
        );
        for payload in [&mut text, &mut page, &mut markdown] {
            payload.push('\n');
        }
    }
    let _ = writeln!(code, "pub static CATEGORIES: [Category; {}] = [", folders.len());
    for (at, name_of) in folders.iter().enumerate() {
        let own: Vec<String> = articles
            .iter()
            .filter(|article| folder(article) == *name_of)
            .map(|article| format!("&{}", name(article)))
            .collect();
        let _ = writeln!(
            code,
            "    Category {{ id: {name_of:?}, label: \"Part {at}\", position: Some({}.0), \
            articles: &[{}] }},",
            at + 1,
            own.join(", ")
        );
    }
    code.push_str("];\n");
    table(articles, &mut code);
    for name in ["text", "html", "markdown"] {
        let _ =
            writeln!(code, "static {}: &str = include_str!(\"{name}.txt\");", name.to_uppercase());
    }
    vec![
        ("statics_all.rs", code),
        ("text.txt", text),
        ("html.txt", page),
        ("markdown.txt", markdown),
    ]
}

fn folder(article: &Article) -> &str {
    article.id.split('/').next().expect("a folder")
}
