/**
 * Calls a command in this process, and keeps what it prints.
 */

/**
 * @param {import('node:test').TestContext} t
 * @param {(words: string[]) => Promise<number>} run
 * @param {string[]} words
 * @returns {Promise<{code: number, lines: string[], text: string}>}
 */
export async function called(t, run, words) {
  const log = t.mock.method(console, 'log', () => {});
  const write = t.mock.method(process.stdout, 'write', () => true);
  try {
    const code = await run(words);
    const said = (method) => method.mock.calls.map((call) => String(call.arguments[0]));
    return { code, lines: said(log), text: said(write).filter((chunk) => typeof chunk === 'string').join('') };
  } finally {
    log.mock.restore();
    write.mock.restore();
  }
}
