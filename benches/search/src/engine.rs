//! tantivy with the crate's fields and boosts.

use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{
    BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, Query, TermQuery,
};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{TextAnalyzer, TokenStream};
use tantivy::{
    Directory, DocAddress, HasLen, Index, IndexSettings, IndexWriter, Searcher, TantivyDocument,
    Term,
};

use crate::Document;

/// Title, keywords, heading, text.
const BOOSTS: [f32; 4] = [3.0, 3.0, 2.0, 1.0];

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Words,
    /// The last word is unfinished.
    Prefix,
    /// Every word has one edit.
    Typo,
    /// Words, and if there is none, words with one edit.
    Either,
}

pub struct Engine {
    pub searcher: Searcher,
    fields: [Field; 4],
    number: Field,
    article: Field,
    analyzer: TextAnalyzer,
}

/// Frequencies and lengths but no positions, like the crate's index. `stored` keeps the texts too.
fn schema(stored: bool) -> Schema {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqs);
    let mut options = TextOptions::default().set_indexing_options(indexing);
    if stored {
        options = options | STORED;
    }
    for field in ["title", "keywords", "heading", "text"] {
        schema.add_text_field(field, options.clone());
    }
    schema.add_u64_field("number", FAST);
    schema.add_text_field(
        "article",
        if stored { TextOptions::default() | STORED } else { TextOptions::default() },
    );
    schema.build()
}

impl Engine {
    fn new(index: &Index) -> Engine {
        let schema = index.schema();
        let field = |name| schema.get_field(name).unwrap();
        let fields = ["title", "keywords", "heading", "text"].map(field);
        let analyzer = index.tokenizer_for_field(fields[0]).unwrap();
        Engine {
            searcher: index.reader().unwrap().searcher(),
            fields,
            number: field("number"),
            article: field("article"),
            analyzer,
        }
    }

    fn fill(index: &Index, documents: impl Iterator<Item = Document>, merge: bool) {
        let mut writer: IndexWriter = index.writer(256 << 20).unwrap();
        let schema = index.schema();
        let fields = ["title", "keywords", "heading", "text", "article", "number"]
            .map(|name| schema.get_field(name).unwrap());
        for (number, document) in documents.enumerate() {
            let mut added = TantivyDocument::new();
            for (field, text) in fields.iter().zip([
                document.title,
                &document.keywords,
                document.heading,
                document.text,
                document.article,
            ]) {
                added.add_text(*field, text);
            }
            added.add_u64(fields[5], number as u64);
            writer.add_document(added).unwrap();
        }
        writer.commit().unwrap();
        if merge {
            let segments = index.searchable_segment_ids().unwrap();
            if segments.len() > 1 {
                writer.merge(&segments).wait().unwrap();
            }
            writer.garbage_collect_files().wait().unwrap();
            writer.wait_merging_threads().unwrap();
        }
    }

    /// An index in memory, as fast as it can be had.
    pub fn in_memory(documents: impl Iterator<Item = Document>) -> Engine {
        let index = Index::create_in_ram(schema(false));
        Engine::fill(&index, documents, false);
        Engine::new(&index)
    }

    /// An index in memory of one segment, and its size in bytes.
    pub fn merged(documents: impl Iterator<Item = Document>) -> (Engine, usize) {
        let directory = RamDirectory::create();
        let index =
            Index::create(directory.clone(), schema(false), IndexSettings::default()).unwrap();
        Engine::fill(&index, documents, true);
        let size = index
            .directory()
            .list_managed_files()
            .iter()
            .map(|file| directory.open_read(file).map_or(0, |file| file.len()))
            .sum();
        (Engine::new(&index), size)
    }

    /// Writes an index of one segment with the texts to a folder.
    pub fn write(folder: &Path, documents: impl Iterator<Item = Document>) {
        let index = Index::create_in_dir(folder, schema(true)).unwrap();
        Engine::fill(&index, documents, true);
    }

    pub fn open(folder: &Path) -> Engine {
        Engine::new(&Index::open_in_dir(folder).unwrap())
    }

    fn terms(&mut self, words: &str) -> Vec<String> {
        let mut terms = Vec::new();
        self.analyzer.token_stream(words).process(&mut |token| terms.push(token.text.clone()));
        terms
    }

    fn query(&mut self, words: &str, kind: Kind) -> BooleanQuery {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let terms = self.terms(words);
        for (at, text) in terms.iter().enumerate() {
            for (field, boost) in self.fields.into_iter().zip(BOOSTS) {
                let term = Term::from_field_text(field, text);
                let mut add = |query: Box<dyn Query>| {
                    clauses.push((Occur::Should, Box::new(BoostQuery::new(query, boost))))
                };
                if kind == Kind::Typo {
                    add(Box::new(FuzzyTermQuery::new(term, 1, true)));
                    continue;
                }
                add(Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)));
                if kind == Kind::Prefix && at + 1 == terms.len() {
                    let mut prefix = PhrasePrefixQuery::new(vec![term]);
                    // As many as the crate takes.
                    prefix.set_max_expansions(100);
                    add(Box::new(prefix));
                }
            }
        }
        BooleanQuery::new(clauses)
    }

    /// The best ten.
    pub fn search(&mut self, words: &str, kind: Kind) -> Vec<(f32, DocAddress)> {
        let first = if kind == Kind::Either { Kind::Words } else { kind };
        let query = self.query(words, first);
        let hits = self.searcher.search(&query, &TopDocs::with_limit(10).order_by_score()).unwrap();
        if hits.is_empty() && kind == Kind::Either { self.search(words, Kind::Typo) } else { hits }
    }

    /// The best ten with a snippet each. `text` gives the text of a document by its number.
    pub fn snippets(
        &mut self,
        words: &str,
        kind: Kind,
        text: impl Fn(usize) -> &'static str,
    ) -> usize {
        let hits = self.search(words, kind);
        let query = self.query(words, Kind::Words);
        let mut generator =
            SnippetGenerator::create(&self.searcher, &query, self.fields[3]).unwrap();
        generator.set_max_num_chars(200);
        let segment = |at: &DocAddress| {
            self.searcher.segment_reader(at.segment_ord).fast_fields().u64("number").unwrap()
        };
        hits.iter()
            .map(|(_, at)| {
                generator
                    .snippet(text(segment(at).first(at.doc_id).unwrap() as usize))
                    .fragment()
                    .len()
            })
            .sum()
    }

    /// The number of each document that was found.
    pub fn numbers(&self, hits: &[(f32, DocAddress)]) -> Vec<usize> {
        let number = |at: &DocAddress| {
            let segment = self.searcher.segment_reader(at.segment_ord);
            segment
                .fast_fields()
                .u64(self.searcher.schema().get_field_name(self.number))
                .unwrap()
                .first(at.doc_id)
                .unwrap() as usize
        };
        hits.iter().map(|(_, at)| number(at)).collect()
    }

    /// Prints the best ten of an index that has the texts.
    pub fn print_stored(&mut self, words: &str) {
        let hits = self.search(words, Kind::Words);
        let query = self.query(words, Kind::Words);
        let mut generator =
            SnippetGenerator::create(&self.searcher, &query, self.fields[3]).unwrap();
        generator.set_max_num_chars(200);
        for (score, at) in hits {
            let document: TantivyDocument = self.searcher.doc(at).unwrap();
            let get =
                |field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or("");
            println!(
                "{score:.2} {} {}: {}",
                get(self.article),
                get(self.fields[2]),
                generator.snippet(get(self.fields[3])).fragment()
            );
        }
    }
}
