import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultSettings, type Settings } from './settings.ts'

export function readSavedSettings(folder: string | undefined): Settings {
  if (!folder) return defaultSettings()
  try {
    return { ...defaultSettings(), ...(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')) as Settings) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return defaultSettings()
    throw error
  }
}

export function saveSettings(folder: string | undefined, settings: Settings): void {
  if (!folder) return
  const file = join(folder, 'settings.json')
  writeFileSync(`${file}.next`, JSON.stringify(settings))
  renameSync(`${file}.next`, file)
}
