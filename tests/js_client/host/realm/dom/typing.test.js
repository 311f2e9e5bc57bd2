import assert from 'node:assert/strict';
import { test } from 'node:test';

import { stepped } from './pages.js';

const PAGE = `<form id="f" onsubmit="sent.push(i.value); return false"><input id="i" value="a" maxlength="3"><button id="go" onclick="sent.push('go')">x</button></form>
<textarea id="t"></textarea><select id="s"><option>1<option>2<option>3</select><input id="k" type="checkbox"><a id="l" href="#there">x</a>
<script>var sent = []; for (const type of ['input', 'change']) document.addEventListener(type, (e) => sent.push(type + ' ' + e.target.id));</script>`;

/** Who has the focus, the keys, what is read, and what it is then. */
const TYPED = [
  ['i', ['b', 'c', 'd'], 'i.value', 'abc'], ['i', ['b', 'Backspace', 'Backspace'], 'i.value', ''], ['i', ['Enter'], 'sent', ['change i', 'go', 'a']],
  ['i', ['b'], 'sent', ['input i']], ['i', ['ArrowLeft'], 'i.value', 'a'], ['t', ['x', 'Enter', 'y'], 't.value', 'x\ny'], ['s', ['ArrowDown', 'ArrowDown'], 's.value', '3'],
  ['s', ['ArrowUp'], 'sent', []], ['s', ['ArrowDown'], 'sent', ['input s', 'change s']], ['k', [' '], 'k.checked', true], ['go', ['Enter'], 'sent[0]', 'go'], ['l', ['Enter'], 'location.hash', '#there'],
];
for (const [focused, keys, expression, expected] of TYPED) {
  test(`with ${focused} focused, ${keys.map((key) => JSON.stringify(key)).join(', ')} make ${expression} ${JSON.stringify(expected)}`, () => {
    const action = { space: { type: 'Discrete', n: keys.length, start: 0 }, inputs: keys.map((key) => ({ keys: [key] })) };
    const html = PAGE.replace('</script>', `${focused}.focus();</script>`);
    assert.deepEqual(stepped(expression, html, [...keys.keys()], { action }).at(-1), expected);
  });
}

for (const [what, attribute] of [['disabled', 'disabled'], ['read-only', 'readonly']]) {
  test(`a field that is ${what} is not written into`, () => {
    const action = { space: { type: 'Discrete', n: 1, start: 0 }, inputs: [{ keys: ['b'] }] };
    const html = PAGE.replace('id="i"', `id="i" ${attribute}`).replace('</script>', 'i.focus();</script>');
    assert.equal(stepped('i.value', html, [0], { action })[0], 'a');
  });
}

test('a key that is taken types nothing', () => {
  const action = { space: { type: 'Discrete', n: 1, start: 0 }, inputs: [{ keys: ['b'] }] };
  const html = PAGE.replace('</script>', 'i.focus(); i.onkeydown = () => false;</script>');
  assert.equal(stepped('i.value', html, [0], { action })[0], 'a');
});
