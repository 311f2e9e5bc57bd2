/**
 * Frees the realms that were given up, before V8 would: it sees small objects where whole worlds hang on them.
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Realms made until what was given up is collected: some fifty megabytes, and a pause of some thirty milliseconds each time. */
const REALMS = 64;

// V8's cache of compiled text keeps ES modules, and with them their realms, for ever (Node 24). Texts are compiled once
// anyway: scripts are kept by us, and modules have their code with them.
setFlagsFromString('--no-compilation-cache');
setFlagsFromString('--expose-gc');
/** @type {(how: {type: 'major', execution: 'async'}) => Promise<void>} */
const collect = runInNewContext('gc');

let made = 0;

/** A realm has been made: its loading has left garbage, and mostly it takes the place of another. */
export function realmMade() {
  made += 1;
  if (made % REALMS === 0) setImmediate(() => collect({ type: 'major', execution: 'async' }));
}
