import Sprite from '../base/sprite';
import databus from '../databus';
import { HEIGHT, WIDTH } from '../screen';
import Shot from './shot';

const SPEED = 7;
const FRAMES_BETWEEN_SHOTS = 14;

/**
 * The player's plane: flies to where the finger is, and fires all the time.
 */
export default class Hero extends Sprite {
  constructor() {
    super('images/hero.png', 56, 56);
    this.begin();
  }

  begin() {
    this.x = WIDTH / 2;
    this.y = HEIGHT - 90;
    this.visible = true;
    this.target = null;
  }

  follow({ clientX, clientY }) {
    const [right, bottom] = [WIDTH - this.width / 2, HEIGHT - this.height / 2];
    this.target = {
      x: Math.min(Math.max(clientX, this.width / 2), right),
      y: Math.min(Math.max(clientY, HEIGHT / 2), bottom),
    };
  }

  release() {
    this.target = null;
  }

  update() {
    if (this.target) {
      this.x += Math.max(-SPEED, Math.min(SPEED, this.target.x - this.x));
      this.y += Math.max(-SPEED, Math.min(SPEED, this.target.y - this.y));
    }
    if (databus.frame % FRAMES_BETWEEN_SHOTS === 0) this.fire();
  }

  fire() {
    const shot = databus.pool.take(Shot);
    shot.begin(this.x, this.y - this.height / 2);
    databus.shots.push(shot);
    GameGlobal.sound.shot();
  }
}
