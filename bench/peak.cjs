// Loaded before a program: says on leaving how much memory it took at most, in kilobytes.
process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\n`));
