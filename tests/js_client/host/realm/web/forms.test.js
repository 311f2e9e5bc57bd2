import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FormData } from '../../../../../js_client/host/realm/web/forms.js';

test('names may have several values', () => {
  const data = new FormData();
  data.append('a', 1);
  data.append('a', 2);
  data.append('b', 'x');
  data.set('a', 3);
  data.set('c', true);
  assert.deepEqual([...data], [['a', '3'], ['b', 'x'], ['c', 'true']]);
  assert.deepEqual([data.getAll('a'), data.get('none'), data.has('b')], [['3'], null, true]);
  data.delete('b');
  assert.deepEqual([...data.keys()], ['a', 'c']);
});

test('a form gives its controls, but for those that are disabled or not checked', () => {
  const control = (name, value, more) => ({ name, value, type: 'text', ...more });
  const elements = [
    control('name', 'Ada'), control('off', 'x', { disabled: true }), control('no', 'on', { type: 'checkbox', checked: false }),
    control('yes', 'on', { type: 'checkbox', checked: true }), control('', 'nameless'),
  ];
  assert.deepEqual([...new FormData({ elements })], [['name', 'Ada'], ['yes', 'on']]);
});
