#!/usr/bin/env node
const readline = require('node:readline');

const { game } = require('./index');

const LETTERS = 'abcde';

function show() {
  const { side, lamps } = game.lights;
  console.log(`\nLevel ${game.level + 1}, ${game.left()} presses left\n   ${[...LETTERS].slice(0, side).join(' ')}`);
  for (let row = 0; row < side; row += 1) {
    console.log(` ${row + 1} ${lamps.slice(row * side, (row + 1) * side).map((lamp) => (lamp ? '●' : '·')).join(' ')}`);
  }
}

const lines = readline.createInterface({ input: process.stdin, output: process.stdout, prompt: 'press (such as b2)> ' });
game.on('over', (solved) => {
  console.log(`\n${solved} of 3 levels solved.`);
  lines.close();
});
lines.on('line', (line) => {
  const [column, row] = [LETTERS.indexOf(line.trim()[0]), Number(line.trim().slice(1)) - 1];
  const { side } = game.lights;
  if (column >= 0 && column < side && row >= 0 && row < side) game.press(row * side + column);
  else console.log('a letter and a number, please');
  if (game.isOver) return;
  show();
  lines.prompt();
});
show();
lines.prompt();
