/**
 * A Web Audio context that makes no sound: nodes connect, parameters keep their values, sources end in virtual time.
 */

/** @typedef {import('../kernel.js').Kernel} Kernel */

const AUDIO_RATE = 44100;
/** Seconds that a sound has whose file nobody decodes. */
const UNDECODED_SECONDS = 1;
const AUDIO_PARAMETERS = 'gain frequency detune playbackRate pan delayTime Q threshold knee ratio attack release offset positionX positionY positionZ '
  + 'orientationX orientationY orientationZ forwardX forwardY forwardZ upX upY upZ';
const AUDIO_NODES = 'Gain Oscillator BufferSource Analyser BiquadFilter Delay DynamicsCompressor Panner StereoPanner ConstantSource Convolver '
  + 'WaveShaper ChannelSplitter ChannelMerger ScriptProcessor IIRFilter MediaElementSource MediaStreamSource PeriodicWave';

/** @param {Kernel} kernel @returns {any} */
export function silentAudio(kernel) {
  const began = kernel.clock.now();
  const settled = () => new Promise((resolve) => kernel.clock.later(() => resolve(undefined)));
  /** @type {Record<string, any>} */
  const context = {
    sampleRate: AUDIO_RATE, state: 'running', onstatechange: null,
    destination: audioNode(kernel), listener: audioNode(kernel),
    get currentTime() { return (kernel.clock.now() - began) / 1000; },
    resume: settled, suspend: settled, close: settled,
    createBuffer: (/** @type {number} */ channels, /** @type {number} */ length, rate = AUDIO_RATE) => audioBuffer(channels, length, rate),
    /** @param {ArrayBuffer} _bytes @param {Function} [success] */
    decodeAudioData(_bytes, success) {
      const buffer = audioBuffer(1, UNDECODED_SECONDS * AUDIO_RATE, AUDIO_RATE);
      return settled().then(() => {
        if (typeof success === 'function') kernel.run(success, undefined, [buffer]);
        return buffer;
      });
    },
    addEventListener: () => undefined, removeEventListener: () => undefined,
  };
  for (const name of AUDIO_NODES.split(' ')) context[`create${name}`] = () => audioNode(kernel);
  return context;
}

/** One object for every kind of node: it has the parts of all of them. @param {Kernel} kernel @returns {any} */
function audioNode(kernel) {
  /** @type {number|undefined} */
  let ending;
  /** @type {Record<string, any>} */
  const node = {
    buffer: null, loop: false, type: '', onended: null, fftSize: 2048, frequencyBinCount: 1024,
    connect: (/** @type {any} */ target) => target,
    disconnect: () => undefined,
    /** @param {number} [_when] @param {number} [_offset] @param {number} [duration] */
    start(_when, _offset, duration) {
      const seconds = duration ?? node.buffer?.duration;
      if (seconds !== undefined && !node.loop) ending = kernel.clock.later(ended, seconds * 1000);
    },
    stop() {
      kernel.clock.cancel(ending);
      kernel.clock.later(ended);
    },
    getByteFrequencyData: () => undefined, getByteTimeDomainData: () => undefined,
    getFloatFrequencyData: () => undefined, getFloatTimeDomainData: () => undefined,
    setPosition: () => undefined, setOrientation: () => undefined, setPeriodicWave: () => undefined,
    addEventListener: () => undefined, removeEventListener: () => undefined,
  };
  const ended = () => {
    if (typeof node.onended === 'function') kernel.run(node.onended, node, [{ type: 'ended', target: node }]);
  };
  for (const name of AUDIO_PARAMETERS.split(' ')) node[name] = audioParameter();
  return node;
}

function audioParameter() {
  /** @type {Record<string, any>} */
  const parameter = { value: 1, defaultValue: 1, minValue: -3.4e38, maxValue: 3.4e38 };
  /** @param {number} value */
  const set = (value) => {
    parameter.value = value;
    return parameter;
  };
  const keep = () => parameter;
  return Object.assign(parameter, {
    setValueAtTime: set, linearRampToValueAtTime: set, exponentialRampToValueAtTime: set, setTargetAtTime: set,
    setValueCurveAtTime: keep, cancelScheduledValues: keep, cancelAndHoldAtTime: keep,
  });
}

/** @param {number} channels @param {number} length @param {number} rate */
function audioBuffer(channels, length, rate) {
  /** @type {Float32Array[]} */
  const data = [];
  return {
    numberOfChannels: channels, length, sampleRate: rate, duration: length / rate,
    getChannelData: (/** @type {number} */ channel) => (data[channel] ??= new Float32Array(length)),
    copyFromChannel: () => undefined, copyToChannel: () => undefined,
  };
}
