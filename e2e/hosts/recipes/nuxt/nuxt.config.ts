// The payload of a page is left in the page: the cache for others refuses the key of the first page (Nuxt 4.4.5 with unstorage 1.17 and later).
export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  telemetry: false,
  experimental: { payloadExtraction: false },
})
