/** The address of the project, from package.json; without a build there is none. */
declare const __HOMEPAGE__: string

const home = typeof __HOMEPAGE__ === 'string' ? __HOMEPAGE__.replace(/#.*/, '') : 'README.md'

/** The headings of README that sentences point to, as its links spell them. A test looks for each of them there. */
export const readmeHeadings = [
  'the-server-does-not-answer',
  'livechat-is-switched-off',
  'the-page-may-not-read-the-server',
  'no-agent-is-online',
  'an-option-is-wrong',
  'the-chat-cannot-be-loaded',
] as const

/** The end of a sentence: where README says more. */
export const seeReadme = (heading: (typeof readmeHeadings)[number]): string => ` (see ${home}#${heading})`
