import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dialogs } from '../../../../../js_client/host/realm/web/dialogs.js';
import { arrived } from './arrived.js';

const ANSWERS = [['alert', undefined], ['confirm', true], ['prompt', null]];
for (const [name, answer] of ANSWERS) {
  test(`${name} is noted, and answered ${answer}`, () => {
    const { notes } = arrived();
    assert.equal(dialogs()[name]('Again?'), answer);
    assert.deepEqual(notes('dialogs'), [`${name}: Again?`]);
  });
}

test('another window does not open', () => {
  const { notes } = arrived();
  assert.equal(dialogs().open('help.html'), null);
  assert.deepEqual(notes('needs_browser'), ['open: help.html']);
});
