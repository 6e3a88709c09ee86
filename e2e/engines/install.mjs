/** Installs the engines that `npm run test:engines` needs, where that is possible, and says what is missing where it is not. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const needed = [
  {
    name: 'Firefox',
    isHere: () => ['/usr/bin/firefox-esr', '/usr/bin/firefox', process.env.FIREFOX ?? ''].some(existsSync),
    packages: ['firefox-esr'],
  },
  {
    name: 'WebKit',
    isHere: () => existsSync('/usr/bin/WebKitWebDriver') && existsSync('/usr/bin/Xvfb'),
    packages: ['webkit2gtk-driver', 'xvfb'],
  },
]
const missing = needed.filter(({ isHere }) => !isHere())
const packages = missing.flatMap((engine) => engine.packages)

if (packages.length && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
  console.log(
    `${missing.map(({ name }) => name).join(' and ')} missing: installing ${packages.join(', ')} with apt-get.`,
  )
  const run = (...args) => execFileSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'] })
  run('update', '-q')
  run('install', '-y', '-q', '--no-install-recommends', ...packages)
}
for (const { name, isHere, packages: names } of needed)
  if (!isHere())
    console.log(
      `${name} is missing, and its tests are left out: install it (Debian: apt-get install ${names.join(' ')}).`,
    )
