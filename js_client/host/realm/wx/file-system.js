/**
 * `wx.getFileSystemManager()`: every operation once, and from it the form with callbacks and the one that throws.
 */

import { WxFailure } from './calls.js';
import { ownPath, parentFolder, USER_FOLDER } from './disk.js';
import { base64Bytes, base64Text, bytesInEncoding, textInEncoding } from './encodings.js';

/** @typedef {import('./wx.js').WxRoom} WxRoom */
/** @typedef {import('./disk.js').Disk} Disk */

/** What the forms that throw take, in order. @type {Record<string, string[]>} */
const FILE_ARGUMENTS = {
  access: ['path'], readFile: ['filePath', 'encoding', 'position', 'length'], writeFile: ['filePath', 'data', 'encoding'],
  appendFile: ['filePath', 'data', 'encoding'], unlink: ['filePath'], mkdir: ['dirPath', 'recursive'], rmdir: ['dirPath', 'recursive'],
  readdir: ['dirPath'], stat: ['path', 'recursive'], rename: ['oldPath', 'newPath'], copyFile: ['srcPath', 'destPath'],
  saveFile: ['tempFilePath', 'filePath'], getFileInfo: ['filePath'], getSavedFileList: [], removeSavedFile: ['filePath'],
};
/** Of an operation's result, what the form that throws gives back. @type {Record<string, string>} */
const FILE_RESULTS = { readFile: 'data', readdir: 'files', stat: 'stats', saveFile: 'savedFilePath' };

/** @param {WxRoom} room */
export function wxFileSystem({ kernel, calls, disk }) {
  /** @type {Record<string, any>|undefined} */
  let manager;
  const once = () => (manager ??= fileManager(kernel, calls, disk));
  return {
    env: { USER_DATA_PATH: USER_FOLDER },
    getFileSystemManager: once,
    saveFile: (/** @type {any} */ options) => once().saveFile(options),
    getFileInfo: (/** @type {any} */ options) => once().getFileInfo(options),
    saveFileToDisk: calls.call('saveFileToDisk', () => ({})),
    base64ToArrayBuffer: (/** @type {string} */ text) => base64Bytes(String(text)).buffer,
    arrayBufferToBase64: (/** @type {ArrayBuffer} */ buffer) => base64Text(new Uint8Array(buffer)),
  };
}

/** @param {WxRoom['kernel']} kernel @param {WxRoom['calls']} calls @param {Disk} disk @returns {Record<string, any>} */
function fileManager(kernel, calls, disk) {
  const operations = fileOperations(kernel, disk);
  /** @type {Record<string, any>} */
  const manager = {};
  for (const [name, work] of Object.entries(operations)) {
    manager[name] = calls.call(name, work);
    manager[`${name}Sync`] = (/** @type {any[]} */ ...values) => {
      const options = Object.fromEntries(FILE_ARGUMENTS[name].map((key, i) => [key, values[i]]));
      return throwingFile(`${name}Sync`, () => work(options))[FILE_RESULTS[name]];
    };
  }
  return Object.assign(manager, calls.failing('unzip readCompressedFile readZipEntry open', 'not supported', (name) => {
    kernel.report.note('needs_browser', `FileSystemManager.${name}`);
  }));
}

/** @param {WxRoom['kernel']} kernel @param {Disk} disk @returns {Record<string, (options: any) => any>} */
function fileOperations(kernel, disk) {
  /** @param {string} path @param {string} what @returns {Uint8Array} */
  const read = (path, what) => disk.read(path) ?? noSuchFile(path, what);
  /** @param {{filePath: string, data: any, encoding?: string}} options @param {string} what */
  const bytesGiven = ({ data, encoding = 'utf8' }, what) => {
    if (typeof data === 'string') return bytesInEncoding(data, encoding) ?? noSuchFile(encoding, what);
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));
    return new Uint8Array(data.slice(0));
  };
  let saved = 0;
  return {
    access: ({ path }) => (disk.exists(path) ? {} : noSuchFile(path, 'access')),
    readFile({ filePath, encoding, position = 0, length }) {
      const bytes = read(filePath, 'open').subarray(position, length === undefined ? undefined : position + length);
      return { data: encoding ? textInEncoding(bytes, encoding) ?? noSuchFile(encoding, 'encoding') : bytes.slice().buffer };
    },
    writeFile: (options) => disk.write(options.filePath, bytesGiven(options, 'open'), 'open') ?? {},
    appendFile(options) {
      const [before, more] = [read(options.filePath, 'open'), bytesGiven(options, 'open')];
      const bytes = new Uint8Array(before.length + more.length);
      bytes.set(before);
      bytes.set(more, before.length);
      return disk.write(options.filePath, bytes, 'open') ?? {};
    },
    unlink({ filePath }) {
      if (!disk.own.delete(ownPath(filePath, 'unlink'))) noSuchFile(filePath, 'unlink');
      return {};
    },
    rename({ oldPath, newPath }) {
      const bytes = read(oldPath, 'rename');
      disk.write(newPath, bytes, 'rename');
      disk.own.delete(ownPath(oldPath, 'rename'));
      return {};
    },
    copyFile: ({ srcPath, destPath }) => disk.write(destPath, read(srcPath, 'copyFile'), 'copyFile') ?? {},
    saveFile({ tempFilePath, filePath = `${USER_FOLDER}/saved-${++saved}` }) {
      disk.write(filePath, read(tempFilePath, 'saveFile'), 'saveFile');
      return { savedFilePath: filePath };
    },
    getFileInfo: ({ filePath }) => ({ size: read(filePath, 'getFileInfo').length, digest: '' }),
    getSavedFileList: () => ({
      fileList: [...disk.own].filter(([path]) => path.startsWith(`${USER_FOLDER}/saved-`))
        .map(([filePath, { bytes, time }]) => ({ filePath, size: bytes.length, createTime: Math.floor(time / 1000) })),
    }),
    removeSavedFile({ filePath }) {
      if (!disk.own.delete(ownPath(filePath, 'removeSavedFile'))) noSuchFile(filePath, 'removeSavedFile');
      return {};
    },
    stat({ path }) {
      if (!disk.exists(path)) noSuchFile(path, 'stat');
      return { stats: fileStats(disk, path, kernel.clock.date()) };
    },
    ...folderOperations(disk),
  };
}

/** @param {Disk} disk @returns {Record<string, (options: any) => any>} */
function folderOperations({ own, folders }) {
  /** @param {string} folder */
  const children = (folder) => [...own.keys(), ...folders].filter((path) => path.startsWith(`${folder}/`));
  return {
    mkdir({ dirPath, recursive = false }) {
      const folder = ownPath(dirPath, 'mkdir');
      if (folders.has(folder) && !recursive) throw new WxFailure(`file already exists ${dirPath}`);
      if (!folders.has(parentFolder(folder)) && !recursive) noSuchFile(dirPath, 'mkdir');
      for (let path = folder; !folders.has(path) && /\/\/./.test(path); path = parentFolder(path)) folders.add(path);
      return {};
    },
    rmdir({ dirPath, recursive = false }) {
      const folder = ownPath(dirPath, 'rmdir');
      if (!folders.has(folder)) noSuchFile(dirPath, 'rmdir');
      const inside = children(folder);
      if (inside.length > 0 && !recursive) throw new WxFailure(`directory not empty ${dirPath}`);
      for (const path of [folder, ...inside]) {
        own.delete(path);
        folders.delete(path);
      }
      return {};
    },
    readdir({ dirPath }) {
      const folder = ownPath(dirPath, 'readdir');
      if (!folders.has(folder)) noSuchFile(dirPath, 'scandir');
      return { files: [...new Set(children(folder).map((path) => path.slice(folder.length + 1).split('/', 1)[0]))].sort() };
    },
  };
}

/** @param {Disk} disk @param {string} path @param {number} now */
function fileStats(disk, path, now) {
  const bytes = disk.read(path);
  return {
    mode: bytes ? 33206 : 16822, size: bytes?.length ?? 0, lastAccessedTime: Math.floor(now / 1000), lastModifiedTime: Math.floor(now / 1000),
    isFile: () => bytes !== undefined, isDirectory: () => bytes === undefined,
  };
}

/** @param {string} path @param {string} what @returns {never} */
function noSuchFile(path, what) {
  throw new WxFailure(`no such file or directory, ${what} '${path}'`);
}

/** @param {string} name @param {() => any} work */
function throwingFile(name, work) {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof WxFailure)) throw error;
    const errMsg = `${name}:fail ${error.message}`;
    throw Object.assign(new Error(errMsg), { errMsg });
  }
}
