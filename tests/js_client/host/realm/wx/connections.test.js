import assert from 'node:assert/strict';
import { test } from 'node:test';

import { wechat } from '../../../../../js_client/src/transports/wechat.js';
import { outside } from './outside.js';
import { keepingCalls, miniGame } from './realms.js';

function dialling() {
  const there = outside();
  return { ...there, ...miniGame({}, { connect: there.connect }) };
}

function hearing(task, heard = []) {
  task.onOpen(() => heard.push(['open']));
  task.onMessage(({ data }) => heard.push(['message', data]));
  task.onError(({ errMsg }) => heard.push(['error', errMsg]));
  task.onClose(({ code, reason }) => heard.push(['close', code, reason]));
  return heard;
}

test('the task is there at once and its events come in later tasks', () => {
  const { wx, sockets, advance } = dialling();
  const { told, success } = keepingCalls();
  const task = wx.connectSocket({ url: 'ws://localhost:7891', protocols: ['json'], success });
  const heard = hearing(task);
  sockets[0].handlers.onOpen();
  sockets[0].handlers.onMessage('hello');
  assert.deepEqual([heard, told, task.readyState], [[], [], task.CONNECTING]);
  advance();
  assert.deepEqual(heard, [['open'], ['message', 'hello']]);
  assert.deepEqual([told[0][1].errMsg, task.readyState, sockets[0].protocols], ['connectSocket:ok', task.OPEN, ['json']]);
});

test('success and fail of sending say only whether the call was accepted', () => {
  const { wx, sockets, advance } = dialling();
  const { told, success, fail } = keepingCalls();
  const task = wx.connectSocket({ url: 'ws://a' });
  task.send({ data: 'early', success, fail });
  sockets[0].handlers.onOpen();
  advance();
  task.send({ data: 'text', success, fail });
  task.send({ data: Uint8Array.of(1).buffer, success, fail });
  advance();
  assert.deepEqual(told.map(([outcome, { errMsg }]) => [outcome, errMsg]), [
    ['fail', 'sendSocketMessage:fail SocketTask.readyState is not OPEN'], ['success', 'sendSocketMessage:ok'], ['success', 'sendSocketMessage:ok'],
  ]);
  assert.deepEqual(sockets[0].sent, ['text', Uint8Array.of(1).buffer]);
});

test('binary messages come as ArrayBuffers', () => {
  const { wx, sockets, advance } = dialling();
  const heard = hearing(wx.connectSocket({ url: 'ws://a' }));
  sockets[0].handlers.onMessage(Uint8Array.of(7).buffer);
  advance();
  assert.ok(heard[0][1] instanceof ArrayBuffer);
});

test('code and reason of the end come back', () => {
  const { wx, sockets, advance } = dialling();
  const task = wx.connectSocket({ url: 'ws://a' });
  const heard = hearing(task);
  task.close({ code: 3001, reason: 'enough' });
  advance();
  assert.deepEqual([heard, sockets[0].closed, task.readyState], [[['close', 3001, 'enough']], [3001, 'enough'], task.CLOSED]);
});

test('several listeners hear, and one that is taken away does not', () => {
  const { wx, sockets, advance } = dialling();
  const task = wx.connectSocket({ url: 'ws://a' });
  const heard = [];
  const first = () => heard.push('first');
  task.onOpen(first);
  task.onOpen(() => heard.push('second'));
  task.offOpen(first);
  sockets[0].handlers.onOpen();
  advance();
  assert.deepEqual(heard, ['second']);
});

test('the sixth connection is refused, until one of the five has closed', () => {
  const { wx, sockets, advance } = dialling();
  const { told, fail } = keepingCalls();
  const tasks = Array.from({ length: 6 }, () => wx.connectSocket({ url: 'ws://a', fail }));
  tasks[5].send({ data: 'a', fail });
  advance();
  assert.deepEqual(told.map(([, { errMsg }]) => errMsg), [
    'connectSocket:fail exceed max task count', 'sendSocketMessage:fail SocketTask.readyState is not OPEN',
  ]);
  tasks[0].close();
  advance();
  wx.connectSocket({ url: 'ws://a', fail });
  advance();
  assert.deepEqual([told.length, sockets.length], [2, 6]);
});

test('without a network the task tells an error and its end, and connecting was accepted all the same', () => {
  const { wx, advance } = miniGame();
  const { told, success } = keepingCalls();
  const heard = hearing(wx.connectSocket({ url: 'ws://a', success }));
  advance();
  assert.deepEqual([told.length, heard], [1, [['error', 'the network cannot be reached'], ['close', 1006, '']]]);
});

for (const when of ['before', 'after']) {
  test(`the older functions, set ${when} connecting, are for the live connection`, () => {
    const { wx, sockets, advance } = dialling();
    const heard = [];
    const listen = () => {
      wx.onSocketOpen(() => heard.push('open'));
      wx.onSocketMessage(({ data }) => heard.push(data));
      wx.onSocketClose(({ code }) => heard.push(code));
    };
    if (when === 'before') listen();
    wx.connectSocket({ url: 'ws://a' });
    if (when === 'after') listen();
    sockets[0].handlers.onOpen();
    sockets[0].handlers.onMessage('hello');
    advance();
    wx.sendSocketMessage({ data: 'answer' });
    wx.closeSocket();
    advance();
    assert.deepEqual([heard, sockets[0].sent], [['open', 'hello', 1000], ['answer']]);
  });
}

test('an older function that is set again takes the place of the first', () => {
  const { wx, sockets, advance } = dialling();
  const heard = [];
  wx.onSocketMessage(() => heard.push('first'));
  wx.onSocketMessage(() => heard.push('second'));
  wx.connectSocket({ url: 'ws://a' });
  sockets[0].handlers.onMessage('a');
  advance();
  assert.deepEqual(heard, ['second']);
});

test('the older functions fail where nothing is connected, and do not throw', () => {
  const { wx, advance } = dialling();
  const { told, fail } = keepingCalls();
  wx.sendSocketMessage({ data: 'a', fail });
  wx.closeSocket({ fail });
  advance();
  assert.deepEqual(told.map(([, { errMsg }]) => errMsg), [
    'sendSocketMessage:fail WebSocket is not connected', 'closeSocket:fail WebSocket is not connected',
  ]);
});

test('the package\'s own WeChat transport works over it', () => {
  const { wx, sockets, advance } = dialling();
  const heard = [];
  const link = wechat({ wx })('ws://a', 'stepwire', {
    onOpen: () => heard.push('open'), onMessage: (data) => heard.push(data), onClose: (code, reason) => heard.push([code, reason]),
  });
  sockets[0].handlers.onOpen();
  advance();
  link.send('hello');
  sockets[0].handlers.onMessage('welcome');
  link.close(1000, 'bye');
  advance();
  assert.deepEqual([heard, sockets[0].sent], [['open', 'welcome', [1000, 'bye']], ['hello']]);
});
