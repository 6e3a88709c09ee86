import type { Options } from '../../options'
import type { Json } from '../../wire/json'

/** Without what is not said: that stays as the server has it. */
const said = (values: Json): Json =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''))

/** The side that the host wants whatever the direction of the text, taken out of the options: the launcher itself knows the server's alone. */
export const takeSide = (options: Partial<Options>): 'left' | 'right' | undefined => {
  const { position } = options
  if (position !== 'left' && position !== 'right') return undefined
  options.position = undefined
  return position
}

/** What the host wants in place of the server's own settings, as a change to a copy of them. */
export const adjustmentOf =
  ({ appearance = {}, prechatForm, hiddenNotes = [] }: Options, side?: 'left' | 'right') =>
  (config: Json): Json => {
    const { accent: color, title, offlineTitle, background } = appearance
    // `Object` because nobody vouches for what a server sends.
    const [theme, settings] = [Object(config.theme) as Json, Object(config.settings) as Json]
    const hiddenByServer: unknown[] = Array.isArray(settings.hiddenSystemMessages) ? settings.hiddenSystemMessages : []
    return {
      ...config,
      theme: { ...theme, ...said({ color, offlineColor: color, title, offlineTitle, background, position: side }) },
      settings: {
        ...settings,
        hiddenSystemMessages: [...hiddenByServer, ...hiddenNotes],
        ...(prechatForm === false && { registrationForm: false }),
      },
    }
  }
