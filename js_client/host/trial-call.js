/**
 * Loads a game that speaks a protocol of its own, and sees whether it dials somebody; nobody answers it.
 */

import { guarded } from './vm/guard.js';
import { createRealm } from './vm/realm.js';

/**
 * @param {import('./hosted.js').Described} described
 * @returns {{wrong: string[], odd: string[]}}
 */
export function dialled(described) {
  const { description } = described;
  const { messages, limits } = description;
  let calls = 0;
  const connect = () => {
    calls += 1;
    return { send: () => undefined, close: () => undefined };
  };
  try {
    const realm = createRealm(described.pack, description, { ...described, seed: 1, connect });
    const isDone = guarded(() => {
      realm.load();
      for (let frame = 0; frame < messages.most_frames && calls === 0; frame += 1) realm.advance(1);
    }, limits.reset_seconds);
    if (!isDone) return { wrong: [`the game needed more than ${limits.reset_seconds} s to dial, and was stopped`], odd: [] };
    const errors = realm.errorCount() > 0 ? [`${realm.errorCount()} uncaught errors; the first: ${realm.firstError()}`] : [];
    return { wrong: [], odd: [...errors, ...(calls === 0 ? [`it dialled nobody in ${messages.most_frames} frames`] : [])] };
  } catch (error) {
    return { wrong: [String(/** @type {any} */ (error)?.message ?? error)], odd: [] };
  }
}
