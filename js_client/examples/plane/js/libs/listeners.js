/**
 * Who listens to which event, for objects that are no EventTargets by themselves.
 */
function Listeners() {
  this.byType = {};
}

Listeners.prototype.add = function (type, listener) {
  const listeners = this.byType[type] || (this.byType[type] = []);
  if (listeners.indexOf(listener) === -1) listeners.push(listener);
};

Listeners.prototype.remove = function (type, listener) {
  this.byType[type] = (this.byType[type] || []).filter((other) => other !== listener);
};

Listeners.prototype.fire = function (event) {
  (this.byType[event.type] || []).slice().forEach((listener) => {
    if (typeof listener === 'function') listener.call(event.target, event);
    else listener.handleEvent(event);
  });
};

module.exports = Listeners;
