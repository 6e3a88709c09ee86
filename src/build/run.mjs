/** Node 20 runs no TypeScript: `node src/build/run.mjs lint` calls what `src/build/lint.ts` exports as `main`, by way of Vite's own runner. */
import { runnerImport } from 'vite'

const { module } = await runnerImport(`./src/build/${process.argv[2]}.ts`, { configFile: false, logLevel: 'warn' })
process.exitCode = (await module.main(process.argv.slice(3))) ?? 0
