import { testDrawing, testGame } from './every-game.js';

/** Towards the nearest coin, away from rocks. */
function act(draws, seen) {
  let pull = 0;
  for (let at = 3; at < 27; at += 4) {
    const [right, above, , worth] = seen.slice(at, at + 4);
    if (worth === 0 || above < 0) continue;
    const near = Math.abs(right) < 0.12 && above < 0.5;
    if (worth < 0 && near) pull += right >= 0 ? -2 : 2;
    if (worth > 0) pull += Math.sign(right) * 0.5;
  }
  return pull < -0.1 ? 1 : pull > 0.1 ? 2 : 0;
}

testGame('dodge', { act, score: 8 });
testDrawing('dodge');
