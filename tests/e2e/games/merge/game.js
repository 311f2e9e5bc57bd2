/**
 * A 4×4 game of merging tiles, written for WemiEnv: actions come over a socket, answers go back when the tiles have come
 * to rest, and it knows nothing of stepwire.
 */

const interact = require('./interact');
const { fresh, slide, canMove } = require('./board');

const canvas = wx.createCanvas();
const context = canvas.getContext('2d');
const SLIDING = 120; // milliseconds

let board = fresh();
let frames = 0;

function draw() {
  frames += 1;
  context.clearRect(0, 0, canvas.width, canvas.height);
  board.cells.forEach((row, y) => row.forEach((tile, x) => context.fillText(String(tile), 80 * x, 80 * y)));
  requestAnimationFrame(draw);
}

function restart() {
  board = fresh();
  interact.answer(board.cells, 0, false);
}

function act(direction) {
  const gained = slide(board, direction);
  // The answer waits for the tiles, as the player would.
  setTimeout(() => interact.answer(board.cells, gained, !canMove(board)), SLIDING);
}

wx.onShow(() => {
  interact.connect('ws://localhost:7891');
  interact.listen(restart, act);
});
requestAnimationFrame(draw);
