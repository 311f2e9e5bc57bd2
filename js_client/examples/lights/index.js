const { EventEmitter } = require('node:events');

const Lights = require('./lights');
const levels = require('./levels.json');

/**
 * Level after level, with events for whoever shows the game.
 */
class Game extends EventEmitter {
  constructor() {
    super();
    this.begin();
  }

  begin() {
    this.level = 0;
    this.solved = 0;
    this.isOver = false;
    this.lights = new Lights(levels[0]);
    this.emit('level', this.level);
  }

  /** How many presses are left before the game is lost. */
  left() {
    return levels[this.level].presses * 8 - this.lights.presses;
  }

  press(index) {
    if (this.isOver) throw new Error('the game is over');
    this.lights.press(index);
    this.emit('press', index);
    if (this.lights.isDark()) this.solve();
    else if (this.left() <= 0) this.end();
  }

  solve() {
    this.solved += 1;
    this.level += 1;
    if (this.level === levels.length) {
      this.level -= 1;
      this.end();
    } else {
      this.lights = new Lights(levels[this.level]);
      this.emit('level', this.level);
    }
  }

  end() {
    this.isOver = true;
    this.emit('over', this.solved);
  }
}

module.exports = { Game, game: new Game(), levels };
