import './require-node.js';

// not a static import: those are loaded before anything runs
void import('./start.js').then(({ start }) => start());
