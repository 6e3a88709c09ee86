/** What a page may call of the official widget, and `rocketchat-livechat.min.js` answers as well. A test compares this list with the dialect. */
export const officialNames = [
  'initialize',
  'pageVisited',
  'setCustomField',
  'setTheme',
  'setDepartment',
  'clearDepartment',
  'setGuestToken',
  'setGuestName',
  'setGuestEmail',
  'registerGuest',
  'setAgent',

  'setLanguage',
  'showWidget',
  'hideWidget',
  'maximizeWidget',
  'minimizeWidget',
  'setBusinessUnit',
  'clearBusinessUnit',
  'setParentUrl',
  'setGuestMetadata',
  'setHiddenSystemMessages',
  'transferChat',
  'clearAllCallbacks',
  'onChatMaximized',
  'onChatMinimized',
  'onChatStarted',
  'onChatEnded',
  'onPrechatFormSubmit',
  'onOfflineFormSubmit',
  'onWidgetShown',
  'onWidgetHidden',
  'onAssignAgent',
  'onAgentStatusChange',
  'onQueuePositionChange',
  'onServiceOffline',
]

/** What pages know of the official widget beside its calls, and what to use instead. */
export const withoutCounterpart: [pattern: RegExp, instead: string][] = [
  [
    /\.rocketchat-(widget|container)\b|#rocketchat-iframe\b|['"](rocketchat-(widget|container|iframe))['"]/,
    'style the parts and properties of <tagalong-widget> (README, Looks)',
  ],
  [/\brc-livechat-mobile-full-screen\b/, 'the page keeps its own classes: listen to the events open and close'],
  [
    /\bsrc\s*:\s*['"]rocketchat['"]|\.src\s*===?\s*['"]rocketchat['"]/,
    'there is no frame to post messages to: call Tagalong((chat) => …)',
  ],
  [/\bhideGuestAvatar\b/, 'there are no pictures of guests'],
  [/\bhideExpandChat\b/, 'there is no button to expand the panel'],
]
