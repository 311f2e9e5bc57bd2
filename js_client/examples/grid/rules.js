/**
 * A player runs from an enemy on a grid. The rules: no chance, no I/O, no clock.
 *
 * The enemy takes a step towards the player after every second turn, along the longer of the two ways.
 */

export const SIZE = 10;
/** Turns after which an episode is cut off. */
export const MOST_TURNS = 100;

/** Actions, as steps on the grid: up, down, left, right. @type {Map<unknown, [number, number]>} */
const STEPS = new Map([[0, [0, -1]], [1, [0, 1]], [2, [-1, 0]], [3, [1, 0]]]);

/** @typedef {[x: number, y: number]} Place both from 0 to 9; y grows downwards */
/** @typedef {{player: Place, enemy: Place, turns: number}} Grid */

/** @returns {Grid} the same each time */
export function begun() {
  return { player: [2, 2], enemy: [7, 7], turns: 0 };
}

/**
 * The grid after a turn; as it is where the game is over.
 * @param {Grid} grid is not changed
 * @param {number} action 0 up, 1 down, 2 left, 3 right; anything else stays where it is
 * @returns {Grid}
 */
export function moved(grid, action) {
  if (isCaught(grid) || isOutOfTime(grid)) return grid;
  const turns = grid.turns + 1;
  const player = stepped(grid.player, STEPS.get(action) ?? [0, 0]);
  const after = { player, enemy: grid.enemy, turns };
  return turns % 2 === 0 && !isCaught(after) ? { ...after, enemy: chased(after) } : after;
}

/** @param {Grid} grid */
export function isCaught({ player, enemy }) {
  return player[0] === enemy[0] && player[1] === enemy[1];
}

/** @param {Grid} grid */
export function isOutOfTime({ turns }) {
  return turns >= MOST_TURNS;
}

/** The grid as lines of text: P is the player, E the enemy. @param {Grid} grid */
export function drawn({ player, enemy }) {
  /** @param {number} x @param {number} y */
  const letter = (x, y) => (enemy[0] === x && enemy[1] === y ? 'E' : player[0] === x && player[1] === y ? 'P' : '.');
  return Array.from({ length: SIZE }, (_, y) => Array.from({ length: SIZE }, (_, x) => letter(x, y)).join('')).join('\n');
}

/** @param {Grid} grid @returns {Place} */
function chased({ player, enemy }) {
  const [dx, dy] = [player[0] - enemy[0], player[1] - enemy[1]];
  return stepped(enemy, Math.abs(dx) >= Math.abs(dy) ? [Math.sign(dx), 0] : [0, Math.sign(dy)]);
}

/** @param {Place} place @param {[number, number]} step @returns {Place} */
function stepped([x, y], [dx, dy]) {
  return [Math.min(SIZE - 1, Math.max(0, x + dx)), Math.min(SIZE - 1, Math.max(0, y + dy))];
}
