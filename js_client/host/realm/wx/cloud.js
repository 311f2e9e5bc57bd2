/**
 * WeChat's cloud, which cannot be reached from here: every call is accepted and fails as a network does.
 */

/** @typedef {import('./wx.js').WxRoom} WxRoom */

const CLOUD_CALLS = 'callFunction uploadFile downloadFile getTempFileURL deleteFile callContainer getUserInfo';
const CLOUD_READING = 'get add update set remove count watch aggregate end';
const CLOUD_QUERYING = 'collection doc where orderBy limit skip field match group project sort sample unwind lookup addFields';
const CLOUD_COMMANDS = 'eq neq lt lte gt gte in nin exists mod all elemMatch size and or not nor set remove inc mul min max rename push pop shift '
  + 'unshift pull pullAll addToSet expr';

/** @param {WxRoom} room */
export function wxCloud({ kernel, calls }) {
  /** @param {string} name */
  const note = (name) => kernel.report.note('network', `wx.cloud.${name}`);
  const reaching = () => calls.failing(CLOUD_CALLS, 'the network cannot be reached', note);
  const cloud = {
    init: () => undefined,
    ...reaching(),
    database: () => cloudDatabase(calls, note),
    CloudID: (/** @type {string} */ id) => ({ cloudID: id }),
    Cloud: class {
      constructor() {
        Object.assign(this, reaching(), { init: () => Promise.resolve(), database: cloud.database });
      }
    },
  };
  return { cloud };
}

/** @param {WxRoom['calls']} calls @param {(name: string) => void} note */
function cloudDatabase(calls, note) {
  /** Every question of a chain is the same object. @type {Record<string, any>} */
  const query = calls.failing(CLOUD_READING, 'the network cannot be reached', (name) => note(`database: ${name}`));
  for (const name of CLOUD_QUERYING.split(' ')) query[name] = () => query;
  /** @type {Record<string, any>} */
  const command = {};
  for (const name of CLOUD_COMMANDS.split(' ')) command[name] = (/** @type {any[]} */ ...operands) => ({ ...command, operator: name, operands });
  return {
    ...query, command,
    serverDate: () => ({ $date: 'server' }),
    RegExp: (/** @type {any} */ options) => ({ ...options }),
    Geo: { Point: (/** @type {number} */ longitude, /** @type {number} */ latitude) => ({ longitude, latitude }) },
  };
}
