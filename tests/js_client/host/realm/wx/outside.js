/**
 * The outside of a realm as far as sockets go: remembers who dialled, and lets a test say what happens.
 */

export function outside() {
  const sockets = [];
  return {
    sockets,
    connect(url, protocols, handlers) {
      const socket = { url, protocols, handlers, sent: [], closed: undefined };
      sockets.push(socket);
      return {
        send: (data) => socket.sent.push(data),
        close(code, reason) {
          socket.closed = [code, reason];
          handlers.onClose(code, reason);
        },
      };
    },
  };
}
