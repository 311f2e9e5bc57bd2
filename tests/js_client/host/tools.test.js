import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { COMMANDS } from '../../../js_client/host/tools.js';
import { folderOf } from './games.js';

const at = (path) => fileURLToPath(new URL(`../../../js_client/host/${path}`, import.meta.url));

/** @param {string[]} words */
function tools(...words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [at('tools.js'), ...words], { encoding: 'utf8' });
  return { status, out: stdout.split('\n').slice(0, -1), errors: stderr.split('\n').slice(0, -1) };
}

test('every command has its module, and every module its line', () => {
  const modules = readdirSync(at('commands')).map((name) => name.replace('.js', '')).filter((name) => name !== 'words');
  assert.deepEqual(Object.keys(COMMANDS).toSorted(), modules.toSorted());
});

for (const words of [[], ['--help'], ['-h']]) {
  test(`"${words.join(' ')}" lists the commands`, () => {
    const { status, out } = tools(...words);
    assert.equal(status, 0);
    for (const name of Object.keys(COMMANDS)) assert.ok(out.some((line) => line.startsWith(`  ${name} `)));
  });
}

test('an unknown command is told, with those that there are', () => {
  const { status, errors } = tools('frobnicate');
  assert.deepEqual([status, errors[0]], [2, 'stepwire-host: there is no command frobnicate']);
  assert.ok(errors.length > Object.keys(COMMANDS).length);
});

test('what a command prints goes to stdout, and its exit code is that of the process', () => {
  const { status, out, errors } = tools('schema');
  assert.deepEqual([status, errors], [0, []]);
  assert.equal(JSON.parse(out.join('\n')).title, 'stepwire.game');
});

test('the problems of a description are lines on stderr, without a stack', () => {
  const folder = folderOf({ 'index.html': '', 'stepwire.game.json': '{"nmae": "a", "action": {"space": {"type": "Discreet"}}}' });
  const { status, out, errors } = tools('describe', folder);
  assert.deepEqual([status, out], [2, []]);
  assert.ok(errors.length >= 3 && errors.every((line) => /^stepwire-host: [\w.]+: /.test(line)), errors.join('\n'));
});

test('wrong words are told together with the usage', () => {
  const { status, errors } = tools('describe');
  assert.deepEqual([status, errors], [2, ['stepwire-host: expected one PATH, got 0', 'stepwire-host: usage: describe PATH [--given JSON]']]);
});
