/**
 * Buttons that WeChat draws over a game. Here nobody sees them and nobody taps them.
 */

import { createListeners } from './listeners.js';

/**
 * @param {{kernel: import('../kernel.js').Kernel}} room
 * @param {any} [options] type, text, image, style
 */
export function wxButton({ kernel }, options = {}) {
  const nothing = () => undefined;
  return {
    type: 'text', text: '', image: '', ...options, style: { ...options.style },
    ...createListeners(kernel).functions('Tap'), show: nothing, hide: nothing, destroy: nothing,
  };
}
