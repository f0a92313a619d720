//! A program that asks for titles only.

fn main() {
    for article in app_statics::ARTICLES {
        println!("{}", article.title);
    }
}
