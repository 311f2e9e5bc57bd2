/**
 * Dials the URL it is given and answers every message with the first one it got.
 *
 *     node echo.mjs URL
 */

const socket = new WebSocket(process.argv[2]);
socket.binaryType = 'arraybuffer';
let answer;
socket.onmessage = ({ data }) => socket.send((answer ??= data));
socket.onclose = () => process.exit(0);
