import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const LIST = '<ul id="list"><li id="a">1</li><li id="b">2</li><li id="c">3</li></ul>';
const ids = '[...list.children].map(({ id }) => id).join(" ")';

const MOVES = [
  ['appendChild moves what is there already', 'list.appendChild(a)', 'b c a'],
  ['insertBefore puts before', 'list.insertBefore(c, a)', 'c a b'],
  ['insertBefore nothing is at the end', 'list.insertBefore(a, null)', 'b c a'],
  ['insertBefore itself changes nothing', 'list.insertBefore(b, b)', 'a b c'],
  ['removeChild takes out', 'list.removeChild(b)', 'a c'],
  ['replaceChild puts in the place of another', 'list.replaceChild(c, a)', 'c b'],
  ['a fragment puts in all of its children', '(() => { const f = document.createDocumentFragment(); f.append(c, a); list.insertBefore(f, b); })()', 'c a b'],
];
for (const [what, move, expected] of MOVES) {
  test(what, () => {
    assert.equal(onPage(`(${move}, ${ids})`, LIST), expected);
  });
}

const FACTS = [
  ['neighbours', '[b.previousSibling.id, b.nextSibling.id, a.previousSibling, c.nextSibling]', ['a', 'c', null, null]],
  ['ends', '[list.firstChild.id, list.lastChild.id, a.firstChild.data, list.hasChildNodes(), a.firstChild.hasChildNodes()]', ['a', 'c', '1', true, false]],
  ['parents', '[a.parentNode.id, a.parentElement.id, document.documentElement.parentNode === document, document.documentElement.parentElement]', ['list', 'list', true, null]],
  ['kinds', '[a.nodeType, a.nodeName, a.firstChild.nodeType, a.firstChild.nodeName, document.nodeType, document.nodeName]', [1, 'LI', 3, '#text', 9, '#document']],
  ['contents', '[list.textContent, a.firstChild.nodeValue, a.nodeValue]', ['123', '1', null]],
  ['containing', '[list.contains(a), list.contains(list), a.contains(list), list.contains(null)]', [true, true, false, false]],
  ['being in the document', '(() => { const item = a; item.remove(); return [list.isConnected, item.isConnected, item.getRootNode() === item]; })()', [true, false, true]],
  ['places', '[list.compareDocumentPosition(a), a.compareDocumentPosition(list), a.compareDocumentPosition(b), b.compareDocumentPosition(a), a.compareDocumentPosition(a)]', [20, 10, 4, 2, 0]],
  ['likeness', '[a.isSameNode(a), a.cloneNode(true).isEqualNode(a), a.isEqualNode(b)]', [true, true, false]],
  ['constants', '[Node.ELEMENT_NODE, a.TEXT_NODE, Node.DOCUMENT_POSITION_CONTAINED_BY]', [1, 3, 16]],
];
for (const [what, expression, expected] of FACTS) {
  test(`nodes know ${what}`, () => {
    assert.deepEqual(onPage(expression, LIST), expected);
  });
}

const REFUSED = [
  ['what is no child is not removed', 'list.removeChild(document.body)', 'NotFoundError'],
  ['nothing is put before what is elsewhere', 'list.insertBefore(a, document.body)', 'NotFoundError'],
  ['nothing is put into itself', 'a.appendChild(list)', 'HierarchyRequestError'],
  ['what is no node is not put in', 'list.appendChild("text")', 'TypeError'],
];
for (const [what, expression, name] of REFUSED) {
  test(what, () => {
    assert.equal(onPage(`(() => { try { ${expression}; } catch (error) { return error.name; } })()`, LIST), name);
  });
}

test('texts beside each other are joined, and empty ones go', () => {
  assert.deepEqual(onPage('(a.append("x", "", "y"), a.normalize(), [a.childNodes.length, a.textContent])', LIST), [1, '1xy']);
});

test('lists of children follow the tree', () => {
  assert.deepEqual(onPage('(() => { const [nodes, elements] = [list.childNodes, list.children]; a.remove(); list.append("text"); return [nodes.length, elements.length]; })()', LIST), [3, 2]);
});
