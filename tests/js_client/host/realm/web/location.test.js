import assert from 'node:assert/strict';
import { test } from 'node:test';

import { here } from '../../../../../js_client/host/realm/web/here.js';
import { History, Location } from '../../../../../js_client/host/realm/web/location.js';
import { EventTarget } from '../../../../../js_client/host/realm/web/targets.js';
import { arrived, listening } from './arrived.js';

const HOME = 'https://game.stepwire/index.html?level=2#start';

function there() {
  const page = arrived();
  here.base = '/index.html';
  here.window = Object.assign(new EventTarget(), { location: new Location(HOME), history: new History(HOME) });
  return { ...page, ...here.window, heard: listening(here.window, 'hashchange popstate') };
}

test('an address has its parts', () => {
  const { location } = there();
  const { protocol, host, hostname, port, pathname, search, hash, origin } = location;
  assert.deepEqual(
    [protocol, host, hostname, port, pathname, search, hash, origin, `${location}`],
    ['https:', 'game.stepwire', 'game.stepwire', '', '/index.html', '?level=2', '#start', 'https://game.stepwire', HOME],
  );
});

test('another hash is told as a task', () => {
  const { kernel, location, history, heard } = there();
  location.hash = 'end';
  assert.deepEqual([location.hash, history.length, heard.types], ['#end', 2, []]);
  kernel.clock.advance();
  assert.deepEqual([heard.types, heard.events[0].newURL.split('#')[1]], [['hashchange'], 'end']);
});

const TRAVELS = [
  ['href', (location) => { location.href = 'other.html'; }], ['assign', (location) => location.assign('https://far.example/')],
  ['reload', (location) => location.reload()], ['search', (location) => { location.search = 'level=3'; }],
];
for (const [how, travel] of TRAVELS) {
  test(`going elsewhere by ${how} is noted, and goes nowhere`, () => {
    const { location, notes } = there();
    travel(location);
    assert.deepEqual([location.href, notes('needs_browser').length], [HOME, 1]);
  });
}

test('history keeps states, and goes back to them', () => {
  const { kernel, location, history, heard } = there();
  history.pushState({ page: 1 }, '', '?page=1');
  history.pushState({ page: 2 }, '', '/two');
  history.replaceState({ page: 3 }, '', '#three');
  assert.deepEqual([history.state, location.pathname, location.hash], [{ page: 3 }, '/two', '#three']);
  history.back();
  kernel.clock.advance();
  assert.deepEqual([history.state, location.search, heard.types], [{ page: 1 }, '?page=1', ['popstate']]);
});
