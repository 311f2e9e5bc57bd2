import Pool from './base/pool';

/**
 * Everything that the parts of the game tell each other.
 */
class DataBus {
  constructor() {
    this.pool = new Pool();
    this.hero = null;
    this.reset();
  }

  reset() {
    this.frame = 0;
    this.score = 0;
    this.missed = 0;
    this.shots = [];
    this.enemies = [];
    this.explosions = [];
    this.gameOver = false;
  }

  /** Takes things out of their list and keeps them for later. */
  retire(list, isGone) {
    for (let i = list.length - 1; i >= 0; i -= 1) {
      if (isGone(list[i])) this.pool.give(list.splice(i, 1)[0]);
    }
  }
}

export default new DataBus();
