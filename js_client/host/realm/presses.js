/**
 * Input as a description says it: which keys, touches and mouse moves an action means, when they begin and when they end.
 *
 * A press is down before a step's first frame and up after its last one; a held one stays down while the following
 * steps choose it again. What a key or a touch means to the game is the DOM's or wx's (kernel.inputs).
 */

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{keys: string[], touches: Point[], ends: Point[]|undefined, mouse: Point|undefined, button: number, run: ((action: any) => void)|undefined, hold: boolean}} Press */
/** @typedef {(action: any) => Press} Resolve */

/** @type {any} */
const NO_INPUT = {};

/**
 * @param {import('./kernel.js').Kernel} kernel
 * @param {{expression: Function, statements: Function}} expressions
 */
export function createPresses(kernel, expressions) {
  const { inputs } = kernel;
  const held = { keys: new Set(), touches: /** @type {Point[]} */ ([]), mouse: /** @type {Point|undefined} */ (undefined) };
  /** @type {Press[]} */
  let current = [];

  /** @param {Press[]} presses */
  const begin = (presses, /** @type {any} */ action) => {
    current = presses;
    const keys = new Set(presses.flatMap((press) => press.keys));
    for (const key of held.keys) if (!keys.has(key)) release(key);
    for (const key of keys) {
      if (held.keys.has(key)) continue;
      held.keys.add(key);
      inputs.key('down', key);
    }
    touchTo(presses.flatMap((press) => press.touches));
    for (const press of presses) {
      if (press.mouse) mouseTo(press.mouse, press.button);
      press.run?.(action);
    }
  };

  /** @param {string} key */
  const release = (key) => {
    held.keys.delete(key);
    inputs.key('up', key);
  };

  /** @param {Point[]} points */
  const touchTo = (points) => {
    const before = held.touches;
    const identified = points.map((point, id) => ({ ...point, id }));
    const lifted = before.slice(points.length).map((point, i) => ({ ...point, id: points.length + i }));
    held.touches = points;
    if (lifted.length > 0) inputs.touch('end', lifted);
    const moved = identified.filter(({ x, y, id }) => id < before.length && (before[id].x !== x || before[id].y !== y));
    if (moved.length > 0) inputs.touch('move', moved);
    if (points.length > before.length) inputs.touch('start', identified.slice(before.length));
  };

  /** @param {Point} point @param {number} button */
  const mouseTo = (point, button) => {
    inputs.mouse('move', point, 0);
    if (held.mouse === undefined) inputs.mouse('down', point, button);
    held.mouse = point;
  };

  return {
    begin,
    /** Between frames: what is on its way moves on. @param {number} done the part of the step that has passed, up to 1 */
    move(done) {
      for (const press of current) {
        if (!press.ends) continue;
        const from = press.mouse ? [press.mouse] : press.touches;
        const points = from.map((point, i) => between(point, press.ends?.[i] ?? point, done));
        if (press.mouse) inputs.mouse('move', held.mouse = points[0], press.button);
        else touchTo(points);
      }
    },
    /** After the last frame. */
    end() {
      const isHeld = current.some((press) => press.hold);
      for (const press of current) if (!press.hold) press.keys.forEach((key) => held.keys.has(key) && release(key));
      if (!isHeld) touchTo([]);
      if (!isHeld && held.mouse) {
        inputs.mouse('up', held.mouse, current[0]?.button ?? 0);
        held.mouse = undefined;
      }
      current = [];
    },
    /** @param {any} input of a description @param {string} field @returns {Resolve} */
    resolver: (input, field) => resolver(input, field, expressions),
  };
}

/** @param {any} input @param {string} field @param {{expression: Function, statements: Function}} expressions @returns {Resolve} */
function resolver(input, field, expressions) {
  const { keys = [], touch, to, mouse, button = 0, run, hold = false } = input ?? NO_INPUT;
  const touches = points(touch, `${field}.touch`, expressions);
  const ends = to && points(to, `${field}.to`, expressions);
  const pointer = mouse && points(mouse, `${field}.mouse`, expressions)[0];
  const work = run && expressions.statements(run, `${field}.run`);
  return (action) => ({
    keys, button, hold, run: work,
    touches: touches.map((point) => point(action)),
    ends: ends?.map((/** @type {(action: any) => Point} */ point) => point(action)),
    mouse: pointer?.(action),
  });
}

/** One point or several, each of numbers or of expressions. @param {any} given @param {string} field @param {{expression: Function}} expressions @returns {((action: any) => Point)[]} */
function points(given, field, expressions) {
  if (given === undefined) return [];
  const several = Array.isArray(given[0]) ? given : [given];
  return several.map((/** @type {any[]} */ pair, /** @type {number} */ i) => {
    const [x, y] = pair.map((value, axis) => coordinate(value, `${field}[${several.length > 1 ? `${i}][` : ''}${axis}]`, expressions));
    return (/** @type {any} */ action) => ({ x: x(action), y: y(action) });
  });
}

/** @param {any} value @param {string} field @param {{expression: Function}} expressions @returns {(action: any) => number} */
function coordinate(value, field, expressions) {
  if (typeof value === 'number') return () => value;
  const evaluate = expressions.expression(value, field);
  return (action) => {
    const result = evaluate(action);
    if (!Number.isFinite(result)) throw new Error(`${field}: expected a number, got ${result}`);
    return result;
  };
}

/** @param {Point} from @param {Point} to @param {number} part */
function between(from, to, part) {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
