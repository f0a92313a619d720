//! The tools as functions; `tests/client.mjs` has the server as a program.

use std::time::Duration;

use ai_almanac::{articles, categories, events, happenings, tables};
use rmcp::model::{
    CallToolResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines};
use tokio::time::timeout;

use crate::text::{MOST_TEXT, Place, cut};
use crate::transport::{self, LONGEST};

fn call(tool: &str, arguments: Value) -> CallToolResult {
    let tools = crate::tools::all();
    let entry = tools.iter().find(|entry| entry.tool.name == tool).expect("there is such a tool");
    entry.call(arguments.as_object().unwrap().clone())
}

/// The text and the data of a good answer.
fn good(tool: &str, arguments: Value) -> (String, Value) {
    let result = call(tool, arguments);
    let text = result.content[0].as_text().unwrap().text.clone();
    assert_eq!(result.is_error, Some(false), "{text}");
    (text, result.structured_content.unwrap())
}

/// Returns the text that answers a bad call.
fn bad(tool: &str, arguments: Value) -> String {
    let result = call(tool, arguments);
    assert_eq!((result.is_error, &result.structured_content), (Some(true), &None));
    result.content[0].as_text().unwrap().text.clone()
}

#[test]
fn search_says_what_the_library_finds() {
    let (text, data) = good("search", json!({"query": "chess program", "limit": 3}));
    let found = ai_almanac::search("chess program");
    assert_eq!(data["found"], found.len());
    let hits = data["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 3);
    for (hit, expected) in hits.iter().zip(found) {
        assert_eq!(hit["article"], expected.article().id());
        assert_eq!(hit["anchor"].as_str(), expected.section().map(|section| section.anchor()));
        assert_eq!(
            Place::at(hit["uri"].as_str().unwrap()),
            Ok(expected.section().map_or(Place::Article(expected.article()), Place::Section))
        );
        assert!(
            text.contains(expected.article().id())
                && text.contains(hit["snippet"].as_str().unwrap())
        );
    }
    let (text, data) = good("search", json!({"query": "xyzzyplugh"}));
    assert_eq!(data, json!({"found": 0, "truncated": false, "unknown_filters": [], "hits": []}));
    assert!(text.contains("Nothing"));
    let (text, data) = good("search", json!({"query": "in:nope chess"}));
    let expected = json!({"found": 0, "truncated": false, "unknown_filters": ["nope"], "hits": []});
    assert_eq!(data, expected);
    assert!(text.contains("No folder and no article has the id `nope`"), "{text}");
    // Words that are written together count too.
    let joined = ["chess"; 33].join("-");
    let (text, data) = good("search", json!({ "query": joined }));
    assert_eq!(data["truncated"], true);
    assert!(text.contains("only its beginning was read"), "{text}");
    let (_, data) = good("search", json!({"query": "in:companies", "limit": 50}));
    let companies = articles().iter().filter(|article| article.id().starts_with("companies/"));
    assert_eq!(data["found"], companies.count());
}

#[test]
fn every_article_and_section_can_be_read() {
    for article in articles() {
        for format in ["markdown", "text"] {
            let (text, data) = good("get_article", json!({"id": article.id(), "format": format}));
            let whole = if format == "text" { article.text() } else { article.markdown() };
            assert!(text.contains(data["body"]["text"].as_str().unwrap().trim_end()));
            // A long one comes in parts.
            let (mut read, mut part) = (String::new(), data.clone());
            loop {
                read += part["body"]["text"].as_str().unwrap();
                let next = part["body"]["next_offset"].clone();
                if next.is_null() {
                    break;
                }
                part = good(
                    "get_article",
                    json!({"id": article.id(), "format": format, "offset": next}),
                )
                .1;
            }
            assert_eq!(read, whole, "{}", article.id());
            assert_eq!(data["body"]["sources"].as_array().unwrap().len(), article.sources().len());
            assert_eq!(data["sections"].as_array().unwrap().len(), article.sections().len());
            assert!(article.sections().iter().all(|section| text.contains(section.anchor())));
            for source in article.sources().iter().take(1) {
                let definitions = text.matches(&format!("\n[^{}]: ", source.number())).count();
                assert_eq!(definitions, 1, "{}: each source is defined once", article.id());
            }
        }
        assert_eq!(Place::at(&Place::Article(article).uri()), Ok(Place::Article(article)));
        for section in article.sections() {
            let (text, data) =
                good("get_section", json!({"id": article.id(), "anchor": section.anchor()}));
            for part in [section].into_iter().chain(section.subsections()) {
                assert!(
                    data["body"]["text"].as_str().unwrap().contains(part.markdown().trim_end())
                );
                assert!(part.sources().iter().all(|source| text.contains(&format!(
                    "\n[^{}]: {}",
                    source.number(),
                    source.text()
                ))));
            }
            assert_eq!(Place::at(&Place::Section(section).uri()), Ok(Place::Section(section)));
        }
    }
}

#[test]
fn a_profile_is_read_in_its_export_form() {
    let article = articles().iter().find(|article| article.profile().is_some()).unwrap();
    let (text, data) = good("get_article", json!({"id": article.id()}));
    assert_eq!(data["profile"], serde_json::to_value(article.profile()).unwrap());
    assert!(text.contains(&format!("- kind: {}", data["profile"]["kind"].as_str().unwrap())));
    assert_eq!(data["fields"], serde_json::to_value(article.fields_record()).unwrap());
}

#[test]
fn the_facts_of_every_article_are_read() {
    let mut read = 0;
    for article in articles() {
        let (text, _) = good("get_article", json!({"id": article.id()}));
        for fact in article.facts() {
            let line = format!("\n- {}: {}\n", fact.label(), fact.value());
            assert!(text.contains(&line), "{article}: {line}");
            read += 1;
        }
    }
    assert!(read > 100, "{read}");
}

#[test]
fn records_of_every_table_are_read() {
    let (text, data) = good("records", json!({}));
    assert_eq!((data["found"].clone(), data["records"].clone()), (json!(0), json!([])));
    for (entry, table) in data["tables"].as_array().unwrap().iter().zip(tables()) {
        assert_eq!((&entry["key"], &entry["label"]), (&json!(table.key()), &json!(table.label())));
        let columns: Vec<_> = table.kind().fields().iter().map(|field| field.label()).collect();
        assert_eq!(
            (&entry["columns"], &entry["records"]),
            (&json!(columns), &json!(table.records().len()))
        );
        assert!(text.contains(&format!("- {}: {}", table.key(), table.label())), "{text}");

        let mut records = table.records();
        let mut offset = json!(0);
        while !offset.is_null() {
            let arguments = json!({"table": table.key(), "limit": 50, "offset": offset});
            let (text, data) = good("records", arguments);
            assert_eq!(data["found"], table.records().len());
            for (written, record) in data["records"].as_array().unwrap().iter().zip(&mut records) {
                assert_eq!(
                    (&written["id"], &written["name"]),
                    (&json!(record.id()), &json!(record.name()))
                );
                assert_eq!(written["article"], record.article().id());
                assert_eq!(written["facts"].as_array().unwrap().len(), record.facts().count());
                for (written, fact) in
                    written["facts"].as_array().unwrap().iter().zip(record.facts())
                {
                    assert_eq!(written["value"], fact.value().to_string());
                    let numbers: Vec<_> =
                        fact.sources().iter().map(|source| source.number()).collect();
                    assert_eq!(written["sources"], json!(numbers));
                    assert!(text.contains(&format!("- {}: {}", fact.label(), fact.value())));
                }
                for source in record.sources() {
                    assert!(text.contains(&format!("[^{}]: {}", source.number(), source.text())));
                }
            }
            offset = data["next_offset"].clone();
        }
        assert_eq!(records.next(), None);
    }
    let record = tables()[0].records().nth(5).unwrap();
    let name = record.name().to_uppercase();
    let (_, data) = good("records", json!({"table": tables()[0].key(), "name": name}));
    let found = data["records"].as_array().unwrap();
    assert!(found.len() < 20 && found.iter().any(|found| found["id"] == record.id()), "{data}");
    let of = json!({"table": tables()[0].key(), "article": record.article().id()});
    let (_, data) = good("records", of);
    let expected = tables()[0].records().filter(|other| other.article() == record.article());
    assert_eq!(data["found"], expected.count());
}

#[test]
fn events_by_time_and_article() {
    let dates = |arguments| -> Vec<String> {
        let (_, data) = good("events", arguments);
        data["events"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["date"].as_str().unwrap().to_owned())
            .collect()
    };
    let in_year: Vec<_> = happenings()
        .iter()
        .map(|told| told.date().to_string())
        .filter(|date| date.starts_with("2017"))
        .collect();
    assert!(in_year.len() > 5);
    for arguments in [
        json!({"year": 2017}),
        json!({"from": "2017", "to": "2017"}),
        json!({"from": "2017", "to": "2017-12"}),
    ] {
        let mut arguments = arguments;
        arguments["limit"] = json!(100);
        assert_eq!(dates(arguments), in_year);
    }
    assert!(
        dates(json!({"from": "2017-06", "to": "2017-06"}))
            .iter()
            .all(|date| date.starts_with("2017-06"))
    );
    let day = in_year.iter().find(|date| date.len() == 10).unwrap();
    assert!(dates(json!({"from": day, "to": day})).iter().all(|date| date == day));

    let event = events()[0];
    let (text, data) = good("events", json!({"article": event.article().id()}));
    assert_eq!(data["found"], event.article().events().len());
    assert!(text.contains(event.text()));

    // Page by page: all of them, in order.
    let (mut all, mut offset) = (Vec::new(), json!(0));
    while !offset.is_null() {
        let (_, data) = good("events", json!({"limit": 100, "offset": offset}));
        all.extend(
            data["events"]
                .as_array()
                .unwrap()
                .iter()
                .map(|event| event["text"].as_str().unwrap().to_owned()),
        );
        offset = data["next_offset"].clone();
    }
    assert_eq!(all, happenings().iter().map(|told| told.text()).collect::<Vec<_>>());
}

#[test]
fn articles_name_each_other_when_they_tell_the_same() {
    let told = happenings().iter().find(|told| told.events().len() > 1).unwrap();
    let others: Vec<_> = told.events().iter().filter(|other| **other != told.event()).collect();
    let day = told.date().to_string();
    let (text, data) = good("events", json!({"from": day, "to": day, "limit": 100}));
    let events = data["events"].as_array().unwrap();
    let event = events.iter().find(|event| event["text"] == told.text()).unwrap();
    let ids: Vec<_> = others.iter().map(|other| other.article().id()).collect();
    assert_eq!((&event["also"], &event["also_more"]), (&json!(ids), &json!(0)));
    assert!(text.contains(&format!("({}, {})\n", told.event().article().id(), ids.join(", "))));
}

#[test]
fn articles_of_a_category() {
    let category = articles().iter().find_map(|article| article.category()).unwrap();
    let (_, data) = good("list_articles", json!({"category": category.id()}));
    assert_eq!(data["found"], category.articles().len());
    let (text, data) = good("list_articles", json!({"limit": 1}));
    assert_eq!((&data["found"], &data["next_offset"]), (&json!(articles().len()), &json!(1)));
    assert!(text.contains(articles()[0].id()) && text.contains("`offset` 1"));
}

#[test]
fn what_is_wrong_with_a_call_is_said() {
    let id = articles()[0].id();
    let wrong_id = format!("{id}x");
    let anchors = bad("get_section", json!({"id": id, "anchor": "nowhere"}));
    assert!(
        articles()[0].sections().iter().all(|section| anchors.contains(section.anchor())),
        "{anchors}"
    );
    for (tool, arguments, parts) in [
        ("get_article", json!({"id": wrong_id}), vec![wrong_id.as_str(), "did you mean", id]),
        ("get_section", json!({"id": wrong_id, "anchor": "x"}), vec!["did you mean", id]),
        ("events", json!({"article": wrong_id}), vec!["did you mean", id]),
        ("get_article", json!({"id": format!("almanac://{id}#x")}), vec!["did you mean", id]),
        ("get_article", json!({"id": "nothing like it at all"}), vec!["list_articles"]),
        ("get_article", json!({"id": id, "format": "html"}), vec!["format", "html", "markdown"]),
        ("get_article", json!({"id": id, "offset": 99_999_999}), vec!["`offset`", "99999999"]),
        ("get_article", json!({}), vec!["missing", "id"]),
        ("get_article", json!({"id": 7}), vec!["id", "string"]),
        ("search", json!({"query": " \n"}), vec!["`query` is empty"]),
        ("search", json!({"query": "x".repeat(1001)}), vec!["1001 bytes", "1000"]),
        ("search", json!({"query": "x ".repeat(33)}), vec!["33 words", "32"]),
        ("search", json!({"query": "x", "limit": 0}), vec!["`limit` is 0", "1 to 50"]),
        ("search", json!({"query": "x", "limit": 51}), vec!["`limit` is 51", "1 to 50"]),
        ("search", json!({"query": "x", "limit": -1}), vec!["limit", "-1"]),
        ("search", json!({"query": "x", "limit": 1.5}), vec!["limit", "1.5"]),
        ("search", json!({"query": "x", "limit": 1e300}), vec!["limit", "1e+300"]),
        ("search", json!({"query": 1.0}), vec!["query", "string"]),
        ("search", json!({"querry": "x"}), vec!["querry", "query"]),
        ("events", json!({"year": 2017, "to": "2018"}), vec!["either"]),
        ("events", json!({"year": 10_000}), vec!["`year`", "10000"]),
        ("events", json!({"from": "2017-13"}), vec!["`from`", "2017-13", "months"]),
        ("events", json!({"to": "2023-02-29"}), vec!["`to`", "28 days"]),
        ("events", json!({"from": "2018", "to": "2017-12-31"}), vec!["later"]),
        ("events", json!({"offset": 1_000_000}), vec!["`offset`", "1000000"]),
        ("records", json!({"table": "nothing"}), vec!["`nothing`", tables()[0].key()]),
        ("records", json!({"name": "x"}), vec!["`table`"]),
        (
            "records",
            json!({"table": tables()[0].key(), "article": wrong_id}),
            vec!["did you mean", id],
        ),
        (
            "records",
            json!({"table": tables()[0].key(), "limit": 101}),
            vec!["`limit` is 101", "1 to 100"],
        ),
        (
            "records",
            json!({"table": tables()[0].key(), "offset": 1_000_000}),
            vec!["`offset`", "1000000"],
        ),
        ("list_articles", json!({"category": "nothing"}), vec!["category", categories()[0].id()]),
    ] {
        let message = bad(tool, arguments.clone());
        assert!(parts.iter().all(|part| message.contains(part)), "{tool} {arguments}: {message}");
        assert!(message.starts_with("error: ") && message.len() < 1000, "{message}");
    }
}

#[test]
fn a_whole_number_may_have_a_point() {
    for limit in [json!(2), json!(2.0), json!(0.2e1)] {
        let (_, data) = good("search", json!({"query": "chess program", "limit": limit}));
        assert_eq!(data["hits"].as_array().unwrap().len(), 2, "{limit}");
    }
    let (_, data) = good("events", json!({"year": 2017.0, "offset": -0.0}));
    assert_eq!(data["events"][0]["date"].as_str().unwrap()[..4], *"2017");
}

#[test]
fn long_texts_come_in_parts() {
    let lines = "A line of some length, with an é in it.\n".repeat(2000);
    let no_lines = "é".repeat(MOST_TEXT);
    for whole in [lines.as_str(), no_lines.as_str(), "short", ""] {
        let (mut read, mut next) = (String::new(), Some(0));
        while let Some(offset) = next {
            let (part, after) = cut(whole, offset).unwrap();
            assert!(part.len() <= MOST_TEXT && (after.is_none() || !part.is_empty()));
            read += part;
            next = after;
        }
        assert_eq!(read, whole);
    }
    assert!(cut(&lines, 0).unwrap().0.ends_with('\n'));
    assert!(cut("é", 1).unwrap_err().contains("`offset` is 1"));
    assert!(cut("é", 3).is_err());
}

#[test]
fn addresses_of_any_id() {
    for bad in
        ["", "companies", "https://example.com/", "almanac://", "almanac://%ff", "almanac://a#b#c"]
    {
        assert!(Place::at(bad).is_err(), "{bad}");
    }
}

// ---- the transport ------------------------------------------------------------------------------

/// Panics when it is asked for its resources, and has a long list of tools.
struct Fragile;

impl ServerHandler for Fragile {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().enable_resources().build())
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        panic!("provoked")
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(
            crate::tools::all().into_iter().map(|entry| entry.tool).collect(),
        ))
    }
}

/// The client's side of a server, once both have said hello.
struct Client {
    write: DuplexStream,
    read: Lines<BufReader<DuplexStream>>,
}

impl Client {
    async fn new() -> Client {
        Client::after(&[]).await
    }

    /// Says other messages before hello.
    async fn after(stray: &[Value]) -> Client {
        let (write, server_read) = tokio::io::duplex(4096);
        let (server_write, read) = tokio::io::duplex(4096);
        tokio::spawn(async move {
            let lines = transport::Lines::new(server_read, server_write);
            Fragile.serve(lines).await.unwrap().waiting().await.unwrap();
        });
        let mut client = Client { write, read: BufReader::new(read).lines() };
        for message in stray {
            client.say(message).await;
        }
        let params = json!({
            "protocolVersion": "2025-11-25", "capabilities": {},
            "clientInfo": {"name": "x", "version": "1"},
        });
        client
            .say(&json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params}))
            .await;
        assert_eq!(client.answer().await["id"], 0);
        client.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"})).await;
        client
    }

    async fn say(&mut self, message: &Value) {
        self.write.write_all(format!("{message}\n").as_bytes()).await.unwrap();
    }

    async fn ask(&mut self, id: u32, method: &str) {
        self.say(&json!({"jsonrpc": "2.0", "id": id, "method": method})).await;
    }

    async fn answer(&mut self) -> Value {
        let line = timeout(Duration::from_secs(20), self.read.next_line())
            .await
            .expect("an answer in time");
        serde_json::from_str(&line.unwrap().expect("an answer")).unwrap()
    }
}

fn in_time(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(test);
}

#[test]
fn a_panic_is_answered_and_survived() {
    in_time(async {
        let mut client = Client::new().await;
        client.ask(1, "resources/list").await;
        client.ask(2, "ping").await;
        let answer = client.answer().await;
        assert_eq!(
            (&answer["id"], &answer["error"]["code"]),
            (&json!(1), &json!(-32603)),
            "{answer}"
        );
        assert_eq!(client.answer().await["id"], 2);
    });
}

/// `after` holds that the first answer is that to `initialize`.
#[test]
fn before_hello_only_requests_count() {
    in_time(async {
        let notification = |method| json!({"jsonrpc": "2.0", "method": method});
        let mut client = Client::after(&[
            notification("notifications/initialized"),
            notification("notifications/roots/list_changed"),
            json!({"jsonrpc": "2.0", "id": 5, "result": {}}),
            json!({"jsonrpc": "2.0", "id": 5, "error": {"code": 1, "message": "x"}}),
        ])
        .await;
        client.ask(1, "ping").await;
        assert_eq!(client.answer().await["id"], 1);
    });
}

#[test]
fn nothing_is_read_while_an_answer_waits() {
    in_time(async {
        let mut client = Client::new().await;
        let asked = timeout(Duration::from_secs(2), async {
            for id in 1.. {
                client.ask(id, "tools/list").await;
            }
        });
        assert!(asked.await.is_err(), "the client has to wait");
        // The rest fits into the pipes and the server's buffer, and is answered in order.
        let mut rest = Vec::new();
        client.write.shutdown().await.unwrap();
        client.read.get_mut().read_to_end(&mut rest).await.unwrap();
        let ids = rest
            .split(|byte| *byte == b'\n')
            .filter_map(|line| serde_json::from_slice::<Value>(line).ok());
        let ids: Vec<u64> = ids.filter_map(|answer| answer["id"].as_u64()).collect();
        assert!(
            (1..500).contains(&ids.len()) && ids.iter().copied().eq(1..=ids.len() as u64),
            "{ids:?}"
        );
    });
}

#[test]
fn long_lines_are_refused_and_passed_over() {
    in_time(async {
        let mut client = Client::new().await;
        let mut just_fits =
            json!({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"x": ""}});
        let length = just_fits.to_string().len();
        just_fits["params"]["x"] = "x".repeat(LONGEST - length).into();
        client.say(&just_fits).await;
        assert_eq!(client.answer().await["id"], 1);
        for more in [1, LONGEST, 3 * LONGEST] {
            let mut long = just_fits.clone();
            long["params"]["x"] = "x".repeat(LONGEST - length + more).into();
            client.say(&long).await;
            let answer = client.answer().await;
            assert_eq!(
                (answer.get("id"), &answer["error"]["code"]),
                (None, &json!(-32600)),
                "{answer}"
            );
            client.ask(2, "ping").await;
            assert_eq!(client.answer().await["id"], 2);
        }
    });
}
