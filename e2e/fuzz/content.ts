import { readFileSync } from 'node:fs'

/** One text that a server or another visitor may write, and what is hostile about it. */
export interface Content {
  what: string
  text: string
}

/** A line of JSON each. Whatever runs calls `tagalongRan()`, and whatever is fetched is fetched from `evil.example`. */
export const content: Content[] = readFileSync('e2e/fuzz/content.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Content)
