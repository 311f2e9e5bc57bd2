/**
 * Pixels of native canvases as observations and pictures, over the colour that lies behind them.
 */

/** Weights of the channels in grey: ITU-R BT.601, as Gymnasium's and OpenCV's. */
const [RED, GREEN, BLUE] = [0.299, 0.587, 0.114];

/** @param {any} natives undefined where nothing is drawn @param {string} background */
export function createScreenshots(natives, background) {
  /** Small canvases by size: each is used again for every step. @type {Map<string, any>} */
  const scratch = new Map();

  /** @param {number} width @param {number} height */
  const contextFor = (width, height) => {
    const key = `${width} ${height}`;
    let context = scratch.get(key);
    if (!context) {
      context = natives.create(width, height).getContext('2d');
      // Smoothing over all pixels that fall into one: thin things do not vanish.
      context.imageSmoothingQuality = 'medium';
      context.fillStyle = background;
      scratch.set(key, context);
    }
    return context;
  };
  /** @param {any} canvas @param {number} width @param {number} height @returns {ArrayLike<number>} four bytes a pixel */
  const drawn = (canvas, width, height) => {
    const context = contextFor(width, height);
    context.fillRect(0, 0, width, height);
    context.drawImage(canvas, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  };

  return {
    /** @param {any} canvas @returns {{width: number, height: number, data: Uint8ClampedArray}|null} */
    pixels(canvas) {
      if (!natives || !canvas) return null;
      const { width, height } = canvas;
      return { width, height, data: new Uint8ClampedArray(drawn(canvas, width, height)) };
    },
    /** Black where there is no canvas. @param {any} canvas @param {number} width @param {number} height @param {boolean} isGrey @returns {Uint8Array} */
    scaled(canvas, width, height, isGrey) {
      const out = new Uint8Array(width * height * (isGrey ? 1 : 3));
      if (!natives || !canvas) return out;
      const data = drawn(canvas, width, height);
      if (isGrey) for (let i = 0, at = 0; i < out.length; i += 1, at += 4) out[i] = RED * data[at] + GREEN * data[at + 1] + BLUE * data[at + 2] + 0.5;
      else {
        for (let i = 0, at = 0; i < out.length; i += 3, at += 4) {
          out[i] = data[at];
          out[i + 1] = data[at + 1];
          out[i + 2] = data[at + 2];
        }
      }
      return out;
    },
  };
}
