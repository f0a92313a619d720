//! The server: the tools, and every article and section as a resource.

use ai_almanac::{articles, categories};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, Implementation, ListResourceTemplatesResult,
    ListResourcesResult, ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams,
    ReadResourceResponse, ReadResourceResult, Resource, ResourceContents, ResourceTemplate,
    ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};

use crate::text::{Format, Part, Place, SCHEME};
use crate::tool::Entry;
use crate::tools;

const MARKDOWN: &str = "text/markdown";
/// The number of resources on a page of the list.
const PAGE: usize = 50;

pub struct Almanac {
    tools: Vec<Entry>,
}

impl Almanac {
    pub fn new() -> Almanac {
        Almanac { tools: tools::all() }
    }
}

/// Returns the instructions for a model that has been given the server.
fn instructions() -> String {
    let labels: Vec<_> = categories()
        .iter()
        .filter(|category| category.parent().is_none())
        .map(|category| category.label())
        .collect();
    let of = if labels.is_empty() { String::new() } else { format!(" ({})", labels.join(", ")) };
    let date = articles()
        .iter()
        .filter_map(|article| article.last_update())
        .max()
        .map(|date| format!(", as of {date}"))
        .unwrap_or_default();
    // Content of one's own may do without.
    let sourced = articles().iter().all(|article| !article.sources().is_empty());
    let sources = if sourced {
        "Every statement has numbered sources, which"
    } else {
        "Sources are numbered and"
    };
    format!(
        "An almanac of {} articles{of} with dated events{date}, all of it in this server. Find \
        sections with `search`, read them with `get_section` \
         or `get_article`, and ask `events` what happened when. {sources} come with the text: cite \
         their titles and addresses, and say so when the \
         almanac has nothing on a question.",
        articles().len()
    )
}

impl ServerHandler for Almanac {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().enable_resources().build())
            .with_server_info(
                Implementation::new(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
                    .with_title("Almanac"),
            )
            .with_instructions(instructions())
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(
            self.tools.iter().map(|entry| entry.tool.clone()).collect(),
        ))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.tools.iter().find(|entry| entry.tool.name == name).map(|entry| entry.tool.clone())
    }

    async fn call_tool(
        &self,
        call: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        match self.tools.iter().find(|entry| entry.tool.name == call.name) {
            Some(entry) => Ok(entry.call(call.arguments.unwrap_or_default()).into()),
            None => Err(ErrorData::invalid_params(format!("unknown tool `{}`", call.name), None)),
        }
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let start = match request.and_then(|request| request.cursor) {
            None => 0,
            Some(cursor) => match cursor.parse() {
                Ok(start) if start < articles().len() => start,
                _ => {
                    return Err(ErrorData::invalid_params(
                        "a cursor is what `nextCursor` was",
                        None,
                    ));
                }
            },
        };
        let end = articles().len().min(start + PAGE);
        let resources = articles()[start..end].iter().map(|article| {
            Resource::new(Place::Article(article).uri(), article.id())
                .with_title(article.title())
                .with_description(article.description())
                .with_mime_type(MARKDOWN)
        });
        let mut page = ListResourcesResult::with_all_items(resources.collect());
        page.next_cursor = (end < articles().len()).then(|| end.to_string());
        Ok(page)
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let template = |form: &str, name: &str, description: &str| {
            ResourceTemplate::new(format!("{SCHEME}{form}"), name)
                .with_description(description)
                .with_mime_type(MARKDOWN)
        };
        Ok(ListResourceTemplatesResult::with_all_items(vec![
            template("{+id}", "article", "An article by its id, with its sources"),
            template(
                "{+id}{#anchor}",
                "section",
                "A section by the article's id and its anchor, with its sources",
            ),
        ]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let read = |place| {
            Part::of(place, Format::Markdown, 0)
                .map(|part| format!("# {}\n\n{}", place.title(), part.read(place)))
        };
        let text = Place::at(&request.uri)
            .and_then(read)
            .map_err(|error| ErrorData::resource_not_found(error, None))?;
        Ok(ReadResourceResult::new(vec![
            ResourceContents::text(text, request.uri).with_mime_type(MARKDOWN),
        ])
        .into())
    }
}
