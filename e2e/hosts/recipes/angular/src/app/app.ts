import { Component } from '@angular/core'
import { RouterLink, RouterOutlet } from '@angular/router'

@Component({ selector: 'shop-home', imports: [RouterLink], template: '<a routerLink="/shoes">Shoes</a>' })
export class Home {}

@Component({ selector: 'shop-shoes', imports: [RouterLink], template: '<a routerLink="/">Home</a>' })
export class Shoes {}

@Component({ selector: 'app-root', imports: [RouterOutlet], template: '<router-outlet />' })
export class App {}
