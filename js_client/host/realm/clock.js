/**
 * Virtual time: timers, intervals and animation frames that run when a frame is advanced, and never by themselves.
 *
 * Frame n lies at n × 1000 / fps milliseconds, computed and never added up, so that no rounding gathers. Timers run in
 * the order of (time, number) with the clock set to each one's own time; animation frames asked for during a frame run
 * in the next one. Knows nothing of what the callbacks do.
 */

/** @typedef {{due: number, number: number, work: Function, args: any[], every: number|undefined, depth: number}} Timer */

/** HTML: a timer set by a timer set by a timer … is never shorter than this from the fifth on. */
const NESTED_FROM = 5;
const NESTED_MILLISECONDS = 4;

/**
 * @param {(work: Function, self?: any, args?: any[]) => unknown} run calls into the game
 * @param {{fps: number, start: number}} time frames a second; milliseconds since 1970 at the beginning
 */
export function createClock(run, { fps, start }) {
  const timers = timerHeap();
  /** @type {Map<number, Timer>} */
  const live = new Map();
  /** @type {Map<number, Function>} */
  let frames = new Map();
  /** The animation frames that are being run; one of them may cancel another. @type {Map<number, Function>|undefined} */
  let due;
  let numbers = 0;
  let base = 0;
  let framesSinceBase = 0;
  let frameCount = 0;
  let now = 0;
  let depth = 0;

  /** @param {Function} work @param {unknown} delay @param {any[]} args @param {boolean} repeats */
  const add = (work, delay, args, repeats) => {
    const least = depth >= NESTED_FROM ? NESTED_MILLISECONDS : 1;
    const wait = Math.max(least, Number(delay) || 0);
    numbers += 1;
    const timer = { due: now + wait, number: numbers, work, args, every: repeats ? wait : undefined, depth: depth + 1 };
    live.set(timer.number, timer);
    timers.push(timer);
    return timer.number;
  };

  /** @param {Timer} timer */
  const ring = (timer) => {
    now = timer.due;
    depth = timer.depth;
    if (timer.every === undefined) live.delete(timer.number);
    run(timer.work, undefined, timer.args);
    depth = 0;
    if (timer.every === undefined || !live.has(timer.number)) return;
    timer.due += timer.depth >= NESTED_FROM ? Math.max(NESTED_MILLISECONDS, timer.every) : timer.every;
    timer.depth += 1;
    timers.push(timer);
  };

  /** One frame, callback by callback. @returns {Generator<'task', void>} */
  function* advancing() {
    framesSinceBase += 1;
    frameCount += 1;
    const end = base + (framesSinceBase * 1000) / fps;
    for (let timer = timers.first(); timer && timer.due <= end; timer = timers.first()) {
      timers.pop();
      if (!live.has(timer.number)) continue;
      ring(timer);
      yield 'task';
    }
    now = end;
    if (frames.size === 0) return;
    due = frames;
    frames = new Map();
    for (const work of due.values()) {
      run(work, undefined, [now]);
      yield 'task';
    }
    due = undefined;
  }

  return {
    now: () => now,
    date: () => start + now,
    frameCount: () => frameCount,
    /** @param {Function} work @param {unknown} [delay] @param {any[]} [args] */
    later: (work, delay = 0, args = []) => add(work, delay, args, false),
    /** @param {Function} work @param {unknown} [delay] @param {any[]} [args] */
    repeat: (work, delay = 0, args = []) => add(work, delay, args, true),
    /** @param {unknown} id */
    cancel(id) {
      live.delete(Number(id));
    },
    /** @param {Function} work */
    frame(work) {
      numbers += 1;
      frames.set(numbers, work);
      return numbers;
    },
    /** @param {unknown} id */
    cancelFrame(id) {
      frames.delete(Number(id));
      due?.delete(Number(id));
    },
    /** Frames from now on come so often; the clock does not jump. @param {number} rate */
    setFps(rate) {
      if (!(rate > 0)) return;
      [base, framesSinceBase, fps] = [base + (framesSinceBase * 1000) / fps, 0, rate];
    },
    /**
     * One frame: the timers that are due, then the animation frames that were asked for before it. Yields after each
     * callback: in a page, promises run only where nothing else does.
     */
    advancing,
    advance() {
      for (const _ of advancing());
    },
  };
}

/** Timers, the earliest first; of equal ones the one that was set first. */
function timerHeap() {
  /** @type {Timer[]} */
  const heap = [];
  return {
    first: () => heap[0],
    /** @param {Timer} timer */
    push(timer) {
      let at = heap.push(timer) - 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!isBefore(timer, heap[parent])) break;
        heap[at] = heap[parent];
        at = parent;
      }
      heap[at] = timer;
    },
    pop() {
      const last = /** @type {Timer} */ (heap.pop());
      if (heap.length > 0) sink(heap, last);
    },
  };
}

/** @param {Timer[]} heap @param {Timer} timer what is to take the place of the first */
function sink(heap, timer) {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child += 1;
    if (!isBefore(heap[child], timer)) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = timer;
}

/** @param {Timer} a @param {Timer} b */
function isBefore(a, b) {
  return a.due < b.due || (a.due === b.due && a.number < b.number);
}
