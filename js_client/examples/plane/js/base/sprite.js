const pictures = {};

/** Every picture is loaded once, however many sprites show it. */
function pictureOf(src) {
  if (!pictures[src]) {
    pictures[src] = new Image();
    pictures[src].src = src;
  }
  return pictures[src];
}

/**
 * A picture at a place; x and y are its centre.
 */
export default class Sprite {
  constructor(src, width, height) {
    this.picture = pictureOf(src);
    this.width = width;
    this.height = height;
    this.x = 0;
    this.y = 0;
    this.visible = true;
  }

  draw(pen) {
    if (!this.visible) return;
    pen.drawImage(this.picture, this.x - this.width / 2, this.y - this.height / 2, this.width, this.height);
  }

  /** The transparent corners of the pictures do not count. */
  touches(other) {
    return Math.abs(this.x - other.x) < (this.width + other.width) * 0.4
      && Math.abs(this.y - other.y) < (this.height + other.height) * 0.4;
  }
}
