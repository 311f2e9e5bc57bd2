/**
 * What descriptions may ask of a game's engine: Phaser 3's games, scenes and objects, as plain values.
 *
 * Knows Phaser's public names; changes nothing in what the engine does, and asks no clock and no random numbers.
 */

/**
 * An object of a scene, in world coordinates; velocities in pixels a second where Arcade Physics moves it.
 * @typedef {{name: string, type: string, x: number, y: number, vx: number, vy: number, active: boolean, visible: boolean, texture: string}} PhaserObject
 */

/**
 * Catches Phaser's games as they boot, and reads them. Has to be made before the game's scripts run.
 * @param {{scope: any}} kernel
 */
export function phaserAdapter({ scope }) {
  /** @type {any[]} */
  const caught = [];
  catchPhaser(scope, (game) => {
    caught.push(game);
    game.events?.once('destroy', () => caught.splice(caught.indexOf(game), 1));
  });

  return {
    /** The game that began last, of those that nobody has destroyed; or one that the page keeps as `game`. @returns {any} */
    get game() {
      return caught.at(-1) ?? (isPhaserGame(scope.game) ? scope.game : undefined);
    },
    /**
     * A scene by its key; without one, the topmost scene that runs. Undefined where there is none, or none yet.
     * @param {string} [key] @returns {any}
     */
    scene(key) {
      const manager = this.game?.scene;
      if (!manager) return undefined;
      return (key === undefined ? manager.getScenes(true).at(-1) : manager.getScene(key)) ?? undefined;
    },
    /**
     * What is on a scene's display list, containers' contents included, in the order of drawing.
     * @param {string} [key] @returns {PhaserObject[]}
     */
    objects(key) {
      const scene = this.scene(key);
      return scene ? phaserChildren(scene.children.list).map(describePhaserObject) : [];
    },
    /** A value of the game's registry; without a key, all of them by name. @param {string} [key] @returns {any} */
    data(key) {
      const registry = this.game?.registry;
      if (!registry) return undefined;
      return key === undefined ? registry.getAll() : registry.get(key);
    },
  };
}

/**
 * Phaser as a script sets a global of that name: when it does, the method by which every game boots learns to tell.
 * @param {any} scope @param {(game: any) => void} told
 */
function catchPhaser(scope, told) {
  const place = { configurable: true, enumerable: true };
  /** @param {any} phaser */
  const set = (phaser) => {
    Object.defineProperty(scope, 'Phaser', { ...place, value: phaser, writable: true });
    const { prototype } = phaser?.Game ?? {};
    if (typeof prototype?.boot !== 'function') return;
    const boot = prototype.boot;
    prototype.boot = /** @this {any} */ function bootAndTell() {
      told(this);
      return boot.call(this);
    };
  };
  Object.defineProperty(scope, 'Phaser', { ...place, get: () => undefined, set });
}

/** @param {any} candidate */
function isPhaserGame(candidate) {
  return typeof candidate?.scene?.getScenes === 'function' && candidate.loop !== undefined;
}

/** @param {any[]} list @returns {any[]} */
function phaserChildren(list) {
  return list.flatMap((child) => (Array.isArray(child.list) ? [child, ...phaserChildren(child.list)] : [child]));
}

/** @param {any} object @returns {PhaserObject} */
function describePhaserObject(object) {
  const velocity = object.body?.velocity;
  const matrix = object.parentContainer ? object.getWorldTransformMatrix() : undefined;
  return {
    name: object.name ?? '',
    type: object.type ?? '',
    x: matrix?.tx ?? object.x ?? 0,
    y: matrix?.ty ?? object.y ?? 0,
    vx: velocity?.x ?? 0,
    vy: velocity?.y ?? 0,
    active: Boolean(object.active),
    visible: Boolean(object.visible),
    texture: object.texture?.key ?? '',
  };
}
