import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { officialWxNames, wxNamesIn } from '../../../js_client/host/wx-names.js';

const TYPINGS = `declare namespace WechatMinigame {
    interface Other {
        createOther(): void
    }
    interface Wx {
        /** [wx.createCanvas()](https://example.com)
         *
\`\`\`js
        notThis()
    }
\`\`\` */
        createCanvas(): Canvas
        request<T extends string = string>(
            /** url: of what */
            option: RequestOption
        ): RequestTask
        request(option: Other): RequestTask
        cloud: Cloud
        env?: { USER_DATA_PATH: string }
    }
    interface Last {
        createLast(): void
    }
}`;

test('the members of wx are found, without comments and parameters', () => {
  assert.deepEqual(wxNamesIn(TYPINGS), ['cloud', 'createCanvas', 'env', 'request']);
});

test('the names are read from the first folder that has the package', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'wx-names-'));
  t.after(() => rmSync(folder, { recursive: true }));
  assert.equal(officialWxNames([folder]), undefined);
  const typings = join(folder, 'minigame-api-typings', 'types', 'wx');
  mkdirSync(typings, { recursive: true });
  writeFileSync(join(typings, 'lib.wx.api.d.ts'), TYPINGS);
  assert.equal(officialWxNames([join(folder, 'none'), folder])?.length, 4);
});

test('typings of another form are no names', () => assert.deepEqual(wxNamesIn('interface Another {}'), []));

test('where optional packages are installed is looked at first', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'wx-names-'));
  const before = process.env.STEPWIRE_NODE_MODULES;
  t.after(() => {
    if (before === undefined) delete process.env.STEPWIRE_NODE_MODULES;
    else process.env.STEPWIRE_NODE_MODULES = before;
    rmSync(folder, { recursive: true });
  });
  const typings = join(folder, 'minigame-api-typings', 'types', 'wx');
  mkdirSync(typings, { recursive: true });
  writeFileSync(join(typings, 'lib.wx.api.d.ts'), TYPINGS);
  process.env.STEPWIRE_NODE_MODULES = folder;
  assert.equal(officialWxNames()?.length, 4);
});
