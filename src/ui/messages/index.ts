export { MessageList } from './MessageList'
export { TypingStatus } from './TypingStatus'
export { Uploads } from './Uploads'
export { default as sheet } from './messages.css?inline'
