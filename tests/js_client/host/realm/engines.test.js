import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import vm from 'node:vm';

import { phaserAdapter } from '../../../../js_client/host/realm/engines.js';

/** As much of Phaser as the adapter touches; the real one is played in games/phaser-stars.test.js. */
function phaser() {
  class Game {
    constructor(scenes = {}, registry = {}) {
      this.events = new EventEmitter();
      this.loop = {};
      this.scene = {
        getScene: (key) => scenes[key] ?? null,
        getScenes: () => Object.values(scenes).filter((scene) => scene.isRunning),
      };
      this.registry = { get: (key) => registry[key], getAll: () => ({ ...registry }) };
      this.boot();
    }

    boot() {
      this.booted = true;
    }
  }
  return { Game };
}

const scene = (...list) => ({ isRunning: true, children: { list } });

function loaded() {
  const scope = {};
  const adapter = phaserAdapter({ scope });
  assert.equal(scope.Phaser, undefined);
  scope.Phaser = phaser();
  return { scope, adapter, Phaser: scope.Phaser };
}

test('a game is found however it was made, and boots as ever', () => {
  const { adapter, Phaser } = loaded();
  assert.equal(adapter.game, undefined);
  const first = new Phaser.Game();
  assert.equal(adapter.game, first);
  assert.ok(first.booted);
  class Own extends Phaser.Game {}
  const second = new Own();
  assert.equal(adapter.game, second);
});

test('a destroyed game is forgotten', () => {
  const { adapter, Phaser } = loaded();
  const [first, second] = [new Phaser.Game(), new Phaser.Game()];
  second.events.emit('destroy');
  assert.equal(adapter.game, first);
  first.events.emit('destroy');
  assert.equal(adapter.game, undefined);
});

test('a game that never went through a global Phaser is found where the page keeps it', () => {
  const scope = {};
  const adapter = phaserAdapter({ scope });
  scope.game = { lives: 3 };
  assert.equal(adapter.game, undefined);
  scope.game = new (phaser().Game)();
  assert.equal(adapter.game, scope.game);
});

test('before there is a game, there is no scene, no object and no data', () => {
  const { adapter } = loaded();
  assert.deepEqual([adapter.scene(), adapter.scene('play'), adapter.objects('play'), adapter.data('score')], [undefined, undefined, [], undefined]);
});

test('a scene is found by its key, or as the topmost one that runs', () => {
  const { adapter, Phaser } = loaded();
  const [play, hud, menu] = [scene(), scene(), { ...scene(), isRunning: false }];
  new Phaser.Game({ play, hud, menu });
  assert.equal(adapter.scene('menu'), menu);
  assert.equal(adapter.scene(), hud);
  assert.equal(adapter.scene('nowhere'), undefined);
});

test('objects are plain values, with the velocity of their bodies', () => {
  const { adapter, Phaser } = loaded();
  const bird = {
    name: 'bird', type: 'Sprite', x: 3, y: 4, active: true, visible: true, texture: { key: 'wing' }, body: { velocity: { x: -5, y: 6 } }, scene: {},
  };
  const words = { type: 'Text', x: 1, y: 2, active: true, visible: false };
  new Phaser.Game({ play: scene(bird, words) });
  assert.deepEqual(adapter.objects('play'), [
    { name: 'bird', type: 'Sprite', x: 3, y: 4, vx: -5, vy: 6, active: true, visible: true, texture: 'wing' },
    { name: '', type: 'Text', x: 1, y: 2, vx: 0, vy: 0, active: true, visible: false, texture: '' },
  ]);
});

test('the contents of a container come after it, where they are in the world', () => {
  const { adapter, Phaser } = loaded();
  const box = { type: 'Container', x: 100, y: 0, active: true, visible: true };
  box.list = [{ type: 'Image', x: 5, y: 5, parentContainer: box, getWorldTransformMatrix: () => ({ tx: 105, ty: 5 }) }];
  new Phaser.Game({ play: scene(box) });
  assert.deepEqual(adapter.objects().map(({ type, x, y }) => [type, x, y]), [['Container', 100, 0], ['Image', 105, 5]]);
});

test("the game's registry is read by key, or whole", () => {
  const { adapter, Phaser } = loaded();
  new Phaser.Game({}, { score: 7, lives: 2 });
  assert.equal(adapter.data('score'), 7);
  assert.deepEqual(adapter.data(), { score: 7, lives: 2 });
});

for (const [form, script] of [
  ['var', 'var Phaser = made();'],
  ['a property of window', 'globalThis.Phaser = made();'],
  ['const', 'const Phaser = made();'],
]) {
  test(`a script may declare Phaser as ${form}, and reads back what it declared`, () => {
    const context = vm.createContext({ made: phaser });
    const adapter = phaserAdapter({ scope: vm.runInContext('globalThis', context) });
    assert.equal(vm.runInContext('typeof Phaser', context), 'undefined');
    vm.runInContext(`${script} var game = new Phaser.Game();`, context);
    assert.equal(adapter.game, context.game);
  });
}

test('another library of that name is left alone', () => {
  const scope = {};
  const adapter = phaserAdapter({ scope });
  for (const other of [{ blasters: 2 }, null, 'stun']) {
    scope.Phaser = other;
    assert.equal(scope.Phaser, other);
  }
  assert.equal(adapter.game, undefined);
});
