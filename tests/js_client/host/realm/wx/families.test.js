import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createFamilies } from '../../../../../js_client/host/realm/wx/families.js';
import { keepingCalls, wxRoom } from './realms.js';

function families() {
  const room = wxRoom();
  return { ...room, families: createFamilies(room.calls, room.listeners) };
}

test('a function is found by its whole name', () => {
  const { families: { add, find } } = families();
  add('fly flyAway', (name) => () => name);
  assert.deepEqual([find('fly')(), find('flyAway')()], ['fly', 'flyAway']);
  for (const name of ['fl', 'Away', 'fly flyAway', '']) assert.equal(find(name), undefined);
});

test('events have two functions each', () => {
  const { families: all, listeners } = families();
  all.events('Rain Snow');
  let heard = 0;
  const hear = () => { heard += 1; };
  all.find('onSnow')(hear);
  listeners.fire('Snow');
  all.find('offSnow')(hear);
  listeners.fire('Snow');
  assert.deepEqual([heard, all.find('onHail'), all.find('Rain')], [1, undefined, undefined]);
});

test('idle ones succeed, failing ones fail and are noted by name', () => {
  const { families: all, advance } = families();
  const { told, success, fail } = keepingCalls();
  const noted = [];
  all.idle('rest sleep');
  all.failing('lift', 'too heavy', (name) => noted.push(name));
  all.find('sleep')({ success });
  all.find('lift')({ fail });
  advance();
  assert.deepEqual(told.map(([, { errMsg }]) => errMsg), ['sleep:ok', 'lift:fail too heavy']);
  assert.deepEqual(noted, ['lift']);
});

test('all names can be listed', () => {
  const { families: all } = families();
  all.idle('rest');
  all.events('Rain');
  assert.deepEqual(all.names(), ['rest', 'onRain', 'offRain']);
});
