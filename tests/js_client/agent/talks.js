/**
 * A server for agents' tests: it says what the test tells it to. And a talk without any socket.
 */

import { Gymie } from '../../../js_client/agent/index.js';
import { bridge } from '../bridge.js';

/** A server, an agent that is connected to it, and the server's side of the connection; all closed when the test ends. */
export async function met(t, options = {}) {
  const there = await bridge();
  const gymie = new Gymie();
  t.after(async () => {
    await gymie.close();
    await there.close();
  });
  const connected = gymie.connect(`${there.url}/gym`, options);
  const server = await there.caller();
  await connected;
  return { there, gymie, server };
}

/** Answers the next request of an agent with what `reply` makes of it; gives the request. */
export async function answers(server, reply) {
  const request = await server.hear();
  server.say(reply(request));
  return request;
}

/** The reply to a numbered request. */
export const result = (value) => ({ id }) => ({ id, result: value });

/** A talk of this kind with nobody: `sent` and `closed` grow. */
export function alone(kind, timeout = Infinity) {
  const sent = [];
  const closed = [];
  const talk = kind({ send: (text) => sent.push(text), close: (...how) => closed.push(how) }, timeout);
  return { talk, sent, closed };
}
