/**
 * A 4×4 game of merging tiles, a WeChat mini-game for WemiEnv: actions come over a socket, answers go back when the tiles
 * have come to rest, and it knows nothing of stepwire.
 */

const interact = require('./interact');
const { BEGINNING, canMove, fresh, slide } = require('./board');

const canvas = wx.createCanvas();
const context = canvas.getContext('2d');
const SLIDING = 120; // milliseconds

let board = fresh();

function draw() {
  context.clearRect(0, 0, canvas.width, canvas.height);
  board.cells.forEach((row, y) => row.forEach((tile, x) => context.fillText(String(tile), 80 * x, 80 * y)));
  requestAnimationFrame(draw);
}

interact.openSocket({
  restart() {
    board = fresh();
    interact.socket_send(board.cells, BEGINNING, false);
  },
  act(direction) {
    const gained = slide(board, direction);
    // The answer waits for the tiles, as a player would.
    setTimeout(() => interact.socket_send(board.cells, gained, !canMove(board)), SLIDING);
  },
});

wx.onShow(() => interact.connectSocket('ws://localhost:7891'));
requestAnimationFrame(draw);
