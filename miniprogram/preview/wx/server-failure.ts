import { WxFailure } from './api'

/** The failures of the network, in WeChat's words. https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
export const failures = {
  offline: () => new WxFailure('errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED', 600003),
  unreachable: () => new WxFailure('errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED', 600003),
  timeout: () => new WxFailure('timeout', 5),
  abort: () => new WxFailure('abort'),
  invalidUrl: (url: string) => new WxFailure(`invalid url "${url}"`, 600009),
}

export function isHttp(url: string): boolean {
  return /^https?:\/\//.test(url)
}
