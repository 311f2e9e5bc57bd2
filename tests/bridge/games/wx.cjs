/** As much of WeChat's `wx` as a game with a socket needs: the calls for the one socket of old, over a real one. */
const listeners = {};
let socket;

for (const event of ['Open', 'Close', 'Error', 'Message']) {
  exports[`onSocket${event}`] = (listener) => {
    listeners[event] = listener;
  };
}

exports.connectSocket = ({ url }) => {
  socket = new WebSocket(url);
  socket.onopen = () => listeners.Open?.({});
  socket.onclose = ({ code, reason }) => listeners.Close?.({ code, reason });
  socket.onerror = () => listeners.Error?.({ errMsg: 'connection failed' });
  socket.onmessage = ({ data }) => listeners.Message?.({ data });
};

exports.sendSocketMessage = ({ data }) => socket.send(data);
