/**
 * wx's WebSockets: tasks with listeners, and the older functions for the connection that is live.
 */

import { createListeners } from './listeners.js';
import { WxFailure } from './calls.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */

const MOST_WX_SOCKETS = 5;
const SOCKET_TASK_EVENTS = ['Open', 'Message', 'Error', 'Close'];
/** As `SocketTask.readyState` has them. */
const TASK_CONNECTING = 0;
const TASK_OPEN = 1;
const TASK_CLOSING = 2;
const TASK_CLOSED = 3;

/** @param {WxRoom} room */
export function wxConnections({ kernel, calls }) {
  /** Those that are not closed, the newest last. @type {Set<any>} */
  const live = new Set();
  /** The older functions' listeners; a later one takes the place of an earlier, for there is no way to take one away. @type {Record<string, any>} */
  const older = {};
  const newest = () => [...live].at(-1);

  /** @param {any} options */
  const connectSocket = (options) => {
    const hasRoom = live.size < MOST_WX_SOCKETS;
    calls.tell('connectSocket', options, () => {
      if (!hasRoom) throw new WxFailure('exceed max task count');
      return {};
    });
    if (!hasRoom) return refusedSocketTask(kernel, calls);
    const task = socketTask(kernel, calls, options ?? {}, (name, event) => {
      if (name === 'Close') live.delete(task);
      if (typeof older[name] === 'function') kernel.run(older[name], undefined, [event]);
    });
    live.add(task);
    return task;
  };

  /** @type {Record<string, any>} */
  const functions = {
    connectSocket,
    sendSocketMessage: (/** @type {any} */ options) => onNewest('sendSocketMessage', options, (task) => task.send(options)),
    closeSocket: (/** @type {any} */ options) => onNewest('closeSocket', options, (task) => task.close(options)),
  };
  /** @param {string} name @param {any} options @param {(task: any) => void} work */
  const onNewest = (name, options, work) => {
    const task = newest();
    if (task) return work(task);
    return calls.tell(name, options, () => { throw new WxFailure('WebSocket is not connected'); });
  };
  for (const name of SOCKET_TASK_EVENTS) functions[`onSocket${name}`] = (/** @type {any} */ listener) => { older[name] = listener; };
  return functions;
}

/**
 * @param {WxRoom['kernel']} kernel @param {WxRoom['calls']} calls @param {any} options
 * @param {(name: string, event: any) => void} also hears of every event after the task's own listeners
 */
function socketTask(kernel, calls, { url, protocols = [] }, also) {
  const listeners = createListeners(kernel);
  /** @param {string} name @param {any} event */
  const fire = (name, event) => {
    listeners.fire(name, event);
    also(name, event);
  };
  const link = kernel.sockets.connect(String(url), protocols, {
    onOpen() {
      task.readyState = TASK_OPEN;
      fire('Open', { header: {}, profile: {} });
    },
    onMessage: (/** @type {any} */ data) => fire('Message', { data }),
    onError: (/** @type {string} */ message) => fire('Error', { errMsg: message }),
    onClose(/** @type {number} */ code, /** @type {string} */ reason) {
      task.readyState = TASK_CLOSED;
      fire('Close', { code, reason });
    },
  });
  const task = {
    ...socketTaskStates(), ...socketTaskListeners(listeners), readyState: TASK_CONNECTING,
    /** @param {any} options */
    send(options) {
      calls.tell('sendSocketMessage', options, ({ data }) => {
        if (task.readyState !== TASK_OPEN) throw new WxFailure('SocketTask.readyState is not OPEN');
        link.send(data);
        return {};
      });
    },
    /** @param {any} [options] */
    close(options) {
      calls.tell('closeSocket', options, ({ code = 1000, reason = '' }) => {
        if (task.readyState >= TASK_CLOSING) return {};
        task.readyState = TASK_CLOSING;
        link.close(code, reason);
        return {};
      });
    },
  };
  return task;
}

/** Of a connection that was refused: it never tells anything. @param {WxRoom['kernel']} kernel @param {WxRoom['calls']} calls */
function refusedSocketTask(kernel, calls) {
  /** @param {string} name */
  const refuse = (name) => (/** @type {any} */ options) => calls.tell(name, options, () => {
    throw new WxFailure('SocketTask.readyState is not OPEN');
  });
  return {
    ...socketTaskStates(), ...socketTaskListeners(createListeners(kernel)), readyState: TASK_CLOSED,
    send: refuse('sendSocketMessage'), close: refuse('closeSocket'),
  };
}

/** @param {import('./listeners.js').Listeners} listeners */
function socketTaskListeners(listeners) {
  return listeners.functions(SOCKET_TASK_EVENTS.join(' '));
}

function socketTaskStates() {
  return { CONNECTING: TASK_CONNECTING, OPEN: TASK_OPEN, CLOSING: TASK_CLOSING, CLOSED: TASK_CLOSED };
}
