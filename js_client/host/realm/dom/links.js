/**
 * The links between nodes: putting in, taking out, walking. Knows no class of nodes.
 */

import { here } from '../web/here.js';
import { mutated } from '../web/observers.js';
import { nodeList, putInto, takeOut } from './lists.js';

export const PARENT = Symbol('parent');
export const FIRST = Symbol('first');
export const LAST = Symbol('last');
export const NEXT = Symbol('next');
export const PREVIOUS = Symbol('previous');
/** Of a node: its children as a list, once somebody has asked. */
export const NODES = Symbol('nodes');
/** Of a node: those of them that are elements. */
export const ELEMENTS = Symbol('elements');
/** Of a node: the document that made it. */
export const OWNER = Symbol('owner');
/** A method of nodes that do something when they get into a document: scripts, styles, pictures. */
export const ARRIVED = Symbol('arrived');
/** A method of nodes that do something when they get out of it. */
export const LEFT = Symbol('left');

/** @param {any} node */
function isElementNode(node) {
  return node.nodeType === 1;
}

/** The children that are there now. @param {any} node @returns {any[]} */
export function childrenOf(node) {
  const nodes = [];
  for (let child = node[FIRST]; child !== null; child = child[NEXT]) nodes.push(child);
  return nodes;
}

/** The next node below a root, in the order of the document. @param {any} node @param {any} root @returns {any} */
export function following(node, root) {
  if (node[FIRST] !== null) return node[FIRST];
  for (let at = node; at !== null && at !== root; at = at[PARENT]) if (at[NEXT] !== null) return at[NEXT];
  return null;
}

/** All elements below a root that are wanted. @param {any} root @param {(element: any) => boolean} wants @returns {any[]} */
export function elementsBelow(root, wants) {
  const found = [];
  for (let node = following(root, root); node !== null; node = following(node, root)) {
    if (node.nodeType === 1 && wants(node)) found.push(node);
  }
  return found;
}

/** @param {any} parent @param {any} node not a fragment @param {any} before */
export function insertNode(parent, node, before) {
  if (node[PARENT] !== null) detach(node);
  if (node[OWNER] !== parent[OWNER]) adopt(node, parent[OWNER]);
  link(parent, node, before);
  count(parent, node);
  if (here.observers.size > 0) {
    mutated({ type: 'childList', target: parent, addedNodes: nodeList([node]), previousSibling: node[PREVIOUS], nextSibling: before });
  }
  if ((node[FIRST] !== null || node[ARRIVED] !== undefined) && node.isConnected) tellBelow(node, ARRIVED);
}

/** A node has come or gone. A text changes no answer of a query, unless it is a style sheet's. @param {any} parent @param {any} node */
function count(parent, node) {
  if (node.nodeType === 1 || parent.localName === 'style') here.changes += 1;
  else here.shapes += 1;
}

/** Makes a node and all below it another document's. @param {any} root @param {any} document */
export function adopt(root, document) {
  for (let node = root; node !== null; node = following(node, root)) node[OWNER] = document;
}

/** @param {any} parent @param {any} node @param {any} before */
function link(parent, node, before) {
  const previous = before === null ? parent[LAST] : before[PREVIOUS];
  node[PARENT] = parent;
  node[PREVIOUS] = previous;
  node[NEXT] = before;
  if (previous === null) parent[FIRST] = node;
  else previous[NEXT] = node;
  if (before === null) parent[LAST] = node;
  else before[PREVIOUS] = node;
  if (parent[NODES] !== undefined) putInto(parent[NODES], node, before);
  if (parent[ELEMENTS] !== undefined && isElementNode(node)) {
    let next = before;
    while (next !== null && !isElementNode(next)) next = next[NEXT];
    putInto(parent[ELEMENTS], node, next);
  }
}

/** @param {any} node */
export function detach(node) {
  const parent = node[PARENT];
  const previous = node[PREVIOUS];
  const next = node[NEXT];
  const isTold = (node[FIRST] !== null || node[LEFT] !== undefined) && node.isConnected;
  if (previous === null) parent[FIRST] = next;
  else previous[NEXT] = next;
  if (next === null) parent[LAST] = previous;
  else next[PREVIOUS] = previous;
  node[PARENT] = null;
  node[PREVIOUS] = null;
  node[NEXT] = null;
  if (parent[NODES] !== undefined) takeOut(parent[NODES], node);
  if (parent[ELEMENTS] !== undefined && isElementNode(node)) takeOut(parent[ELEMENTS], node);
  count(parent, node);
  if (here.observers.size > 0) mutated({ type: 'childList', target: parent, removedNodes: nodeList([node]), previousSibling: previous, nextSibling: next });
  if (isTold) tellBelow(node, LEFT);
}

/** @param {any} root @param {symbol} what */
function tellBelow(root, what) {
  /** @type {any[]} */
  const told = [];
  for (let node = root; node !== null; node = following(node, root)) if (node[what] !== undefined) told.push(node);
  for (const node of told) node[what]();
}

/** Removes all children. @param {any} node */
export function empty(node) {
  while (node[LAST] !== null) detach(node[LAST]);
}
