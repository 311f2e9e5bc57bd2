/**
 * The rules of lander, for the environment and for the page alike: bring a small craft down on its pad, softly.
 *
 * Lengths are in screen heights, times in seconds, angles in radians (positive to the right). All numbers are float64;
 * nothing is random after the start.
 */

export const STEP = 1 / 50;
/** Steps after which a flight is cut off: 20 seconds. */
export const LONGEST = 1000;

export const GRAVITY = 0.25;
const THRUST = 0.6;
const TORQUE = 4;
const DRAG_OF_SPIN = 1;
/** How far the craft may go to the sides and up. */
export const SIDES = 1.2;
export const CEILING = 1.6;
export const PAD_HALF = 0.15;
/** Where the feet are, seen from the middle of the craft. */
export const FOOT = { x: 0.05, y: -0.05 };
/** The hardest touch that the craft survives, and how upright it must be. */
const SOFT = { down: 0.3, aside: 0.2, angle: 0.4 };
const START_HEIGHT = 1.3;
const BURN = 0.05;

/** @typedef {import('../../src/random.js').Random} Random */
/**
 * A flight at hand; `advance` changes it in place.
 * @typedef {object} Lander
 * @property {number} x
 * @property {number} y height of the craft's middle above the ground
 * @property {number} vx
 * @property {number} vy
 * @property {number} angle between -π and π
 * @property {number} spin
 * @property {number} fuel from 1 to 0
 * @property {number} pad the middle of the pad
 * @property {[boolean, boolean]} feet whether the left and the right foot touch the ground
 * @property {number} throttle how hard the engine burns, 0 to 1, for the picture
 * @property {number} steps
 * @property {'flying'|'landed'|'crashed'} state
 */

/**
 * A new flight, high up, with some speed of its own.
 * @param {Random} random
 * @returns {Lander}
 */
export function begin(random) {
  const within = (/** @type {number} */ most) => (2 * random() - 1) * most;
  return {
    x: within(0.7), y: START_HEIGHT, vx: within(0.1), vy: -0.1 * random(), angle: within(0.3), spin: within(0.2),
    fuel: 1, pad: within(0.6), feet: [false, false], throttle: 0, steps: 0, state: 'flying',
  };
}

/**
 * One step.
 * @param {Lander} lander
 * @param {number} engine -1 to 1: the thrust along the craft, none from 0 down
 * @param {number} turn -1 to 1: left to right
 * @returns {number} the reward: what the step brought closer to a soft landing, less the fuel; 10 for landing on the
 *   pad, -10 for a crash
 */
export function advance(lander, engine, turn) {
  const before = promise(lander);
  lander.throttle = lander.fuel > 0 ? clipped(engine, 0, 1) : 0;
  lander.fuel = Math.max(0, lander.fuel - BURN * lander.throttle * STEP);
  lander.steps += 1;
  move(lander, clipped(turn, -1, 1));
  lander.state = outcome(lander);
  const gained = 5 * (promise(lander) - before) - 0.02 * lander.throttle;
  return gained + { flying: 0, landed: 10, crashed: -10 }[lander.state];
}

/** Where a foot is; side -1 for the left, 1 for the right. @param {Lander} lander @param {number} side */
export function foot({ x, y, angle }, side) {
  const [along, up] = [side * FOOT.x, FOOT.y];
  return {
    x: x + along * Math.cos(angle) + up * Math.sin(angle),
    y: y - along * Math.sin(angle) + up * Math.cos(angle),
  };
}

/** @param {Lander} lander @param {number} turn */
function move(lander, turn) {
  const thrust = THRUST * lander.throttle;
  lander.spin += (TORQUE * turn - DRAG_OF_SPIN * lander.spin) * STEP;
  lander.vx += thrust * Math.sin(lander.angle) * STEP;
  lander.vy += (thrust * Math.cos(lander.angle) - GRAVITY) * STEP;
  lander.angle = wrapped(lander.angle + lander.spin * STEP);
  lander.x += lander.vx * STEP;
  lander.y += lander.vy * STEP;
  const depths = [foot(lander, -1).y, foot(lander, 1).y];
  lander.feet = [depths[0] <= 0, depths[1] <= 0];
}

/** What the step came to; a craft that stands on one foot tips over to the other. @param {Lander} lander @returns {Lander['state']} */
function outcome(lander) {
  if (Math.abs(lander.x) > SIDES || lander.y > CEILING) return 'crashed';
  if (!lander.feet.includes(true)) return 'flying';
  if (!isSoft(lander) || Math.abs(lander.x - lander.pad) > PAD_HALF) return 'crashed';
  if (lander.feet.every(Boolean)) return 'landed';
  stand(lander);
  return 'flying';
}

/** @param {Lander} lander */
function isSoft({ vx, vy, angle }) {
  return -vy <= SOFT.down && Math.abs(vx) <= SOFT.aside && Math.abs(angle) <= SOFT.angle;
}

/** The ground holds the lower foot, and the craft's weight turns it upright. @param {Lander} lander */
function stand(lander) {
  lander.y -= Math.min(foot(lander, -1).y, foot(lander, 1).y, 0);
  lander.vy = Math.max(lander.vy, 0);
  lander.vx *= 0.8;
  lander.spin = -4 * lander.angle;
}

/** How near a state is to a soft landing: 0 at best. @param {Lander} lander */
function promise({ x, y, vx, vy, angle, pad }) {
  return -Math.hypot(x - pad, y) - 0.5 * Math.hypot(vx, vy) - 0.3 * Math.abs(angle);
}

/** @param {number} angle */
function wrapped(angle) {
  if (angle > Math.PI) return angle - 2 * Math.PI;
  return angle < -Math.PI ? angle + 2 * Math.PI : angle;
}

/** @param {number} value @param {number} least @param {number} most */
function clipped(value, least, most) {
  return Math.min(most, Math.max(least, value));
}
