#!/usr/bin/env node
import './require-node.js';

// not a static import: those are loaded before anything runs
void import('./cli/run.js').then(({ run }) => run(process.argv.slice(2)));
