import { readFileSync } from 'node:fs'

export const readme = readFileSync('README.md', 'utf8')

/** What stands between its fences in this language. */
export const snippetsOf = (language: string): string[] =>
  [...readme.matchAll(RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, code = '']) => code)

/** The code of each row in the table of frameworks, by the framework's name. */
export const frameworkCode = (): Record<string, string> => {
  const table = readme.split('| framework | where |')[1]?.split('\n\n')[0] ?? ''
  return Object.fromEntries(
    table
      .split('\n')
      .slice(2)
      .map((row) => [/^\| (\S+) \|/.exec(row)?.[1] ?? row, /`([^`]+)` \|$/.exec(row)?.[1] ?? '']),
  )
}

/** The files of an application, by their paths: the code below this heading that begins with a path. */
export const applicationFiles = (heading: string): Record<string, string> => {
  const section = readme.split(`\n### ${heading}\n`)[1]?.split(/\n##/)[0] ?? ''
  const files = [...section.matchAll(/```\w+\n(?:\/\/|<!--) ([\w./+]+)(?: -->)?\n([^]*?)```/g)]
  return Object.fromEntries(files.map(([, path = '', code = '']) => [path, code]))
}
