import { quantity } from '../view/format'

export const fileSize = (language: string, bytes: number): string =>
  bytes < 1e6 ? quantity(language, Math.ceil(bytes / 1000), 'kilobyte') : quantity(language, bytes / 1e6, 'megabyte')
