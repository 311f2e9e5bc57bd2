import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { normalised } from '../../../../js_client/host/description/check.js';
import { renewed, tablePaths } from '../../../../js_client/host/description/page.js';
import { installed } from '../../installed.js';

const PAGE = readFileSync(new URL('../../../../docs/game-description.md', import.meta.url), 'utf8');

const { parse } = installed('smol-toml');
const table = (path) => renewed(`<!-- fields: ${path} -->\nold\n<!-- end -->`);

test('a table has a row for each field, with its value, its default and its words', () => {
  const rows = table('time').split('\n');
  assert.deepEqual(rows.slice(0, 4), ['<!-- fields: time -->', '', '| field | value | default | what it is |', '|---|---|---|---|']);
  assert.equal(rows[5], '| `frame_skip` | whole number from 1 to 10000, in frames | `4` | Frames that one step takes. |');
  assert.deepEqual(rows.slice(-2), ['', '<!-- end -->']);
});

test('what stands around the tables stays', () => {
  assert.match(renewed('before\n<!-- fields: info -->\n<!-- end -->\nafter'.replace('info', 'reward')), /^before\n<!-- [\s\S]* -->\nafter$/);
});

test('renewing twice changes nothing more', () => {
  assert.equal(renewed(table('episode.start')), table('episode.start'));
});

for (const path of ['reward.read', 'nothing', 'episode.nothing']) {
  test(`there is no table of ${path}, and it is said which there are`, () => {
    assert.throws(() => table(path), /^RangeError: there are no fields at .*; there are description, screen, time/);
  });
}

test('every row of every table has four cells, none of them undefined', () => {
  for (const line of tablePaths().flatMap((path) => table(path).split('\n')).filter((one) => one.startsWith('|'))) {
    assert.equal(line.replaceAll('\\|', '').split('|').length, 6, line);
    assert.doesNotMatch(line, /undefined|\[object/);
  }
});

test('the page in docs has every table', () => {
  const there = [...PAGE.matchAll(/<!-- fields: ([\w.]+) -->/g)].map(([, path]) => path);
  assert.deepEqual(there.toSorted(), tablePaths().toSorted());
});

test('the page in docs is as the fields are now', () => {
  assert.equal(renewed(PAGE), PAGE);
});

const EXAMPLES = [...PAGE.matchAll(/```toml\n([\s\S]*?)```/g)].map(([, text]) => text);
const isWhole = (text) => /^# [\w.]+\.toml\n/.test(text);
const WHOLE = parse(EXAMPLES.find(isWhole));

test('the page in docs has examples of whole descriptions and of parts', () => {
  assert.ok(EXAMPLES.filter(isWhole).length >= 4 && EXAMPLES.filter((text) => !isWhole(text)).length >= 10);
});

for (const [i, text] of EXAMPLES.entries()) {
  test(`example ${i + 1} of the page in docs is a ${isWhole(text) ? 'whole' : 'part of a'} description without mistakes`, () => {
    const { screen = { width: 480, height: 720 }, ...given } = parse(text);
    normalised(isWhole(text) ? parse(text) : { ...WHOLE, screen, ...given });
  });
}
