import { testDrawing, testGame } from './every-game.js';

/** From wall to wall, with jumps. */
function act(draws, seen) {
  const [x, , vx] = seen;
  const right = x < 0.1 || (x < 0.9 && vx >= 0);
  return (right ? 2 : 1) + (draws() < 0.3 ? 3 : 0);
}

testGame('phaser-stars', { act, score: 8, known: /^needs_canvas: getImageData$/ }); // Phaser looks what a canvas can do
testDrawing('phaser-stars', 100);
