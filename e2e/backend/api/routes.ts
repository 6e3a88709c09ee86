import type { Route } from './route.ts'
import { agentRoutes } from './routes/agent.ts'
import { callStatusRoutes } from './routes/call-status.ts'
import { configRoutes } from './routes/config.ts'
import { customFieldRoutes } from './routes/custom-fields.ts'
import { messageRoutes } from './routes/messages.ts'
import { offlineRoutes } from './routes/offline.ts'
import { pageRoutes } from './routes/pages.ts'
import { roomEndRoutes } from './routes/room-end.ts'
import { roomVisitorRoutes } from './routes/room-visitor.ts'
import { roomRoutes } from './routes/room.ts'
import { roomListRoutes } from './routes/rooms.ts'
import { transferRoutes } from './routes/transfer.ts'
import { triggerRoutes } from './routes/triggers.ts'
import { uploadRoutes } from './routes/upload.ts'
import { visitorRoutes } from './routes/visitor.ts'
import { visitorsRoutes } from './routes/visitors.ts'

export const routes: Route[] = [
  ...configRoutes,
  ...visitorRoutes,
  ...pageRoutes,
  ...roomRoutes,
  ...roomListRoutes,
  ...customFieldRoutes,
  ...messageRoutes,
  ...roomEndRoutes,
  ...offlineRoutes,
  ...uploadRoutes,
  ...agentRoutes,
  ...callStatusRoutes,
  ...transferRoutes,
  ...triggerRoutes,
  ...visitorsRoutes,
  ...roomVisitorRoutes,
]
