/**
 * What hosts seldom ask for: options that are no plain texts, options that change, and calls between the host and a running conversation. A
 * download of its own, fetched when any of it is asked for.
 */
import { TagalongError, type Options } from '../../options'
import type { ServerSettings, Tracking } from '../../tracking/contracts'
import type { VisitorCalls } from '../../visitor/contracts'
import type { Steering } from '../contracts'
import type { JourneyParts } from '../context'
import { fetchOnce } from '../fetchOnce'
import { launcherNames } from '../strings'
import { adjustmentOf, takeSide } from './adjustment'
import { drawAppearance } from './appearance'
import { checkOptions } from './checkOptions'
import { createCustomFields, type CustomFields } from './customFields'
import { createHostButtons } from './hostButton'
import { prefill, send, trackEvent } from './saying'
import { transfer } from './transfer'

export interface SteeringParts
  extends
    Pick<Tracking, 'options' | 'warnOnce' | 'permission' | 'visitor' | 'clock' | 'tabs'>,
    Omit<JourneyParts, 'tell'> {
  settings: ServerSettings
  fetchVisitor(): Promise<Pick<VisitorCalls, 'core' | 'identify'>>
}

/** Read once, when tracking starts. */
const fixedOptions = ['server', 'tracking', 'queue'] as const

const adjusting = ['appearance', 'position', 'prechatForm', 'hiddenNotes']

/** Takes out what cannot be used of options, so that the defaults stand, and warns of it. */
export const check = (given: Partial<Options>, warnOnce: Tracking['warnOnce'], attributes?: string[]): void => {
  const refuse = async (detail: string) => {
    const { sentence } = await import('../../diagnosis')
    warnOnce('bad-option', sentence('bad-option', detail))
  }
  checkOptions(given, (detail) => void refuse(detail).catch(() => {}), attributes, Object.keys(launcherNames))
}

/** Sees to it that agents are told of the visitor's last pages, as soon as an option says in which field. */
const createFollowing = (parts: SteeringParts, fields: CustomFields): (() => void) => {
  const { options, warnOnce } = parts
  const fetchContext = fetchOnce(async () => {
    const { followJourney } = await import('../context')
    followJourney({ ...parts, tell: (id, value, token) => fields.set(id, value, true, token) })
  })
  return () => {
    if (!options.context) return
    fetchContext().catch(() =>
      warnOnce('ui-failed', 'Agents are not told of the visitor’s last pages: the file for that could not be fetched.'),
    )
  }
}

/** `attributes` are the tag's: those we do not know are another script's. */
export const createSteering = (parts: SteeringParts, attributes?: string[]): Steering => {
  const { options, warnOnce, permission, visitor, settings, fetchVisitor } = parts
  const hostButtons = createHostButtons()
  const fields = createCustomFields({
    ...parts,
    call: async (...given) => (await fetchVisitor()).core.call(...given),
  })

  const followAsAsked = createFollowing(parts, fields)

  const needConsent = () => {
    if (!permission.mayStore()) throw new TagalongError('no-consent', 'No consent was given: call consent(true) first.')
  }

  /** What was said to the server before is not told again; nothing else there ends the choice of a department. */
  const forgetDepartment = async () => {
    await visitor.change(({ told: { department: _department, ...told } = {}, ...old }) => ({ ...old, told }))
    parts.tabs?.post('visitor')
  }

  /** The server hears at once who the visitor is now, if it knows the visitor; otherwise when they are registered. */
  const introduce = async () => {
    if (!permission.mayStore()) return
    const { guest = {}, department } = options
    const state = await visitor.state()
    if (!department && !guest.department && state.told?.department) await forgetDepartment()
    if (guest.token || state.visitor) await (await fetchVisitor()).identify(guest)
  }

  check(options, warnOnce, attributes)
  let side = takeSide(options)
  settings.adjust(adjustmentOf(options, side))
  followAsAsked()

  return {
    draw(widget) {
      drawAppearance(widget, options.appearance)
      hostButtons.draw(widget)
    },
    stop: hostButtons.stop,

    async update(given) {
      const changes: Partial<Options> = { ...Object(given) }
      for (const name of fixedOptions) delete changes[name]
      check(changes, warnOnce)
      const { department, businessUnit } = options
      side = takeSide(changes) ?? side
      Object.assign(options, changes)
      const isElsewhere = options.department !== department || options.businessUnit !== businessUnit
      if (options.department !== department && !changes.agent) delete options.agent
      settings.adjust(adjustmentOf(options, side))
      followAsAsked()
      settings.tell()
      if (adjusting.some((name) => name in changes)) {
        const copy = await settings.cached()
        if (copy) settings.tell(copy)
      }
      if ('guest' in changes || options.department !== department) await introduce()
      // Who is online, and what departments there are, may be otherwise there.
      if (isElsewhere) await settings.fresh(0)
    },

    async getVisitor() {
      return permission.mayStore() ? (await visitor.state()).visitor : undefined
    },

    async setCustomField(id, value, { overwrite = true } = {}) {
      needConsent()
      return fields.set(id, `${value}`, overwrite)
    },

    async transfer(listen, department) {
      needConsent()
      return transfer(visitor, listen, department)
    },

    async send(listen, text) {
      needConsent()
      return send(await listen(), text)
    },

    async prefill(listen, text) {
      needConsent()
      return prefill(await listen(), text)
    },

    async trackEvent(listen, name, data) {
      needConsent()
      return trackEvent(await listen(), (id, value) => fields.set(id, value, true), name, data)
    },
  }
}
