import { measure } from '../view/words'

export const size = (language: string, bytes: number): string =>
  bytes < 1e6 ? measure(language, Math.ceil(bytes / 1000), 'kilobyte') : measure(language, bytes / 1e6, 'megabyte')
