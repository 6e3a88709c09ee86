/**
 * Every name under which tracking keeps something in the browser. They outlive releases: a page of the next release must find what a page
 * of this one has left, so a name is never changed, only given up.
 */

/** One for each server: the database, the lock, the channel, and the prefix of the notes. */
export const nameOf = (server: string): string => `tagalong-${server.replace(/^\w+:\/\//, '')}`
export const journalPrefixOf = (name: string): string => `tagalong-journal/${name}/`

/** The stub's notes of pages that were left before the script had arrived, in sessionStorage; in localStorage, that there are any. */
export const stubNotesPrefix = 'tagalong-left/'

/** In the database: the visitor, the copy of `livechat/config`, what each lane has learnt of the server, and the records that wait. */
export const visitorKey = 'visitor'
export const configKey = 'config'
export const retryKeyOf = (lane: string): string => `lane/${lane}`
export const visitPrefix = 'visit/'
/** In the database: how many records were given up, and why the last one was. */
export const droppedKey = 'dropped'

/** The lanes of the visitor and the chat. Their records stand in the database under the lane's name and a slash. */
export const registrationLane = 'register'
export const messageLane = 'message'
export const recordPrefixOf = (lane: string): string => `${lane}/`

/** In the database: everything of the conversation stands under one prefix (src/chat/keys.ts), so that a reset can delete it; the panel's notes under the other. */
export const chatPrefix = 'chat/'
export const uiPrefix = 'ui/'
/** The visitor has agreed to what the server's form of consent asks. Registration waits for it as well. */
export const chatConsentKey = 'chat/consent'
/** The visitor's last pages, for the agent of the next conversation: deleted with everything of the conversations before. */
export const journeyKey = 'chat/journey'
/** In the notes of one tab, whether the panel is open; in the journal of all tabs, that some tab has ever written so. */
export const panelOpenKey = 'ui/open'

/** In the journal of all tabs. Visits stand there under the same key as in the database. */
export const inFlightPrefix = 'sent/visit/'
export const lastIdKey = 'last'
export const hopsKey = 'hops'
export const roundTripKey = 'tripMs'
export const postWayKey = 'way'
/** A visit that has settled waits in the database, and nobody has begun to deliver it. */
export const storedPrefix = 'stored/'
/** Token and room as the database has them, for a page that goes before its database has answered. */
export const visitorCopyKey = 'visitor'
/** The kind of page change the server stores. */
export const monitoredChangeKey = 'change'
/** While it stands there, visits are not to be sent: a limit, an outage, a refusal. Written with every answer that was none, and kept by recovery. */
export const pauseKey = 'pause'
/** When reports were sent in the last minute, as far as pages that have gone know. */
export const sendsKey = 'sends'
export const firstPageKey = 'at'
export const tabAddressPrefix = 'tab/'
export const consentKey = 'consent'
export const openedKey = 'opened'

/** In the notes of one tab. */
export const lastAddressKey = 'last'
export const tabNameKey = 'tab'
