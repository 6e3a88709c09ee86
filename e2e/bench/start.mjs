import { runnerImport } from 'vite'

const { module } = await runnerImport('./e2e/bench/index.ts')
await module.bench(process.argv.slice(2))
