/**
 * A bridge for tests: a real WebSocket server that says what the test tells it to, and keeps what it hears.
 */

import { once } from 'node:events';

import { read } from '../../js_client/src/messages.js';
import { installed } from './installed.js';

const { WebSocketServer } = installed('ws');

export const WELCOME = {
  type: 'welcome', protocol: 1, limits: { max_message_bytes: 2 ** 26, heartbeat_seconds: 5, silence_seconds: 15 },
};

/** Listens on a free port of loopback. */
export async function bridge({ host = '127.0.0.1', port = 0 } = {}) {
  const server = new WebSocketServer({ host, port, perMessageDeflate: false });
  await once(server, 'listening');
  const callers = queue();
  server.on('connection', (socket, request) => callers.put(connection(socket, request)));
  return {
    url: `ws://127.0.0.1:${server.address().port}`,
    port: server.address().port,
    /** The next game that dials. */
    caller: callers.take,
    /** The next game, after its hello was answered. */
    async game(welcome = WELCOME) {
      const game = await callers.take();
      game.hello = await game.hear();
      game.say(welcome);
      return game;
    },
    async close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

function connection(socket, request) {
  const heard = queue();
  socket.on('message', (...data) => heard.put(data));
  const hear = async () => {
    const [data, isBinary] = await heard.take();
    return read(isBinary ? new Uint8Array(data) : data.toString());
  };
  return {
    socket,
    request,
    hear,
    say: (message) => socket.send(typeof message === 'object' ? JSON.stringify(message) : message),
    closed: once(socket, 'close').then(([code]) => code),
    /** Says a request and gives back the next message. */
    ask(message) {
      this.say(message);
      return hear();
    },
  };
}

/** Values in the order they came, each waited for. */
export function queue() {
  const values = [];
  const takers = [];
  return {
    put(value) {
      if (takers.length) takers.shift()(value);
      else values.push(value);
    },
    take: () => new Promise((resolve) => {
      if (values.length) resolve(values.shift());
      else takers.push(resolve);
    }),
  };
}
