/** npm `./agent`: for the programs of those who answer visitors. Runs in browsers and in Node. */
export { createAgent } from './agent/agent'
export { AgentError, type AgentErrorCode } from './agent/error'
export type {
  Agent,
  AgentOptions,
  AgentParts,
  ChatMessage,
  ChatRoom,
  List,
  Listing,
  ListOptions,
  Visit,
  VisitorInfo,
  Watch,
  WatchOptions,
} from './agent/contracts'
