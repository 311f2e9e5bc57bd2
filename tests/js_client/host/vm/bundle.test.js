import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';

import { bundled } from '../../../../js_client/host/vm/bundle.js';
import { folderOf } from '../games.js';

/** The bundle of these files, from a.js on. */
const bundleOf = (files) => bundled(pathToFileURL(join(folderOf(files), 'a.js')));

test('modules run once each, before those that import them', () => {
  const text = bundleOf({
    'a.js': "import { b } from './b.js';\nimport {\n  c,\n  C,\n} from './deep/c.js';\nexport function a() { return [b(), c, new C() instanceof C]; }\n",
    'b.js': "import { c } from './deep/c.js';\nconst hidden = 1;\nexport function b() { return c + hidden; }\n",
    'deep/c.js': 'const hidden = 40;\nexport const c = hidden + 1;\nexport class C {}\n',
  });
  assert.deepEqual([...vm.runInNewContext(text).a()], [42, 41, true]);
});

const FORBIDDEN = ["import a from './b.js';", "import * as b from './b.js';", 'export default 1;', 'export { a };', 'export let a;'];
for (const line of FORBIDDEN) {
  test(`${line} is no form for a realm's files`, () => {
    assert.throws(() => bundleOf({ 'a.js': `${line}\n`, 'b.js': '' }), /is no form that a realm's files may have/);
  });
}

test('a cycle is told', () => {
  assert.throws(() => bundleOf({ 'a.js': "import { b } from './b.js';\n", 'b.js': "import { a } from './a.js';\n" }), /imports itself/);
});
