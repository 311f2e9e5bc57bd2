/**
 * A number that stands for everything that a game has drawn: the same draw calls give the same one, whatever the engine
 * and whether or not there are pixels.
 *
 * Contexts are listened to by wrapping the methods of their class once somebody asks; until then nothing is in the way.
 */

/** FNV-1a over 32 bits. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** Numbers that differ by less are the same: 1e-3. */
const NUMBER_SCALE = 1000;
/** Elements of an array that count. */
const MOST_ELEMENTS = 1 << 14;

export const DRAW_CALLS = ('save restore reset translate scale rotate transform setTransform resetTransform beginPath closePath moveTo lineTo '
  + 'quadraticCurveTo bezierCurveTo arc ellipse arcTo rect roundRect fill stroke clip fillRect strokeRect clearRect fillText strokeText drawImage '
  + 'putImageData').split(' ');
export const WEBGL_DRAW_CALL = /^(draw(?!ing)|clear|uniform|buffer|useProgram|viewport|scissor|blend|enable|disable|vertexAttrib|activeTexture|texImage|texSubImage)/;

/** @typedef {ReturnType<typeof createRecorder>} Recorder */

/** Who listens to a context; out of the game's reach. @type {WeakMap<object, Recorder>} */
const recorders = new WeakMap();
/** @type {WeakSet<object>} */
const wrapped = new WeakSet();

export function createRecorder() {
  let hash = FNV_OFFSET;
  /** @param {number} word */
  const add = (word) => { hash = Math.imul(hash ^ word, FNV_PRIME); };
  /** @param {string} text */
  const addText = (text) => {
    for (let i = 0; i < text.length; i += 1) add(text.charCodeAt(i));
    add(-1);
  };
  /** @param {any} value */
  const addValue = (value) => {
    if (typeof value === 'number') add(Math.round(value * NUMBER_SCALE) | 0);
    else if (typeof value === 'string') addText(value);
    else if (typeof value === 'boolean') add(value ? 2 : 1);
    else if (ArrayBuffer.isView(value) || Array.isArray(value)) addList(/** @type {any} */ (value));
    else if (typeof value?.width === 'number') addList([value.width, value.height]);
  };
  /** @param {ArrayLike<any>} list */
  const addList = (list) => {
    const count = Math.min(list.length ?? 0, MOST_ELEMENTS);
    for (let i = 0; i < count; i += 1) if (typeof list[i] === 'number') addValue(list[i]);
    add(count);
  };
  return {
    isOn: false,
    /** @param {any} context */
    listen(context) { recorders.set(context, this); },
    /** @param {string} name @param {ArrayLike<any>} args @param {any} [style] */
    call(name, args, style) {
      addText(name);
      for (let i = 0; i < args.length; i += 1) addValue(args[i]);
      if (!style || !PAINTING.test(name)) return;
      addValue(style.globalAlpha);
      addValue(name.startsWith('stroke') ? style.strokeStyle : style.fillStyle);
    },
    /** What has been drawn since the last time. @returns {number} a whole number below 2 ** 32 */
    take() {
      const taken = hash >>> 0;
      hash = FNV_OFFSET;
      return taken;
    },
  };
}

const PAINTING = /^(fill|stroke|drawImage)/;

/** Lets the recorders of a class's objects hear of these methods. @param {any} prototype @param {string[]} names */
export function recordCalls(prototype, names) {
  if (wrapped.has(prototype)) return;
  wrapped.add(prototype);
  for (const name of names) {
    const method = prototype[name];
    if (typeof method !== 'function') continue;
    Object.defineProperty(prototype, name, {
      configurable: true, writable: true,
      value: /** @this {any} */ function recorded() {
        const recorder = recorders.get(this);
        if (recorder?.isOn) recorder.call(name, arguments, this._style);
        return method.apply(this, arguments);
      },
    });
  }
}
