/** What Vite needs for files that are no JavaScript. React's is only for hot reloading: its JSX Vite reads by itself. */
export { svelte } from '@sveltejs/vite-plugin-svelte'
export { default as react } from '@vitejs/plugin-react'
export { default as vue } from '@vitejs/plugin-vue'
