/**
 * Whether this answer with the settings is one of a server that reads no POST without a preflight. Up to 5.0 they offer a video call by a method
 * whose name no later server knows; of what lies between, up to 7.5, nothing in them tells.
 */
export const isBeforeSimplePosts = (settingsText = ''): boolean => /createLivechatCall/.test(settingsText)
