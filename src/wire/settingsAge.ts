/** How old a copy of `livechat/config` may be. The launcher and the chat share the copy, so they must agree on its age. */

/** While the panel is closed the config says how the launcher looks, and whether the visitor has a room: ten minutes late is early enough. */
export const idleSettingsAgeMs = 600_000
/** An open panel shows who is online and where the visitor stands in the queue. */
export const openPanelSettingsAgeMs = 30_000
