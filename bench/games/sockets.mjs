/**
 * Serves snakes as our client does, without a bridge: each connection has so many of them.
 *
 *     node sockets.mjs URL CONNECTIONS INSTANCES
 */

import snake from '../../js_client/examples/snake/game.js';
import { serve } from '../../js_client/src/index.js';

const [url, connections, instances] = process.argv.slice(2);
const log = { info() {}, warn: console.error };
for (let i = 0; i < Number(connections); i += 1) {
  serve(() => snake(), { url, instances: Number(instances), log });
}
