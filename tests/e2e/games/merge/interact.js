/** The part that talks: wx's older functions for the one socket. */

let isOpen = false;

function connect(url) {
  wx.connectSocket({ url, fail: ({ errMsg }) => console.log(errMsg) });
}

function listen(onRestart, onAction) {
  wx.onSocketOpen(() => { isOpen = true; });
  wx.onSocketClose(() => { isOpen = false; });
  wx.onSocketError(({ errMsg }) => console.log(errMsg));
  wx.onSocketMessage(({ data }) => {
    const { action, restart } = JSON.parse(data);
    if (restart === true) onRestart();
    // Apart from the above, as such games have it: a restart comes with an action that is none.
    for (let known = 0; known < 4; known += 1) if (action === known) onAction(known);
  });
}

function answer(obs, reward, done) {
  if (isOpen) wx.sendSocketMessage({ data: JSON.stringify({ obs, reward, done, send_time: Date.now() }) });
}

module.exports = { connect, listen, answer };
