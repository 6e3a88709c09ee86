import type { Mount } from '../core/contracts'
export const mount: Mount = () => ({ open: async () => undefined, close: async () => undefined, isOpen: () => false, show: () => undefined, hide: () => undefined, destroy: () => undefined })
