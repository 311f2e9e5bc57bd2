import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { chromiumGame } from '../../../js_client/host/chromium/game.js';
import { startChromium } from '../../../js_client/host/chromium/browser.js';
import { describe } from '../../../js_client/host/load.js';
import { verify } from '../../../js_client/host/verify.js';
import { describedGame } from '../host/games.js';
import { GAMES, pathOf } from '../host/games/playing.js';

let browser;
before(async () => { browser = await startChromium(); });
after(() => browser.close());

for (const name of Object.keys(GAMES)) {
  test(`${name} is the same game here and in Chromium, over 500 frames`, async () => {
    const { difference, frames } = await verify(browser, await describe(pathOf(name)), { seed: 5 });
    assert.equal(difference, undefined);
    assert.equal(frames, 500);
  });
}

/** A page that shows things which only a browser's clock would move, or which come in their own time. */
const PAGE = {
  'index.html': `<!doctype html><style>#box { transition: left 100ms linear; position: absolute; left: 0; width: 20px } #box.gone { left: 90px }</style>
    <div id="box"></div><script src="game.js"></script>`,
  'game.js': `
    globalThis.told = [];
    const tell = (what) => told.push(what + '@' + Math.round(performance.now()));
    addEventListener('load', () => tell('load'));
    document.addEventListener('DOMContentLoaded', () => tell('ready'));
    setTimeout(() => { tell('timer'); Promise.resolve().then(() => tell('promise')); }, 20);
    const picture = new Image();
    picture.onload = () => tell('picture ' + picture.width);
    picture.onerror = () => tell('no picture');
    setTimeout(() => { picture.src = 'dot.png'; }, 5);
    const none = new Image();
    none.addEventListener('error', () => tell('none'));
    none.src = 'none.png';
    let frames = 0;
    requestAnimationFrame(function frame() { frames += 1; if (frames === 2) tell('frames'); requestAnimationFrame(frame); });
    addEventListener('keydown', ({ key, keyCode }) => tell(key + keyCode));
    globalThis.random = Math.random();`,
  'dot.png': Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64'),
};
const READING = {
  kind: 'browser', entry: 'index.html', info: { told: 'told.join()', random: 'random', date: 'Date.now()' },
  action: { space: { type: 'Discrete', n: 2, start: 0, dtype: 'int64' }, inputs: [{}, { keys: ['ArrowLeft'] }] },
};

test('load events, pictures, promises and keys come in virtual time, as in a realm', async () => {
  const { difference } = await verify(browser, describedGame(PAGE, READING), { frames: 40 });
  assert.equal(difference, undefined);
});

test('a difference is told by its place', async () => {
  const other = describedGame(PAGE, { ...READING, info: { where: "'document' in globalThis && navigator.webdriver" } });
  assert.deepEqual((await verify(browser, other, { frames: 3 })).difference?.path, 'info.where');
});

test('a game that needs layout runs in pages, its CSS transitions by frames', async () => {
  const game = chromiumGame(browser, describedGame(PAGE, {
    ...READING, driver: 'chromium', time: { frame_skip: 1 },
    episode: { start: [{ run: "const box = document.getElementById('box'); box.addEventListener('transitionend', () => tell('end')); box.className = 'gone';" }] },
    info: { left: "parseFloat(getComputedStyle(document.getElementById('box')).left)", ended: "told.some((what) => what.startsWith('end'))" },
  }));
  const play = async () => {
    await game.reset({ seed: 1, options: {} });
    const seen = [];
    for (let i = 0; i < 12; i += 1) seen.push((await game.step(0)).info);
    return seen;
  };
  const [once, again] = [await play(), await play()];
  assert.deepEqual(again, once);
  assert.ok(once[2].left > 0 && once[2].left < 90, `${once[2].left} after three frames`);
  assert.deepEqual([once.at(-1).left, once.at(-1).ended], [90, true]);
  assert.equal((await game.render({ mode: 'rgb_array' })).encoding, 'png');
});

test('a page that loops for ever faults within its limit, and the next one plays', { timeout: 30_000 }, async () => {
  const game = chromiumGame(browser, describedGame(PAGE, {
    ...READING, limits: { step_seconds: 1, reset_seconds: 10 }, action: { space: { type: 'Discrete', n: 2 }, run: 'if (action) for (;;);' },
  }));
  await game.reset({ seed: 1, options: {} });
  await assert.rejects(game.step(1), /did not come to an end within 1 s/);
  await game.reset({ seed: 1, options: {} });
  assert.equal((await game.step(0)).reward, 0);
});

const TOOLS = fileURLToPath(new URL('../../../js_client/host/tools.js', import.meta.url));
const FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

test('the command says in a line that they are equal', () => {
  const said = execFileSync(process.execPath, [...FLAGS, TOOLS, 'verify', pathOf('lights'), '--steps', '30', '--seed', '3'], { encoding: 'utf8' });
  assert.match(said, /^equal {6}lights, seed 3: 30 frames in 1 episode\n$/);
});

for (const [words, message] of [[[], /one path is needed/], [['x', '--steps', '0'], /--steps: expected/], [['x', '--seed', 'a'], /--seed: expected/], [['x', '--frob'], /verify: Unknown option/]]) {
  test(`verify ${words.join(' ')} is refused in a line`, () => {
    const { status, stderr } = spawnSync(process.execPath, [...FLAGS, TOOLS, 'verify', ...words], { encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, message);
  });
}
