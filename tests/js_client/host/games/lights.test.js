import { testGame, testSoftReset } from './every-game.js';

/** Which lamps of the first level to press so that all are dark: tried by all 512 ways. */
function solution(lamps) {
  for (let tried = 0; tried < 512; tried += 1) {
    const after = [...lamps];
    for (let at = 0; at < 9; at += 1) {
      if (!(tried & (1 << at))) continue;
      const [row, column] = [Math.floor(at / 3), at % 3];
      for (const [y, x] of [[row, column], [row - 1, column], [row + 1, column], [row, column - 1], [row, column + 1]]) {
        if (y >= 0 && y < 3 && x >= 0 && x < 3) after[y * 3 + x] ^= 1;
      }
    }
    if (after.every((lamp) => lamp === 0)) return tried;
  }
  throw new Error('every board of 3 × 3 can be solved');
}

/** Solves the first level, and presses anything in the others. */
function act(draws, seen) {
  const board = Array.from(seen);
  if (board[3] !== -1) return draws.integer(25);
  const lamps = [0, 1, 2].flatMap((row) => board.slice(5 * row, 5 * row + 3));
  const at = Math.log2(solution(lamps) & -solution(lamps));
  return 5 * Math.floor(at / 3) + (at % 3);
}

testGame('lights', { act, score: 1 });
testSoftReset('lights');
