//! A program that asks for HTML only.

fn main() {
    for article in app_statics_all::ARTICLES {
        println!("{}", app_statics_all::html(article.html));
    }
}
