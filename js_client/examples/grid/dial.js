/**
 * The grid for a bridge: `node dial.js [url] [--typed] [--frames]` dials, plays what it is told, and dials again when the
 * connection ends.
 */

import { parseArgs } from 'node:util';

import { answering } from './messages.js';

const ADDRESS = 'ws://127.0.0.1:7891/wescale/grid';
/** Milliseconds until the next try. */
const WAIT = 500;

const { values, positionals: [url = ADDRESS] } = parseArgs({
  allowPositionals: true, options: { typed: { type: 'boolean' }, frames: { type: 'boolean' } },
});

function dial() {
  const socket = new WebSocket(url);
  const answer = answering({ ...values, draw: console.log });
  let isOver = false;
  /** @param {string} why */
  const again = (why) => {
    if (isOver) return;
    isOver = true;
    console.log(`not connected to ${url} (${why})`);
    setTimeout(dial, WAIT);
  };
  socket.onopen = () => console.log(`connected to ${url}`);
  socket.onmessage = ({ data }) => {
    const reply = answer(data);
    if (reply !== undefined) socket.send(reply);
  };
  // Node 22 tells no close of a connection that never opened.
  socket.onerror = () => again('it failed');
  socket.onclose = ({ code, reason }) => again([code, reason].filter(Boolean).join(' '));
}

dial();
