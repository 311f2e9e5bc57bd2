/**
 * An image as `wx.createImage` gives it: `src` loads in virtual time, then `onload` or `onerror` is called.
 */

/** @typedef {import('../kernel.js').Kernel} Kernel */

/** Adapters replace what is behind these classes' prototypes. */
class WxImageBase {}
class WxImage extends WxImageBase {}

/**
 * @param {Kernel} kernel
 * @param {(src: string) => string} [located] where a source lies that is not in the package: a data URL for a user's file
 * @returns {any}
 */
export function createWxImage(kernel, located = String) {
  const image = /** @type {any} */ (new WxImage());
  /** @type {{src: string, complete: boolean, picture: any, width?: number, height?: number}} */
  const state = { src: '', complete: true, picture: undefined };

  /** @param {string} src */
  const load = (src) => kernel.images.load(located(src), (/** @type {any} */ error, /** @type {any} */ picture) => {
    if (state.src !== src) return;
    state.complete = true;
    if (!error) {
      state.picture = picture;
      kernel.images.attach(image, picture);
    }
    tellWxImage(kernel, image, error ? 'error' : 'load');
  });
  /** @param {'width'|'height'} side */
  const sized = (side) => ({
    configurable: true, enumerable: true,
    get: () => state[side] ?? state.picture?.[side] ?? 0,
    set(/** @type {any} */ value) { state[side] = Number(value) || 0; },
  });
  Object.defineProperties(image, {
    src: {
      configurable: true, enumerable: true,
      get: () => state.src,
      set(/** @type {any} */ value) {
        state.src = String(value);
        state.complete = state.src === '';
        if (!state.complete) load(state.src);
      },
    },
    width: sized('width'),
    height: sized('height'),
    complete: { configurable: true, get: () => state.complete },
    naturalWidth: { configurable: true, get: () => state.picture?.width ?? 0 },
    naturalHeight: { configurable: true, get: () => state.picture?.height ?? 0 },
  });
  return Object.assign(image, { onload: null, onerror: null, referrerPolicy: '' });
}

/** @param {Kernel} kernel @param {any} image @param {'load'|'error'} type */
function tellWxImage(kernel, image, type) {
  const listener = image[`on${type}`];
  const event = { type, target: image, ...(type === 'error' && { errMsg: `image: fail to load ${image.src}` }) };
  if (typeof listener === 'function') kernel.run(listener, image, [event]);
}
