import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import snake from '../../../js_client/examples/snake/game.js';
import { COLOURS } from '../../../js_client/examples/snake/picture.js';
import { NumericArray } from '../../../js_client/src/arrays.js';
import { random } from '../../../js_client/src/index.js';
import { bridge } from '../bridge.js';
import { pages, says, shows } from './chromium.js';

const open = await pages(after);

test('a person plays with the keys, dies, and begins again', async (t) => {
  const page = await open(t, 'snake/');
  await shows(page, COLOURS.head);
  await shows(page, COLOURS.food);
  await says(page, 'status', /Arrow keys/);
  await page.keyboard.press('ArrowUp');
  await says(page, 'status', /^(Ouch|The board is full): \d+/);
  await shows(page, COLOURS.dead);
  await page.keyboard.press('Enter');
  await says(page, 'status', /Arrow keys/);
  await page.keyboard.press('d');
  await says(page, 'status', /^Ouch/);
  await page.getByRole('button', { name: 'New game' }).click();
  await shows(page, COLOURS.head);
});

test('a person plays with a finger', async (t) => {
  const page = await open(t, 'snake/', { hasTouch: true, isMobile: true });
  await says(page, 'status', /swipe/);
  const box = await page.locator('#board').boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const touch = await page.context().newCDPSession(page);
  const move = (type, touchPoints) => touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  await move('touchStart', [{ x, y }]);
  await move('touchMove', [{ x, y: y + 60 }]);
  await move('touchEnd', []);
  await says(page, 'status', /^Ouch/);
  await page.touchscreen.tap(x, y);
  await says(page, 'status', /swipe/);
});

test('the page fits a small screen', async (t) => {
  const page = await open(t, 'snake/', { viewport: { width: 360, height: 640 } });
  const size = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
  assert.deepEqual(size, [360, 640]);
});

test('a tab is a full environment, and plays exactly as Node does', async (t) => {
  const there = await bridge();
  t.after(there.close);
  const page = await open(t, `snake/?serve=${there.url}&token=secret&name=tab`);
  const game = await there.game();
  assert.deepEqual([game.hello.name, game.hello.token, game.hello.instances], ['tab', 'secret', 1]);
  assert.match(game.request.headers.origin, /^http:\/\/127\.0\.0\.1:/);
  await says(page, 'status', /^An agent plays here, through ws:/);

  const own = snake();
  const batch = ({ observation }) => new NumericArray('uint8', [1, 3, 10, 10], observation);
  const draws = random(1);
  const begun = await game.ask({ type: 'reset', id: 0, instances: [0], seeds: [7] });
  assert.deepEqual(begun.observations, batch(own.reset({ seed: 7, options: {} })));
  for (let id = 1; id <= 300; id += 1) {
    const action = draws.integer(4);
    const state = await game.ask({ type: 'step', id, instances: [0], actions: [action], reset_after: true });
    const expected = own.step(action);
    const isOver = expected.terminated || expected.truncated;
    assert.deepEqual([state.rewards[0], state.terminated[0], state.truncated[0]], [expected.reward, expected.terminated, expected.truncated]);
    assert.deepEqual(state.observations, batch(isOver ? own.reset({ seed: null, options: {} }) : expected));
  }

  const frame = await game.ask({ type: 'render', id: 301, instances: [0], mode: 'rgb_array' });
  assert.deepEqual(frame.data, new NumericArray('uint8', [160, 160, 3], own.render({ mode: 'rgb_array' }).data));
  await shows(page, COLOURS.head);
});

test('a tab comes back when its bridge does', async (t) => {
  const there = await bridge();
  t.after(there.close);
  await open(t, `snake/?serve=${there.url}`);
  (await there.game()).socket.terminate();
  assert.equal((await there.game()).hello.name, 'snake');
});
