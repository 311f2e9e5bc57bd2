/**
 * The grid as a server: `node listen.js [port] [--typed] [--frames]` waits for whoever dials, on this machine alone. Each
 * connection has a game of its own. Needs the package ws, since Node has no WebSocket server.
 */

import { parseArgs } from 'node:util';

import { answering } from './messages.js';

const HOST = '127.0.0.1';
const PORT = 8765;
/** Bytes of a message; a trainer's have less than a hundred. */
const LONGEST_MESSAGE = 4096;

const { values, positionals: [port = PORT] } = parseArgs({
  allowPositionals: true, options: { typed: { type: 'boolean' }, frames: { type: 'boolean' } },
});

const { WebSocketServer } = await packageWs();
const server = new WebSocketServer({ host: HOST, port: Number(port), maxPayload: LONGEST_MESSAGE, perMessageDeflate: false });
server.on('connection', play);
server.on('listening', () => console.log(`listening at ws://${HOST}:${server.address().port}`));
server.on('error', (/** @type {Error} */ error) => {
  console.error(`cannot listen at ${HOST}:${port}: ${error.message}`);
  process.exit(2);
});

/** @param {any} socket */
function play(socket) {
  const answer = answering({ ...values, draw: console.log });
  socket.on('message', (/** @type {Buffer} */ data, /** @type {boolean} */ isBinary) => {
    const reply = isBinary ? undefined : answer(String(data));
    if (reply !== undefined) socket.send(reply);
  });
  // Somebody sent what no WebSocket sends, or too much; the connection is closed already.
  socket.on('error', () => {});
}

/** @returns {Promise<any>} */
async function packageWs() {
  const name = 'ws';
  try {
    return await import(name);
  } catch {
    console.error('this needs the package ws: npm install ws');
    return process.exit(2);
  }
}
