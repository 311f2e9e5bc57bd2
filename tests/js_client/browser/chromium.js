/**
 * A real Chromium, and a server that serves the pages as the web port does.
 */

import { existsSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import http from 'node:http';
import { extname } from 'node:path';

import { startChromium } from '../../../js_client/host/chromium/browser.js';

const PACKAGE = new URL('../../../js_client/', import.meta.url);
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' };

/** Chromium and the pages, until the tests of a file have run. Pages that complain fail the test that opened them. */
export async function pages(after) {
  const server = http.createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await startChromium();
  after(async () => {
    await browser.close();
    server.close();
  });
  return async function open(t, path, options = {}) {
    const context = await browser.newContext({ viewport: { width: 800, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    t.after(async () => {
      await context.close();
      if (complaints.length) throw new Error(complaints.join('\n'));
    });
    await page.goto(`http://127.0.0.1:${server.address().port}/play/${path}`);
    return page;
  };
}

/** As service/stepwire_service/web.py does: /play is examples/, /src is src/; and what else a page may import lies beside src/. */
function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://x');
  const path = pathname.replace(/^\/play\//, 'examples/').replace(/^\//, '').replace(/\/$/, '/index.html');
  const file = new URL(path, PACKAGE);
  if (!/^(examples|src|agent|compat)\//.test(path) || !existsSync(file)) return response.writeHead(404).end();
  return response.writeHead(200, { 'content-type': TYPES[extname(path)] }).end(readFileSync(file));
}

/** Waits until an element of the page says something that fits. */
export async function says(page, id, pattern) {
  await page.waitForFunction(
    ([name, source]) => new RegExp(source).test(document.getElementById(name).textContent), [id, pattern.source],
  );
}

/** How many pixels of the board have exactly this colour. */
export function pixelsOf(page, [red, green, blue]) {
  return page.evaluate(([r, g, b]) => {
    const board = document.getElementById('board');
    const { data } = board.getContext('2d').getImageData(0, 0, board.width, board.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] === r && data[at + 1] === g && data[at + 2] === b) count += 1;
    return count;
  }, [red, green, blue]);
}

/** Waits until the board shows a colour. */
export async function shows(page, colour) {
  while (await pixelsOf(page, colour) === 0);
}
