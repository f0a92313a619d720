//! The result: everything numbered anew.

use crate::assets::Assets;
use crate::document::plain;
use crate::fault::Fault;
use crate::happenings;
use crate::source::ContentFolder;
use crate::timeline;

use super::identity::{Name, strip_folder};
use super::links::Linked;
use super::sidebar::Sidebar;
use super::{Absent, Almanac, Article, Category, Identified, SidebarItem, Target, unread};

/// Numbers everything anew: listed articles in order, then unlisted ones by path. Drafts and
/// refused articles are gone.
pub fn build(
    articles: Vec<Identified>,
    sidebar: Sidebar,
    linked: Linked,
    folder: &ContentFolder,
    faults: &mut Vec<Fault>,
) -> Almanac {
    let is_unlisted =
        |&at: &usize| articles[at].is_reachable() && articles[at].parsed.front.unlisted;
    let mut unlisted: Vec<usize> = (0..articles.len()).filter(is_unlisted).collect();
    unlisted.sort_by(|&a, &b| articles[a].path.cmp(&articles[b].path));
    let order: Vec<usize> = sidebar.order.iter().copied().chain(unlisted).collect();
    let mut number = vec![None; articles.len()];
    for (new, &old) in order.iter().enumerate() {
        number[old] = Some(new);
    }
    let folder_order = sidebar.folder_order();
    let mut folder_number = vec![0; sidebar.folders.len()];
    for (new, &old) in folder_order.iter().enumerate() {
        folder_number[old] = new;
    }
    let item = |item: &SidebarItem| match *item {
        SidebarItem::Article(at) => number[at].map(SidebarItem::Article),
        SidebarItem::Category(at) => Some(SidebarItem::Category(folder_number[at])),
    };
    let category = |&at: &usize| {
        let folder = &sidebar.folders[at];
        Category {
            id: strip_folder(&folder.path),
            label: folder.label(&articles).to_owned(),
            description: folder.metadata.description.clone(),
            position: folder.position,
            parent: folder.parent.map(|parent| folder_number[parent]),
            index: folder.index.and_then(|index| number[index]),
            permalink: folder.permalink.clone(),
            contents: sidebar.items[at].iter().filter_map(item).collect(),
            modules: folder.modules.clone(),
        }
    };
    let categories = folder_order.iter().map(category).collect();
    let contents = sidebar.contents.iter().filter_map(item).collect();
    let renumber = |target: Target| match target {
        Target::Article(at) => number[at].map(Target::Article),
        Target::Section(at, section) => number[at].map(|at| Target::Section(at, section)),
        Target::Category(at) => Some(Target::Category(folder_number[at])),
        other => Some(other),
    };
    let mut absent = absent(&articles, folder);
    let mut slots: Vec<Option<Article>> = order.iter().map(|_| None).collect();
    let links = linked.targets.into_iter().zip(linked.images).zip(linked.neighbours);
    let parts = articles.into_iter().zip(links).enumerate();
    for (old, (article, ((targets, images), (previous, next)))) in parts {
        let (mut parsed, title) = (article.parsed, article.title);
        let front = parsed.front;
        let update = front.last_update.map(|date| date.value);
        let (events, mut more) = timeline::events(
            &parsed.document,
            &folder.files[parsed.file].text,
            parsed.file,
            update,
        );
        faults.append(&mut more);
        let Some(new) = number[old] else {
            let rows = if front.draft { &mut absent.draft_rows } else { &mut absent.refused_rows };
            rows.append(&mut parsed.rows);
            continue;
        };
        let heading =
            parsed.document.heading.as_ref().map(|heading| plain(heading).trim().to_owned());
        slots[new] = Some(Article {
            file: parsed.file,
            path: article.path,
            body: parsed.body,
            id: article.id,
            heading,
            sidebar_label: front.sidebar_label.unwrap_or_else(|| title.clone()),
            title,
            description: parsed.description,
            category: sidebar.by_path.get(&article.folder).map(|&at| folder_number[at]),
            position: article.position,
            permalink: article.permalink,
            tags: front.tags,
            keywords: front.keywords,
            questions: front.questions,
            image: front.image.map(|image| image.value),
            last_update: update,
            last_update_author: front.last_update_author,
            review: front.review.map(|date| date.value),
            unlisted: front.unlisted,
            profile: front.profile,
            faulty_profile: front.faulty_profile,
            fields: front.fields,
            rows: parsed.rows,
            modules: article.modules,
            name: article.name,
            targets: targets.into_iter().map(|target| target.and_then(renumber)).collect(),
            document: parsed.document,
            images,
            previous: previous.and_then(|at| number[at]),
            next: next.and_then(|at| number[at]),
            backlinks: Vec::new(),
            events,
        });
    }
    let mut articles: Vec<Article> = slots.into_iter().flatten().collect();
    let mut backlinks: Vec<Vec<(usize, usize)>> = vec![Vec::new(); articles.len()];
    for (from, article) in articles.iter().enumerate().filter(|(_, article)| !article.unlisted) {
        for (at, (_, target)) in article.links().enumerate() {
            if let Target::Article(to) | Target::Section(to, _) = target
                && *to != from
            {
                backlinks[*to].push((from, at));
            }
        }
    }
    for (article, backlinks) in articles.iter_mut().zip(backlinks) {
        article.backlinks = backlinks;
    }
    let happenings = happenings::happenings(&mut articles, faults);
    Almanac { articles, categories, contents, happenings, assets: Assets::new(), absent }
}

/// Collects the ids of what isn't in the almanac.
fn absent(articles: &[Identified], folder: &ContentFolder) -> Absent {
    let mut absent = Absent::default();
    for article in articles.iter().filter(|article| !article.is_reachable()) {
        let ids = match article.parsed.front.draft {
            true => &mut absent.drafts,
            false => &mut absent.refused,
        };
        ids.insert(article.id.clone());
    }
    for (_, path) in unread(folder, articles) {
        absent.unread = true;
        absent.refused.insert(Name::new(path, None, None, true).id);
    }
    absent
}
