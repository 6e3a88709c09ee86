import { expect, test } from 'playwright/test'
import { faultsOf } from './lockfile'

const manifest = { devDependencies: { linter: '^1.0.0' } }
const lock = () => ({
  lockfileVersion: 3,
  packages: {
    '': { ...manifest },
    'node_modules/linter': {
      version: '1.0.0',
      integrity: 'sha512-a',
      dependencies: { words: '1' },
      optionalDependencies: { 'linter-linux': '1.0.0', 'linter-mac': '1.0.0' },
    },
    'node_modules/linter/node_modules/words': {
      version: '1.0.0',
      integrity: 'sha512-b',
      dependencies: { 'linter-linux': '1' },
    },
    'node_modules/linter-linux': { version: '1.0.0', integrity: 'sha512-c', optional: true },
    'node_modules/linter-mac': { version: '1.0.0', integrity: 'sha512-d', optional: true },
  } as Record<string, object>,
})

test('a lock that names everything is without fault', () => {
  expect(faultsOf(manifest, lock())).toEqual([])
})

test('a lock without the binary of another system is refused', () => {
  const { lockfileVersion, packages } = lock()
  delete packages['node_modules/linter-mac']
  expect(faultsOf(manifest, { lockfileVersion, packages })).toEqual([
    'node_modules/linter needs linter-mac, which is not there',
  ])
})

test('a lock that names a registry, a libc, lacks a checksum or lags behind package.json is refused', () => {
  const { packages } = lock()
  packages['node_modules/linter-linux'] = {
    version: '1.0.0',
    resolved: 'https://registry.example/linter-linux.tgz',
    libc: ['glibc'],
  }
  expect(faultsOf({ devDependencies: { linter: '^2.0.0' } }, { lockfileVersion: 2, packages })).toEqual([
    'it is of version 2, not 3',
    'its devDependencies are not those of package.json',
    'node_modules/linter-linux names the registry of whoever wrote it',
    'node_modules/linter-linux names its libc, which npm 10 takes out at every install',
    'node_modules/linter-linux has no integrity',
  ])
})
