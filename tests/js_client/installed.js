/**
 * Development packages, found where `npm ci` puts them: in js_client/node_modules, which is no parent of the tests.
 */

import { createRequire } from 'node:module';

const require = createRequire(new URL('../../js_client/package.json', import.meta.url));

/** @param {string} name @returns {any} */
export const installed = (name) => require(name);
