import type { ApplicationConfig } from '@angular/core'
import { provideRouter } from '@angular/router'
import { Home, Shoes } from './app'

export const appConfig: ApplicationConfig = {
  providers: [
    provideRouter([
      { path: '', title: 'Home', component: Home },
      { path: 'shoes', title: 'Shoes', component: Shoes },
    ]),
  ],
}
