//! Reports links that lead nowhere: what may have been meant, and what they have in common.

use std::collections::HashSet;
use std::ops::Range;

use crate::fault::{Cause, Code};

use super::super::suggest::Names;
use super::{LinkResolver, Page};

/// The number of parts of a path that may be a base path which was not set.
const BASE_PARTS: usize = 3;

impl<'a> LinkResolver<'a> {
    /// Reports a link to a file that isn't there.
    pub(super) fn broken_file(
        &mut self,
        from: usize,
        path: &str,
        candidates: &[String],
        span: &Range<usize>,
    ) {
        let beside = candidates.iter().find(|path| self.folder.assets.contains(*path));
        if let Some(beside) = beside {
            let message = match beside.split('/').any(|part| part.starts_with('_')) {
                true => format!("`{path}` is no article: names that begin with `_` are partials"),
                false => format!("`{path}` is no article: it is not named as one"),
            };
            let beside = beside.clone();
            self.suggest(from, span, message, beside, None);
            return;
        }
        if candidates.is_empty() {
            let message = format!("`{path}` leads out of the content folder");
            let text = "links out of the content folder".to_owned();
            self.fault(from, Code::BrokenLink, span, message).cause =
                Some(Cause { text, cure: None });
            return;
        }
        let same = candidates.iter().find_map(|candidate| self.same_but_case(from, candidate));
        let is_relative = path.starts_with("./") || path.starts_with("../");
        let written = format!("/{}", path.trim_start_matches('/'));
        let based = match same.is_some() || is_relative {
            true => None,
            false => self.without_base(&written, |this, rest| {
                matches!(this.by_path.get(rest.trim_start_matches('/')), Some(Page::Article(_)))
            }),
        };
        let near = match (same, based) {
            (Some(same), _) => Some(same.to_owned()),
            (None, Some(rest)) => Some(rest.trim_start_matches('/').to_owned()),
            (None, None) => self.rooted(from, path).or_else(|| self.nearest_path(from, candidates)),
        };
        let near = near.map(|near| match path.starts_with('/') {
            true => format!("/{}", near.replace(' ', "%20")),
            false => relative(&self.articles[from].folder, &near, path),
        });
        let target = match is_relative {
            true => candidates.first().cloned().unwrap_or_else(|| path.to_owned()),
            false => written,
        };
        self.suggest(from, span, format!("no article at `{path}`"), target, near);
    }

    /// Reports a permalink that no page has. `is_outside` the base path, it may be a page of the
    /// site that is no article.
    pub(super) fn broken_permalink(
        &mut self,
        from: usize,
        permalink: String,
        is_outside: bool,
        span: &Range<usize>,
    ) {
        let message = format!("no article has the permalink `{permalink}`");
        let except = Some(Page::Article(from));
        let same = self.permalinks().same_but_case(&permalink, except).map(|(same, _)| same);
        let near = same.map(str::to_owned).or_else(|| {
            self.without_base(&permalink, |this, rest| {
                let page = this.by_permalink.get(rest.trim_end_matches('/'));
                matches!(page, Some(Page::Article(_) | Page::Category(_)))
            })
        });
        let near = near.or_else(|| self.nearest_permalink(from, &permalink));
        if is_outside && near.is_none() {
            let base = self.base;
            let message = format!("`{permalink}` is not under `{base}`, the base path");
            self.suggest(from, span, message, permalink, None);
            let fault = self.faults.last_mut().expect("just pushed");
            fault.label = "is it a page of the site? Then write its whole address".to_owned();
            return;
        }
        self.suggest(from, span, message, permalink, near);
    }

    /// Returns what `./x.md` or `../x.md` would lead to from the content folder.
    fn rooted(&self, from: usize, path: &str) -> Option<String> {
        let path = path.trim_start_matches("../").trim_start_matches("./");
        match self.by_path.get(path) {
            Some(Page::Article(to)) if *to != from && self.articles[*to].is_reachable() => {
                Some(path.to_owned())
            }
            _ => None,
        }
    }

    /// Returns the path of the article that differs in case alone.
    fn same_but_case(&mut self, from: usize, path: &str) -> Option<&'a str> {
        let except = Some(Page::Article(from));
        Some(self.paths().same_but_case(path, except)?.0)
    }

    fn paths(&mut self) -> &Names<'a, Page> {
        let articles = self.articles;
        self.paths.get_or_insert_with(|| {
            let reachable =
                articles.iter().enumerate().filter(|(_, article)| article.is_reachable());
            Names::new(reachable.map(|(at, article)| (article.path.as_str(), Page::Article(at))))
        })
    }

    /// Returns the path of the article that is nearest to one of the candidates.
    fn nearest_path(&mut self, from: usize, candidates: &[String]) -> Option<String> {
        let articles = self.articles;
        let mut budget = std::mem::take(&mut self.budget);
        let near = candidates.iter().find_map(|candidate| {
            // The id instead of the file name.
            let stem = candidate.rsplit_once('.').map_or("", |(stem, _)| stem);
            let by_id = self.by_id.get(stem).filter(|&&at| at != from).copied();
            let by_id = by_id.map(|at| articles[at].path.as_str());
            let except = Some(Page::Article(from));
            by_id.or_else(|| Some(self.paths().nearest(candidate, except, &mut budget)?.0))
        });
        self.budget = budget;
        near.map(str::to_owned)
    }

    fn permalinks(&mut self) -> &Names<'a, Page> {
        let (articles, sidebar) = (self.articles, self.sidebar);
        self.permalinks.get_or_insert_with(|| {
            let reachable =
                articles.iter().enumerate().filter(|(_, article)| article.is_reachable());
            let of_articles =
                reachable.map(|(at, article)| (article.permalink.as_str(), Page::Article(at)));
            let of_folders = sidebar.folders.iter().enumerate();
            let of_folders = of_folders.filter_map(|(at, folder)| {
                Some((folder.permalink.as_deref()?, Page::Category(at)))
            });
            Names::new(of_articles.chain(of_folders))
        })
    }

    fn nearest_permalink(&mut self, from: usize, permalink: &str) -> Option<String> {
        let articles = self.articles;
        let inside = permalink.trim_matches('/');
        // Most often `.md` was forgotten, or a slash stands behind it.
        let file = self.by_path.get(format!("{inside}.md").as_str());
        if let Some(Page::Article(found)) = file.or_else(|| self.by_path.get(inside))
            && *found != from
            && articles[*found].is_reachable()
        {
            return Some(relative(&articles[from].folder, &articles[*found].path, "./"));
        }
        let mut budget = std::mem::take(&mut self.budget);
        let except = Some(Page::Article(from));
        let near = self.permalinks().nearest(permalink, except, &mut budget);
        self.budget = budget;
        near.map(|(near, _)| near.to_owned())
    }

    /// Reports a link that leads nowhere. `target` is the path from the root that isn't there.
    fn suggest(
        &mut self,
        from: usize,
        span: &Range<usize>,
        message: String,
        target: String,
        near: Option<String>,
    ) {
        let fault = self.fault(from, Code::BrokenLink, span, message);
        fault.suggest(near);
        let at = self.faults.len() - 1;
        self.broken.push((at, format!("/{}", target.trim_start_matches('/'))));
    }

    /// Takes the first parts off an absolute path, as few as make the rest lead somewhere: they are
    /// likely the path under which the site shows its docs. Returns the rest.
    fn without_base(
        &mut self,
        path: &str,
        leads_somewhere: impl Fn(&Self, &str) -> bool,
    ) -> Option<String> {
        let ends = path.trim_end_matches('/').match_indices('/').map(|(at, _)| at).skip(1);
        for end in ends.take(BASE_PARTS) {
            let (base, rest) = path.split_at(end);
            if leads_somewhere(self, rest) {
                self.bases.insert(base.to_owned());
                return Some(rest.to_owned());
            }
        }
        None
    }

    /// Names the cause of each broken link: what it begins with, if nothing here does, else where
    /// it leads.
    pub(super) fn name_causes(&mut self) {
        let first_part = |path: &str| path.split('/').nth(1).unwrap_or("").to_owned();
        let mut known: HashSet<String> =
            self.by_permalink.keys().map(|permalink| first_part(permalink)).collect();
        known.extend(self.by_path.keys().map(|path| first_part(&format!("/{path}"))));
        // A folder of the content is no base path, even if other paths in it exist at the root.
        self.bases.retain(|base| !known.contains(&first_part(base)));
        let set = self.base;
        for (at, target) in std::mem::take(&mut self.broken) {
            let base = self.bases.iter().rev().find(|base| {
                target
                    .strip_prefix(base.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            // The base path alone is the home page. That any path could be one tells nothing, so
            // this is said only where other links show that it is.
            let is_home = base.is_some_and(|base| *base == target.trim_end_matches('/'));
            if is_home && self.by_permalink.contains_key("") {
                self.faults[at].suggest(Some("/"));
            }
            let part = first_part(&target);
            let (text, cure) = match base {
                Some(base) => {
                    let cure = set.is_empty().then(|| format!("set the base path `{base}`?"));
                    (format!("no article at `{base}/…`"), cure)
                }
                None if known.contains(&part) || target.matches('/').count() < 2 => {
                    (format!("no article at `{target}`"), None)
                }
                None => (format!("no article at `/{part}/…`"), None),
            };
            self.faults[at].cause = Some(Cause { text, cure });
        }
    }
}

/// Returns the path from a folder to a file, in the form that the author used (`./x` or `x`).
pub fn relative(folder: &str, file: &str, written: &str) -> String {
    let folder: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = file.split('/').collect();
    let inside = folder.iter().zip(&parts[..parts.len() - 1]);
    let common = inside.take_while(|(a, b)| a == b).count();
    let up = "../".repeat(folder.len() - common);
    let here = if up.is_empty() && written.starts_with("./") { "./" } else { "" };
    format!("{here}{up}{}", parts[common..].join("/")).replace(' ', "%20")
}
