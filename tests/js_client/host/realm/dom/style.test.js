import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onPage } from './pages.js';

const styled = (/** @type {string} */ work, /** @type {string} */ result) => onPage(`(() => { const s = document.createElement('div').style; ${work}; return ${result}; })()`, '<!DOCTYPE html>');

const ASSIGNMENTS = [
  ["s.left = '5px'", 's.left', '5px'], ["s.left = 5", 's.left', ''], ["s.left = '0'", 's.left', '0px'], ["s.left = 'NaNpx'", 's.left', ''], ["s.left = '1e2px'", 's.left', '100px'],
  ["s.backgroundColor = 'red'", "s['background-color']", 'red'], ["s['z-index'] = 5", 's.zIndex', '5'], ["s.setProperty('margin-left', '1px')", 's.marginLeft', '1px'],
  ["s.display = 'none', s.display = null", 's.display', ''], ["s.display = 'none', s.removeProperty('display')", 's.display', ''], ["s.webkitTransform = 'scale(2)'", 's.WebkitTransform', 'scale(2)'],
  ["s.cssFloat = 'left'", 's.float', 'left'], ["s.margin = '1px 2px'", 's.marginLeft', '2px'], ["s.margin = '1px 2px'", 's.margin', '1px 2px'], ["s.opacity = 0.5", 's.opacity', '0.5'],
  ["s.setProperty('--gap', ' 3px')", "s.getPropertyValue('--gap').trim()", '3px'], ["s.cssText = 'left: 1px; color: red !important'", "s.getPropertyPriority('color')", 'important'],
  ["s.cssText = 'background: url(a;b.png) red; left: 2px'", 's.left', '2px'], ["s.left = '1px', s.cssText = 'top: 2px'", 's.left + s.top', '2px'],
  ["s.left = '1px', s.top = '2px'", 's.cssText', 'left: 1px; top: 2px;'], ["s.left = '1px', s.top = '2px'", 's.length + s.item(1)', '2top'],
  ["s.transform = 'translate(1.23456789px, 0px)'", 's.transform', 'translate(1.23457px, 0px)'], ["s.color = '#F00'", 's.color', 'rgb(255, 0, 0)'], ["s.color = 'Red'", 's.color', 'red'], ["s.color = 'rgba(1,2,3,.5)'", 's.color', 'rgba(1, 2, 3, 0.5)'], ["s.color = 'nonsense'", 's.color', ''],
  ["s.width = 'calc(100% - 2px)'", 's.width', 'calc(100% - 2px)'],
];
for (const [work, result, expected] of ASSIGNMENTS) {
  test(`after ${work} ${result} is ${JSON.stringify(expected)}`, () => {
    assert.equal(styled(work, result), expected);
  });
}

test('the attribute and the style are one', () => {
  assert.deepEqual(onPage("(b.style.left = '3px', [b.getAttribute('style'), (b.setAttribute('style', 'top: 1px'), b.style.left + b.style.top), (b.removeAttribute('style'), b.style.cssText), (b.style = 'top: 5px', b.outerHTML)])", '<b id="b" style="color: red"></b>'), [
    'color: red; left: 3px;', '1px', '', '<b id="b" style="top: 5px;"></b>',
  ]);
});

test('a page without a doctype takes lengths without a unit', () => {
  assert.equal(onPage("(() => { const s = document.createElement('b').style; s.left = 5; s.lineHeight = 2; return s.cssText; })()"), 'left: 5px; line-height: 2;');
});

test('a style that animates is noted when somebody waits for its end', async () => {
  const { opened } = await import('./pages.js');
  const { fidelity } = opened("<b id='b'></b><script>b.addEventListener('transitionend', () => {}); b.style.transition = 'left 1s';</script>");
  assert.match(fidelity.needs_browser[0], /transitionend/);
});
