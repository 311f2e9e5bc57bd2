/**
 * The same game without a window, in Node: `node dial.js [url]`. Each answer goes out at once.
 */

const interact = require('../../compat/interact.js');
const { BEGINNING, canMove, fresh, slide } = require('./board');

const URL = process.argv[2] ?? 'ws://127.0.0.1:7891/wemi/Game2048';

let board = fresh();
let reward = BEGINNING;

interact.openSocket({
  restart() {
    board = fresh();
    reward = BEGINNING;
  },
  act(direction) {
    reward = slide(board, direction);
  },
  observe: () => ({ obs: board.cells, reward, done: !canMove(board) }),
});
interact.connectSocket(URL);
