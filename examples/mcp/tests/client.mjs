// The server as a program, asked by the official client. $ALMANAC_MCP is the program; $CONTENT says what it was compiled from:
// the shipped articles, none, or those that the script `test` writes to be long and to have odd names.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { UriTemplate } from "@modelcontextprotocol/sdk/shared/uriTemplate.js";
import { Ajv2020 } from "ajv/dist/2020.js";

const command = process.env.ALMANAC_MCP;
const content = process.env.CONTENT;
assert.ok(command && ["shipped", "none", "odd"].includes(content), "ALMANAC_MCP and CONTENT are set");

const client = new Client({ name: "almanac-test", version: "1.0.0" });
const transport = new StdioClientTransport({ command, stderr: "pipe" });
let said = "";
let schemas;

before(async () => {
  transport.stderr.on("data", (data) => (said += data));
  await client.connect(transport);
  // Strict: a keyword or a format that JSON Schema doesn't know is an error.
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  schemas = new Map((await client.listTools()).tools.map((tool) => [tool.name, ajv.compile(tool.outputSchema)]));
});

after(async () => {
  await client.close();
  assert.equal(said, "", "nothing on standard error");
});

/** Calls a tool that is to succeed; gives its data, which its schema describes. */
async function call(name, args = {}) {
  const result = await client.callTool({ name, arguments: args });
  const text = result.content[0].text;
  assert.ok(!result.isError, text);
  assert.ok(text.length > 0 && result.content.length === 1);
  const valid = schemas.get(name);
  assert.ok(valid(result.structuredContent), JSON.stringify(valid.errors));
  return { text, ...result.structuredContent };
}

/** Calls a tool that is to fail; gives what it says. */
async function refused(name, args) {
  const result = await client.callTool({ name, arguments: args });
  assert.equal(result.isError, true, JSON.stringify(result));
  return result.content[0].text;
}

async function everyResource() {
  const pages = [];
  let cursor;
  do {
    const page = await client.listResources({ cursor });
    pages.push(page.resources);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return pages;
}

/** Runs the program on bytes; `end` is called with its standard input once it has them. */
function run(input, { end = (stdin) => stdin.end(), args = [] } = {}) {
  const child = spawn(command, args, { stdio: "pipe" });
  const got = { out: "", err: "", child };
  child.stdout.on("data", (data) => (got.out += data));
  child.stderr.on("data", (data) => (got.err += data));
  child.stdin.on("error", () => {});
  child.stdin.write(input, () => end(child.stdin, child));
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => child.kill("SIGKILL") && reject(new Error("it did not end")), 20_000);
    child.on("close", (status) => (clearTimeout(late), resolve({ ...got, status })));
  });
}

const line = (message) => JSON.stringify({ jsonrpc: "2.0", ...message }) + "\n";
const clientInfo = { name: "raw", version: "1" };
const hello =
  line({ id: 0, method: "initialize", params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo } }) +
  line({ method: "notifications/initialized" });
const answers = (out) => out.split("\n").filter(Boolean).map((text) => JSON.parse(text));

describe("any content", () => {
  it("says what it is", () => {
    const { name, version } = client.getServerVersion();
    assert.equal(name, "almanac-mcp");
    assert.match(version, /^\d+\.\d+\.\d+$/);
    const instructions = client.getInstructions();
    assert.equal(instructions.match(/[a-z]\. |\.$/g).length, 3, "three sentences");
    assert.match(instructions, /sources/);
    assert.deepEqual(Object.keys(client.getServerCapabilities()).sort(), ["resources", "tools"]);
  });

  it("describes its tools", async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map((tool) => tool.name), ["search", "get_article", "get_section", "events", "list_articles", "records"]);
    for (const tool of tools) {
      assert.ok(tool.description && tool.title && tool.outputSchema && tool.annotations.readOnlyHint);
      assert.equal(tool.inputSchema.additionalProperties, false);
      for (const [name, property] of Object.entries(tool.inputSchema.properties)) {
        assert.ok(property.description, `${tool.name}.${name} has a description`);
      }
      new Ajv2020({ strict: true, allowUnionTypes: true }).compile(tool.inputSchema);
    }
  });

  it("has the listed articles as resources, page by page, and reads each", async () => {
    const pages = await everyResource();
    const listed = [];
    for (let offset = 0; offset !== null; ) {
      const page = await call("list_articles", { offset });
      listed.push(...page.articles);
      offset = page.next_offset;
    }
    const resources = pages.flat();
    assert.deepEqual(resources.map((resource) => resource.name), listed.map((article) => article.id));
    assert.ok(pages.every((page) => page.length <= 50));
    for (const { uri, title, mimeType } of resources) {
      const { contents } = await client.readResource({ uri });
      assert.equal(contents.length, 1);
      assert.equal(contents[0].uri, uri);
      assert.equal(contents[0].mimeType, "text/markdown");
      assert.equal(mimeType, "text/markdown");
      assert.ok(contents[0].text.startsWith(`# ${title}\n`));
      assert.ok(Buffer.byteLength(contents[0].text) < 60_000);
    }
  });

  it("has templates that lead to what it has", async () => {
    const { resourceTemplates } = await client.listResourceTemplates();
    assert.deepEqual(resourceTemplates.map((template) => template.name), ["article", "section"]);
    const [articles, sections] = resourceTemplates.map((template) => new UriTemplate(template.uriTemplate));
    for (const resource of (await everyResource()).flat()) {
      const article = await call("get_article", { id: resource.name });
      assert.equal(article.uri, resource.uri);
      const [section] = article.sections;
      // The client's expansion leaves letters of other scripts as they are in the one form and not in the other.
      const whole = await client.readResource({ uri: articles.expand({ id: resource.name }) });
      assert.ok(whole.contents[0].text.startsWith(`# ${article.title}\n`));
      if (section) {
        const part = await client.readResource({ uri: sections.expand({ id: resource.name, anchor: section.anchor }) });
        assert.ok(part.contents[0].text.startsWith(`# ${article.title} / ${section.title}\n`));
      }
    }
  });

  it("answers bad arguments with an error that the model can read", async () => {
    assert.match(await refused("search", { query: "" }), /`query` is empty/);
    assert.match(await refused("search", { query: "word ".repeat(100_000) }), /500000 bytes/);
    assert.match(await refused("search", { query: "x", limit: 51 }), /1 to 50/);
    assert.match(await refused("search", {}), /missing field `query`/);
    assert.match(await refused("search", { query: ["x"] }), /query: .*expected a string/);
    assert.match(await refused("events", { from: "yesterday" }), /`from` is `yesterday`: not a date/);
    assert.match(await refused("events", { limit: 0 }), /1 to 100/);
    assert.match(await refused("get_article", { id: "no such thing" }), /no article has the id `no such thing`/);
    assert.ok((await refused("get_article", { id: "x".repeat(100_000) })).length < 400);
  });

  it("answers what it doesn't have with a protocol error", async () => {
    await assert.rejects(client.callTool({ name: "write_article" }), { code: -32602, message: /unknown tool `write_article`/ });
    await assert.rejects(client.readResource({ uri: "almanac://no/such/thing" }), { code: -32002, message: /no article/ });
    await assert.rejects(client.readResource({ uri: "https://example.com/" }), { code: -32002, message: /almanac:/ });
    const end = String((await everyResource()).flat().length);
    for (const cursor of ["somewhere", "", "-1", "1.5", end, `${end}0`, "1000000", "18446744073709551615", "18446744073709551616"]) {
      await assert.rejects(client.listResources({ cursor }), { code: -32602, message: /cursor/ }, cursor);
    }
    await assert.rejects(client.getPrompt({ name: "x" }), /prompts/);
  });

  it("answers many calls at once, each its own", async () => {
    const dates = Array.from({ length: 200 }, (_, at) => `${1900 + at}`);
    const found = await Promise.all(dates.map((from) => call("events", { from, to: from, limit: 100 })));
    found.forEach(({ events }, at) => assert.ok(events.every((event) => event.date.startsWith(dates[at]))));
    const mixed = await Promise.all(dates.map((from, at) => (at % 2 ? refused("events", { from, to: "1000" }) : call("events", { year: +from }))));
    mixed.forEach((answer, at) => assert.ok(at % 2 ? answer.includes(`(${dates[at]})`) : answer.events));
  });

  it("ends with status 0 and in silence when the client goes, at any moment", async () => {
    for (const input of ["", hello.slice(0, 40), hello, hello + '{"jsonrpc":"2.0","id":1,"meth', hello + "\xff"]) {
      const { status, err } = await run(input);
      assert.deepEqual({ status, err }, { status: 0, err: "" }, JSON.stringify(input));
    }
  });

  it("answers what was asked before the pipe was closed", async () => {
    const ids = Array.from({ length: 50 }, (_, at) => at + 1);
    const calls = ids.map((id) => line({ id, method: "tools/call", params: { name: "list_articles", arguments: {} } }));
    const { out, status } = await run(hello + calls.join(""));
    assert.equal(status, 0);
    assert.deepEqual(answers(out).map(({ id }) => id).sort((a, b) => a - b), [0, ...ids]);
  });

  it("ends when nobody reads its answers, though it is still spoken to", async () => {
    const end = (stdin, child) => {
      child.stdout.destroy();
      const again = setInterval(() => stdin.write(line({ id: 1, method: "ping" })), 20);
      child.on("close", () => clearInterval(again));
    };
    const { status, err } = await run(hello, { end });
    assert.deepEqual({ status, err }, { status: 0, err: "" });
  });

  it("says of each line that is no message what is wrong, and goes on", async () => {
    const wrong = [
      ["garbage", { code: -32700 }],
      ["{", { code: -32700 }],
      ["\0\xff", { code: -32700 }],
      ["[1,2", { code: -32700 }],
      ['{"jsonrpc":"2.0","id":7,', { code: -32700 }],
      ["[".repeat(100_000), { code: -32700 }],
      ["{}", { code: -32600 }],
      ["null", { code: -32600 }],
      ['{"jsonrpc":"1.0","id":8,"method":"ping"}', { code: -32600, id: 8 }],
      ['{"jsonrpc":"2.0","id":"a","method":"tools/call","params":5}', { code: -32600, id: "a" }],
    ];
    // To these there is nothing to say.
    const silent = ["", " \r", line({ method: "notifications/cancelled", params: 7 }).trim(), line({ method: "notifications/x" }).trim()];
    const lines = silent.concat(wrong.map(([text]) => text), line({ id: 9, method: "ping" }).trim());
    const { out, err, status } = await run(Buffer.concat([Buffer.from(hello), Buffer.from(lines.join("\n") + "\n", "latin1")]));
    assert.deepEqual({ status, err }, { status: 0, err: "" });
    const expected = wrong.map(([, { code, id }]) => ({ code, id }));
    assert.deepEqual(answers(out).slice(1, -1).map(({ error, id }) => ({ code: error.code, id })), expected);
    assert.equal(answers(out).at(-1).id, 9);
  });

  it("answers a last line without its end", async () => {
    const { out, status } = await run(hello + line({ id: 9, method: "ping" }).trim());
    assert.equal(status, 0);
    assert.deepEqual(answers(out).map(({ id }) => id), [0, 9]);
  });

  it("doesn't read on while nobody reads its answers", async () => {
    const child = spawn(command, [], { stdio: "pipe" });
    child.stdin.on("error", () => {});
    child.stdin.write(hello);
    const most = 32 * 1024 * 1024;
    const calls = Array.from({ length: 1000 }, (_, at) => line({ id: at + 1, method: "tools/call", params: { name: "events", arguments: { limit: 100 } } }));
    const block = calls.join("");
    let written = 0;
    // Until the pipe has taken nothing for two seconds.
    while (written < most) {
      const taken = new Promise((resolve) => child.stdin.write(block, () => resolve(true)));
      if (!(await Promise.race([taken, new Promise((resolve) => setTimeout(resolve, 2000))]))) break;
      written += block.length;
    }
    const resident = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]);
    child.kill("SIGKILL");
    assert.ok(written < 1024 * 1024, `it read ${written} bytes`);
    assert.ok(resident < 64 * 1024, `it took ${resident} kB`);
  });

  it("has a command line", async () => {
    for (const [args, status, stream, form] of [
      [["--help"], 0, "out", /^usage: almanac-mcp/],
      [["--version"], 0, "out", /^almanac-mcp \d/],
      [["--port", "80"], 2, "err", /^usage: almanac-mcp/],
      [["serve"], 2, "err", /^usage: almanac-mcp/],
    ]) {
      const got = await run("", { args });
      assert.equal(got.status, status);
      assert.match(got[stream], form);
      assert.equal(got[stream === "out" ? "err" : "out"], "");
    }
  });
});

describe("the shipped articles", { skip: content !== "shipped" }, () => {
  it("are dated, and in more than one page", async () => {
    assert.match(client.getInstructions(), /as of 20\d\d-\d\d-\d\d/);
    assert.ok((await everyResource()).length > 1);
  });

  it("are found, read and cited", async () => {
    const { hits } = await call("search", { query: "who makes Ascend chips", limit: 5 });
    assert.equal(hits[0].article, "companies/huawei");
    const { text, body } = await call("get_section", { id: hits[0].article, anchor: hits[0].anchor });
    for (const [, number] of body.text.matchAll(/\[\^(\d+)\]/g)) {
      const source = body.sources.find((source) => source.number === Number(number));
      assert.match(source.url, /^https:/);
      assert.ok(text.includes(`[^${number}]: ${source.text} <${source.url}>`));
    }
    const read = await client.readResource({ uri: hits[0].uri });
    assert.ok(read.contents[0].text.includes(body.text.trim()));
  });

  it("have events with sources", async () => {
    const { events, found } = await call("events", { year: 2017, limit: 100 });
    assert.ok(found === events.length && found > 5);
    assert.ok(events.every((event) => event.date.startsWith("2017") && event.sources.length > 0));
  });

  it("are named when an id is mistyped, and their anchors when an anchor is", async () => {
    assert.match(await refused("get_article", { id: "companies/huawie" }), /did you mean `companies\/huawei`/);
    assert.match(await refused("get_section", { id: "companies/huawei", anchor: "chips" }), /`chips-and-hardware`.*`timeline`/);
    await assert.rejects(client.readResource({ uri: "almanac://companies/huawei#chips" }), { code: -32002, message: /`chips-and-hardware`/ });
  });

  it("all come whole, and the longest in two parts", async () => {
    for (const { name } of (await everyResource()).flat()) {
      const { body } = await call("get_article", { id: name });
      const rest = body.next_offset === null ? "" : (await call("get_article", { id: name, offset: body.next_offset })).body;
      assert.equal(Buffer.byteLength(body.text + (rest.text ?? "")), body.length, name);
    }
  });
});

describe("no articles", { skip: content !== "none" }, () => {
  it("give empty lists", async () => {
    assert.deepEqual((await call("list_articles")).articles, []);
    assert.deepEqual((await call("events")).events, []);
    assert.deepEqual((await call("search", { query: "anything" })).hits, []);
    assert.deepEqual(await everyResource(), [[]]);
    assert.match(await refused("list_articles", { category: "x" }), /no category/);
  });
});

describe("long articles with odd names", { skip: content !== "odd" }, () => {
  const id = "größe & mehr/lang artikel";

  it("come in parts that say how to go on", async () => {
    for (const [tool, args] of [["get_article", { id }], ["get_article", { id, format: "text" }], ["get_section", { id, anchor: "lines" }]]) {
      let text = "";
      let parts = 0;
      for (let offset = 0; offset !== null; parts += 1) {
        const answer = await call(tool, { ...args, offset });
        assert.ok(Buffer.byteLength(answer.body.text) <= 20_000);
        if (answer.body.next_offset !== null) assert.ok(answer.text.includes(`\`offset\` ${answer.body.next_offset}`));
        text += answer.body.text;
        offset = answer.body.next_offset;
      }
      const { body } = await call(tool, args);
      assert.ok(parts > 1 && Buffer.byteLength(text) === body.length, `${parts} parts`);
      assert.match(text, /Line 2000 äöü/);
    }
  });

  it("list no more than 200 sources and sections, and say so", async () => {
    const { body, sections, more_sections, text } = await call("get_article", { id });
    assert.equal(sections.length, 200);
    assert.equal(more_sections, 103);
    assert.equal(body.sources.length, 200);
    assert.equal(body.more_sources, 100);
    assert.match(text, /100 more sources/);
  });

  it("say in a resource where it is cut", async () => {
    const { resources } = await client.listResources();
    const { uri } = resources.find((resource) => resource.name === id);
    assert.match(uri, /^almanac:\/\/[\x21-\x7e]+$/);
    const { contents } = await client.readResource({ uri });
    assert.match(contents[0].text, /get_article.* go on with `offset` \d+/);
  });
});
