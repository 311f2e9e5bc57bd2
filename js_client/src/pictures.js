/**
 * Pictures of a game as messages.
 */

import { isTyped, NumericArray } from './arrays.js';
import { GameFault } from './problems.js';
import { then } from './turns.js';

/** @typedef {import('./instances.js').Game} Game */
/** @typedef {import('./messages.js').Message} Message */

/** @param {Game} game @returns {string[]} */
export function renderModes(game) {
  return game.metadata?.render_modes ?? (game.render ? ['rgb_array'] : []);
}

/**
 * The frame message that answers a `render` for one instance.
 * @param {Game} game
 * @param {Message} request
 * @param {number} instance
 * @returns {import('./instances.js').Soon<Message>}
 * @throws {GameFault} the game has no such mode, or made something else than a picture
 */
export function pictured(game, { id, mode }, instance) {
  return then(rendered(game, mode), (picture) => frame(id, instance, picture));
}

/** @param {Game} game @param {string} mode @returns {import('./instances.js').Soon<import('./instances.js').Picture>} */
function rendered(game, mode) {
  if (!game.render || !renderModes(game).includes(mode)) {
    throw new GameFault('UNSUPPORTED', `no render mode ${mode}; there are: ${renderModes(game).join(', ') || 'none'}`);
  }
  return game.render({ mode });
}

/** @param {number} id @param {number} instance @param {any} picture @returns {Message} */
function frame(id, instance, picture) {
  const head = { type: 'frame', id, instance };
  if (typeof picture === 'string') return { ...head, encoding: 'text', data: picture };
  if (!isTyped(picture?.data) && !Array.isArray(picture?.data)) {
    throw new GameFault('GAME_ERROR', 'render: expected {width, height, data}, {encoding, data} or a string');
  }
  const { encoding = 'rgb', data } = picture;
  if (encoding !== 'rgb') return { ...head, encoding, data: new NumericArray('uint8', [data.length], data) };
  return { ...head, encoding, data: rgb(picture) };
}

/** @param {{width: number, height: number, data: ArrayLike<number>}} picture three or four bytes a pixel */
function rgb({ width, height, data }) {
  const pixels = width * height;
  const shape = [height, width, 3];
  if (data.length === 3 * pixels) return new NumericArray('uint8', shape, data);
  if (data.length !== 4 * pixels) {
    throw new GameFault('GAME_ERROR', `render: ${width} × ${height} pixels need 3 or 4 bytes each, got ${data.length} bytes`);
  }
  const opaque = new Uint8Array(3 * pixels);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    opaque[to++] = data[from];
    opaque[to++] = data[from + 1];
    opaque[to++] = data[from + 2];
  }
  return new NumericArray('uint8', shape, opaque);
}
