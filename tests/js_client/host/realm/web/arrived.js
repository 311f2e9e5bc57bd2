/**
 * A page without a document, for the tests of web/: a kernel with files from a table, that the classes there belong to.
 */

import { arrive } from '../../../../../js_client/host/realm/web/here.js';
import { kernelWith } from '../wx/realms.js';

/** @param {Record<string, string>} [files] texts by path @param {Record<string, any>} [natives] @param {Record<string, any>} [description] what it has besides */
export function arrived(files, natives, description) {
  const kernel = kernelWith(files, natives);
  Object.assign(kernel.description, { action: {}, episode: {}, ...description });
  Object.assign(kernel.scope, { structuredClone });
  arrive(kernel);
  const notes = (kind) => kernel.report.summary()[kind] ?? [];
  return { kernel, window: kernel.scope, notes, errors: () => notes('errors'), frame: () => frame(kernel) };
}

/** A frame of virtual time, with the promises of each of its tasks. */
async function frame(kernel) {
  for (const _ of kernel.clock.advancing()) await settled();
  await settled();
}

/** All promise callbacks that are due have run. */
export function settled() {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Keeps what a target is told: `types` of its events, in order. */
export function listening(target, types) {
  const events = [];
  for (const type of types.split(' ')) target.addEventListener(type, (event) => events.push(event));
  return { events, get types() { return events.map(({ type }) => type); } };
}
