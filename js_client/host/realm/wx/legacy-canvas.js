/**
 * Mini-programs' older canvas context over a 2D context: what is called is kept until `draw`, which first clears the
 * canvas unless it is told to keep what is there. Pictures are named by their paths.
 */

/** @typedef {import('../kernel.js').Kernel} Kernel */

const KEPT_METHODS = 'beginPath closePath moveTo lineTo rect arc arcTo ellipse bezierCurveTo quadraticCurveTo fill stroke clip fillRect strokeRect '
  + 'clearRect fillText strokeText save restore scale rotate translate transform setTransform setLineDash drawImage';
const KEPT_PROPERTIES = 'fillStyle strokeStyle lineWidth lineCap lineJoin miterLimit font textAlign textBaseline globalAlpha '
  + 'globalCompositeOperation shadowColor shadowBlur shadowOffsetX shadowOffsetY lineDashOffset';
/** @type {Record<string, string>} */
const KEPT_SETTERS = {
  setFillStyle: 'fillStyle', setStrokeStyle: 'strokeStyle', setLineWidth: 'lineWidth', setLineCap: 'lineCap', setLineJoin: 'lineJoin',
  setMiterLimit: 'miterLimit', setTextAlign: 'textAlign', setTextBaseline: 'textBaseline', setGlobalAlpha: 'globalAlpha',
};

/** In the place of a picture that could not be loaded. */
const MISSING_PICTURE = Symbol('missing picture');

/** @param {Kernel} kernel @param {any} canvas @returns {any} */
export function createLegacyContext(kernel, canvas) {
  const drawing = canvas.getContext('2d');
  const pictures = legacyPictures(kernel);
  /** @type {((drawing: any) => void)[]} */
  let kept = [];
  /** @type {Record<string, any>} */
  const context = {};
  for (const name of KEPT_METHODS.split(' ')) {
    context[name] = (/** @type {any[]} */ ...args) => {
      if (name === 'drawImage') pictures.want(args[0]);
      kept.push(() => {
        const given = name === 'drawImage' ? [pictures.of(args[0]), ...args.slice(1)] : args;
        if (given[0] !== MISSING_PICTURE) drawing[name](...given);
      });
    };
  }
  /** @param {string} name @param {any} value */
  const set = (name, value) => kept.push(() => { drawing[name] = value; });
  for (const name of KEPT_PROPERTIES.split(' ')) {
    Object.defineProperty(context, name, { get: () => drawing[name], set: (value) => set(name, value), configurable: true, enumerable: true });
  }
  for (const [setter, name] of Object.entries(KEPT_SETTERS)) context[setter] = (/** @type {any} */ value) => set(name, value);
  return Object.assign(context, {
    setFontSize: (/** @type {number} */ size) => set('font', `${size}px sans-serif`),
    /** @param {number} x @param {number} y @param {number} blur @param {string} color */
    setShadow(x, y, blur, color) {
      Object.entries({ shadowOffsetX: x, shadowOffsetY: y, shadowBlur: blur, shadowColor: color }).forEach(([name, value]) => set(name, value));
    },
    measureText: (/** @type {string} */ text) => drawing.measureText(text),
    createLinearGradient: (/** @type {number[]} */ ...place) => drawing.createLinearGradient(...place),
    createCircularGradient: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r) => drawing.createRadialGradient(x, y, 0, x, y, r),
    createPattern: (/** @type {any[]} */ ...args) => drawing.createPattern(...args),
    /** @param {boolean} [reserve] @param {any} [done] */
    draw(reserve = false, done) {
      const steps = kept;
      kept = [];
      pictures.whenThere(() => {
        performKept(drawing, canvas, steps, reserve === true);
        if (typeof done === 'function') kernel.clock.later(done);
      });
    },
  });
}

/** @param {any} drawing @param {any} canvas @param {((drawing: any) => void)[]} steps @param {boolean} reserve */
function performKept(drawing, canvas, steps, reserve) {
  drawing.save();
  drawing.setTransform(1, 0, 0, 1, 0, 0);
  if (!reserve) drawing.clearRect(0, 0, canvas.width, canvas.height);
  for (const step of steps) step(drawing);
  drawing.restore();
}

/** Pictures by their paths, loaded once. @param {Kernel} kernel */
function legacyPictures(kernel) {
  /** @type {Map<string, any>} */
  const there = new Map();
  /** @type {(() => void)[]} */
  let waiting = [];
  let missing = 0;
  const settle = () => {
    missing -= 1;
    if (missing > 0) return;
    const works = waiting;
    waiting = [];
    for (const work of works) work();
  };
  return {
    /** @param {any} source a path, or something that can be drawn as it is */
    want(source) {
      if (typeof source !== 'string' || there.has(source)) return;
      const holder = { width: 0, height: 0 };
      there.set(source, holder);
      missing += 1;
      kernel.images.load(source, (/** @type {any} */ error, /** @type {any} */ picture) => {
        if (error) there.set(source, MISSING_PICTURE);
        else kernel.images.attach(Object.assign(holder, { width: picture.width, height: picture.height }), picture);
        settle();
      });
    },
    of: (/** @type {any} */ source) => there.get(source) ?? source,
    /** @param {() => void} work */
    whenThere: (work) => (missing > 0 ? waiting.push(work) : work()),
  };
}
