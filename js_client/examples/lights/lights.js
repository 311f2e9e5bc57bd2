/**
 * A square of lamps. A press turns a lamp and its neighbours above, below, to the left and to the right.
 */
class Lights {
  /** Begins dark, and is then pressed a few times: so every level can be solved. */
  constructor({ side, presses }) {
    this.side = side;
    this.lamps = new Array(side * side).fill(false);
    this.presses = 0;
    while (this.isDark()) this.mix(presses);
  }

  mix(times) {
    const order = this.lamps.map((_, index) => index);
    for (let i = 0; i < times; i += 1) {
      const j = i + Math.floor(Math.random() * (order.length - i));
      [order[i], order[j]] = [order[j], order[i]];
      this.turn(order[i]);
    }
  }

  press(index) {
    this.presses += 1;
    this.turn(index);
  }

  turn(index) {
    const [row, column] = [Math.floor(index / this.side), index % this.side];
    for (const [y, x] of [[row, column], [row - 1, column], [row + 1, column], [row, column - 1], [row, column + 1]]) {
      if (y >= 0 && y < this.side && x >= 0 && x < this.side) this.lamps[y * this.side + x] = !this.lamps[y * this.side + x];
    }
  }

  count() {
    return this.lamps.filter(Boolean).length;
  }

  isDark() {
    return this.count() === 0;
  }
}

module.exports = Lights;
