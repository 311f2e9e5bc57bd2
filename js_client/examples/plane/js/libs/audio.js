/**
 * A browser's Audio on top of a mini-game's InnerAudioContext.
 */
function Audio(src) {
  const sound = wx.createInnerAudioContext();
  if (src) sound.src = src;
  this.sound = sound;
}

['src', 'loop', 'autoplay', 'volume', 'currentTime', 'duration', 'paused'].forEach((name) => {
  Object.defineProperty(Audio.prototype, name, {
    get() {
      return this.sound[name];
    },
    set(value) {
      if (name === 'currentTime') this.sound.seek(value);
      else this.sound[name] = value;
    },
  });
});

Audio.prototype.play = function () {
  this.sound.play();
  return Promise.resolve();
};

Audio.prototype.pause = function () {
  this.sound.pause();
};

Audio.prototype.addEventListener = function (type, listener) {
  const names = { canplay: 'onCanplay', ended: 'onEnded', error: 'onError' };
  if (names[type]) this.sound[names[type]](listener);
};

module.exports = Audio;
