import Sprite from '../base/sprite';

const SPEED = 11;

export default class Shot extends Sprite {
  constructor() {
    super('images/shot.png', 12, 20);
  }

  begin(x, y) {
    this.x = x;
    this.y = y;
    this.isSpent = false;
  }

  update() {
    this.y -= SPEED;
    if (this.y < -this.height) this.isSpent = true;
  }
}
