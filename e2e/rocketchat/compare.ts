import { expect, type TestInfo } from 'playwright/test'

/** One fact of the protocol, as it was found. */
export interface Finding {
  what: string
  /** `different`: the widget gets along with it. `missing`: it does not. */
  is: 'as expected' | 'different' | 'missing'
  expected: string
  got: string
}

/** What a test says of a server. Values are compared as `toMatchObject` does: a server may say more than is expected. */
export interface Compare {
  /** The widget cannot do without: a difference fails the test, which goes on. */
  needs(what: string, got: unknown, expected: unknown): void
  /** The widget gets along with something else: a difference is only reported. */
  expects(what: string, got: unknown, expected: unknown): void
}

/** A matcher of Playwright's, such as `expect.any(String)`, by its own words. */
const inWords = (_key: string, value: unknown): unknown =>
  typeof (value as { toAsymmetricMatcher?: unknown } | undefined)?.toAsymmetricMatcher === 'function'
    ? (value as { toAsymmetricMatcher(): string }).toAsymmetricMatcher()
    : value instanceof RegExp
      ? String(value)
      : value

const longestShown = 300
const shown = (value: unknown): string => {
  const text = JSON.stringify(value, inWords) ?? 'nothing'
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}

export const findingType = 'finding'
export const serverType = 'server'

export const createCompare = ({ annotations }: TestInfo): Compare => {
  const isAsExpected = (got: unknown, expected: unknown): boolean => {
    try {
      expect({ it: got }).toMatchObject({ it: expected })
      return true
    } catch {
      return false
    }
  }
  const find = (what: string, got: unknown, expected: unknown, otherwise: Finding['is']): boolean => {
    const isFine = isAsExpected(got, expected)
    const finding: Finding = {
      what,
      is: isFine ? 'as expected' : otherwise,
      expected: shown(expected),
      got: shown(got),
    }
    annotations.push({ type: findingType, description: JSON.stringify(finding) })
    return isFine
  }
  return {
    needs(what, got, expected) {
      if (!find(what, got, expected, 'missing')) expect.soft({ it: got }, what).toMatchObject({ it: expected })
    },
    expects: (what, got, expected) => void find(what, got, expected, 'different'),
  }
}
