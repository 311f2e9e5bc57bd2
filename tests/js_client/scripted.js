/**
 * The small games that the golden transcripts were made with, by the name in their hello.
 */

import { box, dict, discrete, graph, multiBinary, multiDiscrete, oneOf, sequence, text, tuple } from '../../js_client/src/spaces.js';

const counting = {
  observationSpace: box({ low: 0, high: 100, shape: [2] }),
  actionSpace: discrete(3),
};

/** Counts the actions up; tests/transcripts/README.md has its rules. */
export function counter() {
  let [start, count, steps] = [0, 0, 0];
  return {
    name: 'counter',
    ...counting,
    reset({ seed }) {
      [start, count, steps] = [seed ?? start + 1, 0, 0];
      return { observation: [start, count], info: { start } };
    },
    step(action) {
      count += action;
      steps += 1;
      const terminated = count >= 4;
      const info = terminated ? { count } : {};
      return { observation: [start, count], reward: action, terminated, truncated: steps >= 3 && !terminated, info };
    },
  };
}

/** Raises on action 1, leaves its space on action 2. */
function breaker() {
  let start = 0;
  return {
    name: 'breaker',
    ...counting,
    reset({ seed }) {
      start = seed ?? start;
      return [start, 0];
    },
    step(action) {
      if (action === 1) throw new Error('the game broke');
      return { observation: [start, action === 2 ? 101 : 0], reward: 0, terminated: false };
    },
  };
}

/** Its first instance answers a step only when another has taken its second. */
function thinkers() {
  const second = Promise.withResolvers();
  return () => {
    let [start, count] = [0, 0];
    const state = () => ({ observation: [start, count], reward: 0, terminated: false });
    return {
      name: 'thinker',
      ...counting,
      reset({ seed }) {
        [start, count] = [seed, 0];
        return [start, count];
      },
      step(action) {
        count += action;
        const answer = { ...state(), reward: action };
        if (start === 1) return second.promise.then(() => answer);
        if (count === 2) second.resolve();
        return answer;
      },
    };
  };
}

function camera() {
  let [start, count] = [0, 0];
  const picture = () => Array.from({ length: 64 }, (_, i) => (start + i + count) % 256);
  return {
    name: 'camera',
    observationSpace: dict({
      picture: box({ low: 0, high: 255, shape: [4, 4, 4], dtype: 'uint8' }),
      speed: box({ low: -1, high: 1, shape: [3] }),
    }),
    actionSpace: box({ low: -1, high: 1, shape: [3] }),
    reset({ seed }) {
      [start, count] = [seed, 0];
      return { picture: picture(), speed: [0, 0, 0] };
    },
    step(action) {
      count += 1;
      const reward = action[0] + action[1] + action[2];
      return { observation: { picture: picture(), speed: action }, reward, terminated: false };
    },
  };
}

function oddities() {
  return {
    name: 'oddities',
    observationSpace: dict({
      far: box({ low: -Infinity, high: Infinity, shape: [2], dtype: 'float64' }),
      big: box({ shape: [1], dtype: 'int64' }),
    }),
    actionSpace: discrete(2, { start: -1 }),
    reset: ({ seed, options }) => ({ observation: { far: [0, Infinity], big: [seed] }, info: { seed, options } }),
    step: (action) => ({
      observation: { far: [action, -Infinity], big: [-(2n ** 63n)] },
      reward: NaN, terminated: false, info: { best: null, distance: Infinity },
    }),
  };
}

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array(64).keys()]);

function painter() {
  let start = 0;
  const opaque = () => Array.from({ length: 24 }, (_, i) => [10 * Math.floor(i / 6) + (i % 6), 100, 200]).flat();
  return {
    name: 'painter',
    ...counting,
    metadata: { render_fps: 10, render_modes: ['rgb_array', 'ansi'] },
    reset({ seed }) {
      start = seed;
      return [start, 0];
    },
    step: () => ({ observation: [start, 0], reward: 0, terminated: false }),
    render({ mode }) {
      if (mode === 'ansi') return `start ${start}\ncount 0`;
      if (start === 3) return { encoding: 'png', data: PNG };
      return { width: 6, height: 4, data: Uint8Array.from(opaque()) };
    },
  };
}

function mirrored() {
  return dict({
    box: box({ low: [[0, 1], [2, 3]], high: [[10, 11], [12, 13]], dtype: 'int16' }),
    number: box({ low: 0, high: 1, shape: [], dtype: 'float64' }),
    discrete: discrete(3, { start: 5 }),
    many: multiDiscrete([3, 2], { start: [0, 1] }),
    bits: multiBinary([3]),
    text: text({ minLength: 0, maxLength: 4, charset: 'abc' }),
    tuple: tuple([discrete(2), box({ low: -1, high: 1, shape: [1] })]),
    sequence: sequence(discrete(9)),
    stack: sequence(box({ low: 0, high: 9, shape: [2], dtype: 'uint8' }), { stack: true }),
    graph: graph({ nodeSpace: box({ low: 0, high: 1, shape: [2] }), edgeSpace: discrete(4) }),
    one_of: oneOf([discrete(2), text({ maxLength: 3, charset: 'xyz' })]),
  });
}

/** The two values that the mirror shows after a reset, chosen by the seed. */
const MIRRORED = [
  {
    box: [[0, 1], [2, 3]], number: 0.5, discrete: 6, many: [2, 1], bits: [1, 0, 1], text: '', tuple: [1, [0.5]],
    sequence: [], stack: [], graph: { nodes: [[0, 1]], edges: null, edge_links: null }, one_of: [0, 1],
  },
  {
    box: [10, 11, 12, 13], number: 1, discrete: 5, many: [0, 2], bits: [0, 0, 1], text: 'cab', tuple: [0, [-1]],
    sequence: [3, 8], stack: [[1, 2], [3, 4]], graph: { nodes: [[0, 0], [0.5, 1]], edges: [3], edge_links: [[0, 1]] },
    one_of: [1, 'zy'],
  },
];

function mirror() {
  return {
    name: 'mirror',
    observationSpace: mirrored(),
    actionSpace: mirrored(),
    reset: ({ seed }) => MIRRORED[seed],
    step: (action) => ({ observation: action, reward: 0, terminated: false }),
  };
}

/** A function that makes a game, by the game's name. */
export const GAMES = {
  counter, breaker, thinker: thinkers(), camera, oddities, painter, mirror,
};

