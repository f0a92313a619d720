//! The data that `databake` writes out: once for the build script that bakes, once for the program.

#[cfg_attr(feature = "bake", derive(databake::Bake))]
#[cfg_attr(feature = "bake", databake(path = databake_model))]
pub struct Article {
    pub id: &'static str,
    pub title: &'static str,
    pub description: &'static str,
    pub position: f64,
    pub lead: &'static str,
    pub sections: &'static [Section],
    pub links: &'static [Link],
}

#[cfg_attr(feature = "bake", derive(databake::Bake))]
#[cfg_attr(feature = "bake", databake(path = databake_model))]
pub struct Section {
    pub level: u8,
    pub title: &'static str,
    pub anchor: &'static str,
    pub text: &'static str,
}

#[cfg_attr(feature = "bake", derive(databake::Bake))]
#[cfg_attr(feature = "bake", databake(path = databake_model))]
pub struct Link {
    pub text: &'static str,
    pub target: Target,
}

/// Baked data is a tree: links name articles by number.
#[cfg_attr(feature = "bake", derive(databake::Bake))]
#[cfg_attr(feature = "bake", databake(path = databake_model))]
pub enum Target {
    Article(u32),
    Section(u32, u32),
    Web(&'static str),
}
