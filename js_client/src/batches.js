/**
 * Puts the values of several instances together into one batch, and takes a batch apart again.
 *
 * A batch is laid out as `gymnasium.vector.utils.batch_space` does: array spaces get a leading axis, Dict and Tuple
 * keep their form with batches inside, the rest are lists. Values are taken as they come and must have been checked.
 */

import { flattenInto, isList, NumericArray, part, sizeOf, storage } from './arrays.js';
import { arrayShape, dtypeOfSpace } from './spaces.js';

/** @typedef {import('./spaces.js').Space} Space */

/**
 * Collects values one by one; `put` copies, so a game may use one buffer for all its observations.
 * @typedef {object} Gatherer
 * @property {(value: any) => void} put
 * @property {() => any} take the batch of what was put in
 */

/**
 * How the values of one space travel.
 * @typedef {object} Layout
 * @property {(capacity: number) => Gatherer} gather an empty batch with room for so many values
 * @property {(value: any) => any} pack a single value for a message, copied where it is an array
 * @property {(batch: any, i: number) => any} pick value i of a batch, as the game gets it
 * @property {(packed: any) => any} unpack a single value of a message, as the game gets it
 */

/**
 * The layout of a space. Games get arrays flat, in C order, in the storage that arrays.js tells for the dtype; an
 * array of shape [] is a number.
 * @param {Space} space
 * @returns {Layout}
 */
export function layout(space) {
  switch (space.type) {
    case 'Box': case 'MultiBinary': case 'MultiDiscrete': return arrayLayout(space);
    case 'Discrete': case 'Text': return listed((value) => value, (packed) => packed);
    case 'Dict': return dictLayout(space);
    case 'Tuple': return tupleLayout(space);
    case 'Sequence': return sequenceLayout(space);
    case 'Graph': return graphLayout(space);
    case 'OneOf': return oneOfLayout(space);
    default: throw new TypeError(`no such space: ${/** @type {any} */ (space)?.type}`);
  }
}

/** @param {import('./spaces.js').ArraySpace} space @returns {Layout} */
function arrayLayout(space) {
  const shape = arrayShape(space);
  const dtype = dtypeOfSpace(space);
  const size = sizeOf(shape);
  /** @param {any} data @param {number} i */
  const one = (data, i) => (shape.length === 0 ? data[i] : part(data, i * size, (i + 1) * size));
  /** @param {any} value */
  const flat = (value) => {
    const data = storage(dtype, size);
    copyInto(data, value, 0);
    return data;
  };
  return {
    gather: (capacity) => arrayGatherer(dtype, shape, capacity),
    pack: (value) => new NumericArray(dtype, shape, flat(value)),
    pick: (batch, i) => (batch instanceof NumericArray ? one(batch.data, i) : one(flat(batch[i]), 0)),
    unpack: (packed) => (packed instanceof NumericArray ? one(packed.data, 0) : one(flat(packed), 0)),
  };
}

/** @param {import('./arrays.js').Dtype} dtype @param {number[]} shape @param {number} capacity @returns {Gatherer} */
function arrayGatherer(dtype, shape, capacity) {
  const size = sizeOf(shape);
  const data = storage(dtype, capacity * size);
  let count = 0;
  return {
    put(value) {
      copyInto(data, value, count * size);
      count += 1;
    },
    take: () => new NumericArray(dtype, [count, ...shape], part(data, 0, count * size)),
  };
}

/** @param {any} data @param {any} value @param {number} start */
function copyInto(data, value, start) {
  if (value?.constructor === data.constructor && !Array.isArray(data)) data.set(value, start);
  else if (Array.isArray(data) || !isList(value) || isList(value[0])) flattenInto(value, data, start);
  else data.set(value, start);
}

/**
 * The layout of the kinds that don't batch: a list of single values.
 * @param {(value: any) => any} pack
 * @param {(packed: any) => any} unpack
 * @returns {Layout}
 */
function listed(pack, unpack) {
  return { pack, unpack, gather: () => listGatherer(pack), pick: (batch, i) => unpack(at(batch, i)) };
}

/** @param {(value: any) => any} pack @returns {Gatherer} */
function listGatherer(pack) {
  /** @type {any[]} */
  const values = [];
  return { put: (value) => values.push(pack(value)), take: () => values };
}

/** A list of whole numbers may come as an array of one axis. @param {any} batch @param {number} i */
function at(batch, i) {
  return batch instanceof NumericArray ? batch.data[i] : batch[i];
}

/** @param {import('./spaces.js').DictSpace} space @returns {Layout} */
function dictLayout({ spaces }) {
  /** @type {[string, Layout][]} */
  const entries = Object.entries(spaces).map(([key, space]) => [key, layout(space)]);
  /** @param {(part: Layout, key: string) => any} make */
  const each = (make) => Object.fromEntries(entries.map(([key, part]) => [key, make(part, key)]));
  return {
    gather: (capacity) => dictGatherer(entries.map(([key, part]) => [key, part.gather(capacity)])),
    pack: (value) => each((part, key) => part.pack(value[key])),
    pick: (batch, i) => each((part, key) => part.pick(batch[key], i)),
    unpack: (packed) => each((part, key) => part.unpack(packed[key])),
  };
}

/** @param {[string, Gatherer][]} parts @returns {Gatherer} */
function dictGatherer(parts) {
  return {
    put: (value) => parts.forEach(([key, part]) => part.put(value[key])),
    take: () => Object.fromEntries(parts.map(([key, part]) => [key, part.take()])),
  };
}

/** @param {import('./spaces.js').TupleSpace} space @returns {Layout} */
function tupleLayout({ spaces }) {
  const parts = spaces.map(layout);
  return {
    gather: (capacity) => tupleGatherer(parts.map((part) => part.gather(capacity))),
    pack: (value) => parts.map((part, k) => part.pack(value[k])),
    pick: (batch, i) => parts.map((part, k) => part.pick(batch[k], i)),
    unpack: (packed) => parts.map((part, k) => part.unpack(packed[k])),
  };
}

/** @param {Gatherer[]} parts @returns {Gatherer} */
function tupleGatherer(parts) {
  return {
    put: (value) => parts.forEach((part, k) => part.put(value[k])),
    take: () => parts.map((part) => part.take()),
  };
}

/** @param {import('./spaces.js').SequenceSpace} space @returns {Layout} */
function sequenceLayout({ space, stack = false }) {
  const entry = layout(space);
  if (stack) return listed((value) => gathered(entry, value), (packed) => scattered(space, entry, packed));
  return listed((value) => Array.from(value, entry.pack), (packed) => Array.from(packed, entry.unpack));
}

/** @param {Layout} entry @param {ArrayLike<any>} values */
function gathered(entry, values) {
  const batch = entry.gather(values.length);
  for (let i = 0; i < values.length; i += 1) batch.put(values[i]);
  return batch.take();
}

/** @param {Space} space @param {Layout} entry @param {any} batch */
function scattered(space, entry, batch) {
  return Array.from({ length: lengthOf(space, batch) }, (_, i) => entry.pick(batch, i));
}

/** How many values a batch holds, read off its first leaf. @param {Space} space @param {any} batch @returns {number} */
function lengthOf(space, batch) {
  if (batch instanceof NumericArray) return batch.shape[0];
  switch (space.type) {
    case 'Dict': {
      const [key] = Object.keys(space.spaces);
      return lengthOf(space.spaces[key], batch[key]);
    }
    case 'Tuple': return lengthOf(space.spaces[0], batch[0]);
    default: return batch.length;
  }
}

/** @param {import('./spaces.js').GraphSpace} space @returns {Layout} */
function graphLayout({ node_space: nodeSpace, edge_space: edgeSpace = null }) {
  const [nodes, links] = [layout(nodeSpace), layout({ type: 'MultiDiscrete', nvec: [1, 1] })];
  const edges = edgeSpace && layout(edgeSpace);
  /** @param {Space|null} space @param {Layout|null} part @param {any} list */
  const read = (space, part, list) => (list == null || !space || !part ? null : scattered(space, part, list));
  return listed(
    (value) => ({
      nodes: gathered(nodes, value.nodes),
      edges: edges && value.edges ? gathered(edges, value.edges) : null,
      edge_links: value.edge_links ? gathered(links, value.edge_links) : null,
    }),
    (packed) => ({
      nodes: read(nodeSpace, nodes, packed.nodes),
      edges: read(edgeSpace, edges, packed.edges),
      edge_links: read({ type: 'MultiDiscrete', nvec: [1, 1] }, links, packed.edge_links),
    }),
  );
}

/** @param {import('./spaces.js').OneOfSpace} space @returns {Layout} */
function oneOfLayout({ spaces }) {
  const parts = spaces.map(layout);
  return listed(
    ([index, value]) => [index, parts[index].pack(value)],
    ([index, packed]) => [index, parts[index].unpack(packed)],
  );
}
