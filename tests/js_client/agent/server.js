/**
 * A real server for agents, `stepwire gymie`, in a Python process of its own.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The project's own Python, which `make` keeps ready. */
const PYTHON = fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));

/** Starts one on a free port; gives the address for agents. */
export async function gymieServer(after, ...options) {
  const running = spawn(PYTHON, ['-m', 'stepwire_service', 'gymie', '--port', '0', ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(running, 'close');
  after(async () => {
    running.kill();
    await ended;
  });
  for await (const line of createInterface(running.stdout)) {
    const said = /ws:\/\/\S+\/gym/.exec(line);
    if (said) return said[0];
  }
  throw new Error(`the server ended with code ${(await ended)[0]}`);
}
