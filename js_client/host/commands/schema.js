/**
 * `schema`: the JSON Schema of descriptions.
 */

import { schema } from '../description/schema.js';

/** @returns {Promise<number>} */
export async function run() {
  console.log(JSON.stringify(schema(), null, 2));
  return 0;
}
