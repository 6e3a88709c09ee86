import type { Route } from '../route.ts'
import { configRoutes } from './config.ts'
import { customFieldRoutes } from './custom-fields.ts'
import { pageRoutes } from './pages.ts'
import { roomRoutes } from './room.ts'
import { roomListRoutes } from './rooms.ts'
import { roomVisitorRoutes } from './room-visitor.ts'
import { visitorRoutes } from './visitor.ts'
import { visitorsRoutes } from './visitors.ts'

export const routes: Route[] = [
  ...configRoutes,
  ...visitorRoutes,
  ...pageRoutes,
  ...roomRoutes,
  ...roomListRoutes,
  ...customFieldRoutes,
  ...visitorsRoutes,
  ...roomVisitorRoutes,
]
