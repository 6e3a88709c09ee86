#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { argv, env, stderr, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'
import { run } from './cli/run'

const { version } = JSON.parse(
  readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../package.json'), 'utf8'),
) as { version: string }

// `tagalong … | head` is no error.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

// Imported, because a bundler for browsers empties the global's environment.
const terminal = {
  out: (line: string) => void stdout.write(`${line}\n`),
  err: (line: string) => void stderr.write(`${line}\n`),
  environment: env,
  hasColours: stdout.isTTY && stdout.hasColors(),
  columns: stdout.isTTY ? stdout.columns : undefined,
}

/** Ctrl-C, and whoever ends the process politely, let a command finish that goes on until then. */
const untilEnded = (stop: () => void) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
}
process.exitCode = await run(argv.slice(2), terminal, version, undefined, untilEnded)
