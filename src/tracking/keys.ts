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

/** In the journal of all tabs. Visits stand there under the same key as in the database. */
export const inFlightPrefix = 'sent/visit/'
export const lastIdKey = 'last'
export const hopsKey = 'hops'
export const roundTripKey = 'tripMs'
export const firstPageKey = 'at'
export const tabAddressPrefix = 'tab/'
export const consentKey = 'consent'
export const openedKey = 'opened'

/** In the notes of one tab. */
export const lastAddressKey = 'last'
export const tabNameKey = 'tab'
