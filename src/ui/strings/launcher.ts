/** The button's few words in every language, so that it can be named before anything else is fetched: name, close, unread messages. */
const words = {
  en: 'Chat|Close|Unread messages',
  de: 'Chat|Schließen|Ungelesene Nachrichten',
  fr: 'Discussion|Fermer|Messages non lus',
  es: 'Chat|Cerrar|Mensajes sin leer',
  'pt-BR': 'Chat|Fechar|Mensagens não lidas',
  it: 'Chat|Chiudi|Messaggi non letti',
  nl: 'Chat|Sluiten|Ongelezen berichten',
  pl: 'Czat|Zamknij|Nieprzeczytane wiadomości',
  tr: 'Sohbet|Kapat|Okunmamış mesajlar',
  ru: 'Чат|Закрыть|Непрочитанные сообщения',
  ar: 'الدردشة|إغلاق|الرسائل غير المقروءة',
  he: 'צ׳אט|סגירה|הודעות שלא נקראו',
  ja: 'チャット|閉じる|未読メッセージ',
  'zh-CN': '在线咨询|关闭|未读消息',
}

export type Language = keyof typeof words

export const languages = Object.keys(words) as Language[]

export const launcherWords = (language: Language): { name: string; close: string; unread: string } => {
  const [name, close, unread] = words[language].split('|') as [string, string, string]
  return { name, close, unread }
}
