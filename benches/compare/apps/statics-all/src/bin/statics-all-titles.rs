//! A program that asks for titles only.

fn main() {
    for article in app_statics_all::ARTICLES {
        println!("{}", article.title);
    }
}
