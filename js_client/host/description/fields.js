/**
 * Every field of a game's description, as data: what the checker, the defaults, the JSON Schema and the page are made of.
 *
 * Knows what a field may hold by itself; what fields mean together is in rules.js, how a game's kind is guessed in guess.js.
 */

/**
 * @typedef {'string'|'number'|'integer'|'boolean'|'choice'|'any'|'time'|'expression'|'statements'|'script'|'space'|'key'
 *   |'coordinate'|'point'|'points'|'inputs'|'list'|'map'|'table'} Kind
 */

/**
 * One field. What has neither a default nor was given is left out of a normalised description.
 * @typedef {object} Field
 * @property {string} name
 * @property {Kind} kind
 * @property {string} words one line: what it is
 * @property {any} [default]
 * @property {string} [otherwise] in words: what holds where it is left out and has no default
 * @property {boolean} [needed]
 * @property {number} [least] the smallest allowed number, the fewest entries of a list, the fewest characters of a string (1 where nothing is said)
 * @property {number} [most]
 * @property {number} [over] numbers have to be larger than this one
 * @property {string} [unit]
 * @property {string[]} [values] of a choice
 * @property {Field} [of] what a list or map holds
 * @property {Field[]} [fields] of a table
 * @property {boolean} [optional] a table that is there only where it is given; others are filled in with their defaults
 */

/** @param {string} name @param {Kind} kind @param {string} words @param {Partial<Field>} [more] @returns {Field} */
function field(name, kind, words, more = {}) {
  return { name, kind, words, ...more };
}

/** @param {string} name @param {string} words @param {Field[]} fields @param {Partial<Field>} [more] @returns {Field} */
function table(name, words, fields, more = {}) {
  return field(name, 'table', words, { fields, ...more });
}

/** What a player does in one step: an Input. @type {Field[]} */
export const INPUT = [
  field('keys', 'list', 'Keys that are down during the step, as `KeyboardEvent.key` names them.', { of: field('key', 'key', 'A key.') }),
  field('touch', 'points', 'Where a finger touches, `[x, y]`; several points are several fingers.'),
  field('mouse', 'point', 'Where the mouse is pressed, `[x, y]`.'),
  field('to', 'points', 'Where the finger or the mouse has moved by the end of the step: a swipe. As many points as `touch` has.'),
  field('button', 'choice', 'The mouse button: 0 is the left one, 1 the middle one, 2 the right one.', { default: 0, values: /** @type {any} */ ([0, 1, 2]) }),
  field('run', 'statements', 'JavaScript to run in the game before the step; it sees `action`.'),
  field('hold', 'boolean', 'Keep keys, touch or mouse down while the steps that follow choose the same.', { default: false }),
];

/** One entry of the start-up input. @type {Field[]} */
export const START = [
  ...INPUT.filter(({ name }) => name !== 'hold'),
  field('until', 'expression', 'Go on, with the input held, until this is true; an error where it has not come true in `frames`.'),
  field('frames', 'integer', 'How many frames this takes; with `until` the most that it may take.', {
    least: 0, otherwise: '600 with `until`, otherwise 1', unit: 'frames',
  }),
];

/** @type {Field[]} */
const SCREEN = [
  field('width', 'integer', 'Width of the screen that the game sees.', { otherwise: '375 for wechat, 640 for others', least: 1, most: 8192, unit: 'CSS pixels' }),
  field('height', 'integer', 'Height of the screen that the game sees.', { otherwise: '667 for wechat, 480 for others', least: 1, most: 8192, unit: 'CSS pixels' }),
  field('pixel_ratio', 'number', 'Device pixels for one CSS pixel.', { default: 1, over: 0, most: 8 }),
  field('canvas', 'choice', 'What drawing does: nothing, which is quick, or real pixels through `@napi-rs/canvas`.', { default: 'none', values: ['none', 'real'] }),
];

/** @type {Field[]} */
const TIME = [
  field('fps', 'number', 'Frames in a second of the game\'s own time.', { default: 60, over: 0, most: 1000, unit: 'frames/s' }),
  field('frame_skip', 'integer', 'Frames that one step takes.', { default: 4, least: 1, most: 10_000, unit: 'frames' }),
  field('start', 'time', 'What `Date` says when an episode begins; without an offset it is UTC.', { default: '2024-01-01T00:00:00Z' }),
];

/** @type {Field[]} */
const ACTION = [
  field('space', 'space', 'The actions that there are.', { needed: true }),
  field('inputs', 'inputs', 'One Input for each action of a Discrete, for each bit of a MultiBinary; a list of such lists for a MultiDiscrete.', { fields: INPUT }),
  table('input', 'One Input for all actions: its coordinates are expressions of `action`.', INPUT, { optional: true }),
  field('run', 'statements', 'JavaScript that carries the action out, run in the game before the step\'s first frame; may go with `inputs` or `input`, and runs first.'),
];

/** @type {Field[]} */
const OBSERVATION = [
  field('space', 'space', 'Where observations lie.', { otherwise: 'that of `pixels`' }),
  field('read', 'expression', 'The observation, read after the step\'s last frame.'),
  table('pixels', 'The screen as observation, in the place of `space` and `read`.', [
    field('width', 'integer', 'Width of the picture.', { default: 84, least: 1, most: 4096, unit: 'pixels' }),
    field('height', 'integer', 'Height of the picture.', { default: 84, least: 1, most: 4096, unit: 'pixels' }),
    field('grey', 'boolean', 'One number a pixel, shape `[height, width, 1]`; otherwise three, `[height, width, 3]`.', { default: true }),
  ], { optional: true }),
];

/** @type {Field[]} */
const REWARD = [
  field('read', 'expression', 'A number, read after the step\'s last frame; true counts as 1.', { otherwise: 'the reward is 0' }),
  field('difference', 'boolean', 'The reward is how much `read` has changed since the step before.', { default: false }),
  field('scale', 'number', 'What the reward is multiplied by.', { default: 1 }),
];

/** @type {Field[]} */
const EPISODE = [
  field('terminated', 'expression', 'True when the game is over.', { otherwise: 'never' }),
  field('truncated', 'expression', 'True when the episode ends for a reason outside the game.', { otherwise: 'never' }),
  field('max_steps', 'integer', 'Truncated after so many steps; 0 is never.', { default: 0, least: 0, unit: 'steps' }),
  field('reset', 'choice', 'A fresh game for every episode (hard), or the game\'s own restart (soft).', { default: 'hard', values: ['hard', 'soft'] }),
  field('restart', 'statements', 'The game\'s own restart, for `reset = "soft"`.'),
  field('start', 'list', 'What happens before the first observation: menus are left, loading is waited for.', { default: [], of: table('step', 'One thing after the other.', START) }),
];

/** @type {Field[]} */
const HOOKS = [
  field('prelude', 'script', 'JavaScript run before the game\'s own.'),
  field('patches', 'list', 'Changes of the game\'s text while it is loaded; the files stay as they are.', {
    default: [],
    of: table('patch', 'One change.', [
      field('file', 'string', 'The file, from the game\'s folder.', { needed: true }),
      field('find', 'string', 'What is there; it has to be there exactly once.', { needed: true }),
      field('replace', 'string', 'What is put in its place; an empty text deletes.', { needed: true, least: 0 }),
    ]),
  }),
  field('peek', 'map', 'By file: names of a module\'s own scope, for `stepwire.peek(file)`.', {
    default: {}, of: field('names', 'list', 'Names in that file.', { of: field('name', 'string', 'A name.') }),
  }),
  field('fire', 'list', 'Events that would come from a browser\'s layout or animations, and come never without it.', {
    default: [],
    of: table('event', 'One event.', [
      field('event', 'string', 'Its type, such as `transitionend`.', { needed: true }),
      field('target', 'string', 'A CSS selector.', { otherwise: 'the window' }),
      field('frame', 'integer', 'When it comes: 1 is the first frame after the game has been loaded.', { default: 1, least: 1, unit: 'frames' }),
      field('every', 'integer', 'How often it comes again.', { least: 1, otherwise: 'once', unit: 'frames' }),
    ]),
  }),
];

/** @type {Field[]} */
const LIMITS = [
  field('step_seconds', 'number', 'Real time that a step may take, of all instances of a message together.', { default: 2, over: 0, unit: 'seconds' }),
  field('reset_seconds', 'number', 'Real time that a reset may take; up to eight instances of a message share it.', { default: 5, over: 0, unit: 'seconds' }),
  field('errors', 'integer', 'Uncaught errors of an episode that are put up with; one more, and it faults.', { default: 10, least: 0 }),
  field('memory_mb', 'integer', 'Memory of a process, with all the instances in it.', { default: 1024, least: 64, unit: 'MB' }),
];

/** @type {Field[]} */
const MESSAGES = [
  field('frames', 'integer', 'Frames that pass for each message.', { default: 4, least: 1, unit: 'frames' }),
  field('most_frames', 'integer', 'Frames that may pass until the game has answered.', { default: 600, least: 1, unit: 'frames' }),
  field('reset_action', 'any', 'What goes as `action` with a restart: something that the game takes for no step.', { otherwise: '`null`' }),
  field('done_key', 'string', 'Under which key the game says that the episode is over.', { default: 'done' }),
  field('scale', 'number', 'The game gets `action * scale + offset`.', { default: 1 }),
  field('offset', 'number', 'See `scale`.', { default: 0 }),
  field('round', 'boolean', 'The game gets the whole part of that.', { default: false }),
];

/** The whole description. @type {Field} */
export const DESCRIPTION = table('description', 'How a game is played, observed, rewarded and ended.', [
  field('name', 'string', 'What the game is called: `env_id="game:NAME"`.', { otherwise: 'the name of the game\'s folder' }),
  field('kind', 'choice', 'What the game finds around it: `wx`, a browser\'s window and document, or plain Node.', { values: ['wechat', 'browser', 'node'], otherwise: 'guessed from the files' }),
  field('root', 'string', 'The game\'s folder, from this file\'s folder.', { default: '.' }),
  field('entry', 'string', 'What is run first, from `root`.', { otherwise: '`game.js` or `app.js`, `index.html`, or `main` of package.json' }),
  field('mounts', 'map', 'Files from elsewhere that the game finds in its folder: the path that it asks for = the file, from this file\'s folder.', { default: {}, of: field('file', 'string', 'A file.') }),
  field('driver', 'choice', 'What runs the game. Chromium is for games that need CSS layout, and much slower.', { default: 'node', values: ['node', 'chromium'] }),
  table('screen', 'The screen that the game sees.', SCREEN),
  table('time', 'The game\'s clock, which stands still between steps.', TIME),
  table('action', 'What an agent may do, and how that becomes input.', ACTION),
  table('observation', 'What an agent sees: `space` and `read`, or `pixels`.', OBSERVATION),
  table('reward', 'What an agent gets for a step.', REWARD),
  table('episode', 'How an episode begins and ends.', EPISODE),
  field('info', 'map', 'What `info` says besides, by name: expressions.', { default: {}, of: field('value', 'expression', 'An expression.') }),
  table('hooks', 'Changes from outside, for games that would not run or could not be read otherwise.', HOOKS),
  table('limits', 'What is too much.', LIMITS),
  table('messages', 'For games that speak a WebSocket protocol of their own, as [WemiEnv\'s](wemi.md) do: messages drive the clock.', MESSAGES, { optional: true }),
]);
