import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { folderOf } from '../games.js';

const TOOLS = fileURLToPath(new URL('../../../../js_client/host/tools.js', import.meta.url));

/** A registry of npm that has every package, empty, in the version that is asked for; or none. @param {import('node:test').TestContext} t @param {Record<string, string>} versions */
async function registry(t, versions) {
  const server = createServer(({ url = '' }, response) => {
    const name = decodeURIComponent(url.slice(1)).replace(/\.tgz$/, '');
    const version = versions[name];
    if (!version) return response.writeHead(404).end('{}');
    if (url.endsWith('.tgz')) return response.end(packed(name, version));
    const tarball = `http://127.0.0.1:${server.address().port}/${encodeURIComponent(name)}.tgz`;
    return response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, dist: { tarball } } } }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}/`;
}

/** A package with nothing in it but its package.json. @param {string} name @param {string} version */
function packed(name, version) {
  const text = Buffer.from(JSON.stringify({ name, version }));
  const header = Buffer.alloc(512);
  header.write('package/package.json', 0);
  header.write('0000644\0', 100);
  header.write(text.length.toString(8).padStart(11, '0'), 124);
  header.fill(' ', 148, 156);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0') + '\0 ', 148);
  return gzipSync(Buffer.concat([header, text, Buffer.alloc(512 - text.length + 1024)]));
}

/** @param {string} url of the registry @param {string} folder where packages go */
async function setup(url, folder) {
  const env = {
    ...process.env, STEPWIRE_NODE_MODULES: join(folder, 'node_modules'), npm_config_registry: url, npm_config_cache: join(folder, 'cache'),
    npm_config_fetch_retries: '0', npm_config_userconfig: join(folder, 'npmrc'),
  };
  const running = spawn(process.execPath, [TOOLS, 'setup'], { env });
  const said = { out: '', errors: '' };
  running.stdout.on('data', (chunk) => { said.out += chunk; });
  running.stderr.on('data', (chunk) => { said.errors += chunk; });
  const [code] = await once(running, 'close');
  return { code, ...said };
}

test('what is optional is installed into the folder of this user, and it is said what for', async (t) => {
  const versions = { '@napi-rs/canvas': '1.1.1', 'playwright-core': '1.65.1', 'minigame-api-typings': '3.8.20', 'smol-toml': '1.9.1' };
  const folder = folderOf({});
  const { code, out, errors } = await setup(await registry(t, versions), folder);
  assert.equal(code, 0, errors);
  for (const name of Object.keys(versions)) {
    assert.ok(existsSync(join(folder, 'node_modules', name, 'package.json')), name);
    assert.match(out, new RegExp(`^installed {2}${name} +\\w`, 'm'));
  }
  assert.match(out, /^into {7}.*node_modules$/m);
});

test('where npm fails, that is told with its exit code', async (t) => {
  const { code, out, errors } = await setup(await registry(t, {}), folderOf({}));
  assert.deepEqual([code, out], [2, '']);
  assert.match(errors, /^stepwire-host: setup: npm ended with exit code 1$/m);
});
