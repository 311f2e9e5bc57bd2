import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { pages, says } from './chromium.js';

const open = await pages(after);

test('a person starts with Enter, runs with the keys, is hit, and plays again', async (t) => {
  const page = await open(t, 'dodge/');
  assert.ok(await page.locator('#welcome').isVisible());
  await page.keyboard.press('Enter');
  assert.ok(!await page.locator('#welcome').isVisible());
  await page.keyboard.down('ArrowRight');
  await page.waitForFunction('player.x > WIDTH / 2 + 40');
  await page.keyboard.up('ArrowRight');
  await says(page, 'score', /^[1-9]/);
  await page.evaluate("things.push({ kind: 'rock', radius: 16, x: player.x, y: player.y, speed: 0 })");
  await page.evaluate('player.shielded = false');
  await page.waitForFunction("phase === 'over'");
  assert.equal(await page.locator('#ending .result').textContent(), await page.locator('#score').textContent());
  await page.getByRole('button', { name: 'Again' }).click();
  assert.ok(!await page.locator('#ending').isVisible());
});

test('the best score is still known when the page is opened again', async (t) => {
  const page = await open(t, 'dodge/');
  await page.evaluate("localStorage.setItem('dodge-best', 42)");
  await page.reload();
  await says(page, 'best', /^42$/);
});
