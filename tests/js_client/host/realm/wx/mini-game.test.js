import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniGame } from './realms.js';

test('GameGlobal is the global object itself, and there is neither window nor document', () => {
  const { kernel: { scope } } = miniGame();
  assert.equal(scope.GameGlobal, scope);
  assert.deepEqual(['window' in scope, 'document' in scope], [false, false]);
});

test('an adapter may define its globals, the way it does in the simulator', () => {
  const { kernel: { scope } } = miniGame();
  adapted(scope);
  assert.equal(scope.window, scope);
  assert.deepEqual([scope.innerWidth, scope.document.title, scope.canvas.width], [375, 'game', 375]);
});

test('an adapter may make an object of its own its window', () => {
  const { kernel: { scope } } = miniGame();
  scope.GameGlobal.__isAdapterInjected = true;
  const own = { innerWidth: 375 };
  scope.window = own;
  assert.deepEqual([scope.window, scope.GameGlobal.__isAdapterInjected], [own, true]);
});

test('everything that is defined may be replaced', () => {
  const { kernel: { scope } } = miniGame();
  for (const name of ['wx', 'GameGlobal']) {
    const { configurable, writable } = Object.getOwnPropertyDescriptor(scope, name);
    assert.deepEqual([name, configurable, writable], [name, true, true]);
  }
});

/** What the adapters of the simulator's time do. */
function adapted(scope) {
  const { wx, GameGlobal } = scope;
  const made = { canvas: wx.createCanvas(), innerWidth: wx.getSystemInfoSync().screenWidth, document: { title: 'game' } };
  if (GameGlobal.__isAdapterInjected) return;
  GameGlobal.__isAdapterInjected = true;
  assert.equal(wx.getSystemInfoSync().platform, 'devtools');
  for (const key of Object.keys(made)) {
    const descriptor = Object.getOwnPropertyDescriptor(GameGlobal, key);
    if (!descriptor || descriptor.configurable) Object.defineProperty(scope.window, key, { value: made[key] });
  }
}
