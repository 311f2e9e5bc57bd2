/**
 * The grid in WeScale's messages: a text comes, and what is to be answered is given back. No socket.
 *
 *     {"type": "reset"}              {"observation": {"player_pos": [2, 2], "enemy_pos": [7, 7]}}
 *     {"type": "step", "action": 2}  {"observation": …, "reward": 1, "terminated": false, "truncated": false}
 *     {"type": "render"}             nothing, since its guide's Python reads no answer; the grid is drawn here
 */

import { begun, drawn, isCaught, isOutOfTime, moved } from './rules.js';

/**
 * @typedef {object} Ways
 * @property {boolean} [typed] answers say their type
 * @property {boolean} [frames] a render is answered, with `{"type": "frame", "text": …}`
 * @property {(picture: string) => void} draw shows the grid to whoever watches
 */

/**
 * A game of its own, from its beginning.
 * @param {Ways} ways
 * @returns {(text: string) => string|undefined} the answer; none to a render, and to what is no message of a trainer
 */
export function answering({ typed = false, frames = false, draw }) {
  let grid = begun();

  /** @param {string} type @param {Record<string, any>} fields */
  const answer = (type, fields) => JSON.stringify(typed ? { type, ...fields } : fields);

  /** @param {any} message */
  const reply = (message) => {
    switch (message?.type) {
      case 'reset':
        grid = begun();
        return answer('reset', { observation: seen(grid) });
      case 'step':
        grid = moved(grid, message.action);
        return answer('observation', outcome(grid));
      case 'render':
        if (frames) return JSON.stringify({ type: 'frame', text: drawn(grid) });
        draw(drawn(grid));
        return undefined;
      default: return undefined;
    }
  };

  return (text) => reply(parsed(text));
}

/** @param {import('./rules.js').Grid} grid */
function seen({ player, enemy }) {
  return { player_pos: player, enemy_pos: enemy };
}

/** A point for each turn that the player gets away. @param {import('./rules.js').Grid} grid */
function outcome(grid) {
  const terminated = isCaught(grid);
  return { observation: seen(grid), reward: terminated ? -10 : 1, terminated, truncated: !terminated && isOutOfTime(grid) };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
