import Sprite from '../base/sprite';

const FRAMES = 18;

/** Grows for a moment and is gone. */
export default class Explosion extends Sprite {
  constructor() {
    super('images/explosion.png', 20, 20);
  }

  begin(x, y) {
    this.x = x;
    this.y = y;
    this.age = 0;
  }

  update() {
    this.age += 1;
    this.width = this.height = 20 + this.age * 3;
  }

  get isOver() {
    return this.age >= FRAMES;
  }
}
