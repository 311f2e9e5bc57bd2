/** The rules. Chance is a linear congruential generator that begins anew with each board. */

const SIZE = 4;
/** The reward that a restart is answered with: as in WemiEnv's game, and of no meaning there either. */
const BEGINNING = -10;

function fresh() {
  const board = { state: 12345, cells: Array.from({ length: SIZE }, () => Array(SIZE).fill(0)) };
  add(board);
  add(board);
  return board;
}

function draw(board, count) {
  board.state = (board.state * 16807) % 2147483647;
  return board.state % count;
}

function add(board) {
  const free = [];
  board.cells.forEach((row, y) => row.forEach((tile, x) => { if (tile === 0) free.push([y, x]); }));
  const [y, x] = free[draw(board, free.length)];
  board.cells[y][x] = 2;
}

/** 0 left, 1 right, 2 up, 3 down; anything else moves nothing. Gives the sum of what was merged. */
function slide(board, direction) {
  if (![0, 1, 2, 3].includes(direction)) return 0;
  const before = JSON.stringify(board.cells);
  let gained = 0;
  for (let i = 0; i < SIZE; i += 1) {
    const places = Array.from({ length: SIZE }, (_, j) => {
      const at = direction % 2 === 0 ? j : SIZE - 1 - j;
      return direction < 2 ? [i, at] : [at, i];
    });
    const [line, merged] = pushed(places.map(([y, x]) => board.cells[y][x]));
    places.forEach(([y, x], j) => { board.cells[y][x] = line[j]; });
    gained += merged;
  }
  if (JSON.stringify(board.cells) !== before) add(board);
  return gained;
}

function pushed(line) {
  const tiles = line.filter(Boolean);
  const result = [];
  let merged = 0;
  while (tiles.length > 0) {
    const tile = tiles.shift();
    if (tiles[0] === tile) {
      result.push(tile + tiles.shift());
      merged += 2 * tile;
    } else result.push(tile);
  }
  while (result.length < SIZE) result.push(0);
  return [result, merged];
}

function canMove({ cells }) {
  return cells.some((row, y) => row.some((tile, x) => tile === 0 || tile === row[x + 1] || tile === cells[y + 1]?.[x]));
}

module.exports = { BEGINNING, canMove, fresh, slide };
