/**
 * A real service for tests, in a Python process of its own.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The project's own Python, which `make` keeps ready. */
const PYTHON = fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));

/** Says where it listens, and goes on until its input ends. */
const PROGRAM = `
import sys
from stepwire_service.embedding import running
with running() as server:
    print(server.address, server.games_address, flush=True)
    sys.stdin.read()
`;

/** Starts a service; gives the addresses for trainers and for games. */
export async function service(after) {
  const running = spawn(PYTHON, ['-c', PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(running, 'close');
  after(async () => {
    running.stdin.end();
    await ended;
  });
  const said = once(createInterface(running.stdout), 'line');
  const [line] = await Promise.race([said, ended.then(([code]) => { throw new Error(`the service ended with code ${code}`); })]);
  const [address, games] = line.split(' ');
  return { address, games: `ws://${games}` };
}
