/** npm `./testing`: a livechat server and an agent's desk for other people's tests. Runs in Node. */
export { createLivechat } from './create.ts'
export { livechatFixtures, type LivechatFixtures } from './fixtures.ts'
export { livechatMatchers, type LivechatMatchers } from './matchers.ts'
export { PortError } from './portError.ts'
export type {
  Call,
  Conversation,
  Desk,
  DeskMessage,
  ExpectedVisit,
  Livechat,
  LivechatOptions,
  Patience,
  Trouble,
  Visit,
} from './contracts.ts'
