import { readFileSync } from 'node:fs'
import { needed } from '../../stage/needed.ts'

export type SideName = 'none' | 'official' | 'tagalong'

/** One of those compared: what its makers tell a customer to paste, and where. */
export interface Side {
  name: SideName
  title: string
  head(server: string, attributes?: string): string
  foot(server: string): string
  /** Selectors within the frame or the shadow root the widget lives in. */
  launcher: string
  composer: string
  message: string
}

const none: Side = {
  name: 'none',
  title: 'no widget',
  head: () => '',
  foot: () => '',
  launcher: '',
  composer: '',
  message: '',
}

const official: Side = {
  name: 'official',
  title: 'official 1.13.3',
  head: () => '',
  foot: (server) =>
    `<script>(w=>{const push=w.RocketChat=f=>push._.push(f);push._=[];push.url='${server}/livechat'})(window)</script>` +
    `<script async src="${server}/livechat/rocketchat-livechat.min.js?_=201903270000"></script>`,
  launcher: '[class*="screen__chat-button"]',
  composer: '[contenteditable]',
  message: '[class*="message-text"]',
}

const tagalong = (stub: string): Side => ({
  name: 'tagalong',
  title: 'Tagalong',
  head: (server, attributes = '') =>
    `${stub}<script async src="${server}/cdn/tagalong.js" data-server="${server}"${attributes}></script>`,
  foot: () => '',
  launcher: 'button[aria-expanded]',
  composer: '[part~="composer"] textarea',
  message: '[part~="message"]',
})

export const sideNamed = (sides: Side[], name: SideName): Side =>
  needed(
    sides.find((side) => side.name === name),
    `side named ${name}`,
  )

/** Ours by the README's one line. */
export const createSides = (): Side[] => [none, official, tagalong('')]

/** With the stub before it, for who wants pages reported that were left before the script had come. */
export const createStubbedSides = (): Side[] => [
  none,
  official,
  tagalong(needed(/<script>.*?<\/script>/s.exec(readFileSync('dist/snippet.html', 'utf8')), 'stub in the snippet')[0]),
]
