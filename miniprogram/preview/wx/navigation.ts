import { endRefresh, refresh } from '../pull-down'
import { allAsynchronous, type Context } from './api'

interface UrlOption { url: string }
interface NavigateOptions extends UrlOption { events?: Record<string, (...parameters: unknown[]) => void> }
interface ColourOptions { frontColor: string, backgroundColor: string }
interface BadgeOptions { index: number, text: string }
interface ScrollOptions { scrollTop?: number, selector?: string, offsetTop?: number, duration?: number }

export function createNavigation({ pages, tabBar, calls }: Context): object {
  return allAsynchronous(calls, {
    navigateTo({ url, events }: NavigateOptions) {
      const eventChannel = pages.navigateTo(url, events)
      return { eventChannel }
    },
    redirectTo: ({ url }: UrlOption) => pages.redirectTo(url),
    switchTab: ({ url }: UrlOption) => pages.switchTab(url),
    reLaunch: ({ url }: UrlOption) => pages.reLaunch(url),
    navigateBack: ({ delta }: { delta?: number }) => pages.navigateBack(delta ?? 1),
    setNavigationBarTitle({ title }: { title: string }) {
      if (pages.top) pages.top.navigation.title = title
      pages.refreshBars()
    },
    setNavigationBarColor({ frontColor, backgroundColor }: ColourOptions) {
      if (pages.top) Object.assign(pages.top.navigation, { foreground: frontColor, background: backgroundColor })
      pages.refreshBars()
    },
    hideHomeButton() {},
    setTabBarBadge: ({ index, text }: BadgeOptions) => tabBar.setBadge(index, text),
    removeTabBarBadge: ({ index }: BadgeOptions) => tabBar.setBadge(index, ''),
    showTabBarRedDot: ({ index }: BadgeOptions) => tabBar.setDot(index, true),
    hideTabBarRedDot: ({ index }: BadgeOptions) => tabBar.setDot(index, false),
    startPullDownRefresh: () => refresh(pages.top),
    stopPullDownRefresh: () => endRefresh(pages.top),
    pageScrollTo({ scrollTop, selector, offsetTop, duration }: ScrollOptions) {
      const page = pages.top
      if (!page) return
      const behavior = duration === 0 ? 'auto' : 'smooth'
      const target = selector ? page.instance._$.getShadowRoot?.()?.querySelector(selector)?.$$ : undefined
      const top = target ? target.getBoundingClientRect().top - page.element.getBoundingClientRect().top + page.element.scrollTop : (scrollTop ?? 0)
      page.element.scrollTo({ top: top + (offsetTop ?? 0), behavior })
    },
  })
}
