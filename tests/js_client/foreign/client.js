/**
 * A client of the contract in another language: made from the .proto files alone, when it runs.
 */

import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { installed } from '../installed.js';

const grpc = installed('@grpc/grpc-js');
const PROTOS = fileURLToPath(new URL('../../../protos', import.meta.url));
const READING = { keepCase: true, longs: Number, enums: String, oneofs: true, includeDirs: [PROTOS] };

const definition = installed('@grpc/proto-loader').loadSync(['stepwire/v1/env_service.proto', 'google/rpc/error_details.proto'], READING);
const { EnvService } = grpc.loadPackageDefinition(definition).stepwire.v1;

const ARRAYS = {
  DATA_TYPE_UINT8: Uint8Array, DATA_TYPE_INT64: BigInt64Array, DATA_TYPE_FLOAT32: Float32Array, DATA_TYPE_FLOAT64: Float64Array,
};

/** The elements of a Tensor. */
export const elements = ({ dtype, data }) => new ARRAYS[dtype](new Uint8Array(data).buffer);

/** A batch of whole numbers as a Value. */
export function wholeNumbers(numbers) {
  const data = Buffer.from(BigInt64Array.from(numbers, BigInt).buffer);
  return { tensor: { dtype: 'DATA_TYPE_INT64', shape: [numbers.length], data } };
}

/** The service's calls as functions that give promises; a fault rejects with its `reason`. */
export function client(address, after) {
  const stub = new EnvService(address, grpc.credentials.createInsecure());
  after(() => stub.getChannel().close());
  const call = (method, request) => new Promise((resolve, reject) => {
    stub[method](request, { deadline: Date.now() + 30_000 }, (error, response) => (error ? reject(told(error)) : resolve(response)));
  });
  return { call, makeOn: (request) => session(call, request), streamOf: () => streamed(stub.StepStream()) };
}

/** A session by unary calls, each numbered. */
async function session(call, request) {
  const { session_id, resume_key, spaces } = await call('Make', { make_key: randomBytes(16), ...request });
  let number = 0;
  const ask = (method, more = {}) => {
    number += 1;
    return call(method, { call: { session_id, resume_key, number, acked: number - 1 }, ...more });
  };
  return { spaces, ask };
}

/** A stream on which each request is answered before the next. */
function streamed(stream) {
  const replies = stream[Symbol.asyncIterator]();
  let number = -1;
  return {
    async ask(request) {
      number += 1;
      stream.write({ number, acked: Math.max(0, number - 1), ...request });
      const { value } = await replies.next();
      if (value.response === 'error') throw Object.assign(new Error(value.error.message), { reason: reasonIn(value.error) });
      return value[value.response];
    },
    async end() {
      stream.end();
      const { done } = await replies.next();
      return done;
    },
  };
}

function told(error) {
  const [status] = error.metadata.get('grpc-status-details-bin');
  return Object.assign(error, status && { reason: reasonIn(definition['google.rpc.Status'].deserialize(status)) });
}

function reasonIn({ details }) {
  const info = details.find(({ type_url }) => type_url.endsWith('google.rpc.ErrorInfo'));
  return definition['google.rpc.ErrorInfo'].deserialize(info.value).reason;
}
