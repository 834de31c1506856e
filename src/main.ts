import './require-node.js';

// as `node --disable-proto=delete` does: `__proto__` in a body is an ordinary key
Reflect.deleteProperty(Object.prototype, '__proto__');

// not a static import: those are loaded before anything runs
void import('./start.js').then(({ start }) => start());
