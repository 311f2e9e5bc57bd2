/**
 * DOMRect, DOMPoint and DOMMatrix, as far as games make them themselves.
 */

export class DOMRectReadOnly {
  /** @param {number} [x] @param {number} [y] @param {number} [width] @param {number} [height] */
  constructor(x = 0, y = 0, width = 0, height = 0) {
    this.x = x;
    this.y = y;
    this.width = width;
    this.height = height;
  }

  get left() { return Math.min(this.x, this.x + this.width); }
  get top() { return Math.min(this.y, this.y + this.height); }
  get right() { return Math.max(this.x, this.x + this.width); }
  get bottom() { return Math.max(this.y, this.y + this.height); }
  toJSON() {
    const { x, y, width, height, top, right, bottom, left } = this;
    return { x, y, width, height, top, right, bottom, left };
  }
}

export class DOMRect extends DOMRectReadOnly {
  /** @param {any} [other] */
  static fromRect({ x, y, width, height } = {}) { return new DOMRect(x, y, width, height); }
}

export class DOMPoint {
  /** @param {number} [x] @param {number} [y] @param {number} [z] @param {number} [w] */
  constructor(x = 0, y = 0, z = 0, w = 1) {
    Object.assign(this, { x, y, z, w });
  }

  /** @param {any} [other] */
  static fromPoint({ x, y, z, w } = {}) { return new DOMPoint(x, y, z, w); }
}
