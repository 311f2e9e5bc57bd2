import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createReport, errorText } from '../../../../js_client/host/realm/report.js';

test('each note is kept once, by kind, and only so many', () => {
  const report = createReport();
  for (let i = 0; i < 100; i += 1) report.note('missing_files', `file ${i}`);
  report.note('network', 'x');
  report.note('network', 'x');
  const { missing_files: files, network } = report.summary();
  assert.deepEqual([files.length, network], [32, ['x']]);
});

test('errors are counted all, and kept a few', () => {
  const report = createReport();
  for (let i = 0; i < 50; i += 1) report.error(new RangeError(`number ${i % 20}`));
  assert.equal(report.errorCount(), 50);
  assert.equal(report.summary().errors.length, 16);
  assert.match(report.firstError(), /^RangeError: number 0/);
  report.forgetErrors();
  assert.deepEqual([report.errorCount(), report.summary()], [0, {}]);
});

const TEXTS = [
  [Object.assign(new TypeError('a is not b\nmore'), { stack: 'TypeError: a\n    at f (/js/main.js:12:5)' }), 'TypeError: a is not b (/js/main.js:12:5)'],
  [Object.assign(new Error('x'), { stack: 'Error: x\n    at index.html:3:7' }), 'Error: x (index.html:3:7)'],
  ['just text', 'thrown: just text'],
  [null, 'thrown: null'],
  [{ message: 'no class' }, 'Error: no class'],
];
for (const [error, text] of TEXTS) {
  test(`an error in one line: ${text}`, () => assert.equal(errorText(error), text));
}
