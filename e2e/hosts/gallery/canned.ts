import type { ChatConfig, Message, Paragraphs, Person } from '../../../src/chat/contracts'

export const now = new Date(2026, 2, 12, 10, 24).getTime()

const portrait = (hue: number) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="hsl(${hue} 45% 78%)"/><circle cx="20" cy="16" r="7" fill="hsl(${hue} 40% 38%)"/><path d="M6 40a14 14 0 0 1 28 0" fill="hsl(${hue} 40% 38%)"/></svg>`)}`

const landscape = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 420"><rect width="640" height="420" fill="#bcd7ea"/><circle cx="480" cy="110" r="52" fill="#ffe3a3"/><path d="M0 330 170 150l130 150 90-90 250 210H0z" fill="#5d7f8f"/><path d="M0 380q160-70 320-20t320-10v70H0z" fill="#3d6a55"/></svg>')}`

export const ana: Person = { username: 'ana', name: 'Ana Pereira', avatarUrl: portrait(340), status: 'online' }
export const ben: Person = { username: 'ben', name: 'Ben Ode', avatarUrl: portrait(210), status: 'away' }
export const visitor: Person = { username: 'guest-19', name: 'Lee' }

export const config: ChatConfig = {
  enabled: true,
  online: true,
  title: 'Alpine Outfitters',
  offlineTitle: 'Leave a message',
  form: { shown: true, name: true, email: true, message: '' },
  consent: { required: true, text: '' },
  departments: [
    { id: 'sales', name: 'Sales', onRegistration: true, onOfflineForm: true },
    { id: 'service', name: 'Service and repairs', onRegistration: true, onOfflineForm: true },
  ],
  customFields: [
    {
      id: 'order',
      name: 'custom/order',
      label: 'Order number',
      required: false,
      regexp: '^[0-9]+$',
      type: 'input',
      defaultValue: '',
      options: [],
    },
    {
      id: 'shop',
      name: 'custom/shop',
      label: 'Shop',
      required: true,
      type: 'select',
      defaultValue: '',
      options: ['Innsbruck', 'Bern', 'Grenoble'],
    },
  ],
  canSwitchDepartment: true,
  canClose: true,
  canUpload: true,
  askTranscript: true,
  transcriptMessage: '',
  textLimit: 500,
  offline: { form: true, message: '', successMessage: '', unavailableMessage: '' },
  finished: { message: '', text: '' },
  survey: {
    items: ['satisfaction', 'agentKnowledge', 'agentResposiveness', 'agentFriendliness'],
    values: ['1', '2', '3', '4', '5'],
  },
  clearWhenEnded: false,
  hiddenSystemMessages: [],
  showsWaiting: true,
  agentHidden: false,
  triggers: [],
}

let made = 0
const paragraph = (text: string): Paragraphs => ({ kind: 'paragraph', inlines: [{ kind: 'text', text }] })

/** One message, so many minutes before now. */
export const message = (minutesAgo: number, author: Person, text: string, more: Partial<Message> = {}): Message => ({
  id: `m${made++}`,
  at: now - minutesAgo * 60_000,
  from: author === visitor ? 'visitor' : 'agent',
  author,
  state: 'sent',
  text,
  body: text ? [paragraph(text)] : [],
  files: [],
  quotes: [],
  edited: false,
  deleted: false,
  ...more,
})

export const shortTalk = (): Message[] => [
  message(1441, visitor, '', { from: 'system', note: { kind: 'started' } }),
  message(1440, visitor, 'Hi! Do the Trail 3 boots run small? I am between 42 and 43.'),
  message(1438, ana, '', { from: 'system', note: { kind: 'joined', name: 'Ana Pereira' } }),
  message(1437, ana, 'Hello Lee, good to see you.'),
  message(
    1437,
    ana,
    'They do run a little small. Most people in between are happier with the larger size, above all with thick socks.',
  ),
  message(6, visitor, 'Then 43 it is. And can I bring them back if they pinch?'),
  message(5, ana, '', {
    text: 'Of course. 100 days',
    body: [
      {
        kind: 'paragraph',
        inlines: [
          { kind: 'text', text: 'Of course: ' },
          { kind: 'bold', inlines: [{ kind: 'text', text: '100 days' }] },
          { kind: 'text', text: ', even worn outside. ' },
          { kind: 'link', href: 'https://example.com/returns', inlines: [{ kind: 'text', text: 'How to return' }] },
        ],
      },
    ],
  }),
  message(2, visitor, 'Perfect, thank you!'),
]

export const richTalk = (): Message[] => [
  message(30, ben, '', {
    text: 'rich',
    body: [
      { kind: 'heading', level: 2, inlines: [{ kind: 'text', text: 'Before you go' }] },
      {
        kind: 'list',
        ordered: true,
        items: [
          [{ kind: 'text', text: 'Wear them at home first' }],
          [
            { kind: 'text', text: 'Lace them ' },
            { kind: 'italic', inlines: [{ kind: 'text', text: 'loosely' }] },
          ],
        ],
        start: 1,
      },
      {
        kind: 'tasks',
        items: [
          { done: true, inlines: [{ kind: 'text', text: 'Size chosen' }] },
          { done: false, inlines: [{ kind: 'text', text: 'Wax ordered' }] },
        ],
      },
      { kind: 'quote', inlines: [{ kind: 'text', text: 'Good boots are broken in, not suffered in.' }] },
      { kind: 'code', text: 'order --size 43 --model trail-3 --wax neutral --deliver tomorrow' },
      {
        kind: 'paragraph',
        inlines: [
          { kind: 'strike', inlines: [{ kind: 'text', text: '189 €' }] },
          { kind: 'text', text: ' ' },
          { kind: 'code', text: '149 €' },
          { kind: 'break' },
          { kind: 'mention', text: '@lee' },
          { kind: 'emoji', text: ' 🥾' },
        ],
      },
    ],
  }),
  message(20, visitor, 'Like these?', {
    quotes: [{ author: 'Ben Ode', text: 'Good boots are broken in, not suffered in.' }],
  }),
  message(19, visitor, '', {
    files: [{ kind: 'image', name: 'mountains.jpg', url: landscape, width: 640, height: 420 }],
  }),
  message(12, ben, '', {
    files: [
      {
        kind: 'file',
        name: 'Trail 3, care and repair of the sole.pdf',
        url: 'https://example.com/care.pdf',
        sizeBytes: 482_133,
      },
    ],
  }),
  message(11, ben, '', { body: [{ kind: 'emoji', text: '🏔️🥾' }] }),
  message(10, ben, 'I had written something wrong here.', { deleted: true }),
  message(9, ben, 'They are back in stock on Monday.', { edited: true }),
  message(8, { username: 'bot', name: 'Otto' }, 'I am only a bot, but I know the opening hours: 9 to 18.', {
    from: 'bot',
  }),
  message(4, ana, '', { from: 'system', note: { kind: 'transferred', to: 'Service and repairs' } }),
  message(2, visitor, 'This one did not make it.', {
    state: 'failed',
    failure: { code: 'message-length-exceeds-character-limit', says: 'too long' },
  }),
  message(1, visitor, 'This one is on its way.', { state: 'sending' }),
]

const moreBlocks = [
  {
    type: 'actions',
    elements: [
      {
        type: 'multi_static_select',
        actionId: 'days',
        placeholder: { type: 'plain_text', text: 'Days that suit you' },
        options: ['Monday', 'Tuesday', 'Friday'].map((text) => ({
          text: { type: 'plain_text', text },
          value: text,
        })),
      },
    ],
  },
  {
    type: 'input',
    label: { type: 'plain_text', text: 'When shall we call?' },
    element: { type: 'datepicker', actionId: 'day', initialDate: '2026-03-16' },
  },
  {
    type: 'input',
    label: { type: 'plain_text', text: 'Your number' },
    hint: { type: 'plain_text', text: 'With the country’s' },
    element: { type: 'plain_text_input', actionId: 'number', placeholder: { type: 'plain_text', text: '+43 …' } },
  },
  {
    type: 'context',
    elements: [
      { type: 'image', imageUrl: landscape, altText: '' },
      { type: 'mrkdwn', text: 'Answered by a bot' },
    ],
  },
  {
    type: 'actions',
    appId: 'videoconf-core',
    blockId: 'call1',
    elements: [
      {
        type: 'button',
        appId: 'videoconf-core',
        blockId: 'call1',
        actionId: 'joinLivechat',
        text: { type: 'plain_text', text: 'Join' },
        url: 'https://meet.example.com/42',
      },
    ],
  },
  { type: 'from-the-future' },
]

export const blockTalk = (): Message[] => [
  message(3, { username: 'otto', name: 'Otto' }, '', {
    from: 'bot',
    blocks: [
      {
        type: 'section',
        text: { type: 'mrkdwn', text: 'Which *shop* is nearest to you?' },
        accessory: {
          type: 'static_select',
          actionId: 'shop',
          placeholder: { type: 'plain_text', text: 'Choose a shop' },
          options: [
            { text: { type: 'plain_text', text: 'Innsbruck' }, value: 'i' },
            { text: { type: 'plain_text', text: 'Bern' }, value: 'b' },
          ],
        },
      },
      { type: 'divider' },
      {
        type: 'image',
        imageUrl: landscape,
        altText: 'Mountains',
        title: { type: 'plain_text', text: 'The view from there' },
      },
      {
        type: 'section',
        fields: [
          { type: 'mrkdwn', text: '*Open*\n9 to 18' },
          { type: 'mrkdwn', text: '*Parking*\nbehind the house' },
        ],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            actionId: 'book',
            text: { type: 'plain_text', text: 'Book a fitting' },
            value: '1',
            style: 'primary',
          },
          { type: 'button', actionId: 'call', text: { type: 'plain_text', text: 'Call me' }, value: '2' },
          {
            type: 'overflow',
            actionId: 'more',
            options: [
              { text: { type: 'plain_text', text: 'Send the address' }, value: 'a' },
              { text: { type: 'plain_text', text: 'Never mind' }, value: 'n' },
            ],
          },
        ],
      },
      ...moreBlocks,
    ],
  }),
]

export const longTalk = (length: number, page = ''): Message[] =>
  Array.from({ length }, (_, index) =>
    message(
      (length - index) * 3,
      index % 3 ? ana : visitor,
      `Message ${page}${index + 1}: ${'a few words more '.repeat(index % 4)}`,
    ),
  )
