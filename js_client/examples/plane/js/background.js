import Sprite from './base/sprite';
import { HEIGHT, WIDTH } from './screen';

const TILE = 128;

/** Stars that go by: one small picture, laid like tiles. */
export default class Background extends Sprite {
  constructor() {
    super('images/sky.png', TILE, TILE);
    this.begin();
  }

  begin() {
    this.offset = 0;
  }

  update() {
    this.offset = (this.offset + 2) % TILE;
  }

  draw(pen) {
    for (let y = this.offset - TILE; y < HEIGHT; y += TILE) {
      for (let x = 0; x < WIDTH; x += TILE) pen.drawImage(this.picture, x, y, TILE, TILE);
    }
  }
}
