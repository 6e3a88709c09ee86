/**
 * Every name under which the conversation keeps something in the database, beside its messages. They outlive releases, so a name is never
 * changed, only given up. All begin with `chatPrefix`: a reset deletes everything under it.
 */

/** What the visitor filled in last, and that the pre-chat form was filled in. */
export const answersKey = 'chat/answers'
export const formKey = 'chat/form'
/** A text that was written and not sent. */
export const draftKey = 'chat/draft'
/** The room that ended last in this browser, until a new chat is begun. */
export const endedRoomKey = 'chat/ended'
/** Messages that were refused for good, until the visitor sends them again or gives them up. */
export const failedMessagePrefix = 'chat/failed/'
/** When the newest message was sent that the visitor has seen, and the newest that a sound was played for. */
export const seenKey = 'chat/seen'
export const rungKey = 'chat/rung'
export const mutedKey = 'chat/muted'
/** Triggers that fire only once and have fired; when this visit to the site began; the agent who greets; greetings that are shown again after a reload. */
export const firedTriggersKey = 'chat/fired'
export const siteVisitKey = 'chat/arrived'
export const greetingAgentKey = 'chat/next-agent'
export const keptGreetingsKey = 'chat/kept-greetings'
