import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { canvasPackageIn, createRealCanvas, findRealCanvas } from '../../../../js_client/host/vm/real-canvas.js';
import { packageFolders } from '../../../../js_client/host/optional.js';

const module = packageFolders().map(canvasPackageIn).find(Boolean);
const skip = module ? false : '@napi-rs/canvas is not installed';

/** A folder with a package of that name, for as long as a test runs. */
function folderWith(t, text) {
  const folder = mkdtempSync(join(tmpdir(), 'stepwire-canvas-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const place = join(folder, '@napi-rs', 'canvas');
  mkdirSync(place, { recursive: true });
  if (text !== undefined) writeFileSync(join(place, 'index.js'), text);
  return folder;
}

test('the package is found where it is installed', { skip }, () => {
  const canvas = findRealCanvas();
  assert.deepEqual([canvas.create(3, 4).width, canvas.create(3, 4).height], [3, 4]);
});

test('where it is not there is none', (t) => assert.equal(canvasPackageIn(folderWith(t, undefined)), undefined));

test('a package that cannot be loaded is named', (t) => {
  assert.throws(() => canvasPackageIn(folderWith(t, "throw new Error('wrong machine')")), { message: /canvas.*cannot be loaded: Error: wrong machine/ });
});

test('fonts of the machine are not looked for while it is loaded, and the environment stays as it was', (t) => {
  const before = process.env.DISABLE_SYSTEM_FONTS_LOAD;
  const { found } = canvasPackageIn(folderWith(t, 'exports.found = process.env.DISABLE_SYSTEM_FONTS_LOAD'));
  assert.deepEqual([found, process.env.DISABLE_SYSTEM_FONTS_LOAD], ['1', before]);
});

test('all fonts are ours', { skip }, () => {
  createRealCanvas(module);
  createRealCanvas(module);
  assert.deepEqual(module.GlobalFonts.families.map(({ family }) => family).sort(), ['stepwire mono', 'stepwire mono bold', 'stepwire sans', 'stepwire sans bold']);
});

test('a file is decoded once for all realms of a game, and not for those of another', { skip }, () => {
  const [one, two] = [createRealCanvas(module), createRealCanvas(module)];
  const png = one.create(5, 6).toBuffer('image/png');
  const picture = one.decode(png, '/a.png');
  assert.deepEqual([picture.width, picture.height], [5, 6]);
  assert.equal(one.decode(png, '/a.png'), picture);
  assert.notEqual(two.decode(png, '/a.png'), picture);
  assert.notEqual(one.decode(png), picture);
});

test('what is no picture is none', { skip }, () => assert.equal(createRealCanvas(module).decode(Buffer.from('text')), undefined));

test('pixels and paths are made for native contexts', { skip }, () => {
  const canvas = createRealCanvas(module);
  const context = canvas.create(2, 2).getContext('2d');
  context.putImageData(canvas.imageData(Uint8ClampedArray.of(1, 2, 3, 255), 1, 1), 1, 1);
  const path = canvas.createPath();
  path.rect(0, 0, 1, 1);
  context.fillStyle = '#040506';
  context.fill(path);
  assert.deepEqual([...context.getImageData(1, 1, 1, 1).data, ...context.getImageData(0, 0, 1, 1).data], [1, 2, 3, 255, 4, 5, 6, 255]);
});
