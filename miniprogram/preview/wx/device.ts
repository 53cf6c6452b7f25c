import { viewport } from '../viewport'
import { allAsynchronous, type Context } from './api'

const baseFontSize = 17 // pixels at scale 1
const capsule = { width: 87, height: 32, right: 7, bottom: 6 }

export function createDevice({ session, calls }: Context): object {
  let brightness = 0.5
  const windowInfo = () => ({
    pixelRatio: devicePixelRatio,
    screenWidth: innerWidth,
    screenHeight: innerHeight,
    windowWidth: viewport().clientWidth,
    windowHeight: viewport().clientHeight,
    statusBarHeight: safeTop(),
    screenTop: viewport().getBoundingClientRect().top,
    safeArea: { left: 0, right: innerWidth, top: safeTop(), bottom: innerHeight, width: innerWidth, height: innerHeight - safeTop() },
  })
  const baseInfo = () => ({
    SDKVersion: '3.8.12',
    version: '8.0.50',
    language: 'zh_CN',
    theme: 'light',
    enableDebug: false,
    host: { env: 'WeChat' },
    fontSizeScaleFactor: session.fontScale,
    fontSizeSetting: Number((baseFontSize * session.fontScale).toFixed(1)),
  })
  const deviceInfo = () => ({ brand: 'preview', model: 'browser', system: 'preview', platform: 'devtools', benchmarkLevel: 50, abi: '', memorySize: '' })
  const systemInfo = () => ({ ...windowInfo(), ...baseInfo(), ...deviceInfo() })
  return {
    getWindowInfo: windowInfo,
    getAppBaseInfo: baseInfo,
    getDeviceInfo: deviceInfo,
    getSystemInfoSync: systemInfo,
    getMenuButtonBoundingClientRect: menuButton,
    onMenuButtonBoundingClientRectWeightChange() {},
    offMenuButtonBoundingClientRectWeightChange() {},
    onThemeChange() {},
    ...allAsynchronous(calls, {
      getSystemInfo: systemInfo,
      getSystemInfoAsync: systemInfo,
      vibrateShort: () => vibrate(15),
      vibrateLong: () => vibrate(400),
      setKeepScreenOn: ({ keepScreenOn }: { keepScreenOn: boolean }) => keepAwake(keepScreenOn),
      setScreenBrightness({ value }: { value: number }) {
        brightness = value
      },
      getScreenBrightness: () => ({ value: brightness }),
      hideKeyboard() {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      },
    }),
  }
}

function safeTop(): number {
  const bar = document.querySelector('.preview-navigation')
  return bar ? parseFloat(getComputedStyle(bar).paddingTop) || 0 : 0
}

function menuButton(): object {
  const { width, height } = capsule
  const top = safeTop() + 6
  const right = innerWidth - capsule.right
  return { width, height, top, right, bottom: top + height, left: right - width }
}

function vibrate(milliseconds: number): void {
  navigator.vibrate?.(milliseconds)
}

let wakeLock: WakeLockSentinel | undefined

/** A browser that cannot or will not keep the screen on is no failure of the app. */
async function keepAwake(isOn: boolean): Promise<void> {
  await wakeLock?.release()
  wakeLock = undefined
  if (!isOn) return
  try {
    wakeLock = await navigator.wakeLock?.request('screen')
  } catch (error) {
    console.log('the browser does not keep the screen on', error)
  }
}
