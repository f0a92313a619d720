//! A tool: a description for models, and a function from typed arguments to a text and typed data.

use rmcp::model::{CallToolResult, ContentBlock, JsonObject, Tool, ToolAnnotations};
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A tool and what it does. What is wrong with its arguments is an answer too, for the model to
/// read.
pub struct Entry {
    pub tool: Tool,
    run: Box<dyn Fn(JsonObject) -> Result<CallToolResult, String> + Send + Sync>,
}

impl Entry {
    pub fn new<A, T>(
        name: &'static str,
        title: &str,
        description: &'static str,
        run: fn(A) -> Answer<T>,
    ) -> Entry
    where
        A: DeserializeOwned + JsonSchema + 'static,
        T: Serialize + JsonSchema + 'static,
    {
        let tool = Tool::new(name, description, schema::<A>(SchemaSettings::draft2020_12()))
            .with_title(title)
            .with_raw_output_schema(
                schema::<T>(SchemaSettings::draft2020_12().for_serialize()).into(),
            )
            .with_annotations(
                ToolAnnotations::new().read_only(true).idempotent(true).open_world(false),
            );
        let run = move |mut arguments: JsonObject| {
            arguments.values_mut().for_each(|value| *value = whole(value.take()));
            // With the path to what is wrong.
            let arguments = serde_path_to_error::deserialize(Value::Object(arguments))
                .map_err(|error| error.to_string())?;
            let (text, data) = run(arguments)?;
            let data = serde_json::to_value(data).map_err(|error| error.to_string())?;
            let mut result = CallToolResult::structured(data);
            result.content = vec![ContentBlock::text(text)];
            Ok(result)
        };
        Entry { tool, run: Box::new(run) }
    }

    pub fn call(&self, arguments: JsonObject) -> CallToolResult {
        (self.run)(arguments).unwrap_or_else(|error| {
            CallToolResult::error(vec![ContentBlock::text(format!("error: {error}"))])
        })
    }
}

fn schema<T: JsonSchema>(settings: SchemaSettings) -> JsonObject {
    // `uint32` and the like are no formats of JSON Schema: strict clients refuse them, others warn.
    let no_format = RecursiveTransform(|schema: &mut Schema| drop(schema.remove("format")));
    let mut schema =
        settings.with_transform(no_format).into_generator().into_root_schema_for::<T>();
    schema.remove("title");
    schema.ensure_object().clone()
}

/// Reads `1.0` as `1`: JSON Schema, which describes the arguments, calls both integers.
fn whole(value: Value) -> Value {
    // Integers up to here are exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_whole = |number: &f64| number.fract() == 0.0 && number.abs() <= EXACT;
    match value.as_f64().filter(|number| value.is_f64() && is_whole(number)) {
        // Adding zero makes 0 of -0.
        Some(number) => format!("{:.0}", number + 0.0).parse().map_or(value, Value::Number),
        None => value,
    }
}

/// The same twice: to read, and as data.
pub type Answer<T> = Result<(String, T), String>;
