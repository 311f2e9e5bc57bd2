import assert from 'node:assert/strict';
import { test } from 'node:test';

import { wxKeyCode } from '../../../../../js_client/host/realm/wx/key-codes.js';

const CASES = { a: 'KeyA', Z: 'KeyZ', 7: 'Digit7', ' ': 'Space', ArrowUp: 'ArrowUp', Enter: 'Enter', Shift: 'ShiftLeft', '/': 'Slash' };

for (const [key, code] of Object.entries(CASES)) {
  test(`the key ${JSON.stringify(key)} has the code ${code}`, () => assert.equal(wxKeyCode(key), code));
}
