import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage, stepped } from './pages.js';

const CASES = [
  ['sees the element’s and the document’s properties', '<p id="p" title="T" onclick="told.push(title, body.tagName, this.id, event.type)"></p>', 'p.click()', ['T', 'BODY', 'p', 'click']],
  ['prevents what follows by returning false', '<input id="p" type="checkbox" onclick="return false">', 'p.click(), told.push(p.checked)', [false]],
  ['is a function that can be read', '<p id="p" onclick="told.push(1)"></p>', 'told.push(typeof p.onclick, p.ondblclick)', ['function', null]],
  ['is replaced by a function', '<p id="p" onclick="told.push(1)"></p>', 'p.onclick = () => told.push(2), p.click()', [2]],
  ['that cannot be read is an error of the game, when it is needed', '<p id="p" onclick="this is nothing"></p>', 'p.click(), told.push(0)', [0]],
];
for (const [what, html, work, expected] of CASES) {
  test(`an attribute like onclick ${what}`, () => {
    assert.deepEqual(onPage(`(${work}, told)`, `${html}<script>var told = []</script>`), expected);
  });
}

test('the body’s load is the page’s', () => {
  assert.deepEqual(stepped('told', '<script>var told = []</script><body onload="told.push(1)" onresize="told.push(2)"><script>dispatchEvent(new Event("resize"))</script></body>', [0], {})[0], [2, 1]);
});
