/**
 * Makes a realm a plain Node program's: process, require with the built-in modules that have no way to the outside, and
 * keys as what a terminal would send.
 */

import { EventEmitter } from './emitter.js';
import { defineAll } from './globals.js';

/** What a terminal sends for keys that are no characters. @type {Record<string, string>} */
const TERMINAL = {
  ArrowUp: '\u001b[A', ArrowDown: '\u001b[B', ArrowRight: '\u001b[C', ArrowLeft: '\u001b[D',
  Enter: '\r', Escape: '\u001b', Backspace: '\u007f', Tab: '\t', Delete: '\u001b[3~', Home: '\u001b[H', End: '\u001b[F',
};

/** @param {import('./kernel.js').Kernel} kernel */
export function installNode(kernel) {
  const { scope, natives } = kernel;
  const process = virtualProcess(kernel);
  kernel.builtins = builtins(kernel, process);
  defineAll(scope, { process, global: scope, require: kernel.modules.require, Buffer: natives.lend.Buffer });
  kernel.inputs.key = (/** @type {string} */ type, /** @type {string} */ key) => {
    if (type === 'down') process.stdin.press(key);
  };
}

/** @param {import('./kernel.js').Kernel} kernel */
function virtualProcess(kernel) {
  const { clock, natives, run } = kernel;
  const output = (/** @type {string} */ level) => ({
    isTTY: true, columns: 80, rows: 24,
    write(/** @type {any} */ text) {
      natives.log(level, String(text));
      return true;
    },
    on() {}, once() {}, end() {}, clearLine() {}, cursorTo() {}, moveCursor() {},
  });
  return Object.assign(new EventEmitter(), {
    env: {}, argv: ['node', kernel.description.entry ?? ''], platform: 'linux', arch: 'x64', pid: 1, version: 'v24.0.0', versions: { node: '24.0.0' },
    stdin: input(run), stdout: output('log'), stderr: output('error'), exitCode: undefined,
    cwd: () => '/', uptime: () => clock.now() / 1000, memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0 }),
    hrtime: Object.assign(() => [Math.floor(clock.now() / 1000), Math.floor((clock.now() % 1000) * 1e6)], { bigint: () => BigInt(Math.floor(clock.now() * 1e6)) }),
    nextTick: (/** @type {Function} */ work, /** @type {any[]} */ ...args) => { Promise.resolve().then(() => run(work, undefined, args)); },
    exit(code = 0) {
      throw new Error(`the game called process.exit(${code})`);
    },
  });
}

/** @param {import('./kernel.js').Kernel['run']} run */
function input(run) {
  const stdin = new EventEmitter();
  return Object.assign(stdin, {
    isTTY: true, isRaw: false,
    setRawMode() { return stdin; }, setEncoding() { return stdin; }, resume() { return stdin; }, pause() { return stdin; }, unref() { return stdin; }, ref() { return stdin; },
    /** @param {string} key */
    press(key) {
      const sequence = TERMINAL[key] ?? key;
      run(() => stdin.emit('data', sequence));
      run(() => stdin.emit('keypress', sequence.length === 1 ? sequence : undefined, { name: keyName(key), sequence, ctrl: false, meta: false, shift: false }));
    },
  });
}

/** As Node's readline calls keys. @param {string} key */
function keyName(key) {
  if (key === ' ') return 'space';
  if (key === 'Enter') return 'return';
  return key.replace(/^Arrow/, '').toLowerCase();
}

/** Modules that a game may require, as far as they cannot reach outside. @param {import('./kernel.js').Kernel} kernel @param {any} process */
function builtins(kernel, process) {
  const { scope, natives, files, report } = kernel;
  /** @type {Map<string, () => any>} */
  const modules = new Map(Object.entries(natives.lend.builtins ?? {}).map(([name, module]) => [name, () => module]));
  const timers = { setTimeout: scope.setTimeout, setInterval: scope.setInterval, setImmediate: scope.setImmediate, clearTimeout: scope.clearTimeout, clearInterval: scope.clearInterval };
  modules.set('events', () => Object.assign(EventEmitter, { EventEmitter }));
  modules.set('process', () => process).set('timers', () => timers).set('perf_hooks', () => ({ performance: scope.performance }));
  modules.set('crypto', () => ({ ...scope.crypto, webcrypto: scope.crypto, randomInt: randomInt(kernel), randomBytes: (/** @type {number} */ n) => scope.crypto.getRandomValues(new Uint8Array(n)) }));
  modules.set('readline', () => ({ emitKeypressEvents() {}, clearLine() {}, cursorTo() {}, clearScreenDown() {}, moveCursor() {}, createInterface: () => lineReader(process) }));
  modules.set('fs', () => ({
    existsSync: (/** @type {string} */ path) => files.exists(files.pathOf(path) ?? ''),
    readFileSync(/** @type {string} */ path) {
      const text = files.text(files.pathOf(path) ?? '');
      if (text !== undefined) return text;
      report.note('missing_files', path);
      throw Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), { code: 'ENOENT' });
    },
  }));
  return modules;
}

/** @param {import('./kernel.js').Kernel} kernel */
function randomInt({ random }) {
  return (/** @type {number} */ low, /** @type {number|undefined} */ high) => (high === undefined
    ? Math.floor(random.next() * low) : low + Math.floor(random.next() * (high - low)));
}

/** Lines that keys have typed, ended by Enter. @param {any} process */
function lineReader(process) {
  const reader = Object.assign(new EventEmitter(), { close() {}, prompt() {}, setPrompt() {}, pause() {}, resume() {}, write() {}, question: ask });
  let line = '';
  /** @param {string} _ @param {any} options @param {Function} [answer] */
  function ask(_, options, answer = options) {
    reader.once('line', answer);
  }
  process.stdin.on('data', (/** @type {string} */ text) => {
    if (text !== '\r') line += text;
    else {
      const typed = line;
      line = '';
      reader.emit('line', typed);
    }
  });
  return reader;
}
