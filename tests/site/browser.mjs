// A server for the sites, and a browser whose pages are watched.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.xml': 'application/xml', '.txt': 'text/plain' };

/** Serves a folder and starts a browser. Whatever a page complains of or asks of others is a fault. */
export async function start(scratch, fault) {
  const server = createServer((request, response) => {
    const path = join(scratch, decodeURIComponent(new URL(request.url, 'http://x').pathname));
    if (!existsSync(path) || statSync(path).isDirectory()) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': `${types[extname(path)] ?? 'application/octet-stream'}; charset=utf-8` }).end(readFileSync(path));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

  /** A fresh browser window whose pages are watched. */
  async function fresh(name, options = {}) {
    const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', ...options });
    context.on('page', (page) => {
      page.on('console', (message) => message.type() === 'error' && fault(`${name}: ${page.url()}: ${message.text()}`));
      page.on('pageerror', (error) => fault(`${name}: ${page.url()}: ${error}`));
      page.on('request', (request) => {
        const own = request.url().startsWith('file:') ? options.disk : request.url().startsWith(`${origin}/`);
        own || fault(`${name}: ${page.url()} asked for ${request.url()}`);
      });
    });
    context.setDefaultTimeout(10_000);
    return context;
  }

  /** A part of the test: what it throws is a fault, and the rest goes on. */
  async function part(name, options, body) {
    const context = await fresh(name, options);
    try {
      await body(await context.newPage());
    } catch (error) {
      fault(`${name}: ${String(error).split('\n').slice(0, 3).join(' ')}`);
    }
    await context.close();
  }

  const stop = async () => {
    await browser.close();
    server.close();
  };
  return { origin, part, stop };
}
