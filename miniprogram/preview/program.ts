/** What the build hands to the runtime: the mini-program, compiled. */
export interface Program {
  app: AppConfig
  /** Routes without leading slash, the first one first. */
  pages: string[]
  components: ProgramComponent[]
  templates: Record<string, unknown>
  appStyle: string
  loadSettings(): { serverUrl?: string }
  loadApp(): void
}

export interface ProgramComponent {
  path: string
  config: PageConfig
  isPage: boolean
  /** The prefix of the component's classes, undefined where styles are shared. */
  scope?: string
  style: string
  load(): void
}

export interface AppConfig {
  entryPagePath?: string
  window?: PageConfig
  tabBar?: TabBarConfig
  __usePrivacyCheck__?: boolean
}

export interface TabBarConfig {
  color?: string
  selectedColor?: string
  backgroundColor?: string
  list: TabConfig[]
}

export interface TabConfig {
  pagePath: string
  text: string
  iconPath?: string
  selectedIconPath?: string
}

export interface PageConfig {
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  navigationBarTextStyle?: string
  navigationStyle?: string
  backgroundColor?: string
  enablePullDownRefresh?: boolean
  onReachBottomDistance?: number
  styleIsolation?: string
  component?: boolean
  usingComponents?: Record<string, string>
}
