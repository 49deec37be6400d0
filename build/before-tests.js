/** What `npm test` looks at before the tests, in two lanes at once; each command prints when it is done, and the first that fails ends its lane. */
import { exec } from 'node:child_process';

const LANES = [
  ['node build/build.js', 'publint --strict', 'knip'],
  ['tsc', 'biome check .'],
];

/** Whether it went well. */
const run = command =>
  new Promise(resolve => {
    exec(command, { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      process.stdout.write(`> ${command}\n${stdout}${stderr}`);
      resolve(error === null);
    });
  });

async function runLane(commands) {
  for (const command of commands) {
    if (!(await run(command))) process.exitCode = 1;
    if (process.exitCode === 1) return;
  }
}

await Promise.all(LANES.map(runLane));
