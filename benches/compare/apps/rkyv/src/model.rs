use rkyv::{Archive, Serialize};

#[derive(Archive, Serialize)]
pub struct Base {
    pub articles: Vec<Article>,
}

#[derive(Archive, Serialize)]
pub struct Article {
    pub id: String,
    pub title: String,
    pub description: String,
    pub position: f64,
    pub lead: String,
    pub sections: Vec<Section>,
    pub links: Vec<Link>,
}

#[derive(Archive, Serialize)]
pub struct Section {
    pub level: u8,
    pub title: String,
    pub anchor: String,
    pub text: String,
}

#[derive(Archive, Serialize)]
pub struct Link {
    pub text: String,
    pub target: Target,
}

/// An archive is a tree: links name articles by number.
#[derive(Archive, Serialize)]
pub enum Target {
    Article(u32),
    Section(u32, u32),
    Web(String),
}
