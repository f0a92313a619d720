//! The links between articles, drawn: articles on a circle by category, links as curves that run
//! together.

use std::collections::{BTreeSet, HashMap};
use std::f64::consts::TAU;

use ai_almanac::{Article, Category, Target};
use maud::{Markup, html};

use crate::places::Page;

/// Along the circle, in units of the drawing: from title to title, and between categories.
const STEP: f64 = 17.0;
const GAP: f64 = 26.0;
/// From the circle to the titles, and about how wide a character of them is, and the widest.
const SPACE: f64 = 12.0;
const CHARACTER: f64 = 7.4;
const WIDE: f64 = 13.5;
/// Longer titles are cut: characters.
const LONGEST: usize = 32;

pub struct Map {
    nodes: Vec<Node>,
    /// From which article to which, by number.
    links: BTreeSet<(usize, usize)>,
    radius: f64,
}

struct Node {
    article: &'static Article,
    /// The index of the group among those side by side.
    group: usize,
    angle: f64,
    linked_from: usize,
    links_to: usize,
}

impl Map {
    pub fn new(articles: &[&'static Article]) -> Map {
        let number: HashMap<&str, usize> =
            articles.iter().enumerate().map(|(at, article)| (article.id(), at)).collect();
        let mut links = BTreeSet::new();
        for (from, article) in articles.iter().enumerate() {
            for link in article.links() {
                let to = match link.target() {
                    Target::Article(article) => article,
                    Target::Section(section) => section.article(),
                    Target::Category(_) | Target::Web(_) | Target::Email(_) => continue,
                };
                links.extend(number.get(to.id()).filter(|to| **to != from).map(|to| (from, *to)));
            }
        }
        let groups: Vec<_> = articles.chunk_by(|a, b| a.category() == b.category()).collect();
        let around = articles.len() as f64 * STEP + groups.len() as f64 * GAP;
        let mut along = GAP / 2.0;
        let mut nodes = Vec::new();
        for (group, articles) in groups.iter().enumerate() {
            for article in *articles {
                // Clockwise from the top.
                nodes.push(Node {
                    article,
                    group,
                    angle: (along + STEP / 2.0) / around * TAU - TAU / 4.0,
                    linked_from: 0,
                    links_to: 0,
                });
                along += STEP;
            }
            along += GAP;
        }
        for &(from, to) in &links {
            nodes[from].links_to += 1;
            nodes[to].linked_from += 1;
        }
        Map { nodes, links, radius: (around / TAU).max(160.0) }
    }

    /// The twenty articles that most others link to: how many do, and to how many it links.
    pub fn most_linked(&self) -> Vec<(&'static Article, usize, usize)> {
        let mut nodes: Vec<&Node> = self.nodes.iter().filter(|node| node.linked_from > 0).collect();
        nodes.sort_by_key(|node| std::cmp::Reverse(node.linked_from));
        nodes.iter().take(20).map(|node| (node.article, node.linked_from, node.links_to)).collect()
    }

    pub fn draw(&self, page: &Page) -> Markup {
        let [left, top, right, bottom] = self.extent();
        let most = self.nodes.iter().map(|node| node.linked_from).max().unwrap_or(0).max(1) as f64;
        html! {
            @let (width, height) = (right - left, bottom - top);
            svg .links viewBox=(format!("{left:.0} {top:.0} {width:.0} {height:.0}"))
                width=(format!("{width:.0}")) height=(format!("{height:.0}"))
                role="group" aria-label="Articles and their links" {
                g .edges { @for &(from, to) in &self.links {
                    path .{ "f" (from) } .{ "t" (to) }
                        d=(self.curve(&self.nodes[from], &self.nodes[to])) {}
                } }
                g .arcs {
                    @for group in self.nodes.chunk_by(|a, b| a.group == b.group) {
                        (self.arc(group))
                    }
                }
                g .nodes { @for (number, node) in self.nodes.iter().enumerate() {
                    @let ((x, y), label) =
                        (point(self.radius, node.angle), point(self.radius + SPACE, node.angle));
                    // Titles on the left are read from the outside.
                    @let left = node.angle.cos() < 0.0;
                    @let turn = node.angle.to_degrees() + if left { 180.0 } else { 0.0 };
                    a data-node=(number) href=(page.article(node.article))
                        aria-label=(format!(
                            "{}: linked from {}, links to {}",
                            node.article.title(), node.linked_from, node.links_to
                        )) {
                        @let size = 2.5 + 4.5 * (node.linked_from as f64 / most).sqrt();
                        circle cx=(x) cy=(y) r=(format!("{size:.1}")) {}
                        text
                            transform=(format!(
                                "translate({} {}) rotate({turn:.1})", label.0, label.1
                            ))
                            text-anchor=(if left { "end" } else { "start" }) dy="0.32em" {
                            (cut(node.article.sidebar_label()))
                        }
                    }
                } }
            }
        }
    }

    /// Returns the extent of the drawing with its titles: left, top, right, bottom.
    fn extent(&self) -> [f64; 4] {
        let mut extent = [-self.radius, -self.radius, self.radius, self.radius];
        for node in &self.nodes {
            let title = cut(node.article.sidebar_label());
            let width: f64 = title
                .chars()
                .map(|character| if character < '\u{2e80}' { CHARACTER } else { WIDE })
                .sum();
            let (x, y) = point(self.radius + SPACE + width, node.angle);
            extent = [extent[0].min(x), extent[1].min(y), extent[2].max(x), extent[3].max(y)];
        }
        let [left, top, right, bottom] = extent;
        [left - WIDE, top - WIDE, right + WIDE, bottom + WIDE]
    }

    /// From a point on the circle to another, by way of where the links of both groups meet.
    fn curve(&self, from: &Node, to: &Node) -> String {
        let hub = |node: &Node, other: &Node| {
            let (near, far) = (self.middle(node.group), node.group != other.group);
            // Links within a group stay near the rim.
            point(
                self.radius * if far { 0.45 } else { 0.7 },
                if far { near } else { (node.angle + other.angle) / 2.0 },
            )
        };
        let [(x, y), (a, b), (c, d), (u, v)] = [
            point(self.radius, from.angle),
            hub(from, to),
            hub(to, from),
            point(self.radius, to.angle),
        ];
        format!("M{x} {y}C{a} {b} {c} {d} {u} {v}")
    }

    /// The angle of the middle of a group.
    fn middle(&self, group: usize) -> f64 {
        let mut angles =
            self.nodes.iter().filter(|node| node.group == group).map(|node| node.angle);
        let first = angles.next().unwrap_or(0.0);
        (first + angles.next_back().unwrap_or(first)) / 2.0
    }

    /// A line inside the circle along a group, and the name of its category.
    fn arc(&self, group: &[Node]) -> Markup {
        let [first, .., last] = group else { return html! {} };
        let radius = self.radius - 12.0;
        let ((x, y), (u, v)) = (point(radius, first.angle), point(radius, last.angle));
        let large = u8::from(last.angle - first.angle > TAU / 2.0);
        let label = first.article.category().map_or("", Category::label);
        let middle = (first.angle + last.angle) / 2.0;
        let (a, b) = point(radius - 14.0, middle);
        let anchor = if middle.cos() > 0.3 {
            "end"
        } else if middle.cos() < -0.3 {
            "start"
        } else {
            "middle"
        };
        html! {
            path d=(format!("M{x} {y}A{radius:.1} {radius:.1} 0 {large} 1 {u} {v}")) {}
            text x=(a) y=(b) text-anchor=(anchor) dy="0.35em" { (label) }
        }
    }
}

/// A point in the drawing, to a tenth: no more is seen, and it is the same everywhere.
fn point(radius: f64, angle: f64) -> (f64, f64) {
    // Adding zero makes `-0` a `0`.
    let tenth = |number: f64| (number * 10.0).round() / 10.0 + 0.0;
    (tenth(radius * angle.cos()), tenth(radius * angle.sin()))
}

fn cut(title: &str) -> String {
    match title.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", title[..at].trim_end()),
        None => title.to_owned(),
    }
}
