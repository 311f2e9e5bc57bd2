/**
 * What whoever started the host says on its standard input: a first line, and then nothing until the end.
 */

/**
 * The first line of a stream, without its end; what follows is left unread.
 * @param {import('node:stream').Readable} stream
 * @returns {Promise<string>}
 */
export function firstLine(stream) {
  return new Promise((resolve) => {
    let text = '';
    /** @param {Buffer} bytes */
    const take = (bytes) => {
      text += bytes;
      if (text.includes('\n')) finish();
    };
    const finish = () => {
      stream.pause().off('data', take).off('end', finish).off('error', finish);
      resolve(text.split('\n')[0].trim());
    };
    stream.on('data', take).on('end', finish).on('error', finish);
  });
}
