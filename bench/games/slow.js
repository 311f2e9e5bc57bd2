/**
 * The timed game with steps of 200 ms.
 */

import { timed } from './timed.js';

export default () => timed(200);
