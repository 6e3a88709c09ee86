import type { Reporter, TestCase } from 'playwright/types/testReporter'
import { findingType, serverType, type Finding } from './compare.ts'

const meanings = {
  missing: 'MISSING, and the widget needs it',
  different: 'Different, and the widget gets along with it',
}

/** The findings as a list to read, in the words of the tests, and why some are lacking. */
const reportOf = (server: string, findings: Finding[], skipped: string[]): string[] => {
  const count = (is: Finding['is']) => findings.filter((finding) => finding.is === is).length
  return [
    `${server}: ${count('as expected')} facts are as expected, ${count('different')} different, ${count('missing')} missing.`,
    ...Object.entries(meanings).flatMap(([is, meaning]) =>
      findings
        .filter((finding) => finding.is === is)
        .map(({ what, expected, got }) => `  ${meaning}: ${what}\n    expected ${expected}\n    got      ${got}`),
    ),
    ...skipped.map((reason) => `  ${reason}`),
  ]
}

/** Says at the end in what the server differs; nothing where no server was looked at. */
export default class ServerReporter implements Reporter {
  #cases: TestCase[] = []

  printsToStdio(): boolean {
    return false
  }

  onTestEnd(test: TestCase): void {
    this.#cases.push(test)
  }

  onEnd(): void {
    const all = [...new Set(this.#cases)].flatMap(({ results }) => results.at(-1)?.annotations ?? [])
    const textsOf = (type: string) => all.flatMap((one) => (one.type === type ? [one.description ?? ''] : []))
    const [server] = textsOf(serverType)
    if (server === undefined) return
    const findings = textsOf(findingType).map((text) => JSON.parse(text) as Finding)
    for (const line of reportOf(server, findings, [...new Set(textsOf('skip'))])) console.log(line)
  }
}
