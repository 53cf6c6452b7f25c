import js from '@eslint/js'
import tseslint from 'typescript-eslint'

const node = { process: 'readonly', console: 'readonly', fetch: 'readonly', URL: 'readonly', URLSearchParams: 'readonly', Buffer: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', globalThis: 'readonly', document: 'readonly', window: 'readonly', location: 'readonly', localStorage: 'readonly', getComputedStyle: 'readonly', performance: 'readonly', FormData: 'readonly', Blob: 'readonly', requestAnimationFrame: 'readonly', NodeFilter: 'readonly', innerWidth: 'readonly' }

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'src/miniprogram_npm/', 'src/typings/contract.d.ts', 'src/services/contract/'] },
  js.configs.recommended,
  tseslint.configs.strict,
  { files: ['**/*.mjs', '**/*.js'], languageOptions: { globals: node } },
  { files: ['test/preview/fixture/**', 'src/**/*.wxs'], languageOptions: { globals: { wx: 'readonly', Page: 'readonly', Component: 'readonly', App: 'readonly' } } },
  {
    rules: {
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['error', 'log', 'warn'] }],
      'prefer-const': 'error',
    },
  },
  // In the mini-program itself nothing is told to a console that nobody reads.
  { files: ['src/**/*.ts'], rules: { 'no-console': 'error' } },
)
