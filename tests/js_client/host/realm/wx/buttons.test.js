import assert from 'node:assert/strict';
import { test } from 'node:test';

import { miniGame } from './realms.js';

for (const name of ['createUserInfoButton', 'createGameClubButton', 'createFeedbackButton', 'createOpenSettingButton']) {
  test(`${name} gives a button that nobody taps`, () => {
    const { wx, advance } = miniGame();
    const button = wx[name]({ type: 'text', text: 'Go', style: { left: 10 } });
    button.onTap(() => assert.fail());
    button.show();
    button.style.left = 20;
    advance();
    assert.deepEqual([button.text, button.style.left], ['Go', 20]);
    button.offTap();
    button.hide();
    button.destroy();
  });
}
