import { spawnSync } from 'node:child_process'

/** Whether a program that the tests do without is on this machine. */
export const hasProgram = (name: string, versionFlag = '--version'): boolean =>
  spawnSync(name, [versionFlag], { stdio: 'ignore' }).status === 0
