/**
 * The golden transcripts: the bridge's lines are fed to a scripted game, and the game must say what its lines say.
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';

import { conversation, hello } from '../../js_client/src/conversation.js';
import { performer } from '../../js_client/src/instances.js';
import { read } from '../../js_client/src/messages.js';
import { GAMES } from './scripted.js';
import { quiet } from './quiet.js';

const FOLDER = new URL('../transcripts/', import.meta.url);

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'))) {
  const [header, ...lines] = readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n').map((line) => JSON.parse(line));

  test(`transcript ${header.transcript}: ${header.about}`, async () => {
    const { name, instances, token } = lines[0].message;
    const games = Array.from({ length: instances }, GAMES[name]);
    const said = [];
    const talk = conversation(instances, performer(games, () => {}), {
      send: (data) => said.push(read(data)), close() {}, onWelcome() {}, log: quiet,
    });
    talk.say(hello(games[0], { name, instances, token }));
    for (const line of lines) {
      await setImmediate();
      if (line.from === 'bridge') talk.receive(wire(line));
      else assert.deepEqual(said.shift(), read(wire(line)));
    }
    assert.deepEqual(said, []);
    assert.equal(talk.isIdle(), true);
  });
}

/** What went over the wire. */
function wire({ message, binary }) {
  return message ? JSON.stringify(message) : new Uint8Array(Buffer.from(binary, 'base64'));
}
