import assert from 'node:assert/strict';
import { test } from 'node:test';

import { answering } from '../../../../js_client/examples/grid/messages.js';
import { begun, MOST_TURNS, moved } from '../../../../js_client/examples/grid/rules.js';

const BEGINNING = '{"player_pos":[2,2],"enemy_pos":[7,7]}';

/** A game, and what it has drawn. */
function game(ways = {}) {
  const pictures = [];
  return { pictures, answer: answering({ draw: (picture) => pictures.push(picture), ...ways }) };
}

test('a reset is answered with an observation, a step with its outcome, as the guide has them', () => {
  const { answer } = game();
  assert.equal(answer('{"type": "reset"}'), `{"observation":${BEGINNING}}`);
  assert.equal(
    answer('{"type": "step", "action": 2}'), '{"observation":{"player_pos":[1,2],"enemy_pos":[7,7]},"reward":1,"terminated":false,"truncated":false}',
  );
  assert.equal(answer('{"type": "reset"}'), `{"observation":${BEGINNING}}`);
});

test('answers say their type where that is wanted', () => {
  const { answer } = game({ typed: true });
  assert.equal(answer('{"type": "reset"}'), `{"type":"reset","observation":${BEGINNING}}`);
  assert.equal(JSON.parse(answer('{"type": "step", "action": 0}')).type, 'observation');
});

test('a render is drawn here and not answered, as the guide has it', () => {
  const { answer, pictures } = game();
  assert.equal(answer('{"type": "render"}'), undefined);
  assert.equal(pictures.length, 1);
});

test('a render is answered where frames are wanted', () => {
  const { answer, pictures } = game({ frames: true });
  const { type, text } = JSON.parse(answer('{"type": "render"}'));
  assert.deepEqual([type, text.split('\n')[2], pictures], ['frame', '..P.......', []]);
});

test('being caught terminates and costs ten, and goes on saying so', () => {
  const { answer } = game();
  let last;
  for (let turn = 0; turn < 20; turn += 1) last = JSON.parse(answer('{"type": "step", "action": 9}'));
  assert.deepEqual([last.terminated, last.truncated, last.reward], [true, false, -10]);
  assert.deepEqual(JSON.parse(answer('{"type": "step", "action": 0}')), last);
});

test('time is up for who gets away, and that truncates', () => {
  const { answer } = game();
  let grid = begun();
  const distance = ({ player, enemy }) => Math.abs(player[0] - enemy[0]) + Math.abs(player[1] - enemy[1]);
  for (let turn = 1; turn <= MOST_TURNS; turn += 1) {
    const action = [0, 1, 2, 3].reduce((best, other) => (distance(moved(grid, other)) > distance(moved(grid, best)) ? other : best));
    grid = moved(grid, action);
    const { observation, ...rest } = JSON.parse(answer(JSON.stringify({ type: 'step', action })));
    assert.deepEqual(observation, { player_pos: grid.player, enemy_pos: grid.enemy });
    assert.deepEqual(rest, { reward: 1, terminated: false, truncated: turn === MOST_TURNS });
  }
});

test('what is no message of a trainer is not answered', () => {
  const { answer } = game();
  for (const text of ['nonsense', '', 'null', '3', '[]', '{}', '{"type": "action", "action": 1}', '{"type": 3}']) assert.equal(answer(text), undefined);
});
