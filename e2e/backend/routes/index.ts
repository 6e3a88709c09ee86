import type { Route } from '../route.ts'
import { agentRoutes } from './agent.ts'
import { configRoutes } from './config.ts'
import { customFieldRoutes } from './custom-fields.ts'
import { messageRoutes } from './messages.ts'
import { offlineRoutes } from './offline.ts'
import { pageRoutes } from './pages.ts'
import { roomEndRoutes } from './room-end.ts'
import { roomVisitorRoutes } from './room-visitor.ts'
import { roomRoutes } from './room.ts'
import { roomListRoutes } from './rooms.ts'
import { transferRoutes } from './transfer.ts'
import { triggerRoutes } from './triggers.ts'
import { uploadRoutes } from './upload.ts'
import { visitorRoutes } from './visitor.ts'
import { visitorsRoutes } from './visitors.ts'

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
  ...transferRoutes,
  ...triggerRoutes,
  ...visitorsRoutes,
  ...roomVisitorRoutes,
]
