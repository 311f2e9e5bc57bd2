import Sprite from '../base/sprite';
import { HEIGHT, WIDTH } from '../screen';

export default class Enemy extends Sprite {
  constructor() {
    super('images/enemy.png', 44, 44);
  }

  begin(frame) {
    this.x = this.width / 2 + Math.random() * (WIDTH - this.width);
    this.y = -this.height;
    this.speed = 2 + Math.random() * 2 + Math.min(frame / 1800, 2);
    this.drift = Math.random() < 0.3 ? (Math.random() - 0.5) * 3 : 0;
    this.isDown = false;
    this.isPast = false;
  }

  update() {
    this.y += this.speed;
    this.x += this.drift;
    if (this.x < this.width / 2 || this.x > WIDTH - this.width / 2) this.drift = -this.drift;
    if (this.y > HEIGHT + this.height) this.isPast = true;
  }
}
