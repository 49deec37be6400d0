#!/usr/bin/env node
// Launcher only. CommonJS (see package.json beside it): starting Node's ESM loader would cost about 5 ms a run.
require('../dist/chartroom.cjs');
