/**
 * The timed game with steps of 10 ms.
 */

import { timed } from './timed.js';

export default () => timed(10);
