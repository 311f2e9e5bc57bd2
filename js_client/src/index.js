/**
 * stepwire for games: make a JavaScript game an environment that a trainer can reset and step.
 */

export { array } from './arrays.js';
export { outside } from './checks.js';
export { random } from './random.js';
export { serve } from './serve.js';
export {
  box, dict, discrete, graph, multiBinary, multiDiscrete, oneOf, sequence, text, tuple,
} from './spaces.js';
export { transportHere } from './transports/index.js';
export { browser } from './transports/browser.js';
export { node } from './transports/node.js';
export { wechat } from './transports/wechat.js';
