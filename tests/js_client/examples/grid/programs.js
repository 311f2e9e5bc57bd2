/**
 * The programs of the grid, as processes that end with the test.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { queue } from '../../bridge.js';

export const FOLDER = fileURLToPath(new URL('../../../../js_client/examples/grid/', import.meta.url));

/** Starts one; `line` gives what it says, line by line. */
export function started(t, file, ...options) {
  const program = spawn(process.execPath, [join(FOLDER, file), ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(async () => {
    program.kill();
    await once(program, 'exit');
  });
  const lines = queue();
  createInterface(program.stdout).on('line', lines.put);
  return { line: lines.take };
}
