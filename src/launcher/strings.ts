/** What the button is called in every language, so that it has a name before anything else is fetched. */
export const launcherNames = {
  en: 'Chat',
  de: 'Chat',
  fr: 'Discussion',
  es: 'Chat',
  'pt-BR': 'Chat',
  it: 'Chat',
  nl: 'Chat',
  pl: 'Czat',
  tr: 'Sohbet',
  ru: 'Чат',
  ar: 'دردشة',
  he: 'צ׳אט',
  ja: 'チャット',
  'zh-CN': '在线咨询',
}

export type Language = keyof typeof launcherNames
