const heading = '## Unreleased'

export interface Released {
  /** The whole file, in which what was unreleased belongs to the version. */
  changelog: string
  /** The version's own lines. */
  section: string
}

/** What was unreleased becomes the section of this version, below an empty one for what comes next. */
export const releaseSection = (changelog: string, version: string, day: string): Released => {
  const [before, after] = changelog.split(`${heading}\n`)
  if (before === undefined || after === undefined)
    throw new Error(`CHANGELOG.md has no “${heading}”: write one, with a line for each thing that users will notice.`)
  const end = after.search(/^## /m)
  const [section, rest] = end < 0 ? [after.trim(), ''] : [after.slice(0, end).trim(), after.slice(end)]
  if (!section)
    throw new Error(`Nothing stands below “${heading}” in CHANGELOG.md: write a line for each thing users will notice.`)
  return {
    section,
    changelog: `${before}${heading}\n\n## ${version} (${day})\n\n${section}\n\n${rest}`.trimEnd() + '\n',
  }
}
