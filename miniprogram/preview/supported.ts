import list from './supported.json'

/** What the preview offers of WeChat; the build checks the mini-program against the same list. */
export const supported: { natives: Record<string, object>, tdesignOnlyNatives: string[], wx: string[] } = list
