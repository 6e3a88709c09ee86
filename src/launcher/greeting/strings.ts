import type { Language } from '../strings'

/** A greeting comes without the rest of the words. */
export const closeWords: Record<Language, string> = {
  en: 'Close',
  de: 'Schließen',
  fr: 'Fermer',
  es: 'Cerrar',
  'pt-BR': 'Fechar',
  it: 'Chiudi',
  nl: 'Sluiten',
  pl: 'Zamknij',
  tr: 'Kapat',
  ru: 'Закрыть',
  ar: 'إغلاق',
  he: 'סגירה',
  ja: '閉じる',
  'zh-CN': '关闭',
}
