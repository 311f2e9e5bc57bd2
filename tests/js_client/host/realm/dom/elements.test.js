import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const KINDS = {
  div: 'HTMLDivElement', span: 'HTMLSpanElement', p: 'HTMLParagraphElement', a: 'HTMLAnchorElement', img: 'HTMLImageElement', canvas: 'HTMLCanvasElement', audio: 'HTMLAudioElement',
  input: 'HTMLInputElement', ul: 'HTMLUListElement', li: 'HTMLLIElement', h3: 'HTMLHeadingElement', td: 'HTMLTableCellElement', tbody: 'HTMLTableSectionElement', section: 'HTMLElement',
  unheard: 'HTMLUnknownElement', br: 'HTMLBRElement', style: 'HTMLStyleElement', meta: 'HTMLMetaElement', progress: 'HTMLProgressElement',
};
test('each tag has its class', () => {
  const found = onPage(`Object.fromEntries(${JSON.stringify(Object.keys(KINDS))}.map((tag) => [tag, document.createElement(tag).constructor.name]))`);
  assert.deepEqual(found, KINDS);
});

test('classes are what elements are instances of, and the window has them', () => {
  assert.deepEqual(onPage("['div', 'h1', 'ul'].map((tag) => { const e = document.createElement(tag); return e instanceof window[e.constructor.name] && e instanceof HTMLElement; })"), [true, true, true]);
});

test('elements of other spaces are no HTML', () => {
  assert.deepEqual(onPage("[document.createElementNS('http://www.w3.org/2000/svg', 'rect') instanceof SVGElement, document.createElementNS('urn:x', 'a') instanceof HTMLElement, document.createElementNS('http://www.w3.org/1999/xhtml', 'div').localName]"), [true, false, 'div']);
});

test('a class may be given more by the game', () => {
  assert.equal(onPage("(HTMLDivElement.prototype.shout = () => 'hey', document.createElement('div').shout())"), 'hey');
});
