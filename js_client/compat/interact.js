/**
 * The game's side of WemiEnv: a game dials, is told `{action, restart}`, and answers `{obs, reward, done}`.
 *
 * One file that needs no other, to be copied into a WeChat mini-game; in CommonJS, as WeChat has it. A page may load it as a classic
 * script (`stepwireInteract`), or import interact.mjs. Knows wx and WebSocket; knows nothing of what the game does, which it is told
 * by `openSocket`.
 */

(function define() {
  /**
   * What a game does when it is told something. `restart` and `act` may give a promise.
   * @typedef {object} Handlers
   * @property {() => unknown} [restart] begins a new game
   * @property {(action: any) => unknown} [act] does what the agent wants: a number, or a list of them
   * @property {() => {obs: any, reward?: number, done?: boolean}} [observe] the answer, once either is done; without it the game calls
   *   `socket_send` when it is ready
   * @property {() => void} [onOpen] the connection is there
   * @property {() => void} [onClose] and gone
   * @property {(line: string) => void} [log] the console when left out
   */
  /** @typedef {{send: (text: string) => void, close: (code: number, reason: string) => void}} Link */
  /** @typedef {{onOpen: () => void, onMessage: (data: any) => void, onClose: (why: string) => void}} Events */

  /** Milliseconds before the first new try, and the most it doubles to. */
  const FIRST_WAIT = 250;
  const LONGEST_WAIT = 5000;
  /** Says that the game raised; from 4000 on a script may choose. */
  const GAME_FAILED = 4500;

  /** @type {Handlers} */
  let handlers = {};
  /** @type {Link|undefined} */
  let link;
  let isOpen = false;
  /** Messages that are not answered yet; the first is at work. @type {any[]} */
  let unanswered = [];
  let tries = 0;
  /** @type {any} */
  let retry;

  /**
   * Dials, and dials again after each end until `closeSocket`.
   * @param {string} url where Python or the bridge listens, such as ws://localhost:7891
   */
  function connectSocket(url) {
    closeSocket();
    dial(url);
  }

  /**
   * Says what the game does from now on. Before `connectSocket` or after it.
   * @param {Handlers} [given]
   */
  function openSocket(given = {}) {
    handlers = given;
  }

  /**
   * Answers the message that waits for it; where none does, nothing is sent.
   * @param {any} obs a number, or lists of them, nested as you like; or the whole message as an object
   * @param {number} [reward]
   * @param {boolean} [done] whether the game is over
   */
  function socket_send(obs, reward, done) {
    const isWhole = arguments.length === 1 && typeof obs === 'object' && obs !== null && !isList(obs);
    const message = isWhole ? obs : { done: done === true, reward: reward ?? 0, obs };
    if (!isOpen || !link) return log('an answer was dropped: there is no connection');
    if (unanswered.length === 0) return log('an answer was dropped: nobody waits for one');
    link.send(JSON.stringify({ ...message, send_time: Date.now() }, (_, value) => (isTyped(value) ? Array.from(value) : value)));
    unanswered.shift();
    // Not in this turn, so that a game which answers at once does not go deeper with every message.
    if (unanswered.length > 0) Promise.resolve().then(work);
  }

  /** Ends the connection for good, or until `connectSocket`. */
  function closeSocket() {
    clearTimeout(retry);
    const before = link;
    link = undefined;
    before?.close(1000, '');
    if (isOpen) gone();
  }

  /** @param {string} url */
  function dial(url) {
    /** Who speaks when the next one has been dialled is not heard any more. @param {Function} work */
    const mine = (work) => (/** @type {any[]} */ ...values) => {
      if (link === own) work(...values);
    };
    const own = dialled(url, {
      onOpen: mine(() => {
        [isOpen, tries] = [true, 0];
        log(`connected to ${url}`);
        handlers.onOpen?.();
      }),
      onMessage: mine(hear),
      onClose: mine((/** @type {string} */ why) => {
        const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries++);
        log(`not connected to ${url}${why && ` (${why})`}, trying again in ${wait / 1000} s`);
        if (isOpen) gone();
        link = undefined;
        retry = setTimeout(dial, wait, url);
      }),
    });
    link = own;
  }

  // ── what comes ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** @param {any} data */
  function hear(data) {
    const message = parsed(data);
    if (!message) return log(`no message: ${String(data).slice(0, 80)}`);
    unanswered.push(message);
    // One after the other: each has its own answer, and the next one waits for that.
    if (unanswered.length === 1) work();
  }

  /** Does what the first message wants. A restart is only that, whatever action comes with it. */
  function work() {
    const message = unanswered[0];
    if (!message) return;
    const settled = () => {
      if (unanswered[0] === message && handlers.observe) socket_send(handlers.observe());
    };
    try {
      const doing = message.restart === true ? handlers.restart?.() : handlers.act?.(message.action);
      if (typeof (/** @type {any} */ (doing)?.then) === 'function') /** @type {any} */ (doing).then(settled).catch(failed);
      else settled();
    } catch (error) {
      failed(error);
    }
  }

  /** There is no word for an error: whoever waits learns it from the end of the connection. @param {unknown} error */
  function failed(error) {
    log(`the game failed: ${/** @type {any} */ (error)?.stack ?? error}`);
    unanswered = [];
    link?.close(GAME_FAILED, 'the game failed');
  }

  function gone() {
    isOpen = false;
    unanswered = [];
    handlers.onClose?.();
  }

  /** @param {any} data */
  function parsed(data) {
    try {
      const message = JSON.parse(data);
      return typeof message === 'object' ? message : undefined;
    } catch {
      return undefined;
    }
  }

  /** @param {string} line */
  function log(line) {
    (handlers.log ?? console.log)(`interact: ${line}`);
  }

  /** @param {any} value */
  function isTyped(value) {
    return ArrayBuffer.isView(value) && !(value instanceof DataView);
  }

  /** @param {any} value */
  function isList(value) {
    return Array.isArray(value) || isTyped(value);
  }

  // ── how to connect ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** @param {string} url @param {Events} events none comes before it has returned @returns {Link} */
  function dialled(url, events) {
    // By its name: in a mini-program it is no property of the global object.
    // @ts-expect-error only WeChat has it
    return typeof wx === 'undefined' ? overWebSocket(url, events) : overWeChat(wx, url, events);
  }

  /** @param {any} wx @param {string} url @param {Events} events @returns {Link} */
  function overWeChat(wx, url, { onOpen, onMessage, onClose }) {
    let isOver = false;
    /** @param {string} why */
    const end = (why) => {
      if (isOver) return;
      isOver = true;
      onClose(why);
      // After an error it may live on, one of only five.
      task?.close({});
    };
    // With all its sockets in use, wx calls `fail` and its task never tells anything.
    const task = wx.connectSocket({ url, fail: (/** @type {any} */ error) => setTimeout(() => end(error?.errMsg ?? 'refused')) });
    task?.onOpen(onOpen);
    task?.onMessage((/** @type {any} */ { data }) => onMessage(data));
    task?.onError((/** @type {any} */ error) => end(error?.errMsg ?? 'the connection failed'));
    task?.onClose((/** @type {any} */ { code, reason }) => end([code, reason].filter(Boolean).join(' ')));
    return {
      send: (data) => task.send({ data, fail: (/** @type {any} */ error) => log(`an answer was not sent: ${error?.errMsg}`) }),
      close: (code, reason) => task?.close({ code, reason }),
    };
  }

  /** @param {string} url @param {Events} events @returns {Link} */
  function overWebSocket(url, { onOpen, onMessage, onClose }) {
    if (typeof WebSocket === 'undefined') throw new TypeError('there is neither wx nor WebSocket here: Node has one from version 22 on');
    const socket = new WebSocket(url);
    let wasOpen = false;
    let isOver = false;
    /** @param {string} why */
    const end = (why) => {
      if (!isOver) onClose(why);
      isOver = true;
    };
    socket.onopen = () => {
      wasOpen = true;
      onOpen();
    };
    socket.onmessage = ({ data }) => onMessage(data);
    // Node 22 tells no close of a connection that never opened.
    socket.onerror = () => wasOpen || end('nobody answers there, or it is refused');
    socket.onclose = ({ code, reason }) => end([code, reason].filter(Boolean).join(' '));
    return { send: (text) => socket.send(text), close: (code, reason) => socket.close(code, reason) };
  }

  // The games of WemiEnv have the one name spelled in two ways.
  const connectSoket = connectSocket;
  if (typeof module !== 'undefined') module.exports = { connectSocket, connectSoket, openSocket, socket_send, closeSocket };
  else Object.assign(globalThis, { stepwireInteract: { connectSocket, connectSoket, openSocket, socket_send, closeSocket } });
})();
